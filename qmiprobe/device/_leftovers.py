# SPDX-License-Identifier: GPL-2.0-or-later
"""Gives back the client ids that killed runs left behind, and nobody else's.

The journal knows boot, port and process. That the modem took all ids away meanwhile (CTL Sync of
another program, a reset that kept the node) only the modem can show, and the same numbers may be
another program's by then. The rule by which it is shown:

* A run asks for a WDA client before it asks for any other: its *witness*. What it is given later
  it holds only as long as the witness, unless a Sync came in between.
* The next run asks the modem something as that client, which harms nobody. Refused: there was a
  Sync, and the run's ids are forgotten. Answered: the id was there all the time, and so were the
  ids noted after it; or it was given out anew, to a program that uses WDA. Those hold such an id
  for the time of one question, one each.
* So the witness has to be the second of two WDA ids, the first of which goes back at once
  (:func:`take_witness`). After a Sync ids are counted from the lowest: the second is given out
  again only to who holds two, even if all the run's services are asked for anew. The lowest
  number shows nothing; it goes back only where the run had not come to ask for anything else.
* And who gives back has a witness of its own by then. If the modem gave it a number that stands
  in the journal, all ids of the port are forgotten (``Journal.note``).

The witness goes back last, so that a run that is killed meanwhile leaves what it did not come to
in a state that can still be shown. An id that is refused after all puts the others in doubt.

What this costs: nothing where WDA is used anyway and a spare id was to be tried; else two
allocations and two releases a run. What it cannot do: an id whose number the killed run did not
live to read is lost, and so are those of a modem without WDA, or with one client of it only, and
those of a run that took no witness since it was slow or short.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import QmiError, QmiprobeError
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Error, Service

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmiprobe.device._client_ids import ClientIds
    from qmiprobe.device._journal_entries import HeldId, Holder
    from qmiprobe.device._qmi import QmiClient, QmiDevice

WITNESS = "wda"
_LOWEST = 1
_WITNESS_ID = int(Service.from_name(WITNESS))
TURN_TIMEOUT = 10.0
"""Seconds to wait for the turn to release: others' requests may be under way."""
TIMEOUT = 2.0
"""Seconds to wait for the answer to one question or release."""
_ANSWERS_OF_A_CLIENT = (Error.NONE, Error.MISSING_ARGUMENT)
"""What a modem says to a client that it knows; newer ones want to be told an endpoint."""


@dataclass(frozen=True)
class Witness:
    """A client that shows, as long as the modem knows it, that there was no Sync."""

    client: QmiClient
    apart: bool
    """Whether a second id was given, so that this one is not the lowest."""


async def take_witness(device: QmiDevice, stack: AsyncExitStack) -> Witness | None:
    """Hold a witness until ``stack`` is closed; None where the modem has none to give.

    To be taken before all other ids of the run. Two requests and a release. Raises as
    :meth:`QmiDevice.client` does, but for refusals.
    """
    async with AsyncExitStack() as first:
        try:
            lowest = await first.enter_async_context(device.client(WITNESS))
        except QmiError:
            return None
        try:
            client = await stack.enter_async_context(device.client(WITNESS))
        except QmiError:
            stack.push_async_callback(first.pop_all().aclose)
            return Witness(lowest, apart=False)
    return Witness(client, apart=True)


async def give_back(
    ids: ClientIds, device: QmiDevice, *, held_by_others: bool = False
) -> tuple[HeldId, ...]:
    """Return the ids that went back. Raises nothing that the modem is the cause of."""
    if ids.journal is None:
        return ()
    gone: list[HeldId] = []
    left = ids.journal.leftovers(held_by_others=held_by_others)
    for run in _by_holder(left):
        shown = await _shown(device, run)
        doubtful = False
        for one in reversed(run):
            # Before the modem is asked to take the id: from then on it may be another program's.
            ids.journal.forget(one.service, one.client)
            if one not in shown or doubtful:
                continue
            if await _release(device, one):
                gone.append(one)
            else:
                doubtful = True
    return tuple(sorted(gone, key=lambda one: one.noted))


def _by_holder(left: Iterable[HeldId]) -> Iterator[list[HeldId]]:
    """Give the ids of each run, in the order in which it got them."""
    runs: dict[Holder, list[HeldId]] = {}
    for one in sorted(left, key=lambda one: one.noted):
        runs.setdefault(one.holder, []).append(one)
    yield from runs.values()


async def _shown(device: QmiDevice, run: list[HeldId]) -> list[HeldId]:
    """Return the ids of a run that the modem cannot have taken away since."""
    witnesses = [one for one in run if one.service == _WITNESS_ID]
    for one in witnesses:
        if one.client > _LOWEST and await _is_known(device, one.client):
            return run if witnesses == run else run[run.index(one) :]
    if witnesses == run and await _is_known(device, run[0].client):
        return run[:1]  # it was killed before it had anything else
    return []


async def _is_known(device: QmiDevice, client: int) -> bool:
    from qmiprobe.qmi.services import wda

    timeout = device.patience(TIMEOUT)
    try:
        answer = await device.exchange(wda.GetDataFormat(), client=client, timeout=timeout)
    except QmiprobeError:
        return False
    return answer.result is not None and answer.result.error in _ANSWERS_OF_A_CLIENT


async def _release(device: QmiDevice, one: HeldId) -> bool:
    info = ctl.Client(service_=Service(one.service), cid=one.client)
    with trio.move_on_after(TURN_TIMEOUT):
        async with device.ctl_turn:
            try:
                body = ctl.ReleaseCid(release_info=info)
                answer = await device.exchange_in_turn(body, timeout=device.patience(TIMEOUT))
            except QmiprobeError:
                return False
            return answer.result is not None and answer.result.ok
    return False
