# SPDX-License-Identifier: GPL-2.0-or-later
"""NAS: which networks there are, and which the modem should prefer."""

from __future__ import annotations

from qmiprobe.qmi.services import nas
from qmiprobe.qmi.services._shared import Bands, Error, LteBands
from qmiprobe.sim.qmi_face._service import Client, Modem, refuse_unless
from qmiprobe.sim.qmi_face._tables import nas as service
from qmiprobe.sim.qmi_face.nas_registration import radio_interface

_RAT_MODES = nas.RatModePreference.GSM | nas.RatModePreference.UMTS | nas.RatModePreference.LTE


@service.answers(nas.NetworkScan)
def network_scan(
    modem: Modem, _client: Client, _request: nas.NetworkScan
) -> nas.NetworkScanResponse:
    state, air = modem.state, modem.state.air
    refuse_unless(state.radio.on, Error.DEVICE_NOT_READY)
    serving = nas.NetworkStatus.CURRENT_SERVING if state.registered else nas.NetworkStatus.AVAILABLE
    home = nas.NetworkStatus.HOME | nas.NetworkStatus.NOT_FORBIDDEN
    away = nas.NetworkStatus.AVAILABLE | nas.NetworkStatus.ROAMING | nas.NetworkStatus.NOT_FORBIDDEN
    found = [(air.mcc, air.mnc, air.name, serving | home)]
    found += [(mcc, mnc, name, away) for mcc, mnc, name in air.others]
    return nas.NetworkScanResponse(
        network_information=[
            nas.ScannedNetwork(mcc=int(mcc), mnc=int(mnc), network_status=status, description=name)
            for mcc, mnc, name, status in found
        ],
        radio_access_technology=[
            nas.NetworkTechnology(
                mcc=int(mcc), mnc=int(mnc), radio_interface=radio_interface(modem)
            )
            for mcc, mnc, _, _ in found
        ],
        mnc_pcs_digit_include_status=[
            nas.NetworkCode(mcc=int(mcc), mnc=int(mnc), includes_pcs_digit=len(mnc) == 3)
            for mcc, mnc, _, _ in found
        ],
        network_scan_result=nas.NetworkScanResult.SUCCESS,
    )


@service.answers(nas.GetSystemSelectionPreference)
def get_system_selection_preference(
    modem: Modem, _client: Client, _request: nas.GetSystemSelectionPreference
) -> nas.GetSystemSelectionPreferenceResponse:
    manual = modem.state.manual_plmn
    mode = modem.settings.get("rat-modes", int(_RAT_MODES))
    return nas.GetSystemSelectionPreferenceResponse(
        emergency_mode=False,
        mode_preference=nas.RatModePreference(mode if isinstance(mode, int) else 0),
        band_preference=Bands.WCDMA_2100 | Bands.WCDMA_900 | Bands.GSM_DCS_1800,
        roaming_preference=nas.RoamingPreference.ANY,
        lte_band_preference=LteBands(1 << (modem.state.air.band - 1)),
        network_selection_preference=(
            nas.NetworkSelectionPreference.MANUAL if manual
            else nas.NetworkSelectionPreference.AUTOMATIC
        ),
        service_domain_preference=nas.ServiceDomainPreference.CS_PS,
        gsm_wcdma_acquisition_order_preference=nas.GsmWcdmaAcquisitionOrderPreference.AUTOMATIC,
        manual_network_selection=nas.NetworkCode(
            mcc=int(manual[0]), mnc=int(manual[1]), includes_pcs_digit=len(manual[1]) == 3
        ) if manual else None,
        acquisition_order_preference=[
            nas.RadioInterface.LTE, nas.RadioInterface.UMTS, nas.RadioInterface.GSM,
        ],
        usage_preference=nas.UsagePreference.DATA_CENTRIC,
        voice_domain_preference=nas.VoiceDomainPreference.PS_PREFERRED,
    )  # fmt: skip


@service.answers(nas.SetSystemSelectionPreference)
def set_system_selection_preference(
    modem: Modem, _client: Client, request: nas.SetSystemSelectionPreference
) -> nas.SetSystemSelectionPreferenceResponse:
    if request.mode_preference is not None:
        refuse_unless(int(request.mode_preference), Error.INVALID_ARGUMENT)
        modem.settings["rat-modes"] = int(request.mode_preference)
    wanted = request.network_selection_preference
    if wanted is not None:
        manual = wanted.mode == nas.NetworkSelectionPreference.MANUAL
        digits = 3 if request.mnc_pcs_digit_include_status or wanted.mnc > 99 else 2
        plmn = (f"{wanted.mcc:03}", f"{wanted.mnc:0{digits}}")
        modem.state.register(plmn if manual else None)
    return nas.SetSystemSelectionPreferenceResponse()


@service.answers(nas.GetTechnologyPreference)
def get_technology_preference(
    _modem: Modem, _client: Client, _request: nas.GetTechnologyPreference
) -> nas.GetTechnologyPreferenceResponse:
    preference = nas.RadioTechnologyPreference._3GPP | nas.RadioTechnologyPreference.LTE
    return nas.GetTechnologyPreferenceResponse(
        active=nas.TechnologyPreference(
            technology_preference=preference,
            technology_preference_duration=nas.PreferenceDuration.PERMANENT,
        )
    )


@service.answers(nas.GetPreferredNetworks)
def get_preferred_networks(
    modem: Modem, _client: Client, _request: nas.GetPreferredNetworks
) -> nas.GetPreferredNetworksResponse:
    refuse_unless(modem.state.card_is_open, Error.NOT_PROVISIONED)
    return nas.GetPreferredNetworksResponse(
        preferred_networks=[
            nas.PreferredNetwork(
                mcc=int(mcc),
                mnc=int(mnc),
                radio_access_technology=nas.PlmnAccessTechnologyIdentifier.EUTRAN,
            )
            for mcc, mnc, _ in modem.state.air.others
        ]
    )
