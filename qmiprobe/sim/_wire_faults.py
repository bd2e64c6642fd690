# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be wrong with a simulated modem's messages on their way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import cast

from qmiprobe.sim._faults import Fault
from qmiprobe.sim._port import Outgoing, WireFault

_CTL_GET_VERSION_INFO = 0x0021


def wire_faults(faults: Iterable[Fault], protocol: str) -> tuple[WireFault, ...]:
    """Return the alterations that these faults ask for, in their order."""
    found = []
    for fault in faults:
        if fault.wire:
            arguments = {key: value for key, value in fault.wire.items() if key != "name"}
            make = _MAKERS[str(fault.wire["name"])]
            found.append(make(protocol, **arguments))
    return tuple(found)


def is_first_answer(protocol: str, one: Outgoing) -> bool:
    """Whether this answers what a host asks to find out the protocol."""
    request = one.request
    if request is None:
        return False
    if protocol == "mbim":
        return request[:1] == b"\x01"
    return request[4:5] == b"\x00" and request[8:10] == _CTL_GET_VERSION_INFO.to_bytes(2, "little")


def _mute(_protocol: str) -> WireFault:
    return lambda _one: []


def _mute_but_first(protocol: str) -> WireFault:
    return lambda one: [one] if is_first_answer(protocol, one) else []


def _wrong_transaction(protocol: str) -> WireFault:
    def alter(one: Outgoing) -> list[Outgoing]:
        if one.request is None:
            return [one]
        data = bytearray(one.data)
        if protocol == "qmi" and data[4] != 0:
            number = int.from_bytes(data[7:9], "little")
            data[7:9] = (number % 0xFFFF + 1 ^ 0x4000).to_bytes(2, "little")
        elif protocol == "mbim" and data[:4] == b"\x03\0\0\x80":
            number = int.from_bytes(data[8:12], "little")
            data[8:12] = (number ^ 0x40000000).to_bytes(4, "little")
        return [replace(one, data=bytes(data))]

    return alter


_MAKERS = cast(
    "dict[str, Callable[..., WireFault]]",
    {
        "mute": _mute,
        "mute_but_first": _mute_but_first,
        "wrong_transaction": _wrong_transaction,
    },
)
