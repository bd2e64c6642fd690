# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs' questions asked in QMI."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from importlib import import_module
from typing import TYPE_CHECKING

import trio

from qmiprobe.check._at_once import at_once
from qmiprobe.check._context import CheckContext
from qmiprobe.check._modem import (
    ClientTrial,
    Identity,
    Leftover,
    Mode,
    Registration,
    Signal,
    SimStatus,
)
from qmiprobe.check._qmi_clients import TRIPS, QmiClients
from qmiprobe.device import ControlTransport, Observed, QmiClient, QmiDevice, qmi_device
from qmiprobe.device._journal import journal_of
from qmiprobe.device._leftovers import WITNESS
from qmiprobe.device._qmi import accept
from qmiprobe.errors import DecodeError, NoAnswer, QmiError
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.session import DataSession, SessionRequest

if TYPE_CHECKING:
    from qmiprobe.qmi.services import uim

TIMEOUT = 3.0
_ON_ITS_WAY = 0.001
"""Seconds for the first question to be on its way."""
_MISSING_HERE = (Error.NOT_SUPPORTED, Error.INVALID_QMI_COMMAND, Error.INFORMATION_UNAVAILABLE)

_APPLICATION_STATES = {
    "ready": "ready",
    "pin1-or-upin-pin-required": "pin-required",
    "puk1-or-upin-puk-required": "puk-required",
    "pin1-blocked": "blocked",
    "illegal": "illegal",
    "check-personalization-state": "locked",
}
_REGISTRATION = {
    "registered": "registered",
    "not-registered": "not-registered",
    "not-registered-searching": "searching",
    "registration-denied": "denied",
}


class QmiModem:
    """A QMI device as the rungs see it. Close ``clients`` before the device."""

    protocol = "qmi"
    joined = False
    at_once = True

    def __init__(
        self, device: QmiDevice, *, checks: frozenset[str] = frozenset(), sessions: bool = True
    ) -> None:
        self.device = device
        self.clients = QmiClients(device, checks)
        self._sessions = sessions
        """Whether sessions are going to be opened, which need clients of their own."""
        self._mode: QmiMessage | None = None
        """What a round trip was answered, for the check that wants to know."""

    @property
    def observed(self) -> Observed:
        return self.device.observed

    @property
    def journal_problem(self) -> str | None:
        journal = self.device.journal
        return journal.problem if journal is not None else None

    def trips(self, check: str) -> int:
        service, trips = TRIPS.get(check, ("", 1))
        # Its client id has to be asked for first, and goes back at the end.
        return trips + (2 if service and not self.clients.holds(service) else 0)

    @property
    def undo_trips(self) -> int:
        return len(self.device.held)

    def let_go(self, check: str) -> None:
        self.clients.let_go(check)

    async def round_trip(self, number: int) -> None:
        from qmiprobe.qmi.services import dms

        # First the client ids, since each of them is a round trip that has to be made anyway.
        services = self.clients.wanted
        client = await self.clients.of(services[number] if number < len(services) else services[0])
        if number >= len(services):
            self._mode = await client.exchange(dms.GetOperatingMode(), timeout=TIMEOUT)

    async def give_back_leftovers(self, *, held_by_others: bool) -> tuple[Leftover, ...]:
        found = await self.device.give_back_leftovers(held_by_others=held_by_others)
        return tuple(
            Leftover(
                service=Service(one.service).name or str(one.service),
                client=one.client,
                pid=one.holder.pid,
            )
            for one in found
        )

    async def try_clients(self) -> tuple[ClientTrial, ...]:
        trials = [await self._try(service) for service in self.clients.wanted]
        witness = self.clients.witness
        if witness is not None and witness.apart and not self._sessions:
            trials.append(ClientTrial(service=WITNESS, spare=True))  # there was one at the start
        elif any(trial.service == "wds" and trial.error is None for trial in trials):
            trials.append(await self._try_spare())
        return tuple(trials)

    async def _try(self, service: str) -> ClientTrial:
        try:
            await self.clients.of(service)
        except QmiError as error:
            return ClientTrial(service=service, error=_name_of(error))
        return ClientTrial(service=service)

    async def _try_spare(self) -> ClientTrial:
        """Ask for what a session needs beside the client that reads settings."""
        try:
            async with self.device.client("wds"):
                return ClientTrial(service="wds", spare=True)
        except QmiError as error:
            return ClientTrial(service="wds", spare=True, error=_name_of(error))

    async def identity(self) -> Identity:
        from qmiprobe.qmi.services import dms

        client = await self.clients.of("dms")
        async with at_once() as questions:
            maker = questions.ask(lambda: client.call(dms.GetManufacturer(), timeout=TIMEOUT))
            model = questions.ask(lambda: client.call(dms.GetModel(), timeout=TIMEOUT))
            revision = questions.ask(lambda: client.call(dms.GetRevision(), timeout=TIMEOUT))
            able = questions.ask(lambda: client.call(dms.GetCapabilities(), timeout=TIMEOUT))
            imei = questions.ask(lambda: _imei(client))
        return Identity(
            manufacturer=maker.got.manufacturer,
            model=model.got.model,
            revision=revision.got.revision,
            imei=imei.got,
            capabilities=", ".join(str(one) for one in able.got.info.radio_interface_list),
        )

    async def mode(self) -> Mode:
        from qmiprobe.qmi.services import dms

        asked, answer = dms.GetOperatingMode(), self._mode
        if answer is None:
            answer = await (await self.clients.of("dms")).exchange(asked, timeout=TIMEOUT)
        self._mode = None
        got = accept(answer, asked)
        name = got.mode.name or str(int(got.mode))
        if got.mode == dms.OperatingMode.ONLINE:
            return Mode(name=name)
        # An FCC lock looks like low power by software: only setting it online would tell.
        cause = "hardware" if got.hardware_restricted_mode else "unknown"
        return Mode(name=name, cause=cause)

    async def sim(self) -> SimStatus:
        from qmiprobe.qmi.services import uim

        client = await self.clients.of("uim")
        status = (await client.call(uim.GetCardStatus(), timeout=TIMEOUT)).card_status
        if status is None or not status.cards:
            return SimStatus(state="not-initialised")
        slot, application = _indexes(status)
        card = status.cards[slot] if slot < len(status.cards) else status.cards[0]
        if card.card_state == uim.CardState.ABSENT:
            return await _other_slot(client)
        if card.card_state == uim.CardState.ERROR:
            return SimStatus(state="error", error=str(card.error_code))
        if not card.applications:
            return SimStatus(state="not-initialised")
        chosen = card.applications[application if application < len(card.applications) else 0]
        state = _APPLICATION_STATES.get(chosen.state.name or "", "not-initialised")
        if chosen.pin1_state == uim.PinState.PERMANENTLY_BLOCKED:
            state = "blocked"
        upin = chosen.upin_replaces_pin1
        return SimStatus(
            state=state,
            pin_tries=card.upin_retries if upin else chosen.pin1_retries,
            puk_tries=card.upuk_retries if upin else chosen.puk1_retries,
        )

    async def registration(self) -> Registration:
        from qmiprobe.qmi.services import nas

        client = await self.clients.of("nas")
        got = await client.call(nas.GetServingSystem(), timeout=TIMEOUT)
        system, plmn = got.serving_system, got.current_plmn
        state = _REGISTRATION.get(system.registration_state.name or "", "unknown")
        number, name = await self._reject(client) if state == "denied" else (None, None)
        radio = system.radio_interfaces[0] if system.radio_interfaces else None
        return Registration(
            state=state,
            roaming=None if got.roaming_indicator is None else int(got.roaming_indicator) == 0,
            operator=plmn.description if plmn is not None else None,
            plmn=f"{plmn.mcc:03}{plmn.mnc:02}" if plmn is not None else None,
            technology=str(radio) if radio else None,
            reject_number=number,
            reject_name=name,
            attached=system.ps_attach_state == nas.AttachState.ATTACHED,
        )

    async def _reject(self, client: QmiClient) -> tuple[int | None, str | None]:
        from qmiprobe.qmi.services import nas

        try:
            got = await client.call(nas.GetSystemInfo(), timeout=TIMEOUT)
        except QmiError:
            return None, None
        for info in (got.lte_system_info_v2, got.wcdma_system_info_v2, got.gsm_system_info_v2):
            if info is not None and info.registration_reject_info_valid:
                cause = info.registration_reject_cause
                return int(cause), cause.name
        return None, None

    async def signal(self) -> Signal:
        from qmiprobe.qmi.services import nas

        client = await self.clients.of("nas")
        got = await client.call(nas.GetSignalInfo(), timeout=TIMEOUT)
        if got._5g_signal_strength is not None:
            nr = got._5g_signal_strength
            rsrq = got._5g_signal_strength_extended
            return Signal(technology="nr5g", rsrp=nr.rsrp, snr=nr.snr / 10, rsrq=rsrq)
        if got.lte_signal_strength is not None:
            lte = got.lte_signal_strength
            return Signal(
                technology="lte", rssi=lte.rssi, rsrp=lte.rsrp, rsrq=lte.rsrq, snr=lte.snr / 10
            )
        if got.wcdma_signal_strength is not None:
            return Signal(technology="umts", rssi=got.wcdma_signal_strength.rssi)
        return Signal(technology="gsm", rssi=got.gsm_signal_strength)

    async def data_format(self) -> str | None:
        from qmiprobe.qmi.services import wda

        client = await self.clients.of("wda")
        try:
            got = await client.call(wda.GetDataFormat(), timeout=TIMEOUT)
        except QmiError as error:
            if error.error in _MISSING_HERE:
                return None
            raise
        protocol = got.link_layer_protocol
        return protocol.name if protocol is not None else None

    async def settings(self) -> dict[str, str]:
        client = await self.clients.of("wds")
        async with at_once() as questions:
            profile = questions.ask(lambda: _default_profile(client))
            auto = questions.ask(lambda: _autoconnect(client))
        return {**profile.got, "autoconnect": auto.got}

    def open_session(self, request: SessionRequest) -> AbstractAsyncContextManager[DataSession]:
        from qmiprobe.session import open_qmi_session

        return open_qmi_session(self.device, request)

    async def find_session(self) -> DataSession | None:
        from qmiprobe.session import find_qmi_session

        return await find_qmi_session(self.device)


async def _other_slot(client: QmiClient) -> SimStatus:
    """Return that the active slot is empty, and what slot holds a card instead."""
    from qmiprobe.qmi.services import uim

    try:
        got = await client.call(uim.GetSlotStatus(), timeout=TIMEOUT)
    except QmiError:  # firmware for one slot does not know the question
        return SimStatus(state="absent")
    active = other = None
    for number, slot in enumerate(got.physical_slot_status or (), 1):
        if slot.physical_slot_status == uim.SlotState.ACTIVE:
            active = number
        elif slot.physical_card_status == uim.PhysicalCardState.PRESENT:
            other = other or number
    return SimStatus(state="absent", slot=active, other_slot=other)


def _name_of(error: QmiError) -> str:
    return Error(error.error).name or str(int(error.error))


async def _imei(client: QmiClient) -> str:
    from qmiprobe.qmi.services import dms

    try:
        return (await client.call(dms.GetIds(), timeout=TIMEOUT)).imei or ""
    except QmiError:  # not every firmware tells before the SIM is ready
        return ""


async def _default_profile(client: QmiClient) -> dict[str, str]:
    from qmiprobe.qmi.services import wds

    profile = wds.GetDefaultSettings(profile_type=wds.ProfileType(0))
    try:
        got = await client.call(profile, timeout=TIMEOUT)
    except QmiError as error:
        return {"default profile": str(Error(error.error))}
    kind = str(got.pdp_type) if got.pdp_type is not None else ""
    return {"apn": got.apn_name or "", "pdp-type": kind}


async def _autoconnect(client: QmiClient) -> str:
    from qmiprobe.qmi.services import wds

    try:
        return str((await client.call(wds.GetAutoconnectSettings(), timeout=TIMEOUT)).status)
    except QmiError as error:
        return str(Error(error.error))


def _indexes(status: uim.CardStatus) -> tuple[int, int]:
    """Return slot and application of the primary 3GPP session; 0, 0 where there is none."""
    index = status.index_gw_primary
    return (0, 0) if index == 0xFFFF else (index >> 8, index & 0xFF)


async def ask(
    context: CheckContext, transport: ControlTransport, observed: Observed, timeout: float
) -> QmiModem | None:
    """Ask a harmless question in QMI; return the modem, or None where nothing answers."""
    node = context.port.own_node("qmi")
    journal = journal_of(node) if node is not None else None
    device: QmiDevice = await context.keep(
        qmi_device(transport, observed=observed, journal=journal)
    )
    modem = QmiModem(device, checks=context.options.checks, sessions=context.options.connect)
    loaded = trio.Event()
    device.start_soon(_load, modem.clients.wanted, loaded)
    try:
        await device.call(ctl.GetVersionInfo(), timeout=timeout)
    except (NoAnswer, DecodeError):
        return None
    except QmiError as error:
        # A refusal is QMI too: old firmware does not know this message.
        observed.record("refused", str(error), b"", 0.0)
    await loaded.wait()
    context.stack.push_async_callback(modem.clients.aclose)
    return modem


async def _load(services: tuple[str, ...], loaded: trio.Event) -> None:
    """Load services' messages while the modem thinks, and not while its time is measured."""
    try:
        await trio.sleep(_ON_ITS_WAY)
        for service in services:
            import_module(f"qmiprobe.qmi.services.{service}")
            await trio.lowlevel.checkpoint()
    finally:
        loaded.set()
