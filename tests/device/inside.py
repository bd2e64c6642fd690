# SPDX-License-Identifier: GPL-2.0-or-later
"""A QMI modem inside an MBIM function, both doing as they are told."""

from __future__ import annotations

from qmiprobe._message import Indication, Message
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import qmi as tunnel
from qmiprobe.mbim.services._shared import Service
from qmiprobe.qmi._connection import RequestReceived
from qmiprobe.qmi.services import dms
from qmiprobe.transport import memory_pair
from tests.device.scripted import ScriptedMbim, ScriptedQmi

SERVICES = (Service.BASIC_CONNECT, Service.SMS, Service.QMI)


class Inside:
    """A QMI modem inside an MBIM function."""

    def __init__(self, function: ScriptedMbim, *, services: tuple[Service, ...] = SERVICES) -> None:
        self.function = function
        self.modem = ScriptedQmi(memory_pair("never used")[1])
        self.asked: list[Message] = []
        elements = [
            bc.DeviceServiceElement(
                device_service_id=service, dss_payload=0, max_dss_instances=0, cids=[1]
            )
            for service in services
        ]
        offered = bc.DeviceServicesResponse(max_dss_sessions=0, device_services=elements)
        function.script(bc.DeviceServicesQuery, offered)
        function.script(bc.DeviceServiceSubscribeListSet, self._subscribed)
        function.script(tunnel.MsgSet, self._answer)

    @property
    def subscriptions(self) -> list[dict[Service, list[int]]]:
        """The lists of notifications that were asked for, in order."""
        asked = self.function.bodies(bc.DeviceServiceSubscribeListSet)
        lists = [one for one in asked if isinstance(one, bc.DeviceServiceSubscribeListSet)]
        return [{event.device_service_id: event.cids for event in one.events} for one in lists]

    def _subscribed(self, message: MbimMessage) -> bc.DeviceServiceSubscribeListResponse:
        assert isinstance(message.body, bc.DeviceServiceSubscribeListSet)
        return bc.DeviceServiceSubscribeListResponse(events=message.body.events)

    def _answer(self, message: MbimMessage) -> tunnel.MsgResponse:
        assert isinstance(message.body, tunnel.MsgSet)
        return tunnel.MsgResponse(qmux=self.answer(message.body.qmux))

    def answer(self, qmux: bytes) -> bytes:
        """Return the QMUX message that answers one."""
        event = self.modem.connection.receive(qmux)
        assert isinstance(event, RequestReceived)
        body = event.message.body
        assert body is not None
        self.asked.append(body)
        if isinstance(body, dms.GetModel):
            return self.modem.connection.respond(
                event.message, dms.GetModelResponse(model="EM7455")
            )
        return self.modem.by_itself(event.message)

    async def indicate(self, body: Indication, client: int) -> None:
        """Send an indication of the QMI modem."""
        qmux = self.modem.connection.indicate(body, client=client)
        for frame in self.function.connection.notify(tunnel.MsgNotification(qmux=qmux)):
            await self.function.port.send(frame)
