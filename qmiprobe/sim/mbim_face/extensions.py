# SPDX-License-Identifier: GPL-2.0-or-later
"""Microsoft's extensions of basic-connect: version, slots, cells, the LTE attach."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.mbim.services import ms_basic_connect_extensions as ms
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    Compression,
    ContextIpType,
    DataSubclass,
    NwError,
    Status,
)
from qmiprobe.sim._parts import Card, Change, Kind
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Values,
    commands,
    refuse_unless,
)
from qmiprobe.sim.mbim_face.device import device_caps_values
from qmiprobe.sim.mbim_face.network import data_class
from qmiprobe.sim.mbim_face.sim import refuse_without_sim

_UNKNOWN = 0xFFFFFFFF
_IP_TYPES = {
    "ipv4": ContextIpType.IPV4,
    "ipv6": ContextIpType.IPV6,
    "ipv4v6": ContextIpType.IPV4V6,
}


@commands.answers(ms.VersionQuery)
def version(modem: Modem, port: PortState, request: ms.VersionQuery) -> Values:
    own = modem.profile.mbim.mbimex
    asked = f"{request.mbim_extended_version >> 8}.0"
    port.mbimex = min(own, asked)
    major = int(port.mbimex.split(".")[0])
    return {"mbim_version": 0x0100, "mbim_extended_version": major << 8}


@commands.answers(ms.SysCapsQuery)
def sys_caps(modem: Modem, _port: PortState, _request: ms.SysCapsQuery) -> Values:
    slots = modem.state.sim.slots
    return {"number_of_executors": 1, "number_of_slots": slots, "concurrency": 1, "modem_id": 1}


@commands.answers(ms.DeviceCapsQuery)
def device_caps(modem: Modem, _port: PortState, _request: ms.DeviceCapsQuery) -> Values:
    return {
        **device_caps_values(modem),
        "executor_index": 0,
        "data_subclass": DataSubclass(0),
        "wcdma_band_class": 0,
        "lte_band_class": modem.state.air.band.to_bytes(2, "little"),
        "nr_band_class": b"",
    }


@commands.answers(ms.DeviceSlotMappingsQuery, ms.DeviceSlotMappingsSet)
def device_slot_mappings(
    modem: Modem,
    _port: PortState,
    request: ms.DeviceSlotMappingsQuery | ms.DeviceSlotMappingsSet,
) -> Values:
    sim = modem.state.sim
    if isinstance(request, ms.DeviceSlotMappingsSet):
        wanted = [one.slot + 1 for one in request.slot_map]
        refuse_unless(len(wanted) == 1 and 1 <= wanted[0] <= sim.slots)
        if wanted != [sim.active_slot]:
            modem.state.switch_slot()
    return {"slot_map": [ms.Slot(slot=sim.active_slot - 1)]}


def _slot_values(modem: Modem, slot: int) -> Values:
    """Return the state of a slot, which is counted from 0 here."""
    sim, state = modem.state.sim, ms.UiccSlotState
    if slot + 1 != sim.active_slot:
        shown = state.SATE_OFF_EMPTY if sim.beside is Card.ABSENT else state.STATE_OFF
        return {"slot_index": slot, "state": shown}
    states = {
        Card.ABSENT: state.STATE_EMPTY,
        Card.FAILED: state.STATE_ERROR,
        Card.STARTING: state.STATE_NOT_READY,
    }
    return {"slot_index": slot, "state": states.get(sim.card, state.STATE_ACTIVE)}


@commands.answers(ms.SlotInfoStatusQuery)
def slot_info_status(modem: Modem, _port: PortState, request: ms.SlotInfoStatusQuery) -> Values:
    refuse_unless(request.slot_index < modem.state.sim.slots)
    return _slot_values(modem, request.slot_index)


@commands.notifies(ms.SlotInfoStatusNotification, Kind.SIM)
def notify_slot(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _slot_values(modem, modem.state.sim.active_slot - 1)


@commands.answers(ms.LocationInfoStatusQuery)
def location_info(modem: Modem, _port: PortState, _request: ms.LocationInfoStatusQuery) -> Values:
    refuse_unless(modem.state.registered, Status.NOT_REGISTERED)
    air = modem.state.air
    return {
        "location_area_code": _UNKNOWN,
        "tracking_area_code": air.tac,
        "cell_id": air.cell_id,
    }


@commands.answers(ms.BaseStationsInfoQuery, ms.BaseStationsInfoQueryEx3)
def base_stations(
    modem: Modem,
    _port: PortState,
    _request: ms.BaseStationsInfoQuery | ms.BaseStationsInfoQueryEx3,
) -> Values:
    refuse_unless(modem.state.registered, Status.NOT_REGISTERED)
    air, signal = modem.state.air, modem.state.signal
    serving = ms.ServingLte(
        provider_id=air.mcc + air.mnc,
        cell_id=air.cell_id,
        earfcn=air.channel,
        physical_cell_id=air.physical_cell,
        tac=air.tac,
        rsrp=signal.rsrp,
        rsrq=signal.rsrq,
        timing_advance=_UNKNOWN,
    )
    return {
        "system_type": data_class(modem),
        "system_sub_type": DataSubclass(0),
        "gsm_serving_cell": None,
        "umts_serving_cell": None,
        "tdscdma_serving_cell": None,
        "lte_serving_cell": serving,
    }


@commands.answers(ms.LteAttachConfigurationQuery)
def lte_attach_configuration(
    modem: Modem, _port: PortState, _request: ms.LteAttachConfigurationQuery
) -> Values:
    refuse_without_sim(modem)
    default = modem.state.contexts.get(modem.state.default_context)
    roaming = ms.LteAttachContextRoamingControl
    return {
        "configurations": [
            ms.LteAttachConfiguration(
                ip_type=_IP_TYPES[default.family if default else "ipv4v6"],
                roaming=one,
                source=ms.ContextSource.USER,
                access_string=default.apn if default else "",
                user_name="",
                password="",
                compression=Compression.NONE,
                auth_protocol=AuthProtocol.NONE,
            )
            for one in (roaming.HOME, roaming.PARTNER, roaming.NON_PARTNER)
        ]
    }


def _attach_values(modem: Modem) -> Values:
    state = modem.state
    default = state.contexts.get(state.default_context)
    attached = ms.LteAttachState.ATTACHED if state.attached else ms.LteAttachState.DETACHED
    known = default if state.attached else None
    return {
        "lte_attach_state": attached,
        "nw_error": NwError(state.air.attach_reject if not state.attached else 0),
        "ip_type": _IP_TYPES[known.family] if known else ContextIpType.DEFAULT,
        "access_string": known.apn if known else "",
        "user_name": "",
        "password": "",
        "compression": Compression.NONE,
        "auth_protocol": AuthProtocol.NONE,
    }


@commands.answers(ms.LteAttachInfoQuery)
def lte_attach_info(modem: Modem, _port: PortState, _request: ms.LteAttachInfoQuery) -> Values:
    return _attach_values(modem)


@commands.notifies(ms.LteAttachInfoNotification, Kind.ATTACH)
def notify_lte_attach(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _attach_values(modem)
