# SPDX-License-Identifier: GPL-2.0-or-later
"""What one QMI service of the simulated modem is made of: answers and indications.

A service is a module with ``service = Service(...)`` and small functions registered on it::

    @service.answers(dms.GetModel)
    def get_model(modem: Modem, client: Client, request: dms.GetModel) -> dms.GetModelResponse:
        return dms.GetModelResponse(model=modem.profile.identity.model)

A function refuses by raising :class:`Refusal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from qmiprobe._message import Indication, Message, Request, Response
from qmiprobe.qmi._clients import ClientTable
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._outlet import Outlet
from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim._port import Port
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._state import ModemState

_Request = TypeVar("_Request", bound=Request[Any])
_Response = TypeVar("_Response", bound=Response)
Answer = Callable[["Modem", "Client", Any], Response]
Announce = Callable[["Modem", "Client", Change], Iterable[Indication]]


class Refusal(Exception):  # not an error of ours: it is the modem's answer
    """The request is answered with a QMI error, perhaps with TLVs that explain it."""

    def __init__(self, error: Error, body: Response | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.body = body


@dataclass(kw_only=True)
class Client:
    """One client id that was given out, and what its holder asked to be told."""

    service: int
    id: int
    port: Outlet | None = None
    """Where its indications go; None: nobody listens."""
    registered: set[str] = field(default_factory=set)
    """Names of indications."""
    family: int = 4
    """WDS: the IP family that this client's calls have unless they say another."""
    home: int = 0
    """WDS: number of the first data session of the port where this client was made."""
    session_id: int = 0
    """WDS: the data session that this client is bound to: ``home`` and a QMAP mux id."""
    calls: dict[int, tuple[int, int]] = field(default_factory=dict)
    """WDS: session number and family by packet data handle."""

    def register(self, **wanted: bool | None) -> None:
        """Add or remove registrations; None leaves one as it is."""
        for name, on in wanted.items():
            if on:
                self.registered.add(name)
            elif on is False:
                self.registered.discard(name)

    def reset(self) -> None:
        """Forget what the client asked for."""
        self.registered.clear()
        self.family, self.session_id = 4, self.home


@dataclass(kw_only=True)
class Modem:
    """What answers are made from."""

    profile: Profile
    state: ModemState
    random: Random
    table: ClientTable
    clients: dict[tuple[int, int], Client] = field(default_factory=dict)
    """Those that hold an id, by service and id."""
    settings: dict[str, object] = field(default_factory=dict)
    """Values that some message set and another reads back, by name."""

    def allocate(self, service: Service, port: Outlet | None) -> Client | None:
        """Give out a client id; None where all are taken."""
        number = self.table.allocate(service.number)
        if number is None:
            return None
        home = port.first_session if isinstance(port, Port) else 0
        client = Client(service=service.number, id=number, port=port, home=home, session_id=home)
        client.registered |= service.unasked
        self.clients[service.number, number] = client
        return client

    def release(self, service: Service, number: int) -> bool:
        """Take a client id back, with all that hangs on it; False where it was not given out."""
        client = self.clients.pop((service.number, number), None)
        if client is None:
            return False
        self.table.release(service.number, number)
        service.release(self, client)
        return True


class Service:
    """The answers and indications of one service."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.number = number
        self._answers: dict[type[Request[Any]], Answer] = {}
        self._announces: dict[Kind, list[Announce]] = {}
        self.unasked: frozenset[str] = frozenset()
        """Indications that every client gets until it says otherwise."""
        self._goodbyes: list[Callable[[Modem, Client], None]] = []

    def answers(
        self, request: type[_Request]
    ) -> Callable[
        [Callable[[Modem, Client, _Request], _Response]],
        Callable[[Modem, Client, _Request], _Response],
    ]:
        """Register a function as the answer to a request."""

        def register(
            function: Callable[[Modem, Client, _Request], _Response],
        ) -> Callable[[Modem, Client, _Request], _Response]:
            self._answers[request] = function
            return function

        return register

    def announces(self, *kinds: Kind) -> Callable[[Announce], Announce]:
        """Register a function as what a client is told of changes of these kinds."""

        def register(function: Announce) -> Announce:
            for kind in kinds:
                self._announces.setdefault(kind, []).append(function)
            return function

        return register

    def on_release(
        self, function: Callable[[Modem, Client], None]
    ) -> Callable[[Modem, Client], None]:
        """Register what happens when a client id is given back."""
        self._goodbyes.append(function)
        return function

    def supported(self, modem: Modem) -> list[int]:
        """Message ids that a modem answers, in order."""
        return sorted({request.id for request in self._answers if self.knows(modem, request)})

    def knows(self, modem: Modem, request: type[Message]) -> bool:
        """Whether a modem's firmware answers requests of this type."""
        refused = modem.profile.qmi.refuses.get(self.name, ())
        return request in self._answers and request.message not in refused

    def answer(self, modem: Modem, client: Client, request: Request[Any]) -> Response:
        """Return the answer; raises :class:`Refusal`."""
        return self._answers[type(request)](modem, client, request)

    def announce(self, modem: Modem, client: Client, change: Change) -> Iterable[Indication]:
        """Return what a client is told of a change."""
        for function in self._announces.get(change.kind, ()):
            yield from function(modem, client, change)

    def release(self, modem: Modem, client: Client) -> None:
        """Let the service clean up after a client."""
        for function in self._goodbyes:
            function(modem, client)


def bitmap(ids: Iterable[int]) -> bytes:
    """Return message ids as Get Supported Messages has them: a bit each, lowest first."""
    value = sum(1 << number for number in ids if number < 0x1000)
    return value.to_bytes(-(-value.bit_length() // 8) or 1, "little")


def refuse_unless(condition: object, error: Error = Error.INVALID_ARGUMENT) -> None:
    """Raise a :class:`Refusal` where a condition does not hold."""
    if not condition:
        raise Refusal(error)
