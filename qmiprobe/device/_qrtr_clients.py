# SPDX-License-Identifier: GPL-2.0-or-later
"""The clients of a QRTR node, a socket each, and the control service that QRTR lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qmiprobe._events import Role
from qmiprobe._message import Response
from qmiprobe.device._qrtr_services import QrtrService
from qmiprobe.errors import EncodeError
from qmiprobe.qmi._clients import ClientTable
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import QmiConnection, RequestReceived
from qmiprobe.qmi._sdu import CTL
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.transport._qrtr import QrtrAddress, QrtrSocket

MOST_CLIENTS = 254
"""Client ids of one service; 255 means all of them."""
NARROW = 0xFF
"""The highest service that QMUX, and CTL's own messages, have room for."""

Allocate = ctl.AllocateCid | ctl.InternalAllocateCidQrtr
Release = ctl.ReleaseCid | ctl.InternalReleaseCidQrtr


@dataclass(frozen=True, eq=False, kw_only=True)
class QrtrClient:
    """A client id: its socket, and where its service is."""

    service: int
    cid: int
    socket: QrtrSocket
    to: QrtrAddress


class QrtrClients:
    """Client ids that are given out, each with a socket that is closed when it goes back."""

    def __init__(self, open_socket: Callable[[], QrtrSocket]) -> None:
        self._open_socket = open_socket
        self._ids = ClientTable(limit=MOST_CLIENTS)
        self._held: dict[tuple[int, int], QrtrClient] = {}

    def __iter__(self) -> Iterator[QrtrClient]:
        return iter(tuple(self._held.values()))

    def __contains__(self, client: object) -> bool:
        return client in self._held.values()

    def get(self, service: int, cid: int) -> QrtrClient | None:
        """Return the client of an id, or None where it was not given out."""
        return self._held.get((service, cid))

    def open(self, service: QrtrService) -> QrtrClient | None:
        """Give out an id; None where there is none left. Raises as opening a socket does."""
        cid = self._ids.allocate(service.service)
        if cid is None:
            return None
        try:
            own = self._open_socket()
        except BaseException:
            self._ids.release(service.service, cid)
            raise
        client = QrtrClient(service=service.service, cid=cid, socket=own, to=service.address)
        self._held[client.service, cid] = client
        return client

    def close(self, service: int, cid: int) -> bool:
        """Take an id back, which tells its service; False where it was not given out."""
        client = self._held.pop((service, cid), None)
        if client is None:
            return False
        client.socket.close()
        return self._ids.release(service, cid)


class LocalControl:
    """Answers what on other ports the modem's control service does."""

    def __init__(
        self, clients: QrtrClients, services: Callable[[], tuple[QrtrService, ...]]
    ) -> None:
        self._clients = clients
        self._services = services
        """Those of the node now, the first of a number being the one to use."""
        self._connection = QmiConnection(Role.MODEM)

    def answer(self, message: bytes) -> bytes:
        """Return the frame that answers a request to CTL, or one of an unknown client.

        Raises EncodeError for what is no request, and as opening a socket does.
        """
        event = self._connection.receive(message)
        if not isinstance(event, RequestReceived):
            raise EncodeError(f"this is no QMI request: {message[:32].hex()}")
        asked, body = event.message, event.message.body
        if asked.header.service != CTL:
            return self._refuse(asked, Error.INVALID_CLIENT_ID)
        if isinstance(body, ctl.GetVersionInfo):
            return self._connection.respond(asked, self._versions())
        if isinstance(body, Allocate):
            return self._allocate(asked, body)
        if isinstance(body, Release):
            return self._release(asked, body)
        return self._refuse(asked, Error.NOT_SUPPORTED)

    def revoked(self, client: QrtrClient) -> bytes:
        """Return the indication that a client's service has gone."""
        info = ctl.Client(service_=Service(client.service), cid=client.cid)
        return self._connection.indicate(ctl.RevokeClientIdIndication(client=info), client=0)

    def _versions(self) -> ctl.GetVersionInfoResponse:
        newest: dict[int, int] = {}
        for one in self._services():
            if CTL < one.service <= NARROW:
                newest.setdefault(one.service, one.version)
        listed = [
            ctl.ServiceVersion(service_=Service(number), major_version=version, minor_version=0)
            for number, version in newest.items()
        ]
        return ctl.GetVersionInfoResponse(service_list=listed)

    def _allocate(self, asked: QmiMessage, body: Allocate) -> bytes:
        if body.service_ is None:
            return self._refuse(asked, Error.MISSING_ARGUMENT)
        number = int(body.service_)
        offered = [one for one in self._services() if one.service == number != CTL]
        if not offered:
            return self._refuse(asked, Error.INVALID_SERVICE_TYPE)
        client = self._clients.open(offered[0])
        if client is None:
            return self._refuse(asked, Error.CLIENT_IDS_EXHAUSTED)
        answer: Response
        if isinstance(body, ctl.AllocateCid):
            info = ctl.Client(service_=Service(number), cid=client.cid)
            answer = ctl.AllocateCidResponse(allocation_info=info)
        else:
            wide = ctl.WideClient(service_=Service(number), cid=client.cid)
            answer = ctl.InternalAllocateCidQrtrResponse(allocation_info=wide)
        return self._connection.respond(asked, answer)

    def _release(self, asked: QmiMessage, body: Release) -> bytes:
        if body.release_info is None:
            return self._refuse(asked, Error.MISSING_ARGUMENT)
        if not self._clients.close(int(body.release_info.service_), body.release_info.cid):
            return self._refuse(asked, Error.INVALID_CLIENT_ID)
        answer: Response
        if isinstance(body, ctl.ReleaseCid):
            answer = ctl.ReleaseCidResponse(release_info=body.release_info)
        else:
            answer = ctl.InternalReleaseCidQrtrResponse(release_info=body.release_info)
        return self._connection.respond(asked, answer)

    def _refuse(self, asked: QmiMessage, error: Error) -> bytes:
        return self._connection.respond(asked, error=error)
