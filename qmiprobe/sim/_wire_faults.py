# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be wrong with a simulated modem's messages on their way out.

Each fault is a function that takes a message and gives what goes out in its place. The first
answer (QMI: CTL; MBIM: OPEN_DONE) is spared by faults of answers: the protocol shall be found,
and only then the modem be out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from qmiprobe.sim import _wire_mbim, _wire_qmi
from qmiprobe.sim._faults import Fault
from qmiprobe.sim._port import Outgoing, WireFault

_SILENCE: list[Outgoing] = []


def wire_faults(faults: Iterable[Fault], protocol: str) -> tuple[WireFault, ...]:
    """Return the alterations that these faults ask for, in their order."""
    makers = MAKERS[protocol]
    return tuple(
        makers[fault.wire](protocol)
        for fault in faults
        if fault.wire and protocol in fault.protocols
    )


def is_answer(protocol: str, one: Outgoing) -> bool:
    """Whether this answers a service (QMI) or a command (MBIM)."""
    if one.request is None:
        return False
    if protocol == "mbim":
        return _wire_mbim.is_command_done(one.data)
    return one.data[4] != 0


def is_first_answer(protocol: str, one: Outgoing) -> bool:
    """Whether this answers what a host asks to find out the protocol."""
    request = one.request
    if request is None:
        return False
    if protocol == "mbim":
        return request[:4] == b"\x01\0\0\0"
    return request[4] == 0 and request[8:10] == b"\x21\x00"  # CTL Get Version Info


def _mute(_protocol: str) -> WireFault:
    return lambda _one: _SILENCE


def _mute_after_first(protocol: str) -> WireFault:
    return lambda one: [one] if is_first_answer(protocol, one) else _SILENCE


def _late(_protocol: str) -> WireFault:
    return lambda one: [one if one.request is None else replace(one, delay=1.5)]


def _duplicate(protocol: str) -> WireFault:
    return lambda one: [one, one] if is_answer(protocol, one) else [one]


def _stale_first(protocol: str) -> WireFault:
    """Before the first answer comes one that an earlier host asked for."""
    done: list[bool] = []

    def alter(one: Outgoing) -> list[Outgoing]:
        if done or not is_answer(protocol, one):
            return [one]
        done.append(True)
        change = _wire_qmi.transaction if protocol == "qmi" else _wire_mbim.transaction
        return [replace(one, data=change(one.data)), one]

    return alter


def _garbage(byte: bytes) -> Callable[[str], WireFault]:
    def make(protocol: str) -> WireFault:
        noise = Outgoing(data=40 * byte, garbage=True)
        return lambda one: [noise, one] if is_answer(protocol, one) else [one]

    return make


def _unplugged(protocol: str) -> WireFault:
    return lambda one: [replace(one, unplug=True)] if is_answer(protocol, one) else [one]


def _changing(change: Callable[[bytes], bytes]) -> Callable[[str], WireFault]:
    """Make a fault of a function over the bytes of each answer."""

    def make(protocol: str) -> WireFault:
        def alter(one: Outgoing) -> list[Outgoing]:
            return [replace(one, data=change(one.data))] if is_answer(protocol, one) else [one]

        return alter

    return make


def _splitting(change: Callable[[bytes], list[bytes]]) -> Callable[[str], WireFault]:
    """Make a fault of a function that gives several messages for each answer."""

    def make(protocol: str) -> WireFault:
        def alter(one: Outgoing) -> list[Outgoing]:
            if not is_answer(protocol, one):
                return [one]
            return [replace(one, data=data) for data in change(one.data)]

        return alter

    return make


def _opening(make_change: Callable[[], Callable[[bytes, bytes], list[bytes]]]) -> Callable[
    [str], WireFault
]:  # fmt: skip
    """Make a fault of a function over OPEN and the message that answers it."""

    def make(_protocol: str) -> WireFault:
        change = make_change()

        def alter(one: Outgoing) -> list[Outgoing]:
            if one.request is None or one.request[:4] != b"\x01\0\0\0":
                return [one]
            return [replace(one, data=data) for data in change(one.request, one.data)]

        return alter

    return make


def _not_opened_once(_protocol: str) -> WireFault:
    done: list[bool] = []

    def alter(one: Outgoing) -> list[Outgoing]:
        if done or not is_answer("mbim", one):
            return [one]
        done.append(True)
        return [replace(one, data=_wire_mbim.not_opened(one.data))]

    return alter


_BOTH: dict[str, Callable[[str], WireFault]] = {
    "mute": _mute,
    "mute-after-first": _mute_after_first,
    "late": _late,
    "duplicate": _duplicate,
    "stale-first": _stale_first,
    "garbage-zeros": _garbage(b"\0"),
    "garbage-ones": _garbage(b"\xff"),
    "unplugged": _unplugged,
}
MAKERS: dict[str, dict[str, Callable[[str], WireFault]]] = {
    "qmi": {
        **_BOTH,
        **{name: _changing(change) for name, change in _wire_qmi.CHANGES.items()},
    },
    "mbim": {
        **_BOTH,
        **{name: _changing(change) for name, change in _wire_mbim.CHANGES.items()},
        **{name: _splitting(change) for name, change in _wire_mbim.SPLITS.items()},
        **{name: _opening(change) for name, change in _wire_mbim.OPENINGS.items()},
        "not-opened-once": _not_opened_once,
    },
}
"""What makes the fault, by protocol and name."""
