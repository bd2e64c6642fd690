# SPDX-License-Identifier: GPL-2.0-or-later
"""Gives back the client ids that killed runs left behind, and nobody else's.

The journal knows boot, port and process; that the modem took the ids away meanwhile (CTL Sync of
another program, a reset that kept the node) only the modem can show: it then hands out one of
them anew, or does not know it any more. Either way, none of them is given back from there on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import QmiprobeError
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Service

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe.device._client_ids import ClientIds
    from qmiprobe.device._journal_entries import HeldId
    from qmiprobe.device._qmi import QmiDevice

TURN_TIMEOUT = 10.0
"""Seconds to wait for the turn to release: others' requests may be under way."""
TIMEOUT = 2.0
"""Seconds to wait for the answer to one release."""


async def give_back(
    ids: ClientIds, device: QmiDevice, *, held_by_others: bool = False
) -> tuple[HeldId, ...]:
    """Return the ids that went back. Raises nothing that the modem is the cause of."""
    if ids.journal is None:
        return ()
    left = ids.journal.leftovers(held_by_others=held_by_others)
    if not left:
        return ()
    gone: list[HeldId] = []
    doubtful = await _are_handed_out_anew(ids, left)
    for one in left:
        # Before it is asked to take the id: from then on it may be another program's.
        ids.journal.forget(one.service, one.client)
        if not doubtful and await _release(device, one):
            gone.append(one)
        else:
            doubtful = True
    return tuple(gone)


async def _are_handed_out_anew(ids: ClientIds, left: Iterable[HeldId]) -> bool:
    """Ask for a client id of each service: what is still held is not given to us."""
    known = {(one.service, one.client) for one in left}
    fresh: list[tuple[int, int]] = []
    try:
        for service in sorted({service for service, _ in known}):
            try:
                fresh.append((service, await ids.allocate(service)))
            except QmiprobeError:
                continue  # there is none to be had, which says nothing
    finally:
        for service, client in fresh:
            await ids.release(service, client)
    return not known.isdisjoint(fresh)


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
