# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests that are well-formed and mean nothing are all answered, and none breaks the modem."""

from __future__ import annotations

from random import Random

import pytest

from qmiprobe.mbim._header import Packet
from qmiprobe.mbim._header import build as build_mbim
from qmiprobe.mbim.services._shared import Service
from qmiprobe.qmi import _registry
from qmiprobe.qmi._sdu import Header
from qmiprobe.qmi._sdu import build as build_qmi
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.mbim_face import MbimFace
from qmiprobe.sim.qmi_face import QmiFace
from qmiprobe.sim.qmi_face._tables import ALL

FAULTS = ((), ("pin-required",), ("no-sim",))
FEW, MANY = 1500, 200_000


class Outlet:
    """Counts what the modem says."""

    answers = 0

    def put(self, message: bytes, *, request: bytes | None = None) -> None:
        assert message
        self.answers += request is not None


def senseless_tlvs(random: Random, service: int, message_id: int) -> bytes:
    """Return TLVs of a request with the right numbers, mostly the right sizes, any bytes."""
    _, module, name = _registry.find(service, message_id, "request")[0]
    tlvs = b""
    for field in _registry.load(module, name).__fields__:
        if random.random() < 0.7:
            right = field.wire.fixed or random.randrange(12)
            size = random.choice((right, right, random.randrange(20)))
            small = (0, 1, 2, 3, 4, 6, 255, random.randrange(256))
            value = bytes(random.choice(small) for _ in range(size))
            tlvs += bytes((field.tlv or 0,)) + len(value).to_bytes(2, "little") + value
    return tlvs


def ask_qmi(faults: tuple[str, ...], count: int, seed: int) -> None:
    random, outlet = Random(seed), Outlet()
    modem = SimulatedModem("ec25", faults=faults)
    modem.state.power_up()
    face = modem.face
    assert isinstance(face, QmiFace)
    clients = {}
    for number, service in ALL.items():
        given = face.modem.allocate(service, outlet) if number else None
        clients[number] = given.id if given is not None else 0
    for asked in range(count):
        service = random.choice([one for one in ALL.values() if one.number])
        message_id = random.choice(service.supported(face.modem))
        header = Header(
            service=service.number, client=clients[service.number], transaction=1,
            message_id=message_id, kind="request", from_service=False,
        )  # fmt: skip
        tlvs = senseless_tlvs(random, service.number, message_id)
        face.receive(build_qmi(header, tlvs), outlet)
        assert outlet.answers == asked + 1, f"{service.name} {message_id:#06x}: {tlvs.hex()}"


def ask_mbim(faults: tuple[str, ...], count: int, seed: int) -> None:
    random, outlet = Random(seed), Outlet()
    modem = SimulatedModem("em7455", faults=faults)
    modem.state.power_up()
    face = modem.face
    assert isinstance(face, MbimFace)
    face.receive(build_mbim(Packet(kind="open", transaction=1, value=4096)), outlet)
    for asked in range(count):
        name = random.choice(list(modem.profile.mbim.services))
        small = (0, 1, 2, 3, 4, 5, 8, 16, 32, 64, random.randrange(1 << 32))
        words = [random.choice(small) for _ in range(random.randrange(20))]
        buffer = b"".join(word.to_bytes(4, "little") for word in words)
        command = Packet(
            kind="command", transaction=2, service=Service.from_name(name),
            cid=random.choice(modem.profile.mbim.services[name]), value=random.randrange(2),
            buffer=buffer + random.randbytes(random.randrange(40)),
        )  # fmt: skip
        face.receive(build_mbim(command), outlet)
        assert outlet.answers == asked + 2, command


@pytest.mark.parametrize("faults", FAULTS)
@pytest.mark.parametrize("ask", [ask_qmi, ask_mbim])
def test_every_senseless_request_is_answered(ask: object, faults: tuple[str, ...]):
    assert callable(ask)
    ask(faults, FEW, 1)


@pytest.mark.soak
@pytest.mark.parametrize("faults", FAULTS)
@pytest.mark.parametrize("ask", [ask_qmi, ask_mbim])
def test_many_senseless_requests_are_answered(ask: object, faults: tuple[str, ...]):
    assert callable(ask)
    ask(faults, MANY, 2)
