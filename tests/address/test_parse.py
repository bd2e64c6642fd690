# SPDX-License-Identifier: GPL-2.0-or-later
"""Every address of the contract parses, prints back the same, and a wrong one says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.address import (
    SCHEMES,
    Address,
    NetdevAddress,
    NodeAddress,
    ProxyAddress,
    QrtrAddress,
    ReplayAddress,
    SimAddress,
    TunnelAddress,
    UsbAddress,
    parse,
)
from qmiprobe.errors import AddressError

if TYPE_CHECKING:
    from pathlib import Path


def _nothing_exists(_path: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/dev/cdc-wdm0", NodeAddress(path="/dev/cdc-wdm0")),
        ("/dev/wwan0qmi0", NodeAddress(path="/dev/wwan0qmi0")),
        ("wdm:/dev/cdc-wdm0", NodeAddress(path="/dev/cdc-wdm0")),
        ("./port", NodeAddress(path="./port")),
        ("dev/port", NodeAddress(path="dev/port")),
        ("wdm:port", NodeAddress(path="port")),
        ("/dev/serial/by-path/a:1.0", NodeAddress(path="/dev/serial/by-path/a:1.0")),
        ("qmi:/dev/cdc-wdm0", NodeAddress(path="/dev/cdc-wdm0", wanted="qmi")),
        ("mbim:wdm:/dev/cdc-wdm0", NodeAddress(path="/dev/cdc-wdm0", wanted="mbim")),
        ("qmi-proxy:/dev/cdc-wdm0", ProxyAddress(kind="qmi", path="/dev/cdc-wdm0")),
        ("mbim-proxy:/dev/cdc-wdm0", ProxyAddress(kind="mbim", path="/dev/cdc-wdm0")),
        ("qmi:qmi-proxy:/dev/cdc-wdm0", ProxyAddress(kind="qmi", path="/dev/cdc-wdm0")),
        ("mbim-tunnel:/dev/cdc-wdm0", TunnelAddress(path="/dev/cdc-wdm0")),
        ("qrtr:0", QrtrAddress(node=0)),
        ("qmi:qrtr:4294967295", QrtrAddress(node=0xFFFFFFFF)),
        ("wwan0", NetdevAddress(name="wwan0")),
        ("mbim:wwp0s20f0u6i3", NetdevAddress(name="wwp0s20f0u6i3", wanted="mbim")),
        ("2-6", UsbAddress(name="2-6")),
        ("qmi:1-1.4.2", UsbAddress(name="1-1.4.2", wanted="qmi")),
        ("03F0:581d", UsbAddress(id="03f0:581d")),
        ("mbim:1199:9071", UsbAddress(id="1199:9071", wanted="mbim")),
        ("beef:cafe", UsbAddress(id="beef:cafe")),
        ("sim:ec25", SimAddress(profile="ec25")),
        ("sim:ec25?fault=no-sim", SimAddress(profile="ec25", faults=("no-sim",))),
        (
            "mbim:sim:em7455?fault=no-dns&fault=mute&fault=mute",
            SimAddress(profile="em7455", faults=("no-dns", "mute"), wanted="mbim"),
        ),
        ("replay:trace.jsonl", ReplayAddress(path="trace.jsonl")),
        ("qmi:replay:/tmp/a:b", ReplayAddress(path="/tmp/a:b", wanted="qmi")),
        ("  wwan0 ", NetdevAddress(name="wwan0")),
    ],
)
def test_address_parses_and_prints_back(text: str, address: Address):
    assert parse(text, exists=_nothing_exists) == address
    assert parse(str(address), exists=_nothing_exists) == address


def test_every_scheme_of_the_table_is_understood():
    for scheme in SCHEMES:
        value = "1" if scheme == "qrtr" else "x"
        assert str(parse(f"{scheme}:{value}", exists=_nothing_exists)) == f"{scheme}:{value}"


def test_word_that_exists_as_a_path_is_a_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "2-6").touch()
    monkeypatch.chdir(tmp_path)
    assert parse("2-6") == NodeAddress(path="2-6")
    assert parse("2-7") == UsbAddress(name="2-7")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("qmi-proxy:/dev/x", "qmi"),
        ("mbim-proxy:/dev/x", "mbim"),
        ("mbim-tunnel:/dev/x", "qmi"),
        ("qrtr:3", "qmi"),
        ("wwan0", None),
    ],
)
def test_address_that_carries_one_protocol_wants_it(text: str, wanted: str | None):
    assert parse(text, exists=_nothing_exists).wanted == wanted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no device"),
        ("qmi:", "names no device"),
        ("wmd:/dev/cdc-wdm0", "did you mean 'wdm:'"),
        ("qmi_proxy:/dev/cdc-wdm0", "did you mean 'qmi-proxy:'"),
        ("ftp:x", "known are wdm, qmi-proxy"),
        ("qmi:mbim:/dev/cdc-wdm0", "unknown scheme 'mbim:'"),
        ("wdm:", "wants PATH"),
        ("sim:", "wants PROFILE"),
        ("sim:?fault=x", "no profile name"),
        ("sim:EC25", "no profile name"),
        ("sim:ec25?", "faults are written"),
        ("sim:ec25?fault=", "faults are written"),
        ("sim:ec25?speed=1", "faults are written"),
        ("sim:ec25?fault=a&&fault=b", "faults are written"),
        ("qrtr:x", "no QRTR node"),
        ("qrtr:-1", "no QRTR node"),
        ("qrtr:4294967296", "no QRTR node"),
        ("qrtr:" + "9" * 5000, "no QRTR node"),
        ("a-netdev-name-of-16", "neither a path nor"),
        ("two words", "neither a path nor"),
        ("mbim:qmi-proxy:/dev/x", "only QMI is spoken"),
        ("qmi:mbim-proxy:/dev/x", "only MBIM is spoken"),
        ("mbim:mbim-tunnel:/dev/x", "only QMI is spoken"),
        ("mbim:qrtr:0", "only QMI is spoken"),
    ],
)
def test_wrong_address_says_what_and_what_to_do(text: str, says: str):
    with pytest.raises(AddressError, match=says.replace("?", r"\?")) as caught:
        parse(text, exists=_nothing_exists)
    assert repr(text) in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_parses_or_raises_address_error(text: str):
    try:
        address = parse(text, exists=_nothing_exists)
    except AddressError:
        return
    assert parse(str(address), exists=_nothing_exists) == address
