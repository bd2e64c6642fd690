# SPDX-License-Identifier: GPL-2.0-or-later
"""What stock tools send is decoded to what they were told to send."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from qmiprobe._framing import Frame, Garbage
from qmiprobe.capture import Captured, Decoder
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.transport import ControlTransport
from tests.netns import run_in_netns
from tests.peers.peer import Peer

pytestmark = pytest.mark.needs("netns")


def name(text: str, value: int) -> dict[str, Any]:
    return {"name": text, "value": value}


QMICLI: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "--wds-start-network=apn=internet.example,ip-type=6,username=me,password=secret,auth=CHAP",
        "wds.start-network",
        {
            "apn": "internet.example",
            "username": "me",
            "password": "secret",
            "authentication-preference": [name("chap", 2)],
            "ip-family-preference": name("ipv6", 6),
        },
    ),
    (
        "--wds-create-profile=3gpp,name=field,apn=a.example,pdp-type=IPV4V6,auth=NONE",
        "wds.create-profile",
        {
            "profile-type": name("3gpp", 0),
            "profile-name": "field",
            "apn-name": "a.example",
            "pdp-type": name("ipv4-or-ipv6", 3),
        },
    ),
    (
        "--dms-set-operating-mode=low-power",
        "dms.set-operating-mode",
        {"mode": name("low-power", 1)},
    ),
    (
        "--dms-uim-verify-pin=PIN,1234",
        "dms.uim-verify-pin",
        {"info": {"pin-id": name("pin", 1), "pin": "1234"}},
    ),
    (
        "--nas-set-system-selection-preference=lte,automatic",
        "nas.set-system-selection-preference",
        {"mode-preference": [name("lte", 16)]},
    ),
    (
        "--uim-read-transparent=0x3F00,0x2FE2",
        "uim.read-transparent",
        {"file": {"file-id": 0x2FE2, "file-path": "003f"}},
    ),
    (
        "--wda-set-data-format=link-layer-protocol=raw-ip,ul-protocol=qmap,dl-protocol=qmap,"
        "dl-datagram-max-size=16384,dl-max-datagrams=32,ep-type=hsusb,ep-iface-number=4",
        "wda.set-data-format",
        {
            "link-layer-protocol": name("raw-ip", 2),
            "uplink-data-aggregation-protocol": name("qmap", 5),
            "downlink-data-aggregation-protocol": name("qmap", 5),
            "downlink-data-aggregation-max-datagrams": 32,
            "downlink-data-aggregation-max-size": 16384,
            "endpoint-info": {"endpoint-type": name("hsusb", 2), "interface-number": 4},
        },
    ),
)
MBIMCLI: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "--connect=session-id=2,access-string=internet.example,ip-type=ipv6,auth=chap,username=me,password=s",
        "basic-connect.connect",
        {
            "session-id": 2,
            "activation-command": name("activate", 1),
            "access-string": "internet.example",
            "user-name": "me",
            "password": "s",
            "auth-protocol": name("chap", 2),
            "ip-type": name("ipv6", 2),
        },
    ),
    (
        "--enter-pin=1234",
        "basic-connect.pin",
        {"pin-type": name("pin1", 2), "pin-operation": name("enter", 0), "pin": "1234"},
    ),
    (
        "--change-pin=1234,56789",
        "basic-connect.pin",
        {"pin-operation": name("change", 3), "pin": "1234", "new-pin": "56789"},
    ),
    ("--set-radio-state=off", "basic-connect.radio-state", {"radio-state": name("off", 0)}),
    (
        "--register-automatic",
        "basic-connect.register-state",
        {"register-action": name("automatic", 0)},
    ),
    (
        "--attach-packet-service",
        "basic-connect.packet-service",
        {"packet-service-action": name("attach", 0)},
    ),
    (
        "--ms-query-slot-info-status=1",
        "ms-basic-connect-extensions.slot-info-status",
        {"slot-index": 1},
    ),
)


@dataclass
class Listener:
    """A transport that keeps what came in."""

    inner: ControlTransport
    heard: list[bytes] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def max_command(self) -> int | None:
        return self.inner.max_command

    async def send(self, message: bytes) -> None:
        await self.inner.send(message)

    async def receive(self) -> Frame | Garbage:
        frame = await self.inner.receive()
        self.heard.append(frame.data)
        return frame

    async def aclose(self) -> None:
        await self.inner.aclose()


def sends(
    command: tuple[str, ...], profile: str, action: str, message: str, fields: dict[str, Any]
) -> None:
    """Run a tool once; among what it sends has to be this message, once, with these fields."""

    async def run() -> None:
        found: list[Listener] = []

        def wrap(inner: ControlTransport) -> ControlTransport:
            found.append(Listener(inner))
            return found[-1]

        modem = SimulatedModem(profile)
        async with serve_pty(modem, wrap=wrap) as path:
            # A refusal is none of our business here.
            said = await Peer((command[0], "-d", path, *command[1:]), modem).say(action)
        decoder = Decoder(keep_personal=True)
        heard = [data for one in found for data in one.heard]
        sent = [decoder.decode(Captured(data=data)).json() for data in heard]
        check(sent, message, fields, said.text)

    run_in_netns(run, timeout=60)


def check(sent: list[dict[str, Any]], message: str, fields: dict[str, Any], said: str) -> None:
    service, _, which = message.partition(".")
    met = [one for one in sent if (one.get("service"), one.get("message")) == (service, which)]
    assert met, said
    (one,) = met
    assert {key: one["fields"].get(key) for key in fields} == fields
    assert one["notes"] == []


@pytest.mark.needs("qmicli")
@pytest.mark.parametrize(("action", "message", "fields"), QMICLI, ids=lambda one: str(one)[:30])
def test_what_qmicli_sends(action: str, message: str, fields: dict[str, Any]):
    sends(("qmicli", "--device-open-qmi"), "ec25", action, message, fields)


@pytest.mark.needs("mbimcli")
@pytest.mark.parametrize(("action", "message", "fields"), MBIMCLI, ids=lambda one: str(one)[:30])
def test_what_mbimcli_sends(action: str, message: str, fields: dict[str, Any]):
    sends(("mbimcli",), "em7455", action, message, fields)
