# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be wrong with a modem's USB side, by name: ``sim/usb/faults.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

from qmiprobe.sim._fault_table import pick_faults, read_faults

_FILE = resources.files("qmiprobe") / "sim" / "usb" / "faults.toml"
Leaves = Literal["", "gone", "back", "boot-loader"]


@dataclass(kw_only=True)
class UsbFaults:
    """Numbers are how often something shall happen, -1: always; they are counted down."""

    spared: int = 0
    """Commands before anything happens to one."""
    send_stalls: int = 0
    """SEND_ENCAPSULATED_COMMAND is refused, and the command lost."""
    get_stalls: int = 0
    """GET_ENCAPSULATED_RESPONSE is refused; the answer stays."""
    empty_answers: int = 0
    """An announcement leads to an answer of no bytes, before the right one."""
    unknown_notifications: int = 0
    """A notification of a kind that drivers do not know comes before the right one."""
    lost_notifications: int = 0
    """An answer comes without being announced."""
    tells_again: bool = True
    """Whether answers whose announcement got lost are announced with the next one."""
    double_answers: int = 0
    """An old answer comes along with one, and both are announced once."""
    long_answers: int = 0
    """An answer does not fit the host's buffer."""
    needs_dtr: bool = False
    """Commands are taken in silence until the host sets DTR."""
    leaves: Leaves = ""
    """What the modem does when it gets a command."""
    endpoints: list[str] | None = None
    """The endpoints of QMI's control interface."""
    ntb_parameters_fail: bool = False
    """GET_NTB_PARAMETERS is refused."""
    disc_first: bool = False
    """It is a disc until it is ejected."""
    stop_after: int | None = None
    """Packets after which no more pass."""
    lose_multiples_of: int = 0
    """Transfers of a multiple of so many bytes get lost."""
    lose_uplink: bool = False
    """What the host sends goes nowhere."""

    def take(self, name: str) -> bool:
        """Return whether a counted fault happens now, and count it."""
        left = int(getattr(self, name))
        if left > 0:
            setattr(self, name, left - 1)
        return left != 0


@dataclass(frozen=True, kw_only=True)
class UsbFault:
    """One thing that can be wrong with a modem's USB side."""

    name: str
    doc: str
    """One line for people."""
    usb: Mapping[str, object] = field(default_factory=dict)
    protocols: tuple[str, ...] = ("qmi", "mbim")


@cache
def all_usb_faults() -> Mapping[str, UsbFault]:
    """Return every fault by name, in the file's order."""
    return read_faults(_FILE, _make)


def _make(*, usb: dict[str, object], **keys: object) -> UsbFault:
    UsbFaults(**usb)  # type: ignore[arg-type]  # refuses names that it has not got
    return UsbFault(usb=usb, **keys)  # type: ignore[arg-type]  # the file's values; a test holds it


def usb_faults(names: Iterable[str], *, protocol: str) -> UsbFaults:
    """Return these faults together; AddressError for unknown ones and for other protocols'."""
    whose = " of a modem's USB side"
    merged: dict[str, object] = {}
    for fault in pick_faults(all_usb_faults(), names, protocol=protocol, whose=whose):
        merged |= fault.usb
    return UsbFaults(**merged)  # type: ignore[arg-type]  # the file's values; a test holds it
