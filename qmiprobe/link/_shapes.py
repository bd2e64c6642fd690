# SPDX-License-Identifier: GPL-2.0-or-later
"""Do packets that look like a VPN's pass: of the same length and port, one with its first bytes.

Needs the reflector, whose frames can stand behind any bytes. What looks random is the control.
"""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ._packets import IP_HEADER, UDP_HEADER
from ._together import together

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmiprobe.reflect import Far

FLOWS = 3
PACKETS = 3
TRAIN = 24
"""Packets of one flow, to see whether it is cut off after some."""
_GAP = 0.02
_TIMEOUT = 0.7
_RANDOM = "random"


@dataclass(frozen=True)
class Shape:
    """How a packet looks: its UDP payload begins so, and is so long."""

    name: str
    size: int
    start: Callable[[], bytes]
    """4, 8, 16, 28 or 32 bytes."""


def _wireguard() -> bytes:
    return struct.pack("<I", 1) + random.randbytes(4)


def _wireguard_data() -> bytes:
    return struct.pack("<I", 4) + random.randbytes(4) + struct.pack("<Q", 1)


def _openvpn() -> bytes:
    return b"\x38" + random.randbytes(15)


def _ike() -> bytes:
    return random.randbytes(8) + bytes(8) + struct.pack("!BBBBII", 33, 0x20, 34, 8, 0, 400)


def _dtls() -> bytes:
    return b"\x16\xfe\xff" + bytes(8) + struct.pack("!H", 180) + b"\x01\x00\x00"


SHAPES = (
    Shape("wireguard", 148, _wireguard),
    Shape("wireguard-data", 240, _wireguard_data),
    Shape("openvpn", 160, _openvpn),
    Shape("ike", 400, _ike),
    Shape("dtls", 200, _dtls),
)


@dataclass(frozen=True, kw_only=True)
class ShapeFact:
    """What came of one shape beside random bytes of the same length."""

    name: str
    port: int
    sent: int
    answered: int
    control_answered: int
    """Of as many packets with random bytes."""

    @property
    def filtered(self) -> bool:
        """Whether none passes where most of those with random bytes do."""
        return not self.answered and self.control_answered * 3 >= self.sent * 2


@dataclass(frozen=True, kw_only=True)
class ShapeFacts:
    """What came of each shape, and of one long flow."""

    shapes: tuple[ShapeFact, ...]
    killed_after: int | None = None
    """A flow was cut off after so many packets, and a fresh one passed again; None: none was."""

    @property
    def filtered(self) -> tuple[str, ...]:
        """The shapes that are kept back."""
        return tuple(dict.fromkeys(one.name for one in self.shapes if one.filtered))


async def measure_shapes(far: Far) -> ShapeFacts:
    """Return which shapes pass to the reflector's own port, within 20 s."""
    facts = await together(partial(_shape, far, shape) for shape in SHAPES)
    return ShapeFacts(shapes=facts, killed_after=await _killed_after(far))


async def _shape(far: Far, shape: Shape) -> ShapeFact:
    found = await together(
        partial(_flow, far, shape, start)
        for _ in range(FLOWS)
        for start in (shape.start, partial(random.randbytes, len(shape.start())))
    )
    return ShapeFact(
        name=shape.name,
        port=far.port,
        sent=FLOWS * PACKETS,
        answered=sum(found[0::2]),
        control_answered=sum(found[1::2]),
    )


async def _flow(far: Far, shape: Shape, start: Callable[[], bytes]) -> int:
    """Return how many packets of a flow of its own are answered."""
    size = shape.size + UDP_HEADER + IP_HEADER[far.address.version]
    answered = 0
    async with far.flow() as flow:
        for _ in range(PACKETS):
            echo = await flow.echo(size=size, prefix=start(), timeout=_TIMEOUT)
            answered += echo is not None
    return answered


async def _killed_after(far: Far) -> int | None:
    """Return after how many packets one way a flow goes silent for good, twice in a row."""
    found = []
    for _ in range(2):
        async with far.flow() as flow:
            echoes = await flow.series(TRAIN, interval_s=_GAP, timeout=_TIMEOUT)
        answered = [number for number, echo in enumerate(echoes, 1) if echo is not None]
        last = max(answered, default=0)
        cut = 0 < last < TRAIN * 2 // 3 and len(answered) >= last * 2 // 3
        if not cut:
            return None
        found.append(last)
    return min(found) if max(found) - min(found) <= max(2, min(found) // 4) else None
