# SPDX-License-Identifier: GPL-2.0-or-later
"""WDS: data sessions - start, stop, what the network gave, who hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from qmiprobe._message import Indication
from qmiprobe.bearer import FamilyFacts
from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import ALREADY_UP, NO_SERVICE, CallEnd, Change, Context, Kind
from qmiprobe.sim._sessions import Session
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, bitmap, refuse_unless
from qmiprobe.sim.qmi_face._tables import wds as service

ALL_CALLS = 0xFFFFFFFF
"""Handle that stands for whatever call there is."""
_VERSION_MISMATCH = CallEnd(kind="internal", number=231)
_NOT_ATTACHED = CallEnd(kind="cm", number=2001)
"""No service."""


def session_of(modem: Modem, client: Client) -> Session | None:
    """Return the session that this client speaks of, where it is up."""
    return modem.state.sessions.find(client.session_id, client.family)


def _failed(reason: CallEnd) -> Refusal:
    body = wds.StartNetworkResponse.empty()
    body.call_end_reason = wds.CallEndReason.GENERIC_UNSPECIFIED
    body.verbose_call_end_reason = wds.VerboseCallEndReason(
        type=wds.CallEndReasonVerboseType.from_name(reason.kind), reason=reason.number
    )
    return Refusal(Error.CALL_FAILED, body)


@service.answers(wds.StartNetwork)
def start_network(
    modem: Modem, client: Client, request: wds.StartNetwork
) -> wds.StartNetworkResponse:
    state = modem.state
    asked = request.ip_family_preference
    family = client.family if asked is None or asked == 8 else int(asked)
    refuse_unless(family in (4, 6), Error.INVALID_ARGUMENT)
    client.family = family
    context = _context(modem, request.profile_index_3gpp)
    if not state.radio.on:
        raise _failed(NO_SERVICE)
    if not state.attached:
        raise _failed(_NOT_ATTACHED)
    if request.profile_index_3gpp is not None and f"v{family}" not in context.family:
        raise _failed(_VERSION_MISMATCH)
    key = (client.session_id, family)
    if state.sessions.find(*key) is not None:
        raise Refusal(Error.NO_EFFECT) if key in client.calls.values() else _failed(ALREADY_UP)
    apn = context.apn if request.apn is None else request.apn
    started = state.sessions.start(*key, apn=apn)
    if isinstance(started, CallEnd):
        raise _failed(started)
    handle = modem.random.randrange(0x10000000, 0xF0000000)
    client.calls[handle] = key
    return wds.StartNetworkResponse(packet_data_handle=handle)


def _context(modem: Modem, number: int | None) -> Context:
    wanted = modem.state.default_context if number is None else number
    found = modem.state.contexts.get(wanted)
    if found is None:
        refuse_unless(number is None, Error.INVALID_PROFILE)
        return Context(number=wanted)
    return found


@service.answers(wds.StopNetwork)
def stop_network(modem: Modem, client: Client, request: wds.StopNetwork) -> wds.StopNetworkResponse:
    handle = request.packet_data_handle
    if handle == ALL_CALLS:
        keys = list(client.calls.values())
        if not keys and session_of(modem, client) is not None:
            keys = [(client.session_id, client.family)]
        refuse_unless(keys, Error.NO_EFFECT)
        client.calls.clear()
    else:
        refuse_unless(handle in client.calls, Error.INVALID_HANDLE)
        keys = [client.calls.pop(handle)]
    for key in keys:
        modem.state.sessions.stop(*key)
    return wds.StopNetworkResponse()


@service.on_release
def end_calls(modem: Modem, client: Client) -> None:
    """End the calls of a client that gives its id back, as firmware does."""
    calls, client.calls = client.calls, {}
    for key in calls.values():
        modem.state.sessions.stop(*key)


@service.answers(wds.Abort)
def abort(_modem: Modem, _client: Client, _request: wds.Abort) -> wds.AbortResponse:
    raise Refusal(Error.INVALID_TRANSACTION_ID)  # everything is answered at once


@service.answers(wds.GetPacketServiceStatus)
def get_packet_service_status(
    modem: Modem, client: Client, _request: wds.GetPacketServiceStatus
) -> wds.GetPacketServiceStatusResponse:
    up = session_of(modem, client) is not None
    return wds.GetPacketServiceStatusResponse(
        connection_status=wds.ConnectionStatus.CONNECTED if up
        else wds.ConnectionStatus.DISCONNECTED
    )  # fmt: skip


@service.answers(wds.GetCurrentSettings)
def get_current_settings(
    modem: Modem, client: Client, request: wds.GetCurrentSettings
) -> wds.GetCurrentSettingsResponse:
    session = session_of(modem, client)
    if session is None:
        raise Refusal(Error.OUT_OF_CALL)
    asked = request.requested_settings
    wanted = wds.RequestedSettings(0xFFFFFFFF if asked is None else int(asked))
    answer = wds.GetCurrentSettingsResponse()
    with_address = modem.state.calls.with_address
    if session.family == 4:
        _fill_ipv4(answer, session.facts, wanted, with_address=with_address)
    else:
        _fill_ipv6(answer, session.facts, wanted, with_address=with_address)
    if wanted.has(wds.RequestedSettings.MTU):
        answer.mtu = session.facts.mtu
    if wanted.has(wds.RequestedSettings.IP_FAMILY):
        answer.ip_family = wds.IpFamily(session.family)
    if wanted.has(wds.RequestedSettings.APN_NAME):
        answer.apn_name = session.apn
    if wanted.has(wds.RequestedSettings.PDP_TYPE):
        answer.pdp_type = wds.PdpType.IPV4 if session.family == 4 else wds.PdpType.IPV6
    return answer


def _fill_ipv4(
    answer: wds.GetCurrentSettingsResponse,
    facts: FamilyFacts,
    wanted: wds.RequestedSettings,
    *,
    with_address: bool,
) -> None:
    if with_address and wanted.has(wds.RequestedSettings.IP_ADDRESS):
        answer.ipv4_address = IPv4Address(facts.interface.ip)
    if with_address and wanted.has(wds.RequestedSettings.GATEWAY_INFO):
        if isinstance(facts.gateway, IPv4Address):
            answer.ipv4_gateway_address = facts.gateway
        answer.ipv4_gateway_subnet_mask = IPv4Address(facts.interface.netmask)
    if wanted.has(wds.RequestedSettings.DNS_ADDRESS):
        dns = [one for one in facts.dns if isinstance(one, IPv4Address)]
        answer.primary_ipv4_dns_address = dns[0] if dns else None
        answer.secondary_ipv4_dns_address = dns[1] if len(dns) > 1 else None


def _fill_ipv6(
    answer: wds.GetCurrentSettingsResponse,
    facts: FamilyFacts,
    wanted: wds.RequestedSettings,
    *,
    with_address: bool,
) -> None:
    length = facts.interface.network.prefixlen
    if with_address and wanted.has(wds.RequestedSettings.IP_ADDRESS):
        answer.ipv6_address = wds.Ipv6Address(
            address=IPv6Address(facts.interface.ip), prefix_length=length
        )
    if with_address and wanted.has(wds.RequestedSettings.GATEWAY_INFO):
        if isinstance(facts.gateway, IPv6Address):
            answer.ipv6_gateway_address = wds.Ipv6Address(
                address=facts.gateway, prefix_length=length
            )
    if wanted.has(wds.RequestedSettings.DNS_ADDRESS):
        dns = [one for one in facts.dns if isinstance(one, IPv6Address)]
        answer.ipv6_primary_dns_address = dns[0] if dns else None
        answer.ipv6_secondary_dns_address = dns[1] if len(dns) > 1 else None


@service.answers(wds.SetIpFamily)
def set_ip_family(
    _modem: Modem, client: Client, request: wds.SetIpFamily
) -> wds.SetIpFamilyResponse:
    refuse_unless(request.preference in (4, 6, 8), Error.INVALID_ARGUMENT)
    refuse_unless(not client.calls, Error.INVALID_TRANSITION)
    client.family = 4 if request.preference == 8 else int(request.preference)
    return wds.SetIpFamilyResponse()


@service.answers(wds.BindMuxDataPort)
def bind_mux_data_port(
    _modem: Modem, client: Client, request: wds.BindMuxDataPort
) -> wds.BindMuxDataPortResponse:
    client.session_id = client.home + (request.mux_id or 0)
    return wds.BindMuxDataPortResponse()


@service.answers(wds.BindDataPort)
def bind_data_port(
    _modem: Modem, _client: Client, _request: wds.BindDataPort
) -> wds.BindDataPortResponse:
    raise Refusal(Error.DEVICE_UNSUPPORTED)  # only chips that share memory with the host have it


@service.answers(wds.Reset)
def reset(modem: Modem, client: Client, _request: wds.Reset) -> wds.ResetResponse:
    end_calls(modem, client)
    client.reset()
    return wds.ResetResponse()


@service.answers(wds.GetSupportedMessages)
def get_supported_messages(
    modem: Modem, _client: Client, _request: wds.GetSupportedMessages
) -> wds.GetSupportedMessagesResponse:
    return wds.GetSupportedMessagesResponse(list_=bitmap(service.supported(modem)))


@service.answers(wds.IndicationRegister)
def indication_register(
    _modem: Modem, client: Client, request: wds.IndicationRegister
) -> wds.IndicationRegisterResponse:
    client.register(
        settings=request.report_extended_ip_configuration_change,
        profiles=request.report_profile_changes,
    )
    return wds.IndicationRegisterResponse()


@service.announces(Kind.SESSION)
def announce_session(modem: Modem, client: Client, change: Change) -> Iterator[Indication]:
    key = (change.session_id, change.family)
    session = modem.state.sessions.find(*key)
    own = key in client.calls.values()
    if session is None:
        client.calls = {handle: one for handle, one in client.calls.items() if one != key}
    if not own and key != (client.session_id, client.family):
        return
    status = wds.ConnectionStatus.CONNECTED if session else wds.ConnectionStatus.DISCONNECTED
    body = wds.PacketServiceStatusIndication(
        connection_status=wds.PacketServiceStatusIndicationConnectionStatus(
            status=status, reconfiguration_required=session is not None
        ),
        ip_family=wds.IpFamily(change.family),
    )
    reason = modem.state.sessions.ends.get(key)
    if session is None and reason is not None:
        body.call_end_reason = wds.CallEndReason.GENERIC_UNSPECIFIED
        body.verbose_call_end_reason = wds.VerboseCallEndReason(
            type=wds.CallEndReasonVerboseType.from_name(reason.kind), reason=reason.number
        )
    yield body
    if session is not None and "settings" in client.registered:
        changed = wds.RequestedSettings.IP_ADDRESS | wds.RequestedSettings.MTU
        yield wds.ExtendedIpConfigIndication(changed_ip_configuration=changed)
