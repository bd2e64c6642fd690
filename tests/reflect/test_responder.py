# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reflector answers, and to whom: without sockets, on a clock of the test's own."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address, ip_address
from random import Random

import pytest

from qmiprobe.reflect import AS_ASKED, Limits, Status, new_token
from qmiprobe.reflect._frame import Frame, Op, unseal
from qmiprobe.reflect._held import Greeting, Held
from qmiprobe.reflect._keys import EPOCH_SECONDS
from qmiprobe.reflect._limits import Buckets, network_of
from qmiprobe.reflect._messages import Answer, Ask, Wish, parse_answer
from qmiprobe.reflect._responder import Arrival, Reply, Responder
from qmiprobe.reflect._sessions import WINDOW, Session

TOKEN = new_token()
CLIENT = ip_address("198.51.100.7")
HEADERS = 28


def arrival(data: bytes, *, address: str = str(CLIENT), port: int = 5000) -> Arrival:
    return Arrival(
        protocol="udp",
        address=ip_address(address),
        port=port,
        size=len(data) + HEADERS,
        headers=HEADERS,
    )


class Peer:
    """A client by hand, which counts what goes either way."""

    def __init__(self, responder: Responder, *, address: str = str(CLIENT)) -> None:
        self.responder = responder
        self.address = address
        self.now = 1000.0
        self.sent = 0
        self.got = 0
        self.held: Held | None = None

    def give(self, data: bytes, *, port: int = 5000) -> bytes | None:
        """Hand a packet to the reflector and return its answer."""
        at = arrival(data, address=self.address, port=port)
        reply = self.responder.handle(data, at, now=self.now)
        self.sent += at.size
        if reply is None:
            return None
        answer = reply.seal()
        run = reply.ask.run
        self.got += (len(answer) + HEADERS) * (1 if run else max(1, reply.ask.count))
        self.got += reply.ask.count * reply.ask.size if run else 0
        return answer

    def open(self) -> Held:
        greeting = Greeting(TOKEN, family=4)
        while greeting.held is None:
            answer = self.give(greeting.to_send())
            assert answer is not None
            assert greeting.take(answer)
        self.held = greeting.held
        return greeting.held

    def ask(self, ask: Ask, *, size: int = 200, port: int = 5000) -> Answer | None:
        assert self.held is not None
        _, data = self.held.seal(Op.ASK, ask.pack(), proof=self.held.proof, size=size - HEADERS)
        answer = self.give(data, port=port)
        frame = self.held.unseal(answer) if answer else None
        if frame is None:
            return None
        self.held.proof = frame.proof
        return parse_answer(frame.body)


@pytest.fixture
def peer() -> Peer:
    return Peer(Responder(TOKEN))


def test_who_knows_the_token_gets_a_session(peer: Peer):
    peer.open()
    answer = peer.ask(Ask())
    assert answer is not None
    assert (answer.address, answer.port, answer.size) == (CLIENT, 5000, 200)


def test_who_has_another_token_gets_nothing_at_all(peer: Peer):
    assert peer.give(Greeting(new_token(), family=4).to_send()) is None
    assert peer.got == 0


def test_a_cookie_from_another_address_or_time_opens_nothing(peer: Peer):
    greeting = Greeting(TOKEN, family=4)
    cookie = peer.give(greeting.to_send())
    assert cookie is not None
    assert greeting.take(cookie)
    opening = greeting.to_send()
    assert peer.give(opening, port=5001) is None
    peer.address = "198.51.100.8"
    assert peer.give(opening) is None
    peer.address, peer.now = str(CLIENT), peer.now + 2 * EPOCH_SECONDS
    assert peer.give(opening) is None
    assert len(peer.responder.sessions) == 0


def test_a_repeated_opening_opens_one_session_only(peer: Peer):
    greeting = Greeting(TOKEN, family=4)
    answer = peer.give(greeting.to_send())
    assert answer is not None
    greeting.take(answer)
    first, second = peer.give(greeting.to_send()), peer.give(greeting.to_send())
    assert first == second
    assert len(peer.responder.sessions) == 1


def test_a_frame_is_answered_once(peer: Peer):
    held = peer.open()
    _, data = held.seal(Op.ASK, Ask().pack(), size=200)
    assert peer.give(data) is not None
    assert peer.give(data) is None
    assert peer.give(data, port=6000) is None


def test_a_frame_older_than_the_window_is_not_answered():
    session = Session(b"12345678", b"k", b"n", Limits())
    assert session.accept(5000)
    assert not session.accept(5000 - WINDOW)
    assert session.accept(5000 - WINDOW + 1)
    assert not session.accept(5000 - WINDOW + 1)
    assert session.accept(5000 + 10 * WINDOW)
    assert session.window == 1


def test_no_answer_is_longer_than_what_asks_before_the_way_back_is_proven(peer: Peer):
    peer.open()
    assert peer.held is not None
    peer.held.proof = bytes(8)
    answer = peer.ask(Ask(size=1400), size=200)
    assert answer is not None
    assert answer.status == Status.UNPROVEN
    assert peer.got <= peer.sent
    proven = peer.ask(Ask(size=1400), size=200)
    assert proven is not None
    assert proven.status == Status.OK


def test_a_proof_is_good_for_one_address_and_port_and_two_minutes_at_most(peer: Peer):
    peer.open()
    answers = [peer.ask(Ask(size=1400), size=200, port=port) for port in (5000, 5001)]
    assert [answer.status for answer in answers if answer] == [Status.OK, Status.UNPROVEN]
    peer.ask(Ask())
    peer.now += 2 * EPOCH_SECONDS
    late = peer.ask(Ask(size=1400), size=200)
    assert late is not None
    assert late.status == Status.UNPROVEN


def test_amplification_is_at_most_one_whatever_a_client_without_proof_sends(peer: Peer):
    """Everything an insider can send from a false address, whose answers it never sees."""
    held = peer.open()
    random = Random(7)
    peer.sent = peer.got = 0
    for number in range(3000):
        ask = Ask(
            size=random.choice([0, 100, 1400, 65000, AS_ASKED]),
            wishes=Wish(random.randrange(16)),
            count=random.choice([0, 1, 2, 1 << 31]),
            delay_ms=random.choice([0, 0, 5, 1 << 31]),
            run=random.choice([0, 0, 1, 1 << 31]),
        )
        op = random.choice([Op.ASK, Op.ASK, Op.TALLY, Op.TALLY, Op.SYN, Op.PULL])
        body = ask.pack() if op == Op.ASK else bytes(random.choice([0, 4, 8]))
        size = random.randrange(60, 1400)
        _, data = held.seal(op, body, proof=random.randbytes(8), size=size)
        peer.address = f"203.0.113.{number % 250}"
        before = peer.sent, peer.got
        peer.give(data, port=number)
        assert peer.got - before[1] <= peer.sent - before[0]
        peer.now += 0.01
    assert 0 < peer.got <= peer.sent


def test_greetings_are_never_answered_by_more_bytes(peer: Peer):
    greeting = Greeting(TOKEN, family=4)
    for size in range(60, 300, 7):
        data = greeting.to_send()[:size]
        before = peer.sent, peer.got
        peer.give(data)
        assert peer.got - before[1] <= peer.sent - before[0]
        peer.now += 1


def test_a_session_gets_its_budget_and_no_more():
    peer = Peer(Responder(TOKEN, limits=Limits(budget=10_000)))
    peer.open()
    peer.ask(Ask())
    statuses = [answer.status for _ in range(12) if (answer := peer.ask(Ask(size=1200)))]
    assert statuses.count(Status.OK) == 10
    assert statuses[-1] == Status.OVER_BUDGET
    answer = peer.ask(Ask())
    assert answer is not None
    assert answer.status == Status.OK


def test_a_network_gets_no_more_by_opening_many_sessions():
    responder = Responder(TOKEN, limits=Limits(budget=10_000))
    got = 0
    for number in range(20):
        peer = Peer(responder, address=f"198.51.100.{number}")
        peer.now = 1000.0 + number
        peer.responder.sessions.close_all()
        peer.open()
        peer.ask(Ask())
        for _ in range(12):
            answer = peer.ask(Ask(size=1200))
            got += 1000 if answer and answer.status == Status.OK else 0
    assert got <= 5 * 10_000 + 20 * 10_000 / 60 + 1000


def test_sessions_are_bounded_and_idle_ones_make_room():
    limits = Limits(sessions=10, sessions_per_network=4)
    responder = Responder(TOKEN, limits=limits)
    for number in range(40):
        peer = Peer(responder, address=f"198.51.{number % 8}.1")
        greeting = Greeting(TOKEN, family=4)
        answer = peer.give(greeting.to_send())
        assert answer is not None
        greeting.take(answer)
        peer.give(greeting.to_send())
        assert len(responder.sessions) <= 10
    assert len(responder.sessions) == 10
    late = Peer(responder, address="192.0.2.1")
    late.now += 100
    late.open()
    assert len(responder.sessions) == 10


def test_buckets_remember_a_bounded_number_of_networks():
    buckets = Buckets(rate=1, burst=2, most=100)
    for number in range(10_000):
        buckets.take(network_of(IPv4Address(number << 8)), 1, now=0)
    assert len(buckets) == 100


def test_addresses_of_one_site_share_a_bucket():
    pairs = [("192.0.2.1", "192.0.2.200"), ("2001:db8:0:1::1", "2001:db8:0:2::1")]
    for one, other in pairs:
        assert network_of(ip_address(one)) == network_of(ip_address(other))
    assert network_of(ip_address("192.0.2.1")) != network_of(ip_address("192.0.3.1"))


def test_a_network_is_answered_at_a_bounded_rate():
    peer = Peer(Responder(TOKEN, limits=Limits(packets_per_second=50)))
    peer.open()
    answers = [peer.ask(Ask()) for _ in range(200)]
    assert sum(answer is not None for answer in answers) == 50
    peer.now += 1
    assert peer.ask(Ask()) is not None


def test_too_many_late_answers_are_refused():
    peer = Peer(Responder(TOKEN, limits=Limits(held=2)))
    held = peer.open()
    session = peer.responder.sessions.find(held.opened.session, now=peer.now)
    assert session is not None
    with session.holding(train=False), session.holding(train=False):
        answer = peer.ask(Ask(delay_ms=1000))
        assert answer is not None
        assert answer.status == Status.TOO_MANY
    free = peer.ask(Ask(delay_ms=1000))
    assert free is not None
    assert free.status == Status.OK


def test_an_answer_that_does_not_fit_the_netdev_becomes_a_short_one(peer: Peer):
    held = peer.open()
    _, data = held.seal(Op.ASK, Ask(size=1400).pack(), proof=held.proof, size=200)
    reply = peer.responder.handle(data, arrival(data), now=peer.now)
    assert isinstance(reply, Reply)
    short = reply.too_long()
    assert short is not None
    assert len(short.seal()) < len(data)
    assert short.too_long() is None


def test_a_foreign_session_and_a_forged_frame_are_silence(peer: Peer):
    held = peer.open()
    _, data = held.seal(Op.ASK, Ask().pack(), size=200)
    sealed = unseal(data)
    assert sealed is not None
    forged = replace(held, key=bytes(32)).seal(Op.ASK, Ask().pack(), size=200)[1]
    foreign = Frame(op=Op.ASK, session=b"nobody's", body=Ask().pack())
    assert peer.give(forged) is None
    from qmiprobe.reflect._frame import seal

    assert peer.give(seal(foreign, key=held.key)) is None
