# SPDX-License-Identifier: GPL-2.0-or-later
"""Endpoints as a profile writes them: ``in bulk``, ``0x83 interrupt 10 interval 9``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from qmiprobe.errors import DefinitionError
from qmiprobe.sim.usb._layout import Endpoint, Kind

_KINDS = ("bulk", "interrupt", "isochronous")
_SIZES = {
    "bulk": {"full": 64, "high": 512, "super": 1024},
    "interrupt": {"full": 8, "high": 8, "super": 8},
    "isochronous": {"full": 64, "high": 512, "super": 1024},
}


class Numbering:
    """Numbers a configuration's endpoints where the profile does not.

    As composite gadgets do: per direction, bulk ones before the interrupt ones of the same
    alternate setting. In a list they stay in the order written.
    """

    def __init__(self, speed: str) -> None:
        self._speed = speed
        self._taken: set[int] = set()

    def endpoints(self, texts: Sequence[str], where: str) -> tuple[Endpoint, ...]:
        """Return the endpoints of one alternate setting; DefinitionError for a mistake."""
        read = [self._read(text, where) for text in texts]
        self._taken |= {one.address for one in read if one.address & 0x7F}
        made = {
            at: self._numbered(one, where)
            for at, one in sorted(enumerate(read), key=lambda item: item[1].kind != "bulk")
        }
        return tuple(made[at] for at in sorted(made))

    def reserve(self, endpoints: Iterable[Endpoint]) -> None:
        """Give these numbers to nobody else."""
        self._taken |= {one.address for one in endpoints}

    def _numbered(self, one: Endpoint, where: str) -> Endpoint:
        if one.address & 0x7F:
            return one
        free = (number for number in range(1, 16) if one.address | number not in self._taken)
        number = next(free, None)
        if number is None:
            raise DefinitionError(f"{where}: more than 15 endpoints of one direction")
        self._taken.add(one.address | number)
        return Endpoint(
            address=one.address | number, kind=one.kind, size=one.size, interval=one.interval,
            burst=one.burst,
        )  # fmt: skip

    def _read(self, text: str, where: str) -> Endpoint:
        words = text.split()
        try:
            address = {"in": 0x80, "out": 0}.get(words[0])
            if address is None:
                address = int(words[0], 16)
            kind = cast("Kind", words[1])
            size = _SIZES[kind][self._speed]
            rest = words[2:]
            if rest and rest[0].isdigit():
                size = int(rest.pop(0))
            options = dict(zip(rest[::2], map(int, rest[1::2]), strict=True))
        except (IndexError, KeyError, ValueError):
            raise self._strange(text, where) from None
        if options.keys() - {"interval", "burst"} or not 0 <= address <= 0x8F:
            raise self._strange(text, where)
        interval, burst = options.get("interval", 0), options.get("burst", 0)
        return Endpoint(address=address, kind=kind, size=size, interval=interval, burst=burst)

    @staticmethod
    def _strange(text: str, where: str) -> DefinitionError:
        return DefinitionError(
            f"{where}: no endpoint {text!r}: write (in, out or an address such as 0x83), "
            f"({', '.join(_KINDS)}), and where it is unusual a size in bytes, interval N, burst N"
        )
