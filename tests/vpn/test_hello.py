# SPDX-License-Identifier: GPL-2.0-or-later
"""The first packets of the protocols: scapy reads them, and noise is no answer to them."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn import Hello, dtls_hello, ike_hello, l2tp_hello, openvpn_hello

ALL = (ike_hello(natt=False), ike_hello(natt=True), openvpn_hello(), dtls_hello(), l2tp_hello())


@pytest.mark.parametrize("natt", [False, True])
@pytest.mark.parametrize("size", [0, 1300, 1900])
def test_an_ike_hello_has_the_length_that_it_says(natt: bool, size: int):
    payload = ike_hello(natt=natt, size=size).payload[4 if natt else 0 :]
    assert struct.unpack_from("!I", payload, 24)[0] == len(payload)
    assert len(payload) >= size
    following, at = payload[16], 28
    kinds = []
    while following:
        kinds.append(following)
        following, length = payload[at], struct.unpack_from("!H", payload, at + 2)[0]
        at += length
    assert at == len(payload)
    assert kinds[:3] == [33, 34, 40]


def test_scapy_reads_the_ike_hello():
    from scapy.contrib.ikev2 import IKEv2

    packet = IKEv2(ike_hello(natt=False).payload)
    assert (packet.version, packet.exch_type) == (0x20, 34)
    assert packet.haslayer("IKEv2 Nonce") or "Nonce" in packet.show(dump=True)


def test_an_answer_to_ike_is_known_by_its_initiator():
    hello = ike_hello(natt=True)
    spi = hello.payload[4:12]
    assert hello.fits(bytes(4) + spi + bytes(40))
    assert not hello.fits(spi + bytes(40))
    assert not ike_hello(natt=True).fits(bytes(4) + spi + bytes(40))


def test_the_resets_of_openvpn_are_told_apart():
    hello = openvpn_hello()
    assert len(hello.payload) == 14
    assert hello.fits(bytes([8 << 3]) + bytes(25))
    assert not hello.fits(hello.payload)


def test_a_dtls_hello_is_whole_records():
    payload = dtls_hello().payload
    assert payload[0] == 22
    assert struct.unpack_from("!H", payload, 11)[0] == len(payload) - 13
    assert int.from_bytes(payload[14:17], "big") == len(payload) - 25


@pytest.mark.parametrize("hello", ALL, ids=lambda hello: hello.name)
@given(st.binary(max_size=100))
def test_noise_and_its_own_echo_are_no_answer(hello: Hello, data: bytes):
    if hello.name not in ("L2TP start", "DTLS hello", "OpenVPN reset"):
        assert not hello.fits(data)
    hello.fits(data)
