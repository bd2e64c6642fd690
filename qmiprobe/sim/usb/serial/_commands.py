# SPDX-License-Identifier: GPL-2.0-or-later
"""What an AT command is answered with: a table of small functions, as QMI services have.

::

    @commands.answers("+CSQ", "do")
    def signal_quality(at: AtModem, command: Command) -> list[str]:
        return ["+CSQ: 24,99"]

A function returns the lines before ``OK``, or raises :class:`AtError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qmiprobe.sim._profile import Profile
from qmiprobe.sim._state import ModemState
from qmiprobe.sim.usb._layout import UsbLayout
from qmiprobe.sim.usb.serial._line import Command, Form, Line

NOT_ALLOWED, NOT_SUPPORTED = 3, 4
SIM_NOT_INSERTED, SIM_PIN, SIM_PUK, SIM_FAILURE, SIM_BUSY = 10, 11, 12, 13, 14
WRONG_PASSWORD, NO_SERVICE, WRONG_PARAMETERS, GPRS_ERROR = 16, 30, 50, 148
CME_TEXTS: Mapping[int, str] = {
    NOT_ALLOWED: "operation not allowed",
    NOT_SUPPORTED: "operation not supported",
    SIM_NOT_INSERTED: "SIM not inserted",
    SIM_PIN: "SIM PIN required",
    SIM_PUK: "SIM PUK required",
    SIM_FAILURE: "SIM failure",
    SIM_BUSY: "SIM busy",
    WRONG_PASSWORD: "incorrect password",
    NO_SERVICE: "no network service",
    WRONG_PARAMETERS: "Incorrect parameters",
    GPRS_ERROR: "unspecified GPRS error",
}
"""By code of 3GPP 27.007, 9.2."""


class AtError(Exception):  # not an error of ours: it is the modem's answer
    """The command is refused: with a CME code, or with another result code than ERROR."""

    def __init__(self, code: int | None = None, *, result: str = "ERROR") -> None:
        super().__init__(result if code is None else CME_TEXTS[code])
        self.code = code
        self.result = result


@dataclass(kw_only=True)
class AtModem:
    """One AT port: the modem behind it, and what the host has set there."""

    profile: Profile
    state: ModemState
    line: Line = field(default_factory=Line)
    settings: dict[str, int] = field(default_factory=dict)
    """Numbers that a command sets and reads, by its name; 0 where nothing was set."""

    def setting(self, name: str) -> int:
        """Return what was set."""
        return self.settings.get(name, 0)

    def reset(self) -> None:
        """Forget what the host has set (``Z``, ``&F``)."""
        self.line.reset()
        self.settings.clear()


Answer = Callable[[AtModem, Command], list[str]]
Kind = Callable[[UsbLayout], bool]


class Commands:
    """The commands that are known, each in the forms that it has."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, Form], Answer] = {}
        self._kinds: dict[tuple[str, Form], Kind] = {}

    def answers(
        self, name: str, *forms: Form, kind: Kind = lambda _usb: True
    ) -> Callable[[Answer], Answer]:
        """Register a function; ``kind`` tells which modems have the command, by their USB ids."""

        def register(function: Answer) -> Answer:
            for form in forms or ("do",):
                self._answers[name, form] = function
                self._kinds[name, form] = kind
            return function

        return register

    def find(self, command: Command, usb: UsbLayout) -> Answer | None:
        """Return what answers a command on that modem."""
        key = command.name, command.form
        kind = self._kinds.get(key)
        return self._answers[key] if kind is not None and kind(usb) else None

    def names(self, usb: UsbLayout) -> list[str]:
        """Return the names of all commands that such a modem has."""
        return sorted({name for (name, _), kind in self._kinds.items() if kind(usb)})


commands = Commands()
"""Filled by the modules beside this one."""


def number(text: str, *, among: range | None = None) -> int:
    """Return a parameter that has to be a number; :class:`AtError` where it is none."""
    if not text.isdecimal() or len(text) > 6 or (among is not None and int(text) not in among):
        raise AtError(WRONG_PARAMETERS)
    return int(text)
