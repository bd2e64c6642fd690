# SPDX-License-Identifier: GPL-2.0-or-later
"""The simulated modem as a whole: one state, the face of its protocol, any number of ports."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import trio

from qmiprobe._framing import Frame
from qmiprobe.errors import AnswerLost, DefinitionError, DeviceGone, DeviceReset
from qmiprobe.sim._faults import (
    Fault,
    apply_to_state,
    client_limit,
    find_faults,
    network_faults,
)
from qmiprobe.sim._port import Port, WireFault
from qmiprobe.sim._profile import Profile, Protocol, load_profile
from qmiprobe.sim._sessions import Bearers, NetworkDescription
from qmiprobe.sim._state import ModemState
from qmiprobe.sim._wire_faults import wire_faults
from qmiprobe.sim.dataplane import BearerTable, NetworkFaults
from qmiprobe.sim.dataplane._addresses import family_facts
from qmiprobe.transport._port import ControlTransport

if TYPE_CHECKING:
    from qmiprobe.sim._events import Event
    from qmiprobe.sim.mbim_face import MbimFace
    from qmiprobe.sim.qmi_face import QmiFace


class SimulatedModem:
    """A modem of a profile, with faults; ``await serve(transport)`` for each control port.

    ``profile`` is a name or a :class:`Profile`. The data plane is somebody else's: give its
    table to ``bearers``, make it with ``network_faults``.
    """

    def __init__(
        self,
        profile: str | Profile,
        *,
        faults: Iterable[str] = (),
        seed: int = 0,
        network: NetworkDescription = family_facts,
    ) -> None:
        self.profile = load_profile(profile) if isinstance(profile, str) else profile
        self.faults: tuple[Fault, ...] = find_faults(faults, protocol=self.profile.protocol)
        self.random = Random(seed)
        self.state = ModemState(
            sim=self.profile.new_sim(),
            air=self.profile.new_air(),
            signal=self.profile.new_signal(),
            contexts=self.profile.new_contexts(),
            bearers=BearerTable(),
            network=network,
            framing=self.profile.new_framing(),
            clock=_now,
        )
        self.state.calls.signalled_mtu = self.profile.link.mtu
        apply_to_state(self.faults, self.state)
        self.state.on_plan = self._note_plan
        self._planned = trio.Event()
        self._started = False
        speaks_qmi = self.profile.protocol == "qmi" or bool(self.profile.qmi.services)
        self._qmi: QmiFace | None = self._new_qmi_face() if speaks_qmi else None
        self._mbim: MbimFace | None = None
        self.face = self.face_of(self.profile.protocol)
        """What control ports lead to, as a rule."""
        self._wire: dict[str, tuple[WireFault, ...]] = {}

    def face_of(self, protocol: Protocol) -> QmiFace | MbimFace:
        """Return what control ports of a protocol lead to.

        A modem may speak another protocol in another of its USB configurations. Raises
        DefinitionError where the profile has no services of it.
        """
        if protocol == "qmi" and self._qmi is None:
            raise DefinitionError(f"profile {self.profile.name}: [qmi] has no services")
        if protocol == "qmi" and self._qmi is not None:
            return self._qmi
        if not self.profile.mbim.services:
            raise DefinitionError(f"profile {self.profile.name}: [mbim] has no services")
        if self._mbim is None:
            from qmiprobe.sim.mbim_face import MbimFace

            inside = self._qmi if self.profile.tunnels_qmi else None
            self._mbim = MbimFace(self.profile, self.state, inside=inside)
        return self._mbim

    def _faults_of(self, protocol: Protocol) -> tuple[WireFault, ...]:
        if protocol not in self._wire:
            self._wire[protocol] = wire_faults(self.faults, protocol)
        return self._wire[protocol]

    def _new_qmi_face(self) -> QmiFace:
        from qmiprobe.sim.qmi_face import QmiFace

        limit = client_limit(self.faults, self.profile.qmi.client_ids)
        return QmiFace(self.profile, self.state, random=self.random, client_limit=limit)

    @property
    def name(self) -> str:
        """For people: ``sim:ec25``."""
        return f"sim:{self.profile.name}"

    @property
    def client_ids(self) -> list[tuple[int, int]]:
        """Service and client id of all QMI client ids that are given out."""
        return [] if self._qmi is None else self._qmi.connection.clients.held()

    @property
    def ethernet(self) -> bool:
        """Whether the host's netdev has to be 802.3 for the framing that the modem has now."""
        return self.state.ethernet

    @property
    def network_faults(self) -> NetworkFaults:
        """What the data plane has to be opened with."""
        return network_faults(self.faults)

    @property
    def bearers(self) -> Bearers:
        """The data plane's table of sessions; settable."""
        return self.state.sessions.bearers

    @bearers.setter
    def bearers(self, bearers: Bearers) -> None:
        self.state.sessions.bearers = bearers

    def power_up(self) -> None:
        """Come up, once; serving a port does it too."""
        if not self._started:
            self._started = True
            self.state.power_up()

    async def play(self, events: Iterable[Event]) -> None:
        """Have these happen, each at its time from now; returns when the last has happened."""
        self.power_up()
        async with trio.open_nursery() as nursery:
            for event in events:
                nursery.start_soon(self._repeat, event, trio.current_time())

    async def _repeat(self, event: Event, start: float) -> None:
        for count in itertools.count():
            await trio.sleep_until(start + event.after + count * (event.every or 0.0))
            event.act(self.state, count)
            if event.every is None:
                return

    async def serve(
        self,
        transport: ControlTransport,
        protocol: Protocol | None = None,
        *,
        first_session: int = 0,
    ) -> None:
        """Be the modem at one control port until it is closed; closes the transport at the end.

        ``protocol`` is what is spoken there, as a rule the profile's; ``first_session`` the number
        of the data session that QMI clients of this port start unless they say another.
        """
        spoken = protocol or self.profile.protocol
        port, face = (
            Port(self._faults_of(spoken), first_session=first_session),
            self.face_of(spoken),
        )
        self.power_up()
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self.keep_time)
                nursery.start_soon(self._send, port, transport, nursery.cancel_scope)
                await self._receive(port, face, transport)
                nursery.cancel_scope.cancel()
        finally:
            face.forget(port)
            with trio.CancelScope(shield=True):
                await transport.aclose()

    async def _receive(
        self, port: Port, face: QmiFace | MbimFace, transport: ControlTransport
    ) -> None:
        while True:
            try:
                item = await transport.receive()
            except DeviceGone:
                return
            except (AnswerLost, DeviceReset):
                continue
            if isinstance(item, Frame):
                face.receive(item.data, port)

    async def _send(self, port: Port, transport: ControlTransport, scope: trio.CancelScope) -> None:
        if not await port.send_to(transport):
            scope.cancel()

    async def keep_time(self) -> None:
        """Carry out what takes a while when it is due, for ever; serving a port does it too."""
        while True:
            due = self.state.next_due
            with trio.move_on_at(math.inf if due is None else due):
                await self._planned.wait()
            self.state.advance()

    def _note_plan(self) -> None:
        self._planned.set()
        self._planned = trio.Event()


def _now() -> float:
    with suppress(RuntimeError):
        return trio.current_time()
    return 0.0
