# SPDX-License-Identifier: GPL-2.0-or-later
"""Client ids of one QMI device: asked for, given back on every way out, never anybody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import trio

from qmiprobe._message import Request, Response
from qmiprobe.errors import QmiprobeError
from qmiprobe.qmi import _registry
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import Pending
from qmiprobe.qmi._sdu import CTL
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Service

if TYPE_CHECKING:
    from qmiprobe.device._journal import PortJournal
    from qmiprobe.device._qmi import QmiDevice

ALLOCATE_TIMEOUT = 5.0
TURN_TIMEOUT = 10.0
"""Seconds to wait for the turn to release: others' requests may be under way."""
RELEASE_TIMEOUT = 2.0
"""Seconds to wait for the answer to one release, and at the end for ids that are still due."""

NARROW = 0xFF
"""The highest service that CTL's own messages have room for; the others exist on QRTR only."""
AnyAllocated = ctl.AllocateCidResponse | ctl.InternalAllocateCidQrtrResponse
_ALLOCATIONS = (ctl.AllocateCid.id, ctl.InternalAllocateCidQrtr.id)


class ClientIds:
    """The ids that are ours, and those that the modem may still be about to give us."""

    def __init__(self, device: QmiDevice, journal: PortJournal | None = None) -> None:
        self.held: set[tuple[int, int]] = set()
        """(service, client id)."""
        self.journal = journal
        self._device = device
        self._due: set[Pending] = set()
        """Requests for ids whose answers nobody waits for any more."""
        self._releasing = 0
        self._settled = trio.Event()

    async def allocate(self, service: int) -> int:
        """Ask for a client id and return it.

        Where this is cancelled or not answered in time and an id is given all the same, it goes
        back as soon as the answer comes.
        """
        answer: AnyAllocated
        if service > NARROW:
            wide = ctl.InternalAllocateCidQrtr(service_=Service(service))
            answer = await self._device.call(wide, timeout=ALLOCATE_TIMEOUT)
        else:
            request = ctl.AllocateCid(service_=Service(service))
            answer = await self._device.call(request, timeout=ALLOCATE_TIMEOUT)
        cid = answer.allocation_info.cid
        self._hold(service, cid)
        return cid

    def _hold(self, service: int, cid: int) -> None:
        self.held.add((service, cid))
        if self.journal is not None:
            self.journal.note(service, cid)

    def leave(self, service: int, cid: int) -> None:
        """Forget an id without giving it back: it is to outlive this program."""
        self._drop(service, cid)

    def _drop(self, service: int, cid: int) -> None:
        """Forget an id before it goes back: from then on it may be another program's."""
        self.held.discard((service, cid))
        if self.journal is not None:
            self.journal.forget(service, cid)

    def note_due(self, pending: Pending) -> None:
        """Remember a cancelled request whose answer may still bring an id."""
        if pending.service == CTL and pending.message_id in _ALLOCATIONS:
            self._due.add(pending)

    def note_late(self, pending: Pending, granted: QmiMessage | None) -> None:
        """Give back what was given too late; ``granted`` is None for a refusal."""
        self._due.discard(pending)
        body = granted.body if granted is not None else None
        if isinstance(body, AnyAllocated) and body.allocation_info is not None:
            self._releasing += 1
            info = body.allocation_info
            self._device.start_soon(self._release_orphan, int(info.service_), info.cid)
        self._settle_if_done()

    def note(self, message: QmiMessage) -> None:
        """Forget ids that the modem took away: they may be another program's next."""
        body = message.body
        if isinstance(body, ctl.SyncIndication):
            self._forget(set(self.held), "the modem restarted")
            if self.journal is not None:
                self.journal.void()
        elif isinstance(body, ctl.RevokeClientIdIndication) and body.client is not None:
            gone = {(int(body.client.service_), body.client.cid)}
            self._forget(gone & self.held, "the modem took the client id away")

    def _forget(self, gone: set[tuple[int, int]], why: str) -> None:
        for service, cid in sorted(gone):
            self._record("client-revoked", service, cid, why)
            self._drop(service, cid)

    async def release(self, service: int, cid: int) -> None:
        """Give an id back, shielded and bounded; never raises."""
        device = self._device
        with trio.move_on_after(TURN_TIMEOUT, shield=True) as scope:
            async with device.ctl_turn:
                if device.failure is not None or (service, cid) not in self.held:
                    return
                self._drop(service, cid)
                await self._send_release(service, cid)
        if scope.cancelled_caught:
            self._record("not-released", service, cid, "its turn did not come")

    async def _send_release(self, service: int, cid: int) -> None:
        body: Request[Response]
        if service > NARROW:
            wide = ctl.WideClient(service_=Service(service), cid=cid)
            body = ctl.InternalReleaseCidQrtr(release_info=wide)
        else:
            body = ctl.ReleaseCid(release_info=ctl.Client(service_=Service(service), cid=cid))
        timeout = self._device.patience(RELEASE_TIMEOUT)
        try:
            answer = await self._device.exchange_in_turn(body, timeout=timeout)
        except QmiprobeError as error:
            self._record("not-released", service, cid, str(error))
            return
        if answer.result is None or not answer.result.ok:
            self._record("not-released", service, cid, str(answer.result))

    async def _release_orphan(self, service: int, cid: int) -> None:
        self._hold(service, cid)
        try:
            await self.release(service, cid)
        finally:
            self._releasing -= 1
            self._settle_if_done()

    def _settle_if_done(self) -> None:
        if not self._due and not self._releasing:
            self._settled.set()

    async def settle(self) -> None:
        """Wait, shielded and bounded, for ids that are due and give them back."""
        if self._device.failure is not None or not (self._due or self._releasing):
            return
        self._settled = trio.Event()
        with trio.move_on_after(self._device.patience(RELEASE_TIMEOUT), shield=True) as scope:
            await self._settled.wait()
        if scope.cancelled_caught:
            text = f"{len(self._due)} requests for client ids have no answer: ids may be lost"
            self._device.observed.record("not-released", text, b"", trio.current_time())

    def _record(self, kind: str, service: int, cid: int, why: str) -> None:
        text = f"client id {cid} of {_registry.service_name(service)}: {why}"
        self._device.observed.record(kind, text, b"", trio.current_time())
