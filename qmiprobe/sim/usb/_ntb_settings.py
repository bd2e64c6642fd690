# SPDX-License-Identifier: GPL-2.0-or-later
"""What the host and an MBIM or NCM function agree on about transfer blocks (NCM 1.0, 6.2)."""

from __future__ import annotations

import struct
from typing import Final

from qmiprobe.sim.usb._function import Setup, Stall
from qmiprobe.sim.usb._layout import Interface, NtbParameters

GET_PARAMETERS, GET_ADDRESS, SET_ADDRESS = (0xA1, 0x80), (0xA1, 0x81), (0x21, 0x82)
GET_FORMAT, SET_FORMAT = (0xA1, 0x83), (0x21, 0x84)
GET_INPUT_SIZE, SET_INPUT_SIZE = (0xA1, 0x85), (0x21, 0x86)
GET_MAX_DATAGRAM, SET_MAX_DATAGRAM = (0xA1, 0x87), (0x21, 0x88)
GET_CRC, SET_CRC, SET_PACKET_FILTER = (0xA1, 0x89), (0x21, 0x8A), (0x21, 0x43)
_LEAST_INPUT = 2048


class NtbSettings:
    """Answers the requests of a control interface; a data function reads what was agreed."""

    def __init__(self, interface: Interface, *, fails: bool = False) -> None:
        self.parameters: Final[NtbParameters] = interface.ntb
        self.input_size = interface.ntb.in_size
        """Bytes of the largest block toward the host."""
        self.input_datagrams = 0
        """How many datagrams such a block may have; 0: any number."""
        self.max_datagram = 0
        """Bytes of the largest datagram; 0: as the descriptor says."""
        self.ntb32 = False
        self.crc = False
        self.packet_filter = 0
        self.address = bytes.fromhex(interface.mac) if interface.mac else bytes(6)
        self._fails = fails

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Carry out a request; Stall for any other."""
        if setup.is_in:
            return self._get(setup)
        self._set(setup, data)
        return b""

    def reset(self) -> None:
        """Forget what was agreed, as at RESET_FUNCTION and at data setting 0."""
        self.input_size, self.input_datagrams, self.max_datagram = self.parameters.in_size, 0, 0
        self.ntb32 = self.crc = False

    def _get(self, setup: Setup) -> bytes:
        if setup.kind == GET_PARAMETERS and not self._fails:
            return bytes(self.parameters)
        values = {
            GET_ADDRESS: self.address,
            GET_FORMAT: struct.pack("<H", self.ntb32),
            GET_INPUT_SIZE: struct.pack("<IHH", self.input_size, self.input_datagrams, 0),
            GET_MAX_DATAGRAM: struct.pack("<H", self.max_datagram),
            GET_CRC: struct.pack("<H", self.crc),
        }
        if setup.kind not in values:
            raise Stall
        return values[setup.kind]

    def _set(self, setup: Setup, data: bytes) -> None:
        if setup.kind == SET_FORMAT and setup.value <= (self.parameters.formats & 2) >> 1:
            self.ntb32 = bool(setup.value)
        elif setup.kind == SET_CRC and setup.value <= 1:
            self.crc = bool(setup.value)
        elif setup.kind == SET_PACKET_FILTER:
            self.packet_filter = setup.value
        elif setup.kind == SET_INPUT_SIZE and len(data) in (4, 8):
            self._set_input(data)
        elif setup.kind == SET_MAX_DATAGRAM and len(data) == 2:
            self.max_datagram = int.from_bytes(data, "little")
        elif setup.kind == SET_ADDRESS and len(data) == 6:
            self.address = data
        else:
            raise Stall

    def _set_input(self, data: bytes) -> None:
        size = int.from_bytes(data[:4], "little")
        if not _LEAST_INPUT <= size <= self.parameters.in_size:
            raise Stall
        self.input_size = size
        self.input_datagrams = int.from_bytes(data[4:6], "little")
