# SPDX-License-Identifier: GPL-2.0-or-later
"""NAS: how strong the signal is, on which band, and when to tell of it."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe._message import Indication
from qmiprobe.qmi.services import nas
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim.qmi_face._service import Client, Modem, refuse_unless
from qmiprobe.sim.qmi_face._tables import nas as service
from qmiprobe.sim.qmi_face.nas_registration import radio_interface


def _strength(modem: Modem) -> nas.Strength:
    return nas.Strength(strength=modem.state.signal.rssi, radio_interface=radio_interface(modem))


@service.answers(nas.GetSignalStrength)
def get_signal_strength(
    modem: Modem, _client: Client, request: nas.GetSignalStrength
) -> nas.GetSignalStrengthResponse:
    refuse_unless(modem.state.radio.on, Error.INFORMATION_UNAVAILABLE)
    signal, asked = modem.state.signal, request.request_mask
    wanted = nas.SignalStrengthRequest(0 if asked is None else int(asked))
    answer = nas.GetSignalStrengthResponse(signal_strength=_strength(modem))
    if wanted.has(nas.SignalStrengthRequest.RSSI):
        answer.rssi_list = [
            nas.RssiOfInterface(rssi=-signal.rssi, radio_interface=radio_interface(modem))
        ]
    if modem.state.air.technology != "lte":
        return answer
    if wanted.has(nas.SignalStrengthRequest.RSRQ):
        answer.rsrq = nas.RsrqOfInterface(rsrq=signal.rsrq, radio_interface=radio_interface(modem))
    if wanted.has(nas.SignalStrengthRequest.LTE_SNR):
        answer.lte_snr = round(10 * signal.snr)
    if wanted.has(nas.SignalStrengthRequest.LTE_RSRP):
        answer.lte_rsrp = signal.rsrp
    return answer


def _figures(modem: Modem) -> dict[str, object]:
    signal = modem.state.signal
    match modem.state.air.technology if modem.state.radio.on else None:
        case "lte":
            lte = nas.LteSignal(
                rssi=signal.rssi,
                rsrq=signal.rsrq,
                rsrp=signal.rsrp,
                snr=round(10 * signal.snr),
            )
            return {"lte_signal_strength": lte}
        case "umts":
            return {"wcdma_signal_strength": nas.CdmaSignal(rssi=signal.rssi, ecio=10)}
        case "gsm":
            return {"gsm_signal_strength": signal.rssi}
        case "nr5g":
            nr5g = nas.Nr5gSignal(rsrp=signal.rsrp, snr=round(10 * signal.snr))
            return {"_5g_signal_strength": nr5g, "_5g_signal_strength_extended": signal.rsrq}
    return {}


@service.answers(nas.GetSignalInfo)
def get_signal_info(
    modem: Modem, _client: Client, _request: nas.GetSignalInfo
) -> nas.GetSignalInfoResponse:
    refuse_unless(modem.state.radio.on, Error.INFORMATION_UNAVAILABLE)
    return nas.GetSignalInfoResponse(**_figures(modem))  # type: ignore[arg-type]


@service.answers(nas.GetTxRxInfo)
def get_tx_rx_info(
    modem: Modem, _client: Client, request: nas.GetTxRxInfo
) -> nas.GetTxRxInfoResponse:
    if request.radio_interface != radio_interface(modem) or not modem.state.registered:
        return nas.GetTxRxInfoResponse()
    signal = modem.state.signal
    chain = nas.RxChain(
        is_radio_tuned=True,
        rx_power=10 * signal.rssi,
        ecio=0,
        rscp=0,
        rsrp=10 * signal.rsrp,
        phase=0,
    )
    idle = nas.GetTxRxInfoResponseTxInfo(is_in_traffic=False, tx_power=0)
    return nas.GetTxRxInfoResponse(rx_chain_0_info=chain, rx_chain_1_info=chain, tx_info=idle)


@service.answers(nas.GetRfBandInformation)
def get_rf_band_information(
    modem: Modem, _client: Client, _request: nas.GetRfBandInformation
) -> nas.GetRfBandInformationResponse:
    refuse_unless(modem.state.radio.on, Error.INFORMATION_UNAVAILABLE)
    air, interface = modem.state.air, radio_interface(modem)
    band = nas.ActiveBand.from_name(f"eutran-{air.band}")
    return nas.GetRfBandInformationResponse(
        list_=[
            nas.RfBand(
                radio_interface=interface, active_band_class=band, active_channel=air.channel
            )
        ],
        extended_list=[
            nas.RfBandExtended(
                radio_interface=interface, active_band_class=band, active_channel=air.channel
            )
        ],
        bandwidth_list=[nas.RfBandwidth(radio_interface=interface, bandwidth=nas.DlBandwidth._20)],
    )


@service.answers(nas.SetEventReport)
def set_event_report(
    _modem: Modem, client: Client, request: nas.SetEventReport
) -> nas.SetEventReportResponse:
    strength, rssi = request.signal_strength_indicator, request.rssi_indicator
    client.register(**{
        "strength-event": None if strength is None else strength.report,
        "rssi-event": None if rssi is None else rssi.report,
        "reject-event": request.registration_reject_reason,
    })  # fmt: skip
    return nas.SetEventReportResponse()


@service.answers(nas.ConfigSignalInfo)
def config_signal_info(
    _modem: Modem, _client: Client, _request: nas.ConfigSignalInfo
) -> nas.ConfigSignalInfoResponse:
    return nas.ConfigSignalInfoResponse()


@service.answers(nas.ConfigSignalInfoV2)
def config_signal_info_v2(
    _modem: Modem, _client: Client, _request: nas.ConfigSignalInfoV2
) -> nas.ConfigSignalInfoV2Response:
    return nas.ConfigSignalInfoV2Response()


@service.announces(Kind.SIGNAL)
def announce_signal(modem: Modem, client: Client, _change: Change) -> Iterator[Indication]:
    if "signal" in client.registered:
        yield nas.SignalInfoIndication(**_figures(modem))  # type: ignore[arg-type]
    if "strength-event" in client.registered:
        yield nas.EventReportIndication(signal_strength=_strength(modem))
    if "rssi-event" in client.registered:
        yield nas.EventReportIndication(
            rssi=nas.RssiOfInterface(
                rssi=-modem.state.signal.rssi, radio_interface=radio_interface(modem)
            )
        )
