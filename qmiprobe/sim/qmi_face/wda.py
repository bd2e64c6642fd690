# SPDX-License-Identifier: GPL-2.0-or-later
"""WDA: how packets are framed between host and modem."""

from __future__ import annotations

from qmiprobe.qmi.services import wda
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim.qmi_face._service import Client, Modem, bitmap, refuse_unless
from qmiprobe.sim.qmi_face._tables import wda as service

_FORMATS = {
    "raw-ip": wda.LinkLayerProtocol.RAW_IP,
    "802.3": wda.LinkLayerProtocol._802_3,
}


@service.answers(wda.GetDataFormat)
def get_data_format(
    modem: Modem, _client: Client, _request: wda.GetDataFormat
) -> wda.GetDataFormatResponse:
    framing = modem.state.framing
    up = framing.uplink != "disabled"
    return wda.GetDataFormatResponse(
        qos_format=False,
        link_layer_protocol=_FORMATS[framing.format],
        uplink_data_aggregation_protocol=wda.DataAggregationProtocol.from_name(framing.uplink),
        downlink_data_aggregation_protocol=wda.DataAggregationProtocol.from_name(framing.downlink),
        ndp_signature=0,
        downlink_data_aggregation_max_datagrams=framing.downlink_datagrams,
        downlink_data_aggregation_max_size=framing.downlink_size,
        uplink_data_aggregation_max_datagrams=framing.most if up else 0,
        uplink_data_aggregation_max_size=framing.largest if up else 0,
    )


@service.answers(wda.SetDataFormat)
def set_data_format(
    modem: Modem, client: Client, request: wda.SetDataFormat
) -> wda.SetDataFormatResponse:
    asked = request.link_layer_protocol
    refuse_unless(asked in (None, *_FORMATS.values()), Error.INVALID_DATA_FORMAT)
    # What it has not got, such as a newer aggregation, firmware does not refuse: it says what
    # it does.
    for framing, protocol in _FORMATS.items():
        if asked == protocol:
            modem.state.set_framing(framing)
    modem.state.set_aggregation(
        uplink=_name(request.uplink_data_aggregation_protocol),
        downlink=_name(request.downlink_data_aggregation_protocol),
        size=request.downlink_data_aggregation_max_size,
        datagrams=request.downlink_data_aggregation_max_datagrams,
    )
    found = get_data_format(modem, client, wda.GetDataFormat())
    return wda.SetDataFormatResponse(
        qos_format=found.qos_format,
        link_layer_protocol=found.link_layer_protocol,
        uplink_data_aggregation_protocol=found.uplink_data_aggregation_protocol,
        downlink_data_aggregation_protocol=found.downlink_data_aggregation_protocol,
        ndp_signature=found.ndp_signature,
        downlink_data_aggregation_max_datagrams=found.downlink_data_aggregation_max_datagrams,
        downlink_data_aggregation_max_size=found.downlink_data_aggregation_max_size,
        uplink_data_aggregation_max_datagrams=found.uplink_data_aggregation_max_datagrams,
        uplink_data_aggregation_max_size=found.uplink_data_aggregation_max_size,
    )


def _name(protocol: wda.DataAggregationProtocol | None) -> str | None:
    return None if protocol is None else protocol.name


@service.answers(wda.GetSupportedMessages)
def get_supported_messages(
    modem: Modem, _client: Client, _request: wda.GetSupportedMessages
) -> wda.GetSupportedMessagesResponse:
    return wda.GetSupportedMessagesResponse(list_=bitmap(service.supported(modem)))
