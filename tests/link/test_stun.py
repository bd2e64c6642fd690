# SPDX-License-Identifier: GPL-2.0-or-later
"""STUN's bytes, and what mappings say of a NAT."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.link._nat_type import Behaviour, mapping_of
from qmiprobe.link._stun import (
    CHANGE_PORT,
    Place,
    binding_request,
    binding_response,
    parse_binding,
)

T = bytes(range(12))
A, B = ip_address("203.0.113.10"), ip_address("203.0.113.11")
SEEN = ip_address("192.0.2.1")


def test_the_response_of_the_specification_is_read():
    """RFC 5769, 2.2: the sample IPv4 response."""
    data = bytes.fromhex(
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
        "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
        "80280004c07d4c96"
    )
    found = parse_binding(data, bytes.fromhex("b7e7a701bc34d686fa87dfae"))
    assert found is not None
    assert found.mapped == (SEEN, 32853)


@pytest.mark.parametrize("host", ["192.0.2.9", "2001:db8::9"])
def test_what_a_server_of_the_tests_says_is_read_back(host: str):
    mapped, other = (ip_address(host), 40001), (ip_address(host), 3479)
    found = parse_binding(binding_response(T, mapped=mapped, other=other), T)
    assert found is not None
    assert (found.mapped, found.other) == (mapped, other)


def test_an_answer_to_another_request_is_none():
    assert parse_binding(binding_response(T, mapped=(A, 1)), bytes(12)) is None
    assert parse_binding(binding_request(T), T) is None


@given(st.binary(max_size=80))
def test_no_bytes_are_too_odd(data: bytes):
    parse_binding(data, T)
    parse_binding(binding_response(T, mapped=(A, 1))[:20] + data, T)


def test_a_change_request_has_its_attribute():
    assert binding_request(T, change=CHANGE_PORT)[-8:] == bytes.fromhex("0003000400000002")
    assert len(binding_request(T)) == 20


@pytest.mark.parametrize(
    ("seen", "behaviour"),
    [
        ({(A, 1): (SEEN, 9)}, None),
        ({(A, 1): (SEEN, 9), (B, 1): (SEEN, 9)}, Behaviour.NONE),
        ({(A, 1): (SEEN, 9), (A, 2): (SEEN, 9)}, Behaviour.NONE),
        ({(A, 1): (SEEN, 9), (A, 2): (SEEN, 8)}, Behaviour.ADDRESS_AND_PORT),
        ({(A, 1): (SEEN, 9), (A, 2): (SEEN, 9), (B, 1): (SEEN, 8)}, Behaviour.ADDRESS),
        ({(A, 1): (SEEN, 9), (B, 1): (SEEN, 8)}, Behaviour.ADDRESS_AND_PORT),
    ],
)
def test_what_a_mapping_depends_on(seen: dict[Place, Place], behaviour: Behaviour | None):
    assert mapping_of(seen) is behaviour
