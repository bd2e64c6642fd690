# SPDX-License-Identifier: GPL-2.0-or-later
"""A packet that was sent toward a reflector, and what is made of the answers to it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import trio

from ._far import Arrived, Echo
from ._messages import Status

if TYPE_CHECKING:
    from ._messages import Answer
    from ._responder import Arrival

_BELIEVED, _DRIFT = 0.002, 0.001
"""Seconds, and their share of the time, that two clocks may differ by: more, and one was set."""


@dataclass
class Awaited:
    """A packet that was sent, and the answers to it."""

    sequence: int
    sent_ns: int
    sent_at: float
    made_ns: int = field(default_factory=time.time_ns)
    """This program's own time, by the clock that the kernel stamps packets with."""
    by_kernel: bool = False
    echoes: list[Echo] = field(default_factory=list)
    status: int = Status.OK
    came: trio.Event = field(default_factory=trio.Event)


def echo_of(awaited: Awaited, answer: Answer, arrival: Arrival, *, by_kernel: bool) -> Echo:
    held_s = (answer.left_ns - answer.arrived_ns) / 1e9
    steady = trio.current_time() - awaited.sent_at
    stamped = (arrival.at_ns - awaited.sent_ns) / 1e9
    near = _BELIEVED + _DRIFT * steady
    is_set = abs((time.time_ns() - awaited.made_ns) / 1e9 - steady) > near
    # however late this program was: the kernel's times lie between its own
    believed = not is_set and -near < stamped < steady + near
    whole = stamped if believed else steady
    return Echo(
        sequence=awaited.sequence,
        index=answer.index,
        up=Arrived(
            address=answer.address,
            port=answer.port,
            size=answer.size,
            ttl=answer.ttl,
            tos=answer.tos,
            fragment=answer.fragment,
            at_ns=answer.arrived_ns,
        ),
        down=_arrived(arrival),
        rtt_s=max(0.0, whole - held_s),
        sent_ns=awaited.sent_ns,
        left_ns=answer.left_ns,
        by_kernel=by_kernel and awaited.by_kernel and believed,
        window=answer.window,
        highest=answer.highest,
        received=answer.received,
    )


def _arrived(arrival: Arrival) -> Arrived:
    return Arrived(
        address=arrival.address,
        port=arrival.port,
        size=arrival.size,
        ttl=arrival.ttl,
        tos=arrival.tos,
        fragment=arrival.fragment,
        at_ns=arrival.at_ns,
    )
