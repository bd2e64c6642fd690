# SPDX-License-Identifier: GPL-2.0-or-later
"""A WireGuard handshake of our own: its parts by the vectors of their RFCs, and what is said to it.

That real peers answer it is shown by the causes ``clock-behind`` and ``secret-differs``.
"""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn._handshake import Answer, Initiation, PeerKeys
from qmiprobe.vpn._primitives import opened, public_key, seal, x25519


def test_the_shared_secret_is_that_of_rfc_7748():
    scalar = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
    point = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    expected = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    assert x25519(scalar, point).hex() == expected


def test_both_sides_find_the_same_secret():
    mine, yours = os.urandom(32), os.urandom(32)
    assert x25519(mine, public_key(yours)) == x25519(yours, public_key(mine))


def test_sealing_is_that_of_rfc_8439():
    key = bytes(range(0x80, 0xA0))
    nonce = bytes.fromhex("070000004041424344454647")
    beside = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    plain = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        b"future, sunscreen would be it."
    )
    sealed = seal(key, nonce, plain, beside)
    assert sealed[:16].hex() == "d31a8d34648e60db7b86afbc53ef7ec2"
    assert sealed[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691"
    assert opened(key, nonce, sealed, beside) == plain
    assert opened(key, nonce, sealed, b"") is None


def _keys() -> PeerKeys:
    return PeerKeys(os.urandom(32), public_key(os.urandom(32)))


def test_an_initiation_has_the_length_that_wireguard_wants_and_shows_no_key():
    keys = _keys()
    asked = Initiation(keys, now=1e9)
    assert len(asked.message) == 148
    assert asked.message[:4] == b"\1\0\0\0"
    assert keys.private not in asked.message
    assert keys.private.hex() not in repr(keys)
    assert repr(keys.private) not in repr(keys)


def test_a_cookie_says_that_the_peer_is_busy():
    asked = Initiation(_keys(), now=1e9)
    index = asked.message[4:8]
    assert asked.answer(b"\3\0\0\0" + index + bytes(56)) is Answer.BUSY


def test_a_response_whose_proof_does_not_fit_has_another_secret():
    asked = Initiation(_keys(), now=1e9)
    index = asked.message[4:8]
    response = b"\2\0\0\0" + bytes(4) + index + public_key(os.urandom(32)) + bytes(48)
    assert asked.answer(response) is Answer.SECRET_DIFFERS
    assert asked.answer(response[:-1]) is None


_ASKED = Initiation(_keys(), now=1e9)


@given(st.binary(max_size=160))
def test_noise_is_no_answer(data: bytes):
    assert _ASKED.answer(data) is None
