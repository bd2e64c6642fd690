# SPDX-License-Identifier: GPL-2.0-or-later
"""The class requests about transfer blocks, which NCM and MBIM share (NCM 1.0, chapter 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qmiprobe.sim.usb._function import Stall

from ._ntb import Placement
from ._ntb_link import BlockWriter

if TYPE_CHECKING:
    from qmiprobe.sim.usb._function import Setup
    from qmiprobe.sim.usb._layout import NtbParameters

GET_PARAMETERS = (0xA1, 0x80)
GET_FORMAT, SET_FORMAT = (0xA1, 0x83), (0x21, 0x84)
GET_INPUT_SIZE, SET_INPUT_SIZE = (0xA1, 0x85), (0x21, 0x86)
GET_DATAGRAM, SET_DATAGRAM = (0xA1, 0x87), (0x21, 0x88)
_SMALLEST_BLOCK = 2048
"""The least that a host must take."""
_WIDE = 2


class NtbRequests:
    """Answers for one function; what the host sets changes how ``writer`` writes."""

    def __init__(self, parameters: NtbParameters, *, link_header: int = 0) -> None:
        self._parameters = parameters
        placement = Placement(
            divisor=parameters.in_divisor,
            remainder=parameters.in_remainder,
            alignment=parameters.in_alignment,
            link_header=link_header,
        )
        self.writer = BlockWriter(placement, parameters.in_size)
        self._datagram = 2048

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Carry out a request; :class:`Stall` for one that is not about blocks, or not possible."""
        writer = self.writer
        if setup.kind == GET_PARAMETERS:
            return bytes(self._parameters)
        if setup.kind == GET_FORMAT:
            return int(writer.placement.wide).to_bytes(2, "little")
        if setup.kind == GET_INPUT_SIZE:
            return writer.longest.to_bytes(4, "little")
        if setup.kind == GET_DATAGRAM:
            return self._datagram.to_bytes(2, "little")
        if setup.kind == SET_DATAGRAM and len(data) == 2:
            self._datagram = int.from_bytes(data, "little")
            return b""
        if setup.kind == SET_FORMAT:
            self._set_format(setup.value)
            return b""
        if setup.kind == SET_INPUT_SIZE and len(data) in (4, 8):
            self._set_input_size(data)
            return b""
        raise Stall

    def _set_format(self, value: int) -> None:
        if value > 1 or (value == 1 and not self._parameters.formats & _WIDE):
            raise Stall
        self.writer.placement = replace(self.writer.placement, wide=bool(value))

    def _set_input_size(self, data: bytes) -> None:
        size = int.from_bytes(data[:4], "little")
        if not _SMALLEST_BLOCK <= size <= self._parameters.in_size:
            raise Stall
        self.writer.longest = size
        self.writer.most = int.from_bytes(data[4:6], "little")
