# SPDX-License-Identifier: GPL-2.0-or-later
"""CTL: versions, client ids, the data format of old modems."""

from __future__ import annotations

from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Error
from qmiprobe.qmi.services._shared import Service as ServiceId
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, refuse_unless
from qmiprobe.sim.qmi_face._tables import ALL
from qmiprobe.sim.qmi_face._tables import ctl as service

_PROTOCOLS = {
    int(ctl.DataLinkProtocol.RAW_IP): "raw-ip",
    int(ctl.DataLinkProtocol._802_3): "802.3",
}


def service_number(name: str) -> int:
    """Return the id of a service of that name."""
    return int(ServiceId.from_name(name))


@service.answers(ctl.GetVersionInfo)
def get_version_info(
    modem: Modem, _client: Client, _request: ctl.GetVersionInfo
) -> ctl.GetVersionInfoResponse:
    found = []
    for name, version in modem.profile.qmi.services.items():
        major, minor = version.split(".")
        found.append(
            ctl.ServiceVersion(
                service_=ServiceId.from_name(name),
                major_version=int(major),
                minor_version=int(minor),
            )
        )
    return ctl.GetVersionInfoResponse(service_list=found)


@service.answers(ctl.AllocateCid)
def allocate_cid(modem: Modem, client: Client, request: ctl.AllocateCid) -> ctl.AllocateCidResponse:
    wanted = ALL.get(int(request.service_))
    if wanted is None or wanted is service or wanted.name not in modem.profile.qmi.services:
        raise Refusal(Error.INVALID_SERVICE_TYPE)
    given = modem.allocate(wanted, client.port)
    if given is None:
        raise Refusal(Error.CLIENT_IDS_EXHAUSTED)
    return ctl.AllocateCidResponse(
        allocation_info=ctl.Client(service_=request.service_, cid=given.id)
    )


@service.answers(ctl.ReleaseCid)
def release_cid(modem: Modem, _client: Client, request: ctl.ReleaseCid) -> ctl.ReleaseCidResponse:
    info = request.release_info
    owner = ALL.get(int(info.service_))
    if owner is None:
        raise Refusal(Error.INVALID_SERVICE_TYPE)
    refuse_unless(modem.release(owner, info.cid), Error.INVALID_CLIENT_ID)
    return ctl.ReleaseCidResponse(release_info=info)


@service.answers(ctl.Sync)
def sync(modem: Modem, _client: Client, _request: ctl.Sync) -> ctl.SyncResponse:
    for number, held in tuple(modem.clients):
        modem.release(ALL[number], held)
    modem.table.reset()
    return ctl.SyncResponse()


@service.answers(ctl.SetInstanceId)
def set_instance_id(
    _modem: Modem, _client: Client, request: ctl.SetInstanceId
) -> ctl.SetInstanceIdResponse:
    return ctl.SetInstanceIdResponse(link_id=request.id_)


@service.answers(ctl.SetDataFormat)
def set_data_format(
    modem: Modem, _client: Client, request: ctl.SetDataFormat
) -> ctl.SetDataFormatResponse:
    # The format is that of a QoS header, which this firmware does not put in front of packets.
    refuse_unless(request.format == ctl.DataFormat.ABSENT, Error.NOT_SUPPORTED)
    wanted = _PROTOCOLS.get(int(request.protocol or 0))
    if wanted is not None:
        modem.state.set_framing(wanted)
    ethernet = modem.state.ethernet
    own = ctl.DataLinkProtocol._802_3 if ethernet else ctl.DataLinkProtocol.RAW_IP
    return ctl.SetDataFormatResponse(protocol=own)
