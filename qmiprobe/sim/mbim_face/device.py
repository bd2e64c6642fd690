# SPDX-License-Identifier: GPL-2.0-or-later
"""Basic-connect: what the device is and offers, its radio switch."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe._enums import Uuid
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    CellularClass,
    ControlCaps,
    DataClass,
    DeviceType,
    Service,
    SimClass,
    SmsCaps,
    Status,
    VoiceClass,
)
from qmiprobe.sim._parts import Change, Kind, Mode
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Refusal,
    Values,
    commands,
    refuse_unless,
)

DATA_CLASSES = {
    "lte": DataClass.LTE,
    "umts": DataClass.HSDPA | DataClass.HSUPA | DataClass.UMTS,
    "gsm": DataClass.GPRS | DataClass.EDGE,
    "nr5g": DataClass._5G_NSA,
}
ALL_DATA_CLASSES = (
    DataClass.GPRS | DataClass.EDGE | DataClass.UMTS
    | DataClass.HSDPA | DataClass.HSUPA | DataClass.LTE
)  # fmt: skip


def device_caps_values(modem: Modem) -> dict[str, object]:
    """Return what Device Caps has, of either service."""
    identity = modem.profile.identity
    return {
        "device_type": DeviceType.EMBEDDED,
        "cellular_class": CellularClass.GSM,
        "voice_class": VoiceClass.NO_VOICE,
        "sim_class": SimClass.REMOVABLE,
        "data_class": ALL_DATA_CLASSES,
        "sms_caps": SmsCaps.PDU_RECEIVE | SmsCaps.PDU_SEND,
        "control_caps": ControlCaps.REG_MANUAL | ControlCaps.HW_RADIO_SWITCH,
        "max_sessions": modem.profile.mbim.max_sessions,
        "custom_data_class": "",
        "device_id": identity.imei,
        "firmware_info": identity.revision,
        "hardware_info": identity.hardware,
    }


@commands.answers(bc.DeviceCapsQuery)
def device_caps(modem: Modem, _port: PortState, _request: bc.DeviceCapsQuery) -> Values:
    return device_caps_values(modem)


def _radio_values(modem: Modem) -> Values:
    radio = modem.state.radio
    on, off = bc.RadioSwitchState.ON, bc.RadioSwitchState.OFF
    return {
        "hw_radio_state": on if radio.hardware_on else off,
        "sw_radio_state": on if radio.mode is Mode.ONLINE else off,
    }


@commands.answers(bc.RadioStateQuery)
def radio_state(modem: Modem, _port: PortState, _request: bc.RadioStateQuery) -> Values:
    return _radio_values(modem)


@commands.answers(bc.RadioStateSet)
def set_radio_state(modem: Modem, _port: PortState, request: bc.RadioStateSet) -> Values:
    refuse_unless(request.radio_state.known)
    on = request.radio_state == bc.RadioSwitchState.ON
    if on and modem.state.radio.fcc_locked:
        raise Refusal(Status.OPERATION_NOT_ALLOWED)
    modem.state.set_mode(Mode.ONLINE if on else Mode.LOW_POWER)
    return _radio_values(modem)


@commands.notifies(bc.RadioStateNotification, Kind.MODE)
def notify_radio(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _radio_values(modem)


@commands.answers(bc.DeviceServicesQuery)
def device_services(modem: Modem, _port: PortState, _request: bc.DeviceServicesQuery) -> Values:
    offered = [
        bc.DeviceServiceElement(
            device_service_id=Service.from_name(name),
            dss_payload=0,
            max_dss_instances=0,
            cids=list(cids),
        )
        for name, cids in modem.profile.mbim.services.items()
    ]
    return {"max_dss_sessions": 0, "device_services": offered}


@commands.answers(bc.DeviceServiceSubscribeListSet)
def subscribe_list(
    modem: Modem, port: PortState, request: bc.DeviceServiceSubscribeListSet
) -> Values:
    offered = modem.profile.mbim.services
    accepted = [
        entry for entry in request.events if str(Service(entry.device_service_id)) in offered
    ]
    port.subscribed = {}
    for entry in accepted:
        service = bytes(Uuid(entry.device_service_id))
        # No command ids stand for all of a service (MBIM 1.0, 10.5.30).
        cids = entry.cids or offered[str(Service(entry.device_service_id))]
        port.subscribed.setdefault(service, set()).update(cids)
    return {"events": accepted}


@commands.answers(bc.EmergencyModeQuery)
def emergency_mode(_modem: Modem, _port: PortState, _request: bc.EmergencyModeQuery) -> Values:
    return {"state": bc.EmergencyModeState.OFF}


@commands.answers(bc.NetworkIdleHintQuery, bc.NetworkIdleHintSet)
def network_idle_hint(
    modem: Modem, _port: PortState, request: bc.NetworkIdleHintQuery | bc.NetworkIdleHintSet
) -> Values:
    if isinstance(request, bc.NetworkIdleHintSet):
        refuse_unless(request.state.known)
        modem.settings["idle-hint"] = int(request.state)
    return {"state": bc.NetworkIdleHintState(modem.settings.get("idle-hint", 0))}
