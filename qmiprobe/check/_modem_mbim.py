# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs' questions asked in MBIM."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

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
from qmiprobe.device import ControlTransport, MbimDevice, Observed
from qmiprobe.errors import DecodeError, MbimError, NoAnswer
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import ms_basic_connect_extensions as ms
from qmiprobe.mbim.services._shared import (
    NwError,
    PinType,
    RegisterState,
)
from qmiprobe.session import (
    DataSession,
    SessionRequest,
    find_mbim_session,
    mbim_device_at,
    open_mbim_session,
)

TIMEOUT = 3.0
CLOSE_TIMEOUT = 1.0
"""Seconds beyond the time of the checks that closing a slow function may take."""
_UNKNOWN_RSSI = 99
_NO_TRIES = 0xFFFFFFFF
_MOST_SLOTS = 4
_EMPTY_SLOTS = (
    ms.UiccSlotState.STATE_UNKNOWN,
    ms.UiccSlotState.SATE_OFF_EMPTY,
    ms.UiccSlotState.STATE_EMPTY,
)

_TRIPS = {
    "control.clients": 0,
    "sim.ready": 5,  # the state, then the lock, or a look at two slots where there is no card
    "session.up": 5,
    "netdev.format": 0,
    "link.return": 2,
}

_READY_STATES = {
    "initialized": "ready",
    "sim-not-inserted": "absent",
    "bad-sim": "error",
    "failure": "error",
    "not-activated": "error",
    "no-esim-profile": "absent",
    "not-initialized": "not-initialised",
}
_REGISTER_STATES = {
    "home": "registered",
    "roaming": "registered",
    "partner": "registered",
    "searching": "searching",
    "denied": "denied",
    "deregistered": "not-registered",
}
# The newest technology first: that is the one in use.
_TECHNOLOGIES = (("5g-sa", "nr5g"), ("5g-nsa", "nr5g"), ("lte", "lte"), ("hsdpa", "umts"))


class MbimModem:
    """An open MBIM device as the rungs see it."""

    protocol = "mbim"
    at_once = False  # functions have been seen to take one command only

    def __init__(self, device: MbimDevice) -> None:
        self.device = device

    @property
    def observed(self) -> Observed:
        return self.device.observed

    @property
    def joined(self) -> bool:
        return self.device.joined

    def trips(self, check: str) -> int:
        return _TRIPS.get(check, 1)

    @property
    def undo_trips(self) -> int:
        return self.device.closing_trips

    def let_go(self, check: str) -> None:
        """Nothing: there are no ids."""

    async def round_trip(self, number: int) -> None:
        # One short answer and one long. Who the device is, is another rung's matter.
        query = bc.DeviceServicesQuery() if number % 2 else bc.RadioStateQuery()
        await self.device.exchange(query, timeout=TIMEOUT)

    @property
    def journal_problem(self) -> str | None:
        return None  # there are no ids

    async def give_back_leftovers(self, *, held_by_others: bool) -> tuple[Leftover, ...]:
        return ()

    async def try_clients(self) -> tuple[ClientTrial, ...]:
        return ()

    async def identity(self) -> Identity:
        got = await self.device.call(bc.DeviceCapsQuery(), timeout=TIMEOUT)
        return Identity(
            # MBIM has no field for the manufacturer; the hardware text often starts with it.
            model=got.hardware_info,
            revision=got.firmware_info,
            imei=got.device_id,
            capabilities=str(got.data_class),
        )

    async def mode(self) -> Mode:
        got = await self.device.call(bc.RadioStateQuery(), timeout=TIMEOUT)
        if got.hw_radio_state == bc.RadioSwitchState.OFF:
            return Mode(name="low-power", cause="hardware")
        if got.sw_radio_state == bc.RadioSwitchState.OFF:
            # An FCC lock looks the same: only switching it on would tell.
            return Mode(name="low-power", cause="unknown")
        return Mode(name="online")

    async def sim(self) -> SimStatus:
        got = await self.device.call(bc.SubscriberReadyStatusQuery(), timeout=TIMEOUT)
        if got.ready_state == bc.SubscriberReadyState.DEVICE_LOCKED:
            return await self._lock()
        state = _READY_STATES.get(got.ready_state.name or "", "error")
        if got.ready_state == bc.SubscriberReadyState.SIM_NOT_INSERTED:
            return await self._other_slot()
        return SimStatus(state=state, error=str(got.ready_state) if state == "error" else None)

    async def _other_slot(self) -> SimStatus:
        """Return that the active slot is empty, and what slot holds a card instead."""
        call = self.device.call
        try:
            slots = (await call(ms.SysCapsQuery(), timeout=TIMEOUT)).number_of_slots
            if slots < 2:
                return SimStatus(state="absent")
            mapped = (await call(ms.DeviceSlotMappingsQuery(), timeout=TIMEOUT)).slot_map
            active = {one.slot for one in mapped}
            for slot in (one for one in range(min(slots, _MOST_SLOTS)) if one not in active):
                got = await call(ms.SlotInfoStatusQuery(slot_index=slot), timeout=TIMEOUT)
                if got.state not in _EMPTY_SLOTS:
                    own = min(active, default=0) + 1
                    return SimStatus(state="absent", slot=own, other_slot=slot + 1)
        except MbimError:  # firmware for one slot does not know the questions
            pass
        return SimStatus(state="absent")

    async def _lock(self) -> SimStatus:
        pin = await self.device.call(bc.PinQuery(), timeout=TIMEOUT)
        tries = None if pin.remaining_attempts == _NO_TRIES else pin.remaining_attempts
        if pin.pin_type == PinType.PUK1:
            return SimStatus(state="puk-required", puk_tries=tries)
        if pin.pin_type in (PinType.PIN1, PinType.UNKNOWN):
            return SimStatus(state="pin-required", pin_tries=tries)
        return SimStatus(state="locked", error=str(pin.pin_type), pin_tries=tries)

    async def registration(self) -> Registration:
        async with at_once() as questions:
            asked_state = questions.ask(self._register_state)
            asked_attach = questions.ask(self._attach)
        got, (attached, cause) = asked_state.got, asked_attach.got
        state = _REGISTER_STATES.get(got.register_state.name or "", "unknown")
        error = got.nw_error or cause
        reject = NwError(error) if state == "denied" and error else None
        return Registration(
            state=state,
            roaming=got.register_state in (RegisterState.ROAMING, RegisterState.PARTNER),
            operator=got.provider_name or None,
            plmn=got.provider_id or None,
            technology=_technology(str(got.available_data_classes)),
            reject_number=int(reject) if reject is not None else None,
            reject_name=reject.name if reject is not None else None,
            attached=attached,
        )

    async def _register_state(self) -> bc.RegisterStateInfo:
        answer = await self.device.exchange(bc.RegisterStateQuery(), timeout=TIMEOUT)
        if isinstance(answer.body, bc.RegisterStateInfo):
            return answer.body
        # Some firmware answers Failure with the buffer that counts, others without one.
        return await self.device.call(bc.RegisterStateQuery(), timeout=TIMEOUT)

    async def _attach(self) -> tuple[bool | None, int]:
        answer: MbimMessage = await self.device.exchange(bc.PacketServiceQuery(), timeout=TIMEOUT)
        got = answer.body
        if not isinstance(got, bc.PacketServiceInfo):
            return None, 0
        return got.packet_service_state == bc.PacketServiceState.ATTACHED, int(got.nw_error)

    async def signal(self) -> Signal:
        got = await self.device.call(bc.SignalStateQuery(), timeout=TIMEOUT)
        # RSSI in steps of 2 dB from -113 dBm (3GPP 27.007, 8.5)
        return Signal(rssi=None if got.rssi == _UNKNOWN_RSSI else -113 + 2 * got.rssi)

    async def data_format(self) -> str | None:
        return None

    async def settings(self) -> dict[str, str]:
        try:
            got = await self.device.call(bc.ProvisionedContextsQuery(), timeout=TIMEOUT)
        except MbimError as error:
            return {"provisioned contexts": str(error.error)}
        return {
            f"context {context.context_id}": context.access_string
            for context in got.provisioned_contexts
        }

    def open_session(self, request: SessionRequest) -> AbstractAsyncContextManager[DataSession]:
        return open_mbim_session(self.device, request)

    async def find_session(self) -> DataSession | None:
        return await find_mbim_session(self.device)


def _technology(classes: str) -> str | None:
    names = classes.split(", ")
    return next((name for flag, name in _TECHNOLOGIES if flag in names), None)


async def ask(
    context: CheckContext, transport: ControlTransport, observed: Observed, timeout: float
) -> MbimModem | None:
    """Open the port as MBIM; return the modem, or None where nothing answers."""
    close_by = trio.current_effective_deadline() + CLOSE_TIMEOUT
    opening = mbim_device_at(
        context.port.path, transport, timeout=timeout, observed=observed, close_by=close_by
    )
    try:
        return MbimModem(await context.keep(opening))
    except (NoAnswer, DecodeError):
        return None
