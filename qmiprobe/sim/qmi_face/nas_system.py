# SPDX-License-Identifier: GPL-2.0-or-later
"""NAS: the system in detail - service, cells, names, time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from qmiprobe.qmi.services import nas
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Change, Kind, Registration
from qmiprobe.sim.qmi_face._service import Client, Modem, refuse_unless
from qmiprobe.sim.qmi_face._tables import nas as service
from qmiprobe.sim.qmi_face.nas_registration import radio_interface


def _service_status(modem: Modem) -> nas.ServiceState:
    state = modem.state
    if state.registered:
        status = nas.ServiceStatus.AVAILABLE
    elif state.registration is Registration.DENIED:
        status = nas.ServiceStatus.LIMITED
    else:
        status = nas.ServiceStatus.NONE
    return nas.ServiceState(
        service_status=status, true_service_status=status, preferred_data_path=False
    )


def _lte_info(modem: Modem) -> nas.LteSystemInfo:
    state, air = modem.state, modem.state.air
    denied = state.registration is Registration.DENIED
    domain = nas.NetworkServiceDomain.CS_PS if state.registered else nas.NetworkServiceDomain.CAMPED
    roams = state.registration is Registration.ROAMING
    return nas.LteSystemInfo(
        domain_valid=True,
        domain=domain,
        service_capability_valid=True,
        service_capability=nas.NetworkServiceDomain.CS_PS,
        roaming_status_valid=state.registered,
        roaming_status=nas.RoamingStatus.ON if roams else nas.RoamingStatus.OFF,
        forbidden_valid=True,
        forbidden=denied,
        lac_valid=False,
        lac=0xFFFF,
        cid_valid=True,
        cid=air.cell_id,
        registration_reject_info_valid=denied,
        registration_reject_domain=(
            nas.NetworkServiceDomain.CS_PS if denied else nas.NetworkServiceDomain.NONE
        ),
        registration_reject_cause=nas.RejectCause(state.reject),
        network_id_valid=True,
        mcc=air.mcc,
        mnc=air.mnc,
        tac_valid=True,
        tac=air.tac,
    )


def _details(modem: Modem) -> dict[str, object]:
    state = modem.state
    none = nas.ServiceState(
        service_status=nas.ServiceStatus.NONE,
        true_service_status=nas.ServiceStatus.NONE,
        preferred_data_path=False,
    )
    details: dict[str, object] = {
        "gsm_service_status": none,
        "wcdma_service_status": none,
        "lte_service_status": _service_status(modem),
        "sim_reject_info": (
            nas.SimRejectState.AVAILABLE if state.card_is_open else nas.SimRejectState.UNAVAILABLE
        ),
    }
    if state.registered or state.registration is Registration.DENIED:
        details["lte_system_info_v2"] = _lte_info(modem)
        details["additional_lte_system_info"] = nas.AdditionalSystemInfo(geo_system_index=0xFFFF)
    return details


@service.answers(nas.GetSystemInfo)
def get_system_info(
    modem: Modem, _client: Client, _request: nas.GetSystemInfo
) -> nas.GetSystemInfoResponse:
    return nas.GetSystemInfoResponse(**_details(modem))  # type: ignore[arg-type]


@service.announces(Kind.REGISTRATION)
def announce_system(
    modem: Modem, client: Client, _change: Change
) -> Iterator[nas.SystemInfoIndication]:
    if "system" in client.registered:
        yield nas.SystemInfoIndication(**_details(modem))  # type: ignore[arg-type]


@service.answers(nas.GetCellLocationInfo)
def get_cell_location_info(
    modem: Modem, _client: Client, _request: nas.GetCellLocationInfo
) -> nas.GetCellLocationInfoResponse:
    refuse_unless(modem.state.registered, Error.INFORMATION_UNAVAILABLE)
    air, signal = modem.state.air, modem.state.signal
    cell = nas.LteCell(
        physical_cell_id=air.physical_cell,
        rsrq=10 * signal.rsrq,
        rsrp=10 * signal.rsrp,
        rssi=10 * signal.rssi,
        cell_selection_rx_level=30,
    )
    info = nas.GetCellLocationInfoResponseIntrafrequencyLteInfoV2(
        ue_in_idle=False,
        plmn=f"{air.mcc}-{air.mnc}",
        tracking_area_code=air.tac,
        global_cell_id=air.cell_id,
        eutra_absolute_rf_channel_number=air.channel,
        serving_cell_id=air.physical_cell,
        cell_reselection_priority=0,
        s_non_intra_search_threshold=0,
        serving_cell_low_threshold=0,
        s_intra_search_threshold=0,
        cell=[cell],
    )
    return nas.GetCellLocationInfoResponse(
        intrafrequency_lte_info_v2=info,
        interfrequency_lte_info=nas.GetCellLocationInfoResponseInterfrequencyLteInfo(
            ue_in_idle=False, frequency=[]
        ),
        lte_info_timing_advance=0xFFFFFFFF,
    )


@service.answers(nas.GetOperatorName)
def get_operator_name(
    modem: Modem, _client: Client, _request: nas.GetOperatorName
) -> nas.GetOperatorNameResponse:
    refuse_unless(modem.state.card_is_open, Error.NOT_PROVISIONED)
    condition = nas.NetworkNameDisplayCondition.REGISTERED_PLMN_IF_KNOWN_NETWORK
    return nas.GetOperatorNameResponse(
        service_provider_name=nas.ServiceProviderName(
            name_display_condition=condition, name=modem.state.air.name
        ),
        operator_string_name=modem.state.air.name,
    )


@service.answers(nas.GetPlmnName)
def get_plmn_name(
    modem: Modem, _client: Client, request: nas.GetPlmnName
) -> nas.GetPlmnNameResponse:
    air = modem.state.air
    names = {(int(mcc), int(mnc)): name for mcc, mnc, name in air.others}
    names[int(air.mcc), int(air.mnc)] = air.name
    long_name = names.get((request.plmn.mcc, request.plmn.mnc))
    refuse_unless(long_name is not None, Error.NO_NETWORK_FOUND)
    assert long_name is not None
    short_name = air.short_name if long_name == air.name else long_name
    encoding = nas.NetworkDescriptionEncoding.UNICODE
    eons = nas.GetPlmnNameResponse_3gppEonsPlmnName(
        service_provider_name_encoding=encoding,
        service_provider_name=long_name.encode("utf-16-le"),
        short_name_encoding=encoding,
        short_name_country_initials=nas.PlmnNameCountryInitials.INITIALS_DO_NOT_ADD,
        short_name_spare_bits=nas.PlmnNameSpareBits.UNKNOWN,
        short_name=short_name.encode("utf-16-le"),
        long_name_encoding=encoding,
        long_name_country_initials=nas.PlmnNameCountryInitials.INITIALS_DO_NOT_ADD,
        long_name_spare_bits=nas.PlmnNameSpareBits.UNKNOWN,
        long_name=long_name.encode("utf-16-le"),
    )
    return nas.GetPlmnNameResponse(_3gpp_eons_plmn_name=eons)


@service.answers(nas.GetNetworkTime)
def get_network_time(
    modem: Modem, _client: Client, _request: nas.GetNetworkTime
) -> nas.GetNetworkTimeResponse:
    refuse_unless(modem.state.registered, Error.INFORMATION_UNAVAILABLE)
    now = time.gmtime()
    universal = nas.UniversalTime(
        year=now.tm_year,
        month=now.tm_mon,
        day=now.tm_mday,
        hour=now.tm_hour,
        minute=now.tm_min,
        second=min(59, now.tm_sec),
        day_of_week=nas.DayOfWeek(now.tm_wday),
    )
    return nas.GetNetworkTimeResponse(
        _3gpp_time=nas.NetworkTime(
            universal_time=universal,
            timezone_offset=0,
            daylight_savings_adjustment=nas.DaylightSavingsAdjustment.NONE,
            radio_interface=radio_interface(modem),
        )
    )
