# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rebind is made of: the goal, the steps that lead there, and what stands against it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from qmiprobe.rebind._state import State

Protocol = Literal["qmi", "mbim"]
Op = Literal[
    "inhibit", "set", "unbind", "bind", "modprobe", "add-id", "remove-id", "probe", "wait",
    "verify", "format", "raw-ip",
]  # fmt: skip
DRIVERS = "/sys/bus/usb/drivers"
DEVICES = "/sys/bus/usb/devices"
PROTOCOL_OF: Mapping[str, Protocol] = {"qmi_wwan": "qmi", "cdc_mbim": "mbim"}
"""The drivers that give a control port, and what it speaks."""
EXAMPLE = "ff 1199 9071"
"""Class, and a row of qmi_wwan's own table that sets DTR: the safe form of ``new_id``."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """The control port that is to be: a driver on an interface of a configuration."""

    configuration: int
    control: int
    data: int | None
    """The data interface beside the control interface; None where one interface is both."""
    driver: str
    by_example: bool = False
    """Whether the driver does not know the modem and has to be told by ``new_id``."""

    @property
    def protocol(self) -> Protocol:
        """What the port speaks."""
        return PROTOCOL_OF[self.driver]

    @property
    def members(self) -> tuple[int, ...]:
        """The interfaces that the driver takes."""
        return (self.control,) if self.data is None else (self.control, self.data)

    def __str__(self) -> str:
        return (
            f"{self.protocol.upper()} by {self.driver} on interface {self.control} of "
            f"configuration {self.configuration}"
        )


@dataclass(frozen=True)
class Undo:
    """The write that takes a step back."""

    path: str
    value: str

    @property
    def command(self) -> str:
        """The same for a shell."""
        return f"echo {shlex.quote(self.value)} > {shlex.quote(self.path)}"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to be done. A step whose aim is reached already is passed over."""

    op: Op
    path: str
    """The file that is written; for others what they are about."""
    value: str
    why: str
    expected: str | None = None
    """What stands there now; anything else means that somebody is at work there too."""
    undo: Undo | None = None
    """None: nothing to take back."""
    timeout_s: float = 10.0
    tolerant: bool = False
    """Whether it may fail without harm."""

    @property
    def command(self) -> str:
        """The step for a shell; a remark where a shell has no command for it."""
        lines = {
            "inhibit": f"mmcli --inhibit-device={shlex.quote(self.value)} &",
            "modprobe": f"modprobe {self.value}",
            "wait": f"udevadm settle --timeout={self.timeout_s:.0f} || sleep 3  # {self.value}",
            "verify": f"qmiprobe check {shlex.quote(self.path)} --only control.answers",
            "format": f"qmiprobe check {shlex.quote(self.path)} --only netdev.format",
        }
        if self.op in lines:
            return lines[self.op]
        line = f"echo {shlex.quote(self.value)} > {shlex.quote(self.path)}"
        if self.op == "bind":  # a driver that was just loaded may have it already
            return f"[ -e {shlex.quote(f'{DEVICES}/{self.value}/driver')} ] || {line}"
        if self.op == "unbind" and self.tolerant:  # it may have gone with its other half
            return f"[ ! -e {shlex.quote(f'{DEVICES}/{self.value}/driver')} ] || {line}"
        return f"{line} || true" if self.tolerant else line


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the user asked for; None: whatever is best."""

    configuration: int | None = None
    driver: str | None = None
    protocol: Protocol | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What leads from a state to a target."""

    state: State
    """As it is now."""
    before: State
    """To be put back where the plan fails; another one than ``state`` after a killed run."""
    target: Target
    steps: tuple[Step, ...]
    right: bool
    """Whether the driver has the interface already: nothing is left but to ask the port."""
    refusals: tuple[str, ...] = ()
    """Why nothing should be changed now, unless it is forced."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoHelp:
    """Why no rebind leads to a control port, and what does as far as that is known."""

    why: str
    instead: str = ""
    evidence: tuple[str, ...] = field(default=())
