# SPDX-License-Identifier: GPL-2.0-or-later
"""An AT port: bytes of the host in, answers and unasked lines out."""

from __future__ import annotations

from collections.abc import Callable

from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._state import ModemState
from qmiprobe.sim.usb.serial import _basic, _contexts, _sim_and_radio
from qmiprobe.sim.usb.serial._commands import CME_TEXTS, AtError, AtModem, commands
from qmiprobe.sim.usb.serial._line import Command, split_line

FILLED_BY = (_basic, _contexts, _sim_and_radio)
"""Importing these is what fills the table."""


class AtPort:
    """One port; several of a modem know nothing of each other's settings.

    A command that this modem has not got is answered with ERROR, as is a line that means nothing;
    what comes behind a refused command in a line is left undone.
    """

    def __init__(self, profile: Profile, state: ModemState) -> None:
        self._modem = AtModem(profile=profile, state=state)
        self._told: dict[str, str] = {}

    def feed(self, data: bytes) -> bytes:
        """Take what the host sent, in pieces of any length; return what goes back to it."""
        out = bytearray()
        for byte in data:
            if self._modem.line.echo:
                out.append(byte)
            text = self._modem.line.feed(byte)
            if text is not None:
                out += self._answer(text)
        return bytes(out)

    def watch(self, tell: Callable[[bytes], None]) -> Callable[[], None]:
        """Give ``tell`` what the host has asked to be told unasked; returns what ends that."""
        for name in _sim_and_radio.REGISTRATIONS:
            self._told[name] = self._registration(name)

        def note(change: Change) -> None:
            if change.kind in (Kind.REGISTRATION, Kind.ATTACH):
                for line in self._news():
                    tell(self._modem.line.text(line))

        return self._modem.state.watch(note)

    def _registration(self, name: str) -> str:
        return _sim_and_radio.registration_line(self._modem, name, unasked=True)

    def _news(self) -> list[str]:
        news = []
        for name, before in self._told.items():
            now = self._registration(name)
            if now != before and self._modem.setting(name):
                news.append(now)
            self._told[name] = now
        return news

    def _answer(self, text: str) -> bytes:
        out = bytearray()
        parts = split_line(text)
        if parts is None:
            return self._modem.line.result("ERROR")
        for command in parts:
            try:
                out += b"".join(map(self._modem.line.text, self._lines(command)))
            except AtError as error:
                return bytes(out) + self._refusal(error)
        return bytes(out) + self._modem.line.result("OK")

    def _lines(self, command: Command) -> list[str]:
        answer = commands.find(command, self._modem.profile.usb)
        if answer is None:
            raise AtError
        return answer(self._modem, command)

    def _refusal(self, error: AtError) -> bytes:
        form = self._modem.setting("+CMEE")
        if error.code is None or form == 0:
            return self._modem.line.result(error.result)
        shown = str(error.code) if form == 1 else CME_TEXTS[error.code]
        return self._modem.line.result(f"+CME ERROR: {shown}")
