# SPDX-License-Identifier: GPL-2.0-or-later
"""WDS: counters, rates and bearers of the running session."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim._sessions import Session
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, refuse_unless
from qmiprobe.sim.qmi_face._tables import wds as service
from qmiprobe.sim.qmi_face.wds import session_of

_BEARERS = {
    "lte": wds.DataBearerTechnology.LTE,
    "umts": wds.DataBearerTechnology.HSDPA_HSUPDA,
    "gsm": wds.DataBearerTechnology.EDGE,
}
_RATS = {
    "lte": wds.Rat3gpp.LTE,
    "umts": wds.Rat3gpp.HSDPA | wds.Rat3gpp.HSUPA,
    "gsm": wds.Rat3gpp.EDGE,
    "nr5g": wds.Rat3gpp._5GNR,
}


def _session(modem: Modem, client: Client) -> Session:
    session = session_of(modem, client)
    if session is None:
        raise Refusal(Error.OUT_OF_CALL)
    return session


@service.answers(wds.GetPacketStatistics)
def get_packet_statistics(
    modem: Modem, client: Client, request: wds.GetPacketStatistics
) -> wds.GetPacketStatisticsResponse:
    bearers = modem.state.sessions.bearers
    counted = bearers.counters(client.session_id, client.family)
    if session_of(modem, client) is None:
        last = wds.GetPacketStatisticsResponse(
            last_call_tx_bytes_ok=counted.tx_bytes, last_call_rx_bytes_ok=counted.rx_bytes
        )
        raise Refusal(Error.OUT_OF_CALL, last)
    values = {
        wds.PacketStatistics.TX_PACKETS_OK: ("tx_packets_ok", counted.tx_packets),
        wds.PacketStatistics.RX_PACKETS_OK: ("rx_packets_ok", counted.rx_packets),
        wds.PacketStatistics.TX_PACKETS_ERROR: ("tx_packets_error", 0),
        wds.PacketStatistics.RX_PACKETS_ERROR: ("rx_packets_error", 0),
        wds.PacketStatistics.TX_OVERFLOWS: ("tx_overflows", 0),
        wds.PacketStatistics.RX_OVERFLOWS: ("rx_overflows", 0),
        wds.PacketStatistics.TX_BYTES_OK: ("tx_bytes_ok", counted.tx_bytes),
        wds.PacketStatistics.RX_BYTES_OK: ("rx_bytes_ok", counted.rx_bytes),
        wds.PacketStatistics.TX_PACKETS_DROPPED: ("tx_packets_dropped", counted.tx_dropped),
        wds.PacketStatistics.RX_PACKETS_DROPPED: ("rx_packets_dropped", counted.rx_dropped),
    }
    answer = wds.GetPacketStatisticsResponse()
    for flag, (name, value) in values.items():
        if request.mask.has(flag):
            setattr(answer, name, value)
    return answer


@service.answers(wds.GetChannelRates)
def get_channel_rates(
    modem: Modem, client: Client, _request: wds.GetChannelRates
) -> wds.GetChannelRatesResponse:
    link, up = modem.profile.link, session_of(modem, client) is not None
    rates = wds.GetChannelRatesResponseChannelRates(
        channel_tx_rate_bps=link.uplink_bps if up else 0,
        channel_rx_rate_bps=link.downlink_bps if up else 0,
        max_channel_tx_rate_bps=link.uplink_bps,
        max_channel_rx_rate_bps=link.downlink_bps,
    )
    return wds.GetChannelRatesResponse(channel_rates=rates)


@service.answers(wds.GetDataBearerTechnology)
def get_data_bearer_technology(
    modem: Modem, client: Client, _request: wds.GetDataBearerTechnology
) -> wds.GetDataBearerTechnologyResponse:
    unknown = wds.DataBearerTechnology.UNKNOWN
    bearer = _BEARERS.get(modem.state.air.technology, unknown)
    if session_of(modem, client) is None:
        body = wds.GetDataBearerTechnologyResponse(current=unknown, last=bearer)
        raise Refusal(Error.OUT_OF_CALL, body)
    return wds.GetDataBearerTechnologyResponse(current=bearer)


@service.answers(wds.GetCurrentDataBearerTechnology)
def get_current_data_bearer_technology(
    modem: Modem, client: Client, _request: wds.GetCurrentDataBearerTechnology
) -> wds.GetCurrentDataBearerTechnologyResponse:
    _session(modem, client)
    masks = wds.DataBearerTechnologyMasks(
        network_type=wds.NetworkType._3GPP,
        rat_mask=int(_RATS.get(modem.state.air.technology, 0)),
        so_mask=0,
    )
    return wds.GetCurrentDataBearerTechnologyResponse(current=masks)


@service.answers(wds.GetDormancyStatus)
def get_dormancy_status(
    modem: Modem, client: Client, _request: wds.GetDormancyStatus
) -> wds.GetDormancyStatusResponse:
    _session(modem, client)
    return wds.GetDormancyStatusResponse(dormancy_status=wds.DormancyStatus.TRAFFIC_CHANNEL_ACTIVE)


@service.answers(wds.GoDormant)
def go_dormant(modem: Modem, client: Client, _request: wds.GoDormant) -> wds.GoDormantResponse:
    _session(modem, client)
    return wds.GoDormantResponse()


@service.answers(wds.GoActive)
def go_active(modem: Modem, client: Client, _request: wds.GoActive) -> wds.GoActiveResponse:
    _session(modem, client)
    return wds.GoActiveResponse()


@service.answers(wds.GetAutoconnectSettings)
def get_autoconnect_settings(
    modem: Modem, _client: Client, _request: wds.GetAutoconnectSettings
) -> wds.GetAutoconnectSettingsResponse:
    status = modem.settings.get("autoconnect", 0)
    return wds.GetAutoconnectSettingsResponse(
        status=wds.AutoconnectSetting(status if isinstance(status, int) else 0),
        roaming=wds.AutoconnectSettingRoaming.ALLOWED,
    )


@service.answers(wds.SetAutoconnectSettings)
def set_autoconnect_settings(
    modem: Modem, _client: Client, request: wds.SetAutoconnectSettings
) -> wds.SetAutoconnectSettingsResponse:
    refuse_unless(request.status.known, Error.INVALID_ARGUMENT)
    modem.settings["autoconnect"] = int(request.status)
    return wds.SetAutoconnectSettingsResponse()


@service.answers(wds.GetPdnThrottleInfo)
def get_pdn_throttle_info(
    _modem: Modem, _client: Client, _request: wds.GetPdnThrottleInfo
) -> wds.GetPdnThrottleInfoResponse:
    return wds.GetPdnThrottleInfoResponse(info=[])


@service.answers(wds.SetEventReport)
def set_event_report(
    _modem: Modem, client: Client, request: wds.SetEventReport
) -> wds.SetEventReportResponse:
    client.register(**{
        "call-status": request.data_call_status,
        "dormancy": request.dormancy_status,
        "bearer": request.data_bearer_technology,
    })  # fmt: skip
    return wds.SetEventReportResponse()


@service.announces(Kind.SESSION)
def announce_event(
    modem: Modem, client: Client, change: Change
) -> Iterator[wds.EventReportIndication]:
    session = modem.state.sessions.find(change.session_id, change.family)
    if "call-status" in client.registered:
        activated = wds.DataCallStatus.ACTIVATED if session else wds.DataCallStatus.TERMINATED
        yield wds.EventReportIndication(
            data_call_status=activated, data_call_address_family=wds.IpFamily(change.family)
        )
    if "bearer" in client.registered and session:
        yield wds.EventReportIndication(
            data_bearer_technology=_BEARERS.get(
                modem.state.air.technology, wds.DataBearerTechnology.UNKNOWN
            )
        )
