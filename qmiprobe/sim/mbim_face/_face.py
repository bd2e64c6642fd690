# SPDX-License-Identifier: GPL-2.0-or-later
"""The MBIM face itself: open and close, who is asked, what hosts are told of changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qmiprobe._events import Malformed, Role
from qmiprobe._message import Indication
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    CloseReceived,
    CommandReceived,
    MbimConnection,
    OpenReceived,
)
from qmiprobe.mbim._header import Packet, parse
from qmiprobe.mbim.services._shared import ProtocolError, Service, Status
from qmiprobe.sim._outlet import Outlet
from qmiprobe.sim._parts import CLIENT_ENDED, Change, Kind
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._state import ModemState
from qmiprobe.sim.mbim_face import device, extensions, network, qmi, sessions, sim, sms
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Refusal,
    Values,
    commands,
    notification,
    response,
)

if TYPE_CHECKING:
    from qmiprobe.sim.qmi_face import QmiFace

# Importing these is what fills the table.
FILLED_BY = (device, extensions, network, qmi, sessions, sim, sms)
_TOLD_BY_DEFAULT = ("basic-connect", "sms")
"""Services of MBIM 1.0: without a subscribe list hosts are told all of them."""


class MbimFace:
    """One MBIM function; each control port that leads to it is opened and closed by itself."""

    def __init__(
        self, profile: Profile, state: ModemState, *, inside: QmiFace | None = None
    ) -> None:
        self.modem = Modem(profile=profile, state=state)
        self._inside = inside
        """The QMI function that service qmi leads to."""
        self._ports: dict[Outlet, tuple[MbimConnection, PortState]] = {}
        self._held: list[Callable[[], None]] | None = None
        """What hosts are to be told once the answer is out."""
        self._state = state
        state.watch(self._note_change)

    def receive(self, data: bytes, outlet: Outlet) -> None:
        """Take one message or fragment from a port and put the answer there."""
        self._state.advance()
        connection = self.connection(outlet)
        event = connection.receive(data)
        self._held = []
        try:
            match event:
                case OpenReceived(packet):
                    self._open(packet, data, outlet)
                case CloseReceived(packet):
                    outlet.put(connection.close_done(packet), request=data)
                    self._end_unowned()
                case CommandReceived(message):
                    self._command(message, outlet)
                case Malformed(raw):
                    self._refuse_malformed(raw, outlet)
        finally:
            held, self._held = self._held, None
            for tell in held:
                tell()

    def forget(self, outlet: Outlet) -> None:
        """A port was closed."""
        _, port = self._ports.pop(outlet, (None, None))
        if port is not None and port.tunnel is not None:
            port.tunnel.close()

    def connection(self, outlet: Outlet) -> MbimConnection:
        """Return the state machine of a port."""
        return self._port(outlet)[0]

    def _port(self, outlet: Outlet) -> tuple[MbimConnection, PortState]:
        if outlet not in self._ports:
            limit = self.modem.profile.mbim.max_control_transfer
            port = PortState()
            if self._inside is not None:
                port.tunnel = qmi.Tunnel(self._inside, partial(self._note_inside, outlet))
            connection = MbimConnection(Role.MODEM, max_control_transfer=limit)
            self._ports[outlet] = (connection, port)
        return self._ports[outlet]

    def _open(self, packet: Packet, data: bytes, outlet: Outlet) -> None:
        """Start afresh, also where a host left without CLOSE (MBIM 1.0, 9.3.1)."""
        self.forget(outlet)
        self._end_unowned()
        outlet.put(self.connection(outlet).open_done(packet), request=data)

    def _end_unowned(self) -> None:
        """End all sessions where no port is open: closing the function deactivates contexts."""
        if not any(connection.is_open for connection, _ in self._ports.values()):
            self._state.sessions.end_all(CLIENT_ENDED)

    def _command(self, message: MbimMessage, outlet: Outlet) -> None:
        connection, port = self._port(outlet)
        if not connection.is_open:
            number = message.packet.transaction
            error = connection.function_error(number, ProtocolError.NOT_OPENED)
            outlet.put(error, request=message.raw)
            return
        body, status = None, Status.NONE
        values: Values | None
        try:
            values = self._ask(message, port)
        except Refusal as refusal:
            values, status = refusal.values, refusal.status
        if values is not None and message.body is not None:
            body = response(message.body, values, port.mbimex)
        connection.mbimex = port.mbimex
        for fragment in connection.answer(message, body, status=int(status)):
            outlet.put(fragment, request=message.raw)

    def _ask(self, message: MbimMessage, port: PortState) -> Values | None:
        packet = message.packet
        offered = self.modem.profile.mbim.services.get(str(Service(packet.service)), ())
        if packet.cid not in offered or message.body is None:
            raise Refusal(Status.NO_DEVICE_SUPPORT)
        function = commands.find(type(message.body))
        if function is None:
            raise Refusal(Status.NO_DEVICE_SUPPORT)
        if any(note.code == "short" for note in message.notes):
            raise Refusal(Status.INVALID_PARAMETERS)
        return function(self.modem, port, message.body)

    def _refuse_malformed(self, raw: bytes, outlet: Outlet) -> None:
        """Refuse a command whose buffer means nothing; what is no MBIM at all is noise."""
        connection = self.connection(outlet)
        try:
            packet = parse(raw)
        except DecodeError:
            return
        if packet.kind != "command":
            return
        if packet.total > 1:
            error = ProtocolError.FRAGMENT_OUT_OF_SEQUENCE
            outlet.put(connection.function_error(packet.transaction, error), request=raw)
            return
        message = MbimMessage(packet=packet, raw=raw)
        if not connection.is_open:
            self._command(message, outlet)
            return
        for fragment in connection.answer(message, status=int(Status.INVALID_PARAMETERS)):
            outlet.put(fragment, request=raw)

    def _note_change(self, change: Change) -> None:
        self._when_answered(partial(self._tell, change))

    def _note_inside(self, outlet: Outlet, body: Indication) -> None:
        self._when_answered(partial(self._notify, outlet, body))

    def _when_answered(self, tell: Callable[[], None]) -> None:
        if self._held is not None:
            self._held.append(tell)
        else:
            tell()

    def _tell(self, change: Change) -> None:
        if change.kind is Kind.RESTART:
            # Closed: the next command is refused, and OPEN starts afresh.
            for outlet in tuple(self._ports):
                self.forget(outlet)
            return
        for cls, values in commands.notices(self.modem, change):
            for outlet, (_, port) in tuple(self._ports.items()):
                self._notify(outlet, notification(cls, values, port.mbimex))

    def _notify(self, outlet: Outlet, body: Indication) -> None:
        """Tell one host, where it listens."""
        connection, port = self._ports.get(outlet, (None, None))
        if connection is None or port is None or not connection.is_open:
            return
        by_default = body.service_name in _TOLD_BY_DEFAULT
        if port.wants(bytes(body.service), body.id, by_default=by_default):
            for fragment in connection.notify(body):
                outlet.put(fragment)
