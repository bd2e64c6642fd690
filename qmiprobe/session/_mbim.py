# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over MBIM: CONNECT, then IP_CONFIGURATION (MBIM 1.0, 10.5.12 and 10.5.20)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

import trio

from qmiprobe.bearer import FamilyFacts
from qmiprobe.device import MbimDevice
from qmiprobe.errors import CannotTest, MbimError, MbimProtocolError, QmiprobeError
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    ContextIpType,
    ContextType,
    NwError,
    ProtocolError,
    Status,
)
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._model import (
    QUERY_TIMEOUT,
    STOP_TIMEOUT,
    Auth,
    DataSession,
    Refusal,
    SessionRefused,
    SessionRequest,
    make_facts,
)
from qmiprobe.session._steps import MbimSession

if TYPE_CHECKING:
    from qmiprobe.device._mbim import ConnectState

LOOK_AGAIN = 0.5
"""Seconds between two looks at a session that is being set up."""
ADDRESS_TIMEOUT = 2.0
"""Seconds that the addresses may come after the session; some firmware tells them later."""
_IP_TYPES: dict[tuple[int, ...], ContextIpType] = {
    (4,): ContextIpType.IPV4,
    (6,): ContextIpType.IPV6,
}
_STORED: dict[int, Auth] = {int(AuthProtocol.PAP): "pap", int(AuthProtocol.CHAP): "chap"}
_IN_USE = Refusal(0, "in-use", 0, "in-use-by-another-program")
_NO_ADDRESS = "no address given"


@asynccontextmanager
async def open_mbim_session(
    device: MbimDevice,
    request: SessionRequest,
    *,
    session_id: int = 0,
    ledger: Ledger | None = None,
) -> AsyncIterator[DataSession]:
    """Activate a session, hold it while the block runs, deactivate it.

    Raises SessionRefused with the network's reason, also where the session is in use. That it is
    going to be ours is noted in ``ledger`` before it is.
    """
    if await _is_active(device, session_id):
        raise SessionRefused((_IN_USE,))
    request = await _by_profile(device, request)
    ledger = Ledger() if ledger is None else ledger
    step = MbimSession(session_id=session_id)
    ledger.push(step)
    device.owned_sessions.add(session_id)
    left: list[bool] = []

    def leave() -> None:
        left.append(True)
        device.owned_sessions.discard(session_id)
        device.keep_open = True

    try:
        network = await _activate(device, request, session_id)
        facts, refusals = await _families(device, request, session_id, network)
        if not facts:
            raise SessionRefused(refusals)
        yield DataSession(
            facts,
            refusals,
            session_id=session_id,
            packets=partial(_packets, device),
            read=partial(_read, device, request, session_id),
            concerns=_concerns,
            leave=leave,
        )
    finally:
        if session_id in device.owned_sessions:
            await _deactivate(device, session_id)
        if not left:
            ledger.drop()


async def _by_profile(device: MbimDevice, request: SessionRequest) -> SessionRequest:
    """Fill in what a provisioned context says, where one is asked for by its number."""
    if request.profile is None:
        return request
    got = await device.call(bc.ProvisionedContextsQuery(), timeout=QUERY_TIMEOUT)
    for one in got.provisioned_contexts or ():
        if one.context_id == request.profile:
            stored = _STORED.get(int(one.auth_protocol))
            return replace(
                request,
                apn=request.apn or one.access_string,
                user=request.user or one.user_name,
                password=request.password or one.password,
                auth=request.auth or stored,
            )
    there = ", ".join(str(one.context_id) for one in got.provisioned_contexts or ()) or "none"
    text = f"no provisioned context {request.profile}: there are {there}; give --apn instead"
    raise CannotTest(text)


def _concerns(message: object) -> bool:
    body = message.body if isinstance(message, MbimMessage) else None
    return isinstance(
        body,
        bc.ConnectNotification | bc.ConnectNotificationEx3 | bc.IpConfigurationNotification,
    )


async def _read(
    device: MbimDevice, request: SessionRequest, session_id: int
) -> tuple[FamilyFacts, ...]:
    if not await _is_active(device, session_id):
        return ()
    found = await _ip_configuration(device, session_id)
    return tuple(one for one in found if one.family in request.families)


async def _is_active(device: MbimDevice, session_id: int) -> bool:
    try:
        state = await device.connect_state(session_id, timeout=QUERY_TIMEOUT)
    except MbimError:  # context not activated, or not attached yet: CONNECT will tell
        return False
    return state.activation_state in (bc.ActivationState.ACTIVATED, bc.ActivationState.ACTIVATING)


def _auth(request: SessionRequest) -> AuthProtocol:
    # There is no "as the network likes"; what takes either takes CHAP.
    if request.auth in (None, "both"):
        return AuthProtocol.CHAP if request.user else AuthProtocol.NONE
    return AuthProtocol.from_name(request.auth)


def _connect_set(device: MbimDevice, **values: object) -> bc.ConnectSet:
    """Return the command in the layout of the version in force."""
    if device.ex3:  # what is read of both layouts' answers is the same
        return cast("bc.ConnectSet", bc.ConnectSetEx3.blank(**values))
    return bc.ConnectSet.blank(**values)


async def _activate(device: MbimDevice, request: SessionRequest, session_id: int) -> NwError:
    """Activate and return the network's remark, which may be why a family is missing."""
    families = tuple(sorted(request.families))
    activate = _connect_set(
        device,
        session_id=session_id,
        activation_command=bc.ActivationCommand.ACTIVATE,
        access_string=request.apn,
        user_name=request.user,
        password=request.password,
        auth_protocol=_auth(request),
        ip_type=_IP_TYPES.get(families, ContextIpType.IPV4V6),
        context_type=ContextType.INTERNET,
    )
    deadline = trio.current_time() + request.timeout
    try:
        state: ConnectState = await device.call(activate, timeout=request.timeout)
        while state.activation_state == bc.ActivationState.ACTIVATING:
            if trio.current_time() >= deadline:
                break
            await trio.sleep(LOOK_AGAIN)
            state = await device.connect_state(session_id, timeout=QUERY_TIMEOUT)
    except MbimError as error:
        device.owned_sessions.discard(session_id)  # there is nothing of ours to deactivate
        raise SessionRefused((_refusal(error),)) from error
    if state.activation_state == bc.ActivationState.ACTIVATED:
        return state.nw_error
    if state.activation_state != bc.ActivationState.ACTIVATING:
        device.owned_sessions.discard(session_id)
    name = state.activation_state.name or str(int(state.activation_state))
    reason = _network_reason(0, state.nw_error) or Refusal(0, "status", 0, f"session {name}")
    raise SessionRefused((reason,))


def _network_reason(family: int, error: NwError) -> Refusal | None:
    return Refusal(family, "nw-error", int(error), error.name or "unknown") if error else None


def _refusal(error: MbimError) -> Refusal:
    response = error.response
    body = response.body if isinstance(response, MbimMessage) else None
    if isinstance(body, bc.ConnectInfo | bc.ConnectInfoV3) and body.nw_error:
        return Refusal(0, "nw-error", int(body.nw_error), body.nw_error.name or "unknown")
    return Refusal(0, "status", int(error.error), Status(error.error).name or "unknown")


async def _families(
    device: MbimDevice, request: SessionRequest, session_id: int, network: NwError
) -> tuple[tuple[FamilyFacts, ...], tuple[Refusal, ...]]:
    """Return what the families were given, and why some were not."""
    deadline = trio.current_time() + ADDRESS_TIMEOUT
    while True:
        found = await _ip_configuration(device, session_id)
        facts = tuple(one for one in found if one.family in request.families)
        if facts or trio.current_time() >= deadline:
            break
        await trio.sleep(LOOK_AGAIN)
    missing = [one for one in request.families if one not in {fact.family for fact in facts}]
    refusals = tuple(
        _network_reason(family, network) or Refusal(family, "no-address", 0, _NO_ADDRESS)
        for family in missing
    )
    return facts, refusals


async def _ip_configuration(device: MbimDevice, session_id: int) -> tuple[FamilyFacts, ...]:
    asked = bc.IpConfigurationQuery.blank(session_id=session_id)
    got = await device.call(asked, timeout=QUERY_TIMEOUT)
    first = next(iter(got.ipv4_addresses or ()), None)
    ipv4 = make_facts(
        first.ipv4_address if first is not None else None,
        first.on_link_prefix_length if first is not None else 0,
        gateway=got.ipv4_gateway,
        dns=got.ipv4_dns_servers or (),
        mtu=got.ipv4_mtu,
    )
    first6 = next(iter(got.ipv6_addresses or ()), None)
    ipv6 = make_facts(
        first6.ipv6_address if first6 is not None else None,
        first6.on_link_prefix_length if first6 is not None else 0,
        gateway=got.ipv6_gateway,
        dns=got.ipv6_dns_servers or (),
        mtu=got.ipv6_mtu,
    )
    return tuple(one for one in (ipv4, ipv6) if one is not None)


async def end_mbim_session(device: MbimDevice, step: MbimSession) -> str | None:
    """End a session that an earlier run left; return why it could not be, or None.

    One that has other addresses by now is another program's.
    """
    session_id = step.session_id
    try:
        if not await _is_active(device, session_id):
            return None
        found = await _ip_configuration(device, session_id)
    except MbimProtocolError as error:
        if error.error != ProtocolError.NOT_OPENED:
            raise
        return None  # whoever closed it has ended all sessions
    now = {str(one.interface) for one in found}
    if step.addresses and not now.intersection(step.addresses):
        return f"session {session_id} has other addresses by now, and is left as it is"
    device.owned_sessions.add(session_id)
    await _deactivate(device, session_id)
    left = session_id in device.owned_sessions
    return f"session {session_id} could not be deactivated" if left else None


async def _deactivate(device: MbimDevice, session_id: int) -> None:
    """End a session of ours, shielded and bounded; where that fails, CLOSE will end it."""
    command = bc.ActivationCommand.DEACTIVATE
    stop = _connect_set(device, session_id=session_id, activation_command=command)
    timeout = device.patience(STOP_TIMEOUT)
    with trio.move_on_after(STOP_TIMEOUT + timeout, shield=True) as scope:
        try:
            answer = await device.exchange(stop, timeout=timeout)
            if answer.status in (Status.NONE, Status.CONTEXT_NOT_ACTIVATED):
                device.owned_sessions.discard(session_id)
            else:
                _record(device, f"MBIM status {answer.status}", answer.raw)
        except QmiprobeError as error:
            _record(device, str(error))
    if scope.cancelled_caught:
        _record(device, f"its turn did not come within {STOP_TIMEOUT:g} s")


def _record(device: MbimDevice, text: str, raw: bytes = b"") -> None:
    device.observed.record("not-stopped", text, raw, trio.current_time())


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
    facts = await _ip_configuration(device, session_id)

    async def packets() -> tuple[int, int] | None:
        return await _packets(device)

    return DataSession(facts, owner="other", session_id=session_id, packets=packets)
