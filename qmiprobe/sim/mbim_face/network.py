# SPDX-License-Identifier: GPL-2.0-or-later
"""Basic-connect: providers, registration, packet service, signal."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    CellularClass,
    DataClass,
    NwError,
    ProviderState,
    RegisterMode,
    RegisterState,
    RegistrationFlag,
    Status,
)
from qmiprobe.sim._parts import Change, Kind, Registration
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Refusal,
    Values,
    commands,
    refuse_unless,
)
from qmiprobe.sim.mbim_face.device import DATA_CLASSES
from qmiprobe.sim.mbim_face.sim import refuse_without_sim

UNKNOWN_RSSI, UNKNOWN_ERROR_RATE = 99, 99
_STATES = {
    Registration.NONE: RegisterState.DEREGISTERED,
    Registration.SEARCHING: RegisterState.SEARCHING,
    Registration.HOME: RegisterState.HOME,
    Registration.ROAMING: RegisterState.ROAMING,
    Registration.DENIED: RegisterState.DENIED,
}


def coded_rssi(dbm: int) -> int:
    """Return dBm as MBIM has it: 0 is -113 dBm, 31 is -51, 2 dB a step (10.5.11)."""
    return max(0, min(31, (dbm + 113) // 2))


def data_class(modem: Modem) -> DataClass:
    """Return the class of the network in reach."""
    return DATA_CLASSES.get(modem.state.air.technology, DataClass(0))


def _provider(modem: Modem, mcc: str, mnc: str, name: str, state: ProviderState) -> bc.Provider:
    here = state.has(ProviderState.VISIBLE)
    return bc.Provider(
        provider_id=mcc + mnc,
        provider_state=state,
        provider_name=name,
        cellular_class=CellularClass.GSM,
        rssi=coded_rssi(modem.state.signal.rssi) if here else UNKNOWN_RSSI,
        error_rate=UNKNOWN_ERROR_RATE,
    )


@commands.answers(bc.HomeProviderQuery)
def home_provider(modem: Modem, _port: PortState, _request: bc.HomeProviderQuery) -> Values:
    refuse_without_sim(modem)
    mcc, mnc = modem.state.home_plmn
    return {"provider": _provider(modem, mcc, mnc, modem.state.air.name, ProviderState.HOME)}


@commands.answers(bc.PreferredProvidersQuery)
def preferred_providers(
    modem: Modem, _port: PortState, _request: bc.PreferredProvidersQuery
) -> Values:
    refuse_without_sim(modem)
    return {
        "providers": [
            _provider(modem, mcc, mnc, name, ProviderState.PREFERRED)
            for mcc, mnc, name in modem.state.air.others
        ]
    }


@commands.answers(bc.VisibleProvidersQuery)
def visible_providers(modem: Modem, _port: PortState, _request: bc.VisibleProvidersQuery) -> Values:
    refuse_unless(modem.state.radio.on, Status.RADIO_POWER_OFF)
    state, air = modem.state, modem.state.air
    serving = ProviderState.VISIBLE | ProviderState.HOME
    if state.registered:
        serving |= ProviderState.REGISTERED
    found = [_provider(modem, air.mcc, air.mnc, air.name, serving)]
    found += [
        _provider(modem, mcc, mnc, name, ProviderState.VISIBLE) for mcc, mnc, name in air.others
    ]
    return {"providers": found}


def _register_values(modem: Modem) -> dict[str, object]:
    state, air = modem.state, modem.state.air
    seen = state.registered or state.registration is Registration.DENIED
    roams = state.registration is Registration.ROAMING
    manual = RegisterMode.MANUAL if state.manual_plmn else RegisterMode.AUTOMATIC
    return {
        "nw_error": NwError(state.reject),
        "register_state": _STATES[state.registration],
        "register_mode": manual,
        "available_data_classes": data_class(modem) if seen else DataClass(0),
        "current_cellular_class": CellularClass.GSM,
        "provider_id": air.mcc + air.mnc if seen else "",
        "provider_name": air.name if seen else "",
        "roaming_text": "roaming" if roams else "",
        "registration_flag": RegistrationFlag.PACKET_SERVICE_AUTOMATIC_ATTACH,
        "preferred_data_classes": data_class(modem),
    }


@commands.answers(bc.RegisterStateQuery)
def register_state(modem: Modem, _port: PortState, _request: bc.RegisterStateQuery) -> Values:
    return _register_values(modem)


@commands.answers(bc.RegisterStateSet)
def set_register_state(modem: Modem, _port: PortState, request: bc.RegisterStateSet) -> Values:
    refuse_without_sim(modem)
    refuse_unless(modem.state.radio.on, Status.RADIO_POWER_OFF)
    refuse_unless(request.register_action.known)
    plmn = None
    if request.register_action == bc.RegisterAction.MANUAL:
        text = request.provider_id
        refuse_unless(text.isdigit() and len(text) in (5, 6))
        plmn = text[:3], text[3:]
        known = [(modem.state.air.mcc, modem.state.air.mnc)]
        known += [(mcc, mnc) for mcc, mnc, _ in modem.state.air.others]
        refuse_unless(plmn in known, Status.PROVIDER_NOT_VISIBLE)
    modem.state.register(plmn)
    return _register_values(modem)


@commands.notifies(bc.RegisterStateNotification, Kind.REGISTRATION)
def notify_registration(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _register_values(modem)


def _packet_values(modem: Modem) -> dict[str, object]:
    state, link = modem.state, modem.profile.link
    attached, detached = bc.PacketServiceState.ATTACHED, bc.PacketServiceState.DETACHED
    current = data_class(modem) if state.attached else DataClass(0)
    refused = state.air.attach_reject if state.registered and not state.attached else 0
    return {
        "nw_error": NwError(refused),
        "packet_service_state": attached if state.attached else detached,
        "highest_available_data_class": current,
        "current_data_class": current,
        "uplink_speed": link.uplink_bps if state.attached else 0,
        "downlink_speed": link.downlink_bps if state.attached else 0,
        "frequency_range": bc.FrequencyRange(0),
        "data_subclass": 0,
        "tai": bc.Tai(plmn_mcc=int(state.air.mcc), plmn_mnc=int(state.air.mnc), tac=state.air.tac),
    }


@commands.answers(bc.PacketServiceQuery)
def packet_service(modem: Modem, _port: PortState, _request: bc.PacketServiceQuery) -> Values:
    return _packet_values(modem)


@commands.answers(bc.PacketServiceSet)
def set_packet_service(modem: Modem, _port: PortState, request: bc.PacketServiceSet) -> Values:
    refuse_without_sim(modem)
    refuse_unless(modem.state.radio.on, Status.RADIO_POWER_OFF)
    refuse_unless(request.packet_service_action.known)
    wanted = request.packet_service_action == bc.PacketServiceAction.ATTACH
    if wanted and not modem.state.registered:
        raise Refusal(Status.NOT_REGISTERED)
    modem.state.attach(wanted=wanted)
    if wanted and not modem.state.attached:
        raise Refusal(Status.FAILURE, _packet_values(modem))
    return _packet_values(modem)


@commands.notifies(bc.PacketServiceNotification, Kind.ATTACH)
def notify_packet_service(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _packet_values(modem)


def _signal_values(modem: Modem) -> dict[str, object]:
    on, signal = modem.state.radio.on, modem.state.signal
    rsrp = bc.RsrpSnrInfo(
        rsrp=max(0, min(126, signal.rsrp + 156)),
        snr=max(0, min(127, round(2 * (signal.snr + 23)))),
        rsrp_threshold=0xFFFFFFFF,
        snr_threshold=0xFFFFFFFF,
        system_type=data_class(modem),
    )
    return {
        "rssi": coded_rssi(signal.rssi) if on else UNKNOWN_RSSI,
        "error_rate": UNKNOWN_ERROR_RATE,
        "signal_strength_interval": modem.settings.get("signal-interval", 5),
        "rssi_threshold": modem.settings.get("rssi-threshold", 5),
        "error_rate_threshold": modem.settings.get("error-rate-threshold", 0xFFFFFFFF),
        "rsrp_snr": [rsrp] if on else [],
    }


@commands.answers(bc.SignalStateQuery)
def signal_state(modem: Modem, _port: PortState, _request: bc.SignalStateQuery) -> Values:
    return _signal_values(modem)


@commands.answers(bc.SignalStateSet)
def set_signal_state(modem: Modem, _port: PortState, request: bc.SignalStateSet) -> Values:
    modem.settings["signal-interval"] = request.signal_strength_interval
    modem.settings["rssi-threshold"] = request.rssi_threshold
    modem.settings["error-rate-threshold"] = request.error_rate_threshold
    return _signal_values(modem)


@commands.notifies(bc.SignalStateNotification, Kind.SIGNAL)
def notify_signal(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _signal_values(modem)
