# SPDX-License-Identifier: GPL-2.0-or-later
"""How far packets of different kinds get toward one host: they differ in one property only.

First all are asked of the host itself. What stays silent there is sent with a TTL (hop limit) that
ends at each router on the way, beside a control that the routers are known to answer: a kind that
is silent where its control is not was dropped before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ._asking import PROOFS, Question, Word, ask

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._asking import Asked

MOST_HOPS = 6
_MOST_CONTROLS = 2
_FIRST_SECONDS = (0.35, 0.5)
_AGAIN_SECONDS = (0.35, 1.05, 1.05, 1.05, 1.05)
_HOP_SECONDS = (0.5, 1.1)
_REFUSALS = (Word.PROHIBITED, Word.UNREACHABLE, Word.PORT_UNREACHABLE, Word.PROTOCOL_UNREACHABLE)

Kind = Callable[[int | None], Question]
"""Makes a packet of one kind: with the TTL that is given, or with the usual one."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """How far one kind of packet came."""

    name: str
    arrived: bool = False
    """The host that was asked has it: it answered, or said that nothing listens there."""
    refused: bool = False
    """By a RST in that host's name."""
    silent: bool = False
    """The host stays silent to it, and provenly answers the control."""
    passed: tuple[int, ...] = ()
    """Hops whose router had it."""
    lost_before: int | None = None
    """The first hop that had the control three times and it never; None where none is."""
    lost_after: int = 0
    """The last hop before it that had both; 0: this host."""
    rejected_by: IPAddress | None = None
    """The router that said that it may not pass."""
    rejection: Word | None = None
    """How it was rejected; an answer: in the name of the host, though it never came there."""
    errno: int | None = None
    """Why this host's own kernel did not send it."""

    @property
    def dropped(self) -> bool:
        """Whether it is proven not to pass, silently or with a word."""
        return self.lost_before is not None or self.rejected_by is not None


@dataclass(frozen=True, kw_only=True)
class WalkFacts:
    """How far each kind of packet came toward one host."""

    target: IPAddress
    passages: tuple[Passage, ...]
    control: str | None = None
    """The kind that the others were held against; None where none was known to pass."""
    hops: tuple[int, ...] = ()
    """The hops whose routers answered it; none where there was no need to ask."""

    @property
    def host_answers(self) -> bool:
        """Whether the host itself says something to packets that it has no use for."""
        return any(one.arrived for one in self.passages)

    def passage(self, name: str) -> Passage:
        """Return that of one kind. KeyError where there is no such kind."""
        return {one.name: one for one in self.passages}[name]


async def walk(
    target: IPAddress,
    kinds: Mapping[str, Kind],
    *,
    controls: Sequence[str],
    most_hops: int = MOST_HOPS,
    proofs: int = PROOFS,
) -> WalkFacts:
    """Return how far each of ``kinds`` gets toward ``target``, within 15 s.

    ``controls``: the kinds that others may be held against, the best first. ``proofs``: what it
    takes to call a packet lost.
    """
    first = await ask(
        [replace(kinds[name](None), label=name, beside="") for name in kinds],
        round_seconds=_FIRST_SECONDS,
    )
    passages = {one.question.label: _at_the_end(one) for one in first}
    silent = [name for name in kinds if not _decided(passages[name])]
    arrived = [name for name in controls if passages[name].arrived]
    if silent and arrived:  # once more beside one that is answered: the answers may be rationed
        again = [replace(kinds[arrived[0]](None), label=arrived[0])]
        again += [replace(kinds[name](None), label=name, beside=arrived[0]) for name in silent]
        asked = await ask(again, round_seconds=_AGAIN_SECONDS, proofs=proofs)
        passages |= {one.question.label: _at_the_end(one) for one in asked[1:]}
        silent = [name for name in silent if not _decided(passages[name])]
    control: str | None = None
    hops: tuple[int, ...] = ()
    if silent:
        control, hops = await _hops(kinds, arrived or controls, most_hops, proofs)
    if silent and control is not None:
        tried = [name for name in silent if name != control]
        found = await _at_hops(kinds, tried, control, hops, proofs)
        passages |= {n: replace(one, silent=passages[n].silent) for n, one in found.items()}
    return WalkFacts(
        target=target,
        passages=tuple(passages[name] for name in kinds),
        control=control or next(iter(arrived), None),
        hops=hops,
    )


def _decided(passage: Passage) -> bool:
    return passage.arrived or passage.dropped or passage.errno is not None


def _at_the_end(asked: Asked) -> Passage:
    name, heard = asked.question.label, asked.heard
    if asked.there:
        return Passage(name=name, arrived=True)
    if heard is not None and heard.word in _REFUSALS:
        return Passage(name=name, rejected_by=heard.by, rejection=heard.word)
    return Passage(name=name, silent=asked.lost, errno=asked.errno)


async def _hops(
    kinds: Mapping[str, Kind], controls: Sequence[str], most: int, proofs: int
) -> tuple[str | None, tuple[int, ...]]:
    """Return the control that the most routers answer before the host does, and their hops."""
    best: tuple[str | None, tuple[int, ...]] = (None, ())
    for name in controls[:_MOST_CONTROLS]:
        asked = await ask(
            [replace(kinds[name](hop), label=str(hop), beside="") for hop in range(1, most + 1)],
            round_seconds=_HOP_SECONDS,
            proofs=proofs,
        )
        end = next((number for number, one in enumerate(asked, 1) if one.there), most + 1)
        hops = tuple(
            number
            for number, one in enumerate(asked, 1)
            if number < end and one.heard is not None and one.heard.word is Word.TIME_EXCEEDED
        )
        if len(hops) > len(best[1]):
            best = (name, hops)
    return best


async def _at_hops(
    kinds: Mapping[str, Kind], silent: Sequence[str], control: str, hops: Sequence[int], proofs: int
) -> dict[str, Passage]:
    questions = [replace(kinds[control](hop), label=f"{control} {hop}", beside="") for hop in hops]
    questions += [
        replace(kinds[name](hop), label=f"{name} {hop}", beside=f"{control} {hop}")
        for hop in hops
        for name in silent
    ]
    asked = (
        {one.question.label: one for one in await ask(questions, proofs=proofs)}
        if questions
        else {}
    )
    return {name: _along(name, [(hop, asked[f"{name} {hop}"]) for hop in hops]) for name in silent}


def _along(name: str, seen: Sequence[tuple[int, Asked]]) -> Passage:
    passed = tuple(hop for hop, one in seen if one.heard and one.heard.word is Word.TIME_EXCEEDED)
    furthest = max(passed, default=0)
    refused = next(
        (one.heard for _, one in seen if one.heard and one.heard.word in _REFUSALS), None
    )
    lost = next((hop for hop, one in seen if hop > furthest and one.lost), None)
    return Passage(
        name=name,
        passed=passed,
        lost_before=None if refused else lost,
        lost_after=furthest,
        rejected_by=refused.by if refused else None,
        rejection=refused.word if refused else None,
        errno=next((one.errno for _, one in seen if one.errno is not None), None),
    )
