# SPDX-License-Identifier: GPL-2.0-or-later
"""A disc with drivers, as many sticks are at first: ejecting it makes it a modem.

USB Mass Storage Bulk-Only Transport 1.0, and the few SCSI commands that Linux asks a CD-ROM.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import trio

from qmiprobe.sim.usb._function import Pipes, Setup, Stall
from qmiprobe.sim.usb._layout import Interface

GET_MAX_LUN, RESET = (0xA1, 0xFE), (0x21, 0xFF)
_COMMAND, _STATUS = b"USBC", b"USBS"
_BLOCK, _BLOCKS = 2048, 512
TEST_READY, REQUEST_SENSE, INQUIRY, START_STOP, PREVENT = 0x00, 0x03, 0x12, 0x1B, 0x1E
READ_CAPACITY, READ_10, READ_TOC, MODE_SENSE, HUAWEI = 0x25, 0x28, 0x43, 0x1A, 0x11
_INQUIRY = struct.pack("<BBBBB3x8s16s4s", 5, 0x80, 2, 2, 31, b"Modem", b"Driver disc", b"1.00")
_SENSE = bytes.fromhex("7000050000000a00000000200000000000000000")[:18]
"""Illegal request, invalid operation."""
_SILENT = (TEST_READY, PREVENT)


class DiscFunction:
    """A CD-ROM; ``switch`` is called when it is ejected or gets a message that means the same."""

    def __init__(self, interface: Interface, switch: Callable[[], None]) -> None:
        self._interface = interface
        self._switch = switch

    @property
    def interfaces(self) -> tuple[int, ...]:
        """Its only one."""
        return (self._interface.number,)

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Say that there is one disc; take a reset."""
        if setup.kind == GET_MAX_LUN:
            return b"\0"
        if setup.kind == RESET:
            return b""
        raise Stall

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Do nothing: there is one setting only."""

    async def run(self, pipes: Pipes) -> None:
        """Answer commands until ejected."""
        into_host = self._interface.endpoint("in", "bulk")
        out_of_host = self._interface.endpoint("out", "bulk")
        if into_host is None or out_of_host is None:
            await trio.sleep_forever()
            return
        while True:
            block = await pipes.receive(out_of_host.address)
            if len(block) < 16 or not block.startswith(_COMMAND):
                continue
            tag, wanted = struct.unpack("<II", block[4:12])
            command = block[15:31]
            answer = _answer(command)
            if wanted and block[12] & 0x80:
                await pipes.send(into_host.address, (answer or b"")[:wanted])
            elif wanted:
                await pipes.receive(out_of_host.address)
            left = max(0, wanted - len(answer or b""))
            status = struct.pack("<4sIIB", _STATUS, tag, left, answer is None)
            if _ejects(command):
                # Nobody may wait for the status: usb_modeswitch does not.
                pipes.send_nowait(into_host.address, status)
                self._switch()
                return
            await pipes.send(into_host.address, status)


def _ejects(command: bytes) -> bool:
    stop = command[0] == START_STOP and len(command) > 4 and command[4] & 3 == 2
    return stop or command[0] == HUAWEI


def _answer(command: bytes) -> bytes | None:
    """Return the data of a command; None: it is refused."""
    code = command[0]
    if code in _SILENT or _ejects(command) or code == START_STOP:
        return b""
    if code == INQUIRY:
        return _INQUIRY
    if code == REQUEST_SENSE:
        return _SENSE
    if code == READ_CAPACITY:
        return struct.pack(">II", _BLOCKS - 1, _BLOCK)
    if code == READ_10:
        return bytes(_BLOCK * int.from_bytes(command[7:9], "big"))
    if code == READ_TOC:
        return bytes.fromhex("0012010100140100000000000014aa0000000200")
    if code == MODE_SENSE:
        return bytes((3, 0, 0x80, 0))
    return None
