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
    return wda.GetDataFormatResponse(
        qos_format=False,
        link_layer_protocol=_FORMATS[modem.state.framing.format],
        uplink_data_aggregation_protocol=wda.DataAggregationProtocol.DISABLED,
        downlink_data_aggregation_protocol=wda.DataAggregationProtocol.DISABLED,
        ndp_signature=0,
        downlink_data_aggregation_max_datagrams=0,
        downlink_data_aggregation_max_size=0,
        uplink_data_aggregation_max_datagrams=0,
        uplink_data_aggregation_max_size=0,
    )


@service.answers(wda.SetDataFormat)
def set_data_format(
    modem: Modem, client: Client, request: wda.SetDataFormat
) -> wda.SetDataFormatResponse:
    asked = request.link_layer_protocol
    refuse_unless(asked in (None, *_FORMATS.values()), Error.INVALID_DATA_FORMAT)
    # What it has not got, such as aggregation, firmware does not refuse: it says what it does.
    for framing, protocol in _FORMATS.items():
        if asked == protocol:
            modem.state.set_framing(framing)
    found = get_data_format(modem, client, wda.GetDataFormat())
    return wda.SetDataFormatResponse(
        qos_format=found.qos_format,
        link_layer_protocol=found.link_layer_protocol,
        uplink_data_aggregation_protocol=found.uplink_data_aggregation_protocol,
        downlink_data_aggregation_protocol=found.downlink_data_aggregation_protocol,
        ndp_signature=found.ndp_signature,
        downlink_data_aggregation_max_datagrams=found.downlink_data_aggregation_max_datagrams,
        downlink_data_aggregation_max_size=found.downlink_data_aggregation_max_size,
    )


@service.answers(wda.GetSupportedMessages)
def get_supported_messages(
    modem: Modem, _client: Client, _request: wda.GetSupportedMessages
) -> wda.GetSupportedMessagesResponse:
    return wda.GetSupportedMessagesResponse(list_=bitmap(service.supported(modem)))
