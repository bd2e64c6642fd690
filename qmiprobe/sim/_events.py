# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens to a simulated modem by itself, as text: ``after=2 signal rsrp=-110``.

Words of an event, in any order: ``after=SECONDS`` and ``every=SECONDS``, what happens, and how.
Hosts that listen are told, as they would be by a real modem.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from qmiprobe.errors import AddressError, EncodeError
from qmiprobe.sim._messages import deliver_pdu
from qmiprobe.sim._parts import CLIENT_ENDED, CallEnd, Card, Mode, Registration, Signal
from qmiprobe.sim._state import ModemState

Act = Callable[[ModemState, int], None]
"""Changes the modem; the number counts how often it did before."""
_Named = TypeVar("_Named", bound=StrEnum)

_LIMITS = {"rssi": (-128, 0), "rsrq": (-128, 0), "rsrp": (-156, 0), "snr": (-23, 40)}
"""dBm or dB; what the messages of both protocols can carry."""

KINDS = {
    "signal": "rssi=, rsrq=, rsrp=, snr=N: new figures; with every=, N,M,... take turns",
    "registration": "home, roaming, searching or denied [cause=N]: what the network says",
    "mode": "online, low-power, offline, reset, ...: the operating mode",
    "switch": "on or off: the hardware radio switch",
    "sim": "ready, absent, pin-required, puk-required, failed: the card",
    "end": "[cause=N] [session=N]: the network ends data sessions (3GPP cause, 36)",
    "sms": "from=NUMBER text='TEXT': a short message arrives (over MBIM)",
}
"""Every kind of event, and its words."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happens once or again and again."""

    text: str
    act: Act
    after: float = 0.0
    """Seconds from the modem's start."""
    every: float | None = None
    """Seconds from one time to the next; None: it happens once."""


def parse_event(text: str) -> Event:
    """Return the event that a text describes; AddressError says what is wrong with it."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise _wrong(text, str(error)) from None
    kinds = [word for word in words if word in KINDS]
    if not kinds:
        raise _wrong(text, f"what happens? One of: {', '.join(KINDS)}")
    words.remove(kinds[0])
    given = _Words(text, words)
    after, every = given.number("after"), given.number("every")
    act = _MAKERS[kinds[0]](given)
    given.finish()
    if (after is not None and after < 0) or (every is not None and every <= 0):
        raise _wrong(text, "times are seconds: after=0 or more, every= more than 0")
    return Event(text=text, act=act, after=after or 0.0, every=every)


class _Words:
    """The words of an event beside its kind; each is to be taken once."""

    def __init__(self, text: str, words: Iterable[str]) -> None:
        self.text = text
        self._bare = [word for word in words if "=" not in word]
        pairs = (word.partition("=") for word in words if "=" in word)
        self._values = {name: value for name, _, value in pairs}

    def take(self, name: str) -> str | None:
        """Return the value of ``name=``, None where it is not there."""
        return self._values.pop(name, None)

    def number(self, name: str) -> float | None:
        """Return a number."""
        value = self.take(name)
        return None if value is None else self.figure(name, value)

    def figure(self, name: str, value: str, low: float = -1e9, high: float = 1e9) -> float:
        """Return a number out of a text."""
        try:
            number = float(value)
        except ValueError:
            raise _wrong(self.text, f"{name}={value} is no number") from None
        if not low <= number <= high:
            raise _wrong(self.text, f"{name}={value}: from {low:g} to {high:g}")
        return number

    def cause(self, default: int) -> int:
        """Return a cause of the network's."""
        value = self.take("cause")
        return default if value is None else int(self.figure("cause", value, 1, 255))

    def one_of(self, names: type[_Named]) -> _Named:
        """Return the word that stands alone."""
        word = self._bare.pop(0) if self._bare else ""
        try:
            return names(word)
        except ValueError:
            raise _wrong(self.text, f"which one? {', '.join(names)}") from None

    def finish(self) -> None:
        """Refuse words that nobody took."""
        left = [*self._bare, *(f"{name}=" for name in self._values)]
        if left:
            raise _wrong(self.text, f"{', '.join(left)} means nothing here")


def _wrong(text: str, why: str) -> AddressError:
    return AddressError(f"event {text!r}: {why}")


def _signal(words: _Words) -> Act:
    figures: dict[str, list[float]] = {}
    for name, (low, high) in _LIMITS.items():
        value = words.take(name)
        if value is not None:
            figures[name] = [words.figure(name, one, low, high) for one in value.split(",")]
    if not figures:
        raise _wrong(words.text, f"which figures? {', '.join(f'{name}=' for name in _LIMITS)}")

    def act(state: ModemState, count: int) -> None:
        now = {name: values[count % len(values)] for name, values in figures.items()}
        signal = state.signal
        state.set_signal(
            Signal(
                rssi=round(now.get("rssi", signal.rssi)),
                rsrq=round(now.get("rsrq", signal.rsrq)),
                rsrp=round(now.get("rsrp", signal.rsrp)),
                snr=now.get("snr", signal.snr),
            )
        )

    return act


def _registration(words: _Words) -> Act:
    registration, cause = words.one_of(Registration), words.cause(0)
    if bool(cause) is not (registration is Registration.DENIED):
        raise _wrong(words.text, "denied needs cause=N (3GPP 24.008), the others have none")
    return lambda state, _: state.meet(registration, reject=cause)


def _mode(words: _Words) -> Act:
    mode = words.one_of(Mode)
    return lambda state, _: state.set_mode(mode)


class _OnOff(StrEnum):
    ON = "on"
    OFF = "off"


def _switch(words: _Words) -> Act:
    position = words.one_of(_OnOff)
    return lambda state, _: state.switch_hardware(on=position is _OnOff.ON)


def _sim(words: _Words) -> Act:
    card = words.one_of(Card)
    return lambda state, _: state.set_card(card)


def _end(words: _Words) -> Act:
    reason = CallEnd(kind=CLIENT_ENDED.kind, number=words.cause(CLIENT_ENDED.number))
    only = words.number("session")

    def act(state: ModemState, _count: int) -> None:
        for number in state.sessions.numbers:
            if only in (None, number):
                for family in state.sessions.families(number):
                    state.sessions.stop(number, family, reason)

    return act


def _sms(words: _Words) -> Act:
    sender, text = words.take("from") or "+15550100", words.take("text") or ""
    try:
        deliver_pdu(sender, text)
    except EncodeError as error:
        raise _wrong(words.text, str(error)) from None
    return lambda state, _: state.messages.receive(sender, text)


_MAKERS: dict[str, Callable[[_Words], Act]] = {
    "signal": _signal,
    "registration": _registration,
    "mode": _mode,
    "switch": _switch,
    "sim": _sim,
    "end": _end,
    "sms": _sms,
}
