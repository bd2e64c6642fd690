# SPDX-License-Identifier: GPL-2.0-or-later
"""Basic-connect: data sessions, their addresses and counters, stored contexts."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    Compression,
    ContextIpType,
    ContextType,
    NwError,
    Status,
)
from qmiprobe.sim._parts import CLIENT_ENDED, CallEnd, Change, Context, Kind
from qmiprobe.sim._sessions import Session
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Refusal,
    Values,
    commands,
    refuse_unless,
)
from qmiprobe.sim.mbim_face.sim import refuse_without_sim

_FAMILIES = {
    ContextIpType.DEFAULT: (4,),
    ContextIpType.IPV4: (4,),
    ContextIpType.IPV6: (6,),
    ContextIpType.IPV4V6: (4, 6),
    ContextIpType.IPV4_AND_IPV6: (4, 6),
}
_IP_TYPES = {
    (): ContextIpType.DEFAULT,
    (4,): ContextIpType.IPV4,
    (6,): ContextIpType.IPV6,
    (4, 6): ContextIpType.IPV4V6,
}
MOST_CONTEXTS = 16


def _connect_values(modem: Modem, session_id: int, *, error: int = 0) -> dict[str, object]:
    sessions = modem.state.sessions
    families = sessions.families(session_id)
    first = sessions.find(session_id, families[0]) if families else None
    activated = bc.ActivationState.ACTIVATED if families else bc.ActivationState.DEACTIVATED
    return {
        "session_id": session_id,
        "activation_state": activated,
        "voice_call_state": bc.VoiceCallState.NONE,
        "ip_type": _IP_TYPES[tuple(families)],
        "context_type": ContextType.INTERNET,
        "nw_error": NwError(error),
        "media_preference": bc.AccessMediaType._3GPP,
        "access_string": first.apn if first else "",
        "unnamed_ies": [],
    }


def _refuse_session(modem: Modem, session_id: int) -> None:
    refuse_unless(session_id < modem.profile.mbim.max_sessions)


@commands.answers(bc.ConnectQuery, bc.ConnectQueryEx3)
def connect(
    modem: Modem, _port: PortState, request: bc.ConnectQuery | bc.ConnectQueryEx3
) -> Values:
    _refuse_session(modem, request.session_id)
    return _connect_values(modem, request.session_id)


@commands.answers(bc.ConnectSet, bc.ConnectSetEx3)
def set_connect(
    modem: Modem, _port: PortState, request: bc.ConnectSet | bc.ConnectSetEx3
) -> Values:
    _refuse_session(modem, request.session_id)
    refuse_unless(request.activation_command.known and request.ip_type in _FAMILIES)
    if request.activation_command == bc.ActivationCommand.DEACTIVATE:
        return _deactivate(modem, request.session_id)
    refuse_without_sim(modem)
    state = modem.state
    refuse_unless(state.radio.on, Status.RADIO_POWER_OFF)
    refuse_unless(state.registered, Status.NOT_REGISTERED)
    refuse_unless(state.attached, Status.PACKET_SERVICE_DETACHED)
    return _activate(modem, request.session_id, request.access_string, request.ip_type)


def _activate(modem: Modem, session_id: int, apn: str, ip_type: ContextIpType) -> Values:
    sessions, refused = modem.state.sessions, 0
    default = modem.state.contexts.get(modem.state.default_context)
    for family in _FAMILIES[ip_type]:
        if sessions.find(session_id, family) is not None:
            continue
        started = sessions.start(session_id, family, apn=apn or (default.apn if default else ""))
        if isinstance(started, CallEnd):
            # What the modem itself refuses has no cause of the network's.
            refused = started.number if started.kind == "3gpp" else 0
    values = _connect_values(modem, session_id, error=refused)
    if not sessions.families(session_id):
        raise Refusal(Status.FAILURE, values)
    return values


def _deactivate(modem: Modem, session_id: int) -> Values:
    families = modem.state.sessions.families(session_id)
    refuse_unless(families, Status.CONTEXT_NOT_ACTIVATED)
    for family in families:
        modem.state.sessions.stop(session_id, family)
    return _connect_values(modem, session_id)


@commands.notifies(bc.ConnectNotification, Kind.SESSION)
def notify_connect(modem: Modem, change: Change) -> Iterator[Values]:
    end = modem.state.sessions.ends.get((change.session_id, change.family))
    by_network = end is not None and end.kind == "3gpp" and end != CLIENT_ENDED
    yield _connect_values(modem, change.session_id, error=end.number if end and by_network else 0)


def _ip_values(modem: Modem, session_id: int) -> dict[str, object]:
    values: dict[str, object] = {"session_id": session_id}
    for family in (4, 6):
        session = modem.state.sessions.find(session_id, family)
        if session is not None:
            values |= _family_values(modem, session)
    return values


def _family_values(modem: Modem, session: Session) -> dict[str, object]:
    facts, name = session.facts, f"ipv{session.family}"
    values: dict[str, object] = {}
    if modem.state.calls.with_address:
        element = bc.Ipv4Element if session.family == 4 else bc.Ipv6Element
        address = {
            "on_link_prefix_length": facts.interface.network.prefixlen,
            f"{name}_address": facts.interface.ip,
        }
        values[f"{name}_addresses"] = [element(**address)]  # type: ignore[arg-type]
        values[f"{name}_gateway"] = facts.gateway
    values[f"{name}_dns_servers"] = list(facts.dns)
    values[f"{name}_mtu"] = facts.mtu
    return values


@commands.answers(bc.IpConfigurationQuery)
def ip_configuration(modem: Modem, _port: PortState, request: bc.IpConfigurationQuery) -> Values:
    _refuse_session(modem, request.session_id)
    up = modem.state.sessions.families(request.session_id)
    refuse_unless(up, Status.CONTEXT_NOT_ACTIVATED)
    return _ip_values(modem, request.session_id)


@commands.notifies(bc.IpConfigurationNotification, Kind.SESSION)
def notify_ip_configuration(modem: Modem, change: Change) -> Iterator[Values]:
    if modem.state.sessions.find(change.session_id, change.family) is not None:
        yield _ip_values(modem, change.session_id)


@commands.answers(bc.PacketStatisticsQuery)
def packet_statistics(modem: Modem, _port: PortState, _request: bc.PacketStatisticsQuery) -> Values:
    bearers = modem.state.sessions.bearers
    counted = [bearers.counters(one) for one in range(modem.profile.mbim.max_sessions)]
    return {
        "in_discards": sum(one.rx_dropped for one in counted),
        "in_errors": 0,
        "in_octets": sum(one.rx_bytes for one in counted),
        "in_packets": sum(one.rx_packets for one in counted),
        "out_octets": sum(one.tx_bytes for one in counted),
        "out_packets": sum(one.tx_packets for one in counted),
        "out_errors": 0,
        "out_discards": sum(one.tx_dropped for one in counted),
    }


def _context_values(modem: Modem) -> Values:
    return {
        "provisioned_contexts": [
            bc.ProvisionedContextElement(
                context_id=one.number,
                context_type=ContextType.INTERNET,
                access_string=one.apn,
                user_name=one.user,
                password=one.password,
                compression=Compression.NONE,
                auth_protocol=AuthProtocol.from_name(one.auth),
            )
            for one in modem.state.contexts.values()
        ]
    }


@commands.answers(bc.ProvisionedContextsQuery)
def provisioned_contexts(
    modem: Modem, _port: PortState, _request: bc.ProvisionedContextsQuery
) -> Values:
    refuse_without_sim(modem)
    return _context_values(modem)


@commands.answers(bc.ProvisionedContextsSet)
def set_provisioned_contexts(
    modem: Modem, _port: PortState, request: bc.ProvisionedContextsSet
) -> Values:
    refuse_without_sim(modem)
    number = request.context_id
    if number == 0xFFFFFFFF:  # the device chooses
        free = (one for one in range(1, MOST_CONTEXTS + 1) if one not in modem.state.contexts)
        number = next(free, 0)
    refuse_unless(1 <= number <= MOST_CONTEXTS, Status.WRITE_FAILURE)
    auth = request.auth_protocol.name
    refuse_unless(auth in ("none", "pap", "chap"))
    modem.state.store_context(
        Context(
            number=number,
            apn=request.access_string,
            user=request.user_name,
            password=request.password,
            auth=str(auth),
        )
    )
    return _context_values(modem)


@commands.notifies(bc.ProvisionedContextsNotification, Kind.CONTEXTS)
def notify_contexts(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _context_values(modem)


@commands.answers(bc.IpPacketFiltersQuery, bc.IpPacketFiltersQueryEx3)
def ip_packet_filters(
    modem: Modem,
    _port: PortState,
    request: bc.IpPacketFiltersQuery | bc.IpPacketFiltersQueryEx3,
) -> Values:
    _refuse_session(modem, request.session_id)
    return {"session_id": request.session_id, "packet_filters": []}


@commands.answers(bc.IpPacketFiltersSet, bc.IpPacketFiltersSetEx3)
def set_ip_packet_filters(
    modem: Modem, _port: PortState, request: bc.IpPacketFiltersSet | bc.IpPacketFiltersSetEx3
) -> Values:
    _refuse_session(modem, request.session_id)
    refuse_unless(not request.packet_filters, Status.FILTER_NOT_SUPPORTED)
    return {"session_id": request.session_id, "packet_filters": []}
