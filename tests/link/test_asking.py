# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets in turns: what came back is known, silence is proven beside a control only."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import trio

from qmiprobe.link._asking import PROOFS, Asked, Word, ask, echo_question, proofs_for, udp_question
from qmiprobe.link._sockets import Origin
from tests.netns import run_in_netns

from . import hub

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
FAMILIES = pytest.mark.parametrize("family", [4, 6])
ORIGIN = Origin(hub.NETDEV)
QUICK = (0.1, 0.1, 0.1, 0.1, 0.1)
Plain = tuple[str, str | None, bool, bool, int]


def _plain(asked: Iterable[Asked]) -> list[Plain]:
    return [
        (
            one.question.label,
            str(one.heard.word) if one.heard else None,
            one.there,
            one.lost,
            len(one.sent),
        )
        for one in asked
    ]


async def _ask(respond: hub.Responder, family: int, *, controlled: bool = True) -> list[Plain]:
    host = hub.HOST[family]
    beside = "control" if controlled else ""
    async with hub.hub(respond):
        questions = [
            echo_question("echo", ORIGIN, host, beside=beside),
            udp_question("udp", ORIGIN, host, 500, beside=beside),
            udp_question("control", ORIGIN, host, 33434),
        ]
        return _plain(await ask(questions, round_seconds=QUICK))


@FAMILIES
def test_what_comes_back_is_told_apart_and_asked_once(family: int) -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol == "echo":
            return [(0, hub.echo_answer(packet))]
        return [(0, hub.port_unreachable(packet))]

    assert run_in_netns(_ask, respond, family) == [
        ("echo", str(Word.ANSWER), True, False, 1),
        ("udp", str(Word.PORT_UNREACHABLE), True, False, 1),
        ("control", str(Word.PORT_UNREACHABLE), True, False, 1),
    ]


@FAMILIES
def test_silence_beside_a_control_that_comes_back_is_a_loss(family: int) -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(0, hub.port_unreachable(packet))] if packet.port == 33434 else []

    echo, udp, control = run_in_netns(_ask, respond, family)
    assert echo == ("echo", None, False, True, PROOFS)
    assert udp == ("udp", None, False, True, PROOFS)
    assert control[1:4] == (str(Word.PORT_UNREACHABLE), True, False)


def test_silence_of_the_control_too_proves_nothing() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return []

    for _, word, there, lost, sent in run_in_netns(_ask, respond, 4):
        assert (word, there, lost, sent) == (None, False, False, len(QUICK))


def test_a_host_that_rations_its_errors_is_no_filter() -> None:
    last = [-1.0]

    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        now = trio.current_time()
        if packet.protocol == "echo" or now - last[0] < 0.15:
            return []
        last[0] = now
        return [(0, hub.port_unreachable(packet))]

    found = {label: lost for label, _, _, lost, _ in run_in_netns(_ask, respond, 4)}
    assert not found["udp"]


def test_an_error_of_somebody_on_the_way_is_not_the_host() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(0, hub.port_unreachable(packet, by=hub.ROUTER[4]))]

    assert [one[2] for one in run_in_netns(_ask, respond, 4)] == [False, False, False]


@pytest.mark.parametrize(
    ("loss", "proofs"), [(0.0, 3), (0.01, 3), (0.05, 4), (0.2, 8), (0.36, 12), (0.9, 12)]
)
def test_more_proofs_are_asked_for_where_packets_are_lost_anyway(loss: float, proofs: int) -> None:
    assert proofs_for(loss) == proofs
