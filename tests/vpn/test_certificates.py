# SPDX-License-Identifier: GPL-2.0-or-later
"""Certificates: when they are valid, as openssl made them; and noise is none."""

from __future__ import annotations

import ssl
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn._certificates import validities, validity


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("certificates") / "c.pem"
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null")
    words = ["openssl", "req", "-x509", *key, "-days", "40", "-subj", "/CN=t", "-out", str(path)]
    subprocess.run(words, check=True, capture_output=True)
    return path.read_text(encoding="ascii")


def test_a_certificate_is_valid_from_when_it_was_made_until_its_end(made: str):
    (valid,) = validities(f"some words\n{made}")
    assert valid.begins == pytest.approx(time.time(), abs=60)
    assert valid.ends - valid.begins == 40 * 86400
    assert valid.holds(time.time() + 3600)
    assert not valid.holds(valid.begins - 1)
    assert not valid.holds(valid.ends + 1)


def test_a_part_of_a_certificate_is_none(made: str):
    der = ssl.PEM_cert_to_DER_cert(made)
    assert validity(der) is not None
    assert validity(der[:-1]) is None
    assert validity(b"") is None


@given(st.binary(max_size=80))
def test_noise_is_no_certificate(data: bytes):
    assert validity(data) is None


@given(st.text(max_size=100))
def test_no_text_breaks_the_reader(text: str):
    framed = f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----"
    assert list(validities(framed)) == []
