# SPDX-License-Identifier: GPL-2.0-or-later
"""What an interface is like where its profile says no more than its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BULK = ("in bulk", "out bulk")
_SERIAL = ("in interrupt 10 interval 9", *_BULK)
_SERIAL_CDC = ("header", "call-management", "acm", "union")
Alternates = tuple[Sequence[str], ...]
"""The endpoints of each alternate setting."""


@dataclass(frozen=True, kw_only=True)
class Usual:
    """The usual form of a role."""

    triple: tuple[int, int, int] = (0xFF, 0xFF, 0xFF)
    alternates: Alternates = (_BULK,)
    functional: tuple[str, ...] = ()
    paired: bool = False
    """Whether a data interface follows, with an association of both before them."""


_OFF_AND_ON: Alternates = ((), _BULK)


def _control(subclass: int, notify: str, *names: str) -> Usual:
    return Usual(
        triple=(2, subclass, 0), alternates=((notify,),), functional=names, paired=True
    )  # fmt: skip


def _data(protocol: int) -> Usual:
    return Usual(triple=(0x0A, 0, protocol), alternates=_OFF_AND_ON)


ROLES = {
    "qmi": Usual(alternates=(("in interrupt 8 interval 9", *_BULK),)),
    "mbim": _control(0x0E, "in interrupt 64 interval 9", "header", "union", "mbim",
                     "mbim-extended"),
    "mbim-data": _data(2),
    "ecm": _control(0x06, "in interrupt 16 interval 9", "header", "union", "ethernet"),
    "ecm-data": _data(0),
    "ncm": _control(0x0D, "in interrupt 16 interval 9", "header", "union", "ethernet", "ncm"),
    "ncm-data": _data(1),
    "rndis": Usual(triple=(0xE0, 1, 3), alternates=(("in interrupt 8 interval 9",),),
                   functional=_SERIAL_CDC, paired=True),
    "rndis-data": Usual(triple=(0x0A, 0, 0)),
    "at": Usual(triple=(0xFF, 0, 0), alternates=(_SERIAL,), functional=_SERIAL_CDC),
    "modem": Usual(triple=(0xFF, 0, 0), alternates=(_SERIAL,), functional=_SERIAL_CDC),
    "nmea": Usual(triple=(0xFF, 0, 0), alternates=(_SERIAL,), functional=_SERIAL_CDC),
    "serial-data": Usual(triple=(0x0A, 0, 0)),
    "diag": Usual(),
    "adb": Usual(triple=(0xFF, 0x42, 1)),
    "storage": Usual(triple=(8, 6, 0x50)),
    "ccid": Usual(triple=(0x0B, 0, 0), alternates=(("in interrupt 8 interval 9", *_BULK),)),
    "audio": Usual(),
    "unknown": Usual(),
}  # fmt: skip
ACM = Usual(
    triple=(2, 2, 1),
    alternates=(("in interrupt 10 interval 9",),),
    functional=_SERIAL_CDC,
    paired=True,
)
"""A serial role with ``acm = true``: its bulk endpoints are those of a serial-data interface."""
SERIAL = ("at", "modem", "nmea", "diag")
