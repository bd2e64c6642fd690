# SPDX-License-Identifier: GPL-2.0-or-later
"""OpenVPN's management socket is read, briefly, and never given a password."""

from __future__ import annotations

from pathlib import Path

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn import Kind, Tunnel
from qmiprobe.vpn._management import Management, ask_management, completed, management_of

_TUNNEL = Tunnel(kind=Kind.OPENVPN, name="tun0", source="/proc/7")
_STATE = (
    ">INFO:OpenVPN Management Interface Version 5 -- type 'help' for more info\r\n{}\r\nEND\r\n"
)
_STATUS = (
    "OpenVPN STATISTICS\r\nUpdated,2026-11-23 10:00:00\r\nTUN/TAP read bytes,84\r\n"
    "TUN/TAP write bytes,84\r\nTCP/UDP read bytes,4107\r\nTCP/UDP write bytes,3765\r\n"
    "Auth read bytes,160\r\nEND\r\n"
)


def test_a_tunnel_that_is_up_says_so_and_how_much_it_carried():
    said = _STATE.format("1795428000,CONNECTED,SUCCESS,10.8.0.2,203.0.113.10,1194,,") + _STATUS
    tunnel = completed(_TUNNEL, said)
    assert (tunnel.established, tunnel.sent, tunnel.received) == (True, 3765, 4107)
    assert tunnel.option("state") == "CONNECTED SUCCESS"


def test_one_that_begins_anew_says_why():
    tunnel = completed(_TUNNEL, _STATE.format("1795428000,RECONNECTING,tls-error,,,,,"))
    assert tunnel.established is False
    assert tunnel.option("state") == "RECONNECTING tls-error"


@given(st.text(alphabet="0123456789,CONNECTED>\nEND bytes", max_size=200))
def test_no_answer_breaks_the_reader(text: str):
    completed(_TUNNEL, text)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"management": [("/run/m.sock", "unix")]}, Management("/run/m.sock", None)),
        ({"management": [("127.0.0.1", "7505", "secret.txt")]}, Management("127.0.0.1", 7505)),
        ({"management": [("127.0.0.1",)]}, None),
        ({}, None),
        ({"management": [("/m", "unix")], "management-signal": [()]}, None),
        ({"management": [("/m", "unix")], "management-forget-disconnect": [()]}, None),
    ],
)
def test_where_it_listens(settings: dict[str, list[tuple[str, ...]]], place: Management | None):
    assert management_of(settings) == place


async def _heard(path: Path, greeting: bytes) -> tuple[str, bytes]:
    """Ask a process that greets so; return what was understood, and what it was told."""
    told = bytearray()

    async def one(stream: trio.SocketStream) -> None:
        async with stream:
            await stream.send_all(greeting)
            async for part in stream:
                told.extend(part)
                if b"status" in told:
                    await stream.send_all(b"END\r\n" + _STATUS.encode())

    listening = trio.socket.socket(trio.socket.AF_UNIX, trio.socket.SOCK_STREAM)
    await listening.bind(str(path))
    listening.listen()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, one, [trio.SocketListener(listening)])
        said = await ask_management(Management(str(path), None))
        nursery.cancel_scope.cancel()
    return said, bytes(told)


async def test_it_is_asked_for_state_and_status_alone(tmp_path: Path):
    said, told = await _heard(tmp_path / "m", b">INFO:OpenVPN Management Interface\r\n")
    assert told == b"state\nstatus\n"
    assert "3765" in said


async def test_a_password_is_never_given(tmp_path: Path):
    assert await _heard(tmp_path / "m", b"ENTER PASSWORD:") == ("", b"")


async def test_nobody_there_is_no_answer(tmp_path: Path):
    assert await ask_management(Management(str(tmp_path / "none"), None)) == ""


@pytest.mark.autojump
async def test_one_that_talks_to_another_is_not_waited_for(tmp_path: Path):
    assert await _heard(tmp_path / "m", b"") == ("", b"")
