# SPDX-License-Identifier: GPL-2.0-or-later
"""The QMI face itself: finds who is asked, refuses what is wrong, tells clients of changes."""

from __future__ import annotations

from random import Random
from typing import cast

from qmiprobe._events import Malformed, Role
from qmiprobe._message import Request, Response
from qmiprobe.errors import DecodeError
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import QmiConnection, RequestReceived
from qmiprobe.qmi._sdu import CTL, parse_header
from qmiprobe.qmi.services import ctl as ctl_messages
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.sim._outlet import Outlet
from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._state import ModemState
from qmiprobe.sim.qmi_face import (
    ctl,
    dms,
    dms_uim,
    nas_registration,
    nas_selection,
    nas_signal,
    nas_system,
    uim,
    uim_files,
    wda,
    wds,
    wds_profiles,
    wds_traffic,
)
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal
from qmiprobe.sim.qmi_face._tables import ALL

# Importing these is what fills the tables.
FILLED_BY = (
    ctl, dms, dms_uim, nas_registration, nas_selection, nas_signal, nas_system, uim, uim_files,
    wda, wds, wds_profiles, wds_traffic,
)  # fmt: skip


class QmiFace:
    """One QMI function; several control ports may lead to it, client ids are common to them."""

    def __init__(
        self, profile: Profile, state: ModemState, *, random: Random, client_limit: int
    ) -> None:
        self.connection = QmiConnection(Role.MODEM, vendor=profile.usb.vendor or None)
        self.connection.clients.limit = client_limit
        self.modem = Modem(
            profile=profile, state=state, random=random, table=self.connection.clients
        )
        self._held: list[tuple[Client, bytes]] | None = None
        self._restarting = False
        self._state = state
        state.watch(self._announce)

    def receive(self, data: bytes, outlet: Outlet) -> None:
        """Take one whole frame from a port and put the answer there; noise is ignored."""
        self._state.advance()
        event = self.connection.receive(data)
        self._held = []
        try:
            answer = None
            if isinstance(event, RequestReceived):
                answer = self._answer(event.message, outlet)
            elif isinstance(event, Malformed):
                answer = self._refuse_malformed(event.raw)
            if answer is not None:
                outlet.put(answer, request=data)
        finally:
            held, self._held = self._held, None
            for client, message in held:
                self._deliver(client, message)
            if self._restarting:
                self._restart()

    def forget(self, outlet: Outlet) -> None:
        """A port was closed: nobody reads indications there any more; its ids stay taken."""
        for client in self.modem.clients.values():
            if client.port is outlet:
                client.port = None

    def revoke(self, service: int, client_id: int) -> None:
        """Take a client id away from its holder, and say so."""
        client = self.modem.clients.get((service, client_id))
        if client is None:
            return
        self.modem.release(ALL[service], client_id)
        body = ctl_messages.RevokeClientIdIndication(
            client=ctl_messages.Client(service_=Service(service), cid=client_id)
        )
        if client.port is not None:
            client.port.put(self.connection.indicate(body, client=0))

    def _answer(self, message: QmiMessage, outlet: Outlet) -> bytes:
        try:
            body = self._ask_service(message, outlet)
        except Refusal as refusal:
            return self.connection.respond(message, refusal.body, error=refusal.error)
        return self.connection.respond(message, body)

    def _ask_service(self, message: QmiMessage, outlet: Outlet) -> Response:
        header = message.header
        service = ALL.get(header.service)
        if service is None or service.name not in self.modem.profile.qmi.services:
            raise Refusal(Error.INVALID_SERVICE_TYPE)
        client = self._client(header.service, header.client, outlet)
        if message.body is None:
            raise Refusal(Error.INVALID_QMI_COMMAND)
        if not service.knows(self.modem, type(message.body)):
            raise Refusal(Error.INVALID_QMI_COMMAND)
        notes = {note.code for note in message.notes}
        if "missing-tlv" in notes:
            raise Refusal(Error.MISSING_ARGUMENT)
        if notes & {"short", "empty-tlv"}:
            raise Refusal(Error.MALFORMED_MESSAGE)
        return service.answer(self.modem, client, cast("Request[Response]", message.body))

    def _client(self, service: int, number: int, outlet: Outlet) -> Client:
        if service == CTL:
            return Client(service=CTL, id=0, port=outlet)
        client = self.modem.clients.get((service, number))
        if client is None:
            raise Refusal(Error.INVALID_CLIENT_ID)
        client.port = outlet  # indications go where the client was heard last
        return client

    def _refuse_malformed(self, raw: bytes) -> bytes | None:
        """Answer what has a sound header and TLVs that mean nothing; the rest is noise."""
        try:
            header, _ = parse_header(raw)
        except DecodeError:
            return None
        if header.kind != "request":
            return None
        return self.connection.respond(
            QmiMessage(header=header, raw=raw), error=Error.MALFORMED_MESSAGE
        )

    def _restart(self) -> None:
        """Forget all clients and say so, as firmware does that has started anew."""
        self._restarting = False
        ports = {client.port for client in self.modem.clients.values()}
        for number, held in tuple(self.modem.clients):
            self.modem.release(ALL[number], held)
        for port in ports:
            if port is not None:
                port.put(self.connection.indicate(ctl_messages.SyncIndication(), client=0))

    def _announce(self, change: Change) -> None:
        if change.kind is Kind.RESTART:
            self._restarting = True
            if self._held is None:
                self._restart()
            return
        for client in tuple(self.modem.clients.values()):
            for body in ALL[client.service].announce(self.modem, client, change):
                message = self.connection.indicate(body, client=client.id)
                if self._held is not None:
                    self._held.append((client, message))
                else:
                    self._deliver(client, message)

    def _deliver(self, client: Client, message: bytes) -> None:
        if client.port is not None:
            client.port.put(message)
