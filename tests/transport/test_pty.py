# SPDX-License-Identifier: GPL-2.0-or-later
"""Real ptys: raw mode, bytes of every value, pieces, hang-up, settings put back."""

from __future__ import annotations

import contextlib
import os
import pty
import stat
import termios
from typing import TYPE_CHECKING

import pytest
import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import DeviceGone
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.transport import open_wdm

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_BYTE = b"\x01\x03\x01\x80" + bytes(range(256))
"""One QMUX message."""
REQUEST = bytes.fromhex("010b00000000000121000000")
ANSWER = bytes.fromhex("011700800000010122000c0002040000000000010200010a")


class Pty:
    """Both ends of a pty; the test plays the modem at the controlling end."""

    def __init__(self) -> None:
        self.modem, self.line = pty.openpty()
        self.path = os.ttyname(self.line)
        os.set_blocking(self.modem, False)

    async def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            await trio.lowlevel.wait_readable(self.modem)
            with contextlib.suppress(BlockingIOError):
                data += os.read(self.modem, size - len(data))
        return data

    def close(self) -> None:
        for fd in (self.modem, self.line):
            with contextlib.suppress(OSError):
                os.close(fd)


@pytest.fixture
def terminal() -> Iterator[Pty]:
    both = Pty()
    yield both
    both.close()


async def test_bytes_of_every_value_pass_unchanged_in_both_directions(terminal: Pty):
    with trio.fail_after(10):
        port = await open_wdm(terminal.path, QmuxFramer())
        await port.send(EVERY_BYTE)
        assert await terminal.read(len(EVERY_BYTE)) == EVERY_BYTE
        os.write(terminal.modem, EVERY_BYTE)
        assert await port.receive() == Frame(EVERY_BYTE)
        await port.aclose()


async def test_a_terminal_is_raw_while_it_is_open_and_as_before_afterwards(terminal: Pty):
    before = termios.tcgetattr(terminal.line)
    assert before[3] & termios.ECHO
    port = await open_wdm(terminal.path, QmuxFramer())
    during = termios.tcgetattr(terminal.line)
    assert not during[3] & (termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    assert not during[0] & (termios.ICRNL | termios.IXON | termios.ISTRIP)
    assert not during[1] & termios.OPOST
    assert port.max_command is None
    await port.aclose()
    assert termios.tcgetattr(terminal.line) == before


async def test_pieces_of_one_byte_and_of_64_bytes_become_whole_messages(terminal: Pty):
    message = bytes.fromhex("03000080") + (1000).to_bytes(4, "little") + bytes(992)
    with trio.fail_after(20):
        port = await open_wdm(terminal.path, MbimFramer())

        async def deliver() -> None:
            for size in (64, 1):
                for at in range(0, len(message), size):
                    os.write(terminal.modem, message[at : at + size])
                    await trio.lowlevel.checkpoint()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(deliver)
            assert await port.receive() == Frame(message)
            assert await port.receive() == Frame(message)
        await port.aclose()


async def test_a_message_longer_than_the_terminal_takes_at_once_arrives_whole(terminal: Pty):
    message = bytes.fromhex("03000000") + (60000).to_bytes(4, "little") + os.urandom(59992)
    with trio.fail_after(20):
        port = await open_wdm(terminal.path, MbimFramer())
        async with trio.open_nursery() as nursery:
            nursery.start_soon(port.send, message)
            assert await terminal.read(len(message)) == message
        await port.aclose()


@pytest.mark.parametrize("while_waiting", [True, False])
async def test_the_end_of_the_other_side_is_the_end_of_the_port(terminal: Pty, while_waiting: bool):
    with trio.fail_after(10):
        port = await open_wdm(terminal.path, QmuxFramer())
        os.close(terminal.line)
        async with trio.open_nursery() as nursery:
            if while_waiting:
                nursery.start_soon(_close_after, terminal.modem, 0.05)
            else:
                os.close(terminal.modem)
            for _ in range(2):
                with pytest.raises(DeviceGone):
                    await port.receive()
        with pytest.raises(DeviceGone):
            await port.send(REQUEST)
        await port.aclose()


async def _close_after(fd: int, seconds: float) -> None:
    await trio.sleep(seconds)
    os.close(fd)


async def test_what_stood_in_the_terminal_before_is_drained(terminal: Pty):
    settings = termios.tcgetattr(terminal.line)
    settings[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal.line, termios.TCSANOW, settings)
    os.write(terminal.modem, b"RING" + ANSWER)
    with trio.fail_after(10):
        port = await open_wdm(terminal.path, QmuxFramer())
        assert await port.drain(0.1) == [Garbage(b"RING"), Frame(ANSWER)]
        await port.aclose()


async def test_no_descriptor_is_left_open(terminal: Pty):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        port = await open_wdm(terminal.path, QmuxFramer())
        await port.send(REQUEST)
        await port.aclose()
    assert len(os.listdir("/proc/self/fd")) <= before


async def test_a_descriptor_is_not_inherited_and_belongs_to_a_character_device(terminal: Pty):
    port = await open_wdm(terminal.path, QmuxFramer())
    fd = port._port.fd
    assert not os.get_inheritable(fd)
    assert stat.S_ISCHR(os.fstat(fd).st_mode)
    await port.aclose()
