# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over MBIM: CONNECT, then IP_CONFIGURATION (MBIM 1.0, 10.5.12 and 10.5.20)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import IPv4Interface, IPv6Interface

import trio

from qmiprobe.bearer import FamilyFacts
from qmiprobe.device import MbimDevice
from qmiprobe.errors import MbimError, QmiprobeError
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import AuthProtocol, ContextIpType, ContextType, Status
from qmiprobe.session._model import (
    QUERY_TIMEOUT,
    STOP_TIMEOUT,
    DataSession,
    Refusal,
    SessionRefused,
    SessionRequest,
)

_IP_TYPES: dict[tuple[int, ...], ContextIpType] = {
    (4,): ContextIpType.IPV4,
    (6,): ContextIpType.IPV6,
}


@asynccontextmanager
async def open_mbim_session(
    device: MbimDevice, request: SessionRequest, *, session_id: int = 0
) -> AsyncIterator[DataSession]:
    """Activate a session, hold it while the block runs, deactivate it.

    Raises SessionRefused with the network's reason, also where the session is in use.
    """
    if await _is_active(device, session_id):
        raise SessionRefused((Refusal(0, "status", 0, "session in use by another program"),))
    device.owned_sessions.add(session_id)
    try:
        await _activate(device, request, session_id)
        facts, refusals = _families(await _ip_configuration(device, session_id), request)
        if not facts:
            raise SessionRefused(refusals)

        async def packets() -> tuple[int, int] | None:
            return await _packets(device)

        yield DataSession(facts, refusals, session_id=session_id, packets=packets)
    finally:
        await _deactivate(device, session_id)


async def _is_active(device: MbimDevice, session_id: int) -> bool:
    try:
        asked = bc.ConnectQuery.blank(session_id=session_id)
        state = await device.call(asked, timeout=QUERY_TIMEOUT)
    except MbimError:  # context not activated, or not attached yet: CONNECT will tell
        return False
    return state.activation_state == bc.ActivationState.ACTIVATED


async def _activate(device: MbimDevice, request: SessionRequest, session_id: int) -> None:
    families = tuple(sorted(request.families))
    activate = bc.ConnectSet.blank(
        session_id=session_id,
        activation_command=bc.ActivationCommand.ACTIVATE,
        access_string=request.apn,
        user_name=request.user,
        password=request.password,
        auth_protocol=AuthProtocol.CHAP if request.user else AuthProtocol.NONE,
        ip_type=_IP_TYPES.get(families, ContextIpType.IPV4V6),
        context_type=ContextType.INTERNET,
    )
    try:
        state = await device.call(activate, timeout=request.timeout)
    except MbimError as error:
        raise SessionRefused((_refusal(error),)) from error
    if state.activation_state != bc.ActivationState.ACTIVATED:
        number, name = int(state.nw_error), state.nw_error.name or "unknown"
        raise SessionRefused((Refusal(0, "nw-error", number, name),))


def _refusal(error: MbimError) -> Refusal:
    response = error.response
    body = response.body if isinstance(response, MbimMessage) else None
    if isinstance(body, bc.ConnectInfo) and body.nw_error:
        return Refusal(0, "nw-error", int(body.nw_error), body.nw_error.name or "unknown")
    return Refusal(0, "status", error.error, Status(error.error).name or "unknown")


async def _ip_configuration(device: MbimDevice, session_id: int) -> bc.IpConfigurationResponse:
    asked = bc.IpConfigurationQuery.blank(session_id=session_id)
    return await device.call(asked, timeout=QUERY_TIMEOUT)


def _families(
    got: bc.IpConfigurationResponse, request: SessionRequest
) -> tuple[tuple[FamilyFacts, ...], tuple[Refusal, ...]]:
    facts: list[FamilyFacts] = []
    if got.ipv4_addresses and 4 in request.families:
        first = got.ipv4_addresses[0]
        facts.append(
            FamilyFacts(
                family=4,
                interface=IPv4Interface(f"{first.ipv4_address}/{first.on_link_prefix_length}"),
                gateway=got.ipv4_gateway,
                dns=tuple(server for server in got.ipv4_dns_servers if int(server)),
                mtu=got.ipv4_mtu,
            )
        )
    if got.ipv6_addresses and 6 in request.families:
        first6 = got.ipv6_addresses[0]
        facts.append(
            FamilyFacts(
                family=6,
                interface=IPv6Interface(f"{first6.ipv6_address}/{first6.on_link_prefix_length}"),
                gateway=got.ipv6_gateway,
                dns=tuple(server for server in got.ipv6_dns_servers if int(server)),
                mtu=got.ipv6_mtu,
            )
        )
    missing = set(request.families) - {fact.family for fact in facts}
    refusals = tuple(Refusal(family, "status", 0, "no address given") for family in sorted(missing))
    return tuple(facts), refusals


async def _deactivate(device: MbimDevice, session_id: int) -> None:
    with trio.move_on_after(STOP_TIMEOUT, shield=True):
        try:
            stop = bc.ConnectSet.blank(
                session_id=session_id, activation_command=bc.ActivationCommand.DEACTIVATE
            )
            await device.call(stop, timeout=STOP_TIMEOUT)
        except MbimError as error:
            if error.error != Status.CONTEXT_NOT_ACTIVATED:
                device.observed.record("not-stopped", str(error), b"", trio.current_time())
        except QmiprobeError as error:
            device.observed.record("not-stopped", str(error), b"", trio.current_time())


async def _packets(device: MbimDevice) -> tuple[int, int] | None:
    try:
        got = await device.call(bc.PacketStatisticsQuery(), timeout=QUERY_TIMEOUT)
    except MbimError:
        return None
    return got.out_packets, got.in_packets


async def find_mbim_session(device: MbimDevice, *, session_id: int = 0) -> DataSession | None:
    """Return the session if somebody activated it, or None."""
    if not await _is_active(device, session_id):
        return None
    got = await _ip_configuration(device, session_id)
    facts, _ = _families(got, SessionRequest())

    async def packets() -> tuple[int, int] | None:
        return await _packets(device)

    return DataSession(facts, owner="other", session_id=session_id, packets=packets)
