# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of commands that the MBIM face answers: small functions, each for one request.

A function returns the values of its answer's fields; which layout they take depends on the
negotiated version of Microsoft's extensions, so the table picks the class::

    @commands.answers(basic_connect.RadioStateQuery)
    def radio_state(modem: Modem, port: PortState, request: RadioStateQuery) -> Values:
        return {"hw_radio_state": ..., "sw_radio_state": ...}

A function refuses by raising :class:`Refusal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from qmiprobe._message import Indication, Message, Response
from qmiprobe.mbim import _registry
from qmiprobe.mbim.services._shared import Status
from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._state import ModemState

Values = Mapping[str, object]


class Refusal(Exception):  # not an error of ours: it is the modem's answer
    """The command is answered with a status; some commands have values beside it."""

    def __init__(self, status: Status, values: Values | None = None) -> None:
        super().__init__(str(status))
        self.status = status
        self.values = values


@dataclass(kw_only=True)
class Modem:
    """What answers are made from."""

    profile: Profile
    state: ModemState
    settings: dict[str, int] = field(default_factory=dict)
    """Values that some command set and another reads back, by name."""


class Inside(Protocol):
    """The way to the QMI function inside."""

    def ask(self, message: bytes) -> bytes | None: ...
    def close(self) -> None: ...


@dataclass(kw_only=True)
class PortState:
    """What one control port has agreed with its host."""

    mbimex: str = "1.0"
    subscribed: dict[bytes, set[int]] | None = None
    """Notifications by service that the host wants; None: all of the services of MBIM 1.0."""
    tunnel: Inside | None = None
    """None: there is no QMI inside."""

    def wants(self, service: bytes, cid: int, *, by_default: bool) -> bool:
        """Whether the host is to be told."""
        if self.subscribed is None:
            return by_default
        return cid in self.subscribed.get(service, ())


Answer = Callable[[Modem, PortState, Any], Values | None]
_Answer = TypeVar("_Answer", bound=Callable[..., "Values | None"])
Notify = Callable[[Modem, Change], Iterable[Values]]


class Commands:
    """Functions by request, and notifications by kind of change."""

    def __init__(self) -> None:
        self._answers: dict[type[Message], Answer] = {}
        self._notices: dict[Kind, list[tuple[type[Message], Notify]]] = {}

    def answers(self, *requests: type[Message]) -> Callable[[_Answer], _Answer]:
        """Register a function as the answer to these requests."""

        def register(function: _Answer) -> _Answer:
            self._answers.update(dict.fromkeys(requests, function))
            return function

        return register

    def notifies(self, notification: type[Indication], *kinds: Kind) -> Callable[[Notify], Notify]:
        """Register a function that gives the values of a notification after such a change."""

        def register(function: Notify) -> Notify:
            for kind in kinds:
                self._notices.setdefault(kind, []).append((notification, function))
            return function

        return register

    def find(self, request: type[Message]) -> Answer | None:
        """Return the function that answers requests of this type."""
        return self._answers.get(request)

    def notices(self, modem: Modem, change: Change) -> Iterable[tuple[type[Message], Values]]:
        """Give notification and values of what a change is worth telling."""
        for notification, function in self._notices.get(change.kind, ()):
            for values in function(modem, change):
                yield notification, values


commands = Commands()
"""All that the face knows; the other modules here fill it."""


def response(request: Message, values: Values, mbimex: str) -> Response:
    """Return the answer to a request in the layout of a version of the extensions."""
    return cast("Response", _make(type(request), "response", values, mbimex))


def notification(cls: type[Message], values: Values, mbimex: str) -> Indication:
    """Return a notification in the layout of a version of the extensions."""
    return cast("Indication", _make(cls, "notification", values, mbimex))


def _make(like: type[Message], kind: str, values: Values, mbimex: str) -> Message:
    layouts = _registry.find(like.service.text, like.id, kind)
    fitting = [layout for layout in layouts if layout[0] <= mbimex]
    _, module, name = fitting[-1]
    cls = _registry.load(module, name)
    known = {one.attr for one in cls.__fields__ if one.public and one.init}
    return cls(**{name: value for name, value in values.items() if name in known})


def refuse_unless(condition: object, status: Status = Status.INVALID_PARAMETERS) -> None:
    """Raise a :class:`Refusal` where a condition does not hold."""
    if not condition:
        raise Refusal(status)
