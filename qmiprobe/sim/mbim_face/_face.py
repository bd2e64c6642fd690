# SPDX-License-Identifier: GPL-2.0-or-later
"""The MBIM face itself: open and close, who is asked, what hosts are told of changes."""

from __future__ import annotations

from qmiprobe._events import Malformed, Role
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
from qmiprobe.sim.mbim_face import device, extensions, network, sessions, sim
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Refusal,
    Values,
    commands,
    notification,
    response,
)

# Importing these is what fills the table.
FILLED_BY = (device, extensions, network, sessions, sim)


class MbimFace:
    """One MBIM function; each control port that leads to it is opened and closed by itself."""

    def __init__(self, profile: Profile, state: ModemState) -> None:
        self.modem = Modem(profile=profile, state=state)
        self._ports: dict[Outlet, tuple[MbimConnection, PortState]] = {}
        self._held: list[Change] | None = None
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
            for change in held:
                self._tell(change)

    def forget(self, outlet: Outlet) -> None:
        """A port was closed."""
        self._ports.pop(outlet, None)

    def connection(self, outlet: Outlet) -> MbimConnection:
        """Return the state machine of a port."""
        return self._port(outlet)[0]

    def _port(self, outlet: Outlet) -> tuple[MbimConnection, PortState]:
        if outlet not in self._ports:
            self._ports[outlet] = (self._new_connection(), PortState())
        return self._ports[outlet]

    def _new_connection(self) -> MbimConnection:
        limit = self.modem.profile.mbim.max_control_transfer
        return MbimConnection(Role.MODEM, max_control_transfer=limit)

    def _open(self, packet: Packet, data: bytes, outlet: Outlet) -> None:
        """Start afresh, also where a host left without CLOSE (MBIM 1.0, 9.3.1)."""
        self._ports[outlet] = (self._new_connection(), PortState())
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
        if self._held is not None:
            self._held.append(change)
        else:
            self._tell(change)

    def _tell(self, change: Change) -> None:
        if change.kind is Kind.RESTART:
            self._ports.clear()  # closed: the next command is refused, and OPEN starts afresh
            return
        for cls, values in commands.notices(self.modem, change):
            by_default = cls.service_name == "basic-connect"
            for outlet, (connection, port) in tuple(self._ports.items()):
                wanted = port.wants(bytes(cls.service), cls.id, by_default=by_default)
                if not connection.is_open or not wanted:
                    continue
                for fragment in connection.notify(notification(cls, values, port.mbimex)):
                    outlet.put(fragment)
