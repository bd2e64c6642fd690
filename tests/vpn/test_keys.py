# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys are those of the peer that is meant, and incomplete ones are none."""

from __future__ import annotations

from ipaddress import ip_address

from qmiprobe.vpn import Kind, Tunnel
from qmiprobe.vpn._keys import _key, keys_of_socket

_TOLD = f"""private_key={"11" * 32}
listen_port=51820
public_key={"22" * 32}
endpoint=203.0.113.10:51820
allowed_ip=10.9.0.0/24
public_key={"33" * 32}
preshared_key={"44" * 32}
endpoint=[2001:db8::10]:51821
errno=0
"""


def _tunnel(address: str, port: int) -> Tunnel:
    return Tunnel(
        kind=Kind.WIREGUARD, name="wg0", source="", endpoint=ip_address(address), port=port
    )


def test_the_keys_are_those_of_the_endpoint():
    first = keys_of_socket(_TOLD, _tunnel("203.0.113.10", 51820))
    second = keys_of_socket(_TOLD, _tunnel("2001:db8::10", 51821))
    assert first is not None
    assert second is not None
    assert (first.private, first.peer, first.secret) == (b"\x11" * 32, b"\x22" * 32, bytes(32))
    assert (second.peer, second.secret) == (b"\x33" * 32, b"\x44" * 32)


def test_there_are_none_for_another_endpoint_and_none_that_are_not_told():
    assert keys_of_socket(_TOLD, _tunnel("203.0.113.11", 51820)) is None
    hidden = _TOLD.replace("private_key=" + "11" * 32, "private_key=" + "00" * 32)
    assert keys_of_socket(hidden, _tunnel("203.0.113.10", 51820)) is None
    assert keys_of_socket("", _tunnel("203.0.113.10", 51820)) is None


def test_a_key_is_read_however_it_is_told():
    assert _key("11" * 32) == _key(b"ERERERERERERERERERERERERERERERERERERERERERE=") == b"\x11" * 32
    assert _key(b"\x11" * 32) == b"\x11" * 32
    assert _key(None) == b""
    assert len(_key("nonsense")) != 32
