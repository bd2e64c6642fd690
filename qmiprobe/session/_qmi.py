# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over QMI: one WDS client for each IP family, as the service wants it.

The state of a call belongs to the client id that started it: asking with another one says
``disconnected`` although packets flow, and giving the id back ends the call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import trio

from qmiprobe.bearer import FamilyFacts
from qmiprobe.device import QmiClient, QmiDevice
from qmiprobe.errors import QmiError, QmiprobeError
from qmiprobe.qmi._call_end import call_end_reason
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import DataEndpointType, Endpoint, Error
from qmiprobe.session._model import (
    QUERY_TIMEOUT,
    STOP_TIMEOUT,
    Auth,
    DataSession,
    Refusal,
    SessionRefused,
    SessionRequest,
)
from qmiprobe.session._qmi_settings import read_settings
from qmiprobe.session._steps import QmiCall

_NOTHING_TO_STOP = (Error.NO_EFFECT, Error.OUT_OF_CALL, Error.INVALID_HANDLE)
_AUTH: dict[Auth, int] = {"none": 0, "pap": 1, "chap": 2, "both": 3}


@dataclass
class _Up:
    """One family's call."""

    client: QmiClient
    facts: FamilyFacts
    handle: int | None
    """By which we stop it; None where it was up before."""
    left: bool = False
    """Whether it is to stay up when its block ends."""


@dataclass(frozen=True)
class Mux:
    """Where a call's packets go: a mux id of a data endpoint."""

    mux_id: int
    endpoint: tuple[int, int] | None
    """Type and number of the endpoint; None: the modem's only one."""


@asynccontextmanager
async def open_qmi_session(
    device: QmiDevice, request: SessionRequest, *, mux: Mux | None = None, follow: bool = False
) -> AsyncIterator[DataSession]:
    """Start a session of each family, hold it while the block runs, stop what was started.

    A call that is up already and not ours is used and left as it is (owner ``other``). With
    ``follow`` the modem is asked to tell of changed addresses. Raises SessionRefused where no
    family comes up, and what calls raise.
    """
    async with AsyncExitStack() as stack:
        up: list[_Up] = []
        refusals: list[Refusal] = []
        for family in request.families:
            try:
                one = await stack.enter_async_context(_family(device, family, request, mux))
            except SessionRefused as refused:
                refusals += refused.refusals
                continue
            up.append(one)
            if follow:
                await _follow(one.client)
        if not up:
            raise SessionRefused(tuple(refusals))
        yield _session(up, tuple(refusals))


def _session(up: list[_Up], refusals: tuple[Refusal, ...]) -> DataSession:
    own = [one for one in up if one.handle is not None]

    def leave() -> None:
        for one in own:
            one.left = True
            one.client.device.leave(one.client)

    return DataSession(
        families=tuple(one.facts for one in up),
        refusals=refusals,
        owner="qmiprobe" if own else "other",
        packets=partial(_packets, [one.client for one in up]),
        read=partial(_read, up),
        concerns=partial(_concerns, up),
        ending=tuple(
            QmiCall(client=one.client.cid, handle=one.handle, family=one.facts.family)
            for one in own
            if one.handle is not None
        ),
        leave=leave,
    )


async def _follow(client: QmiClient) -> None:
    """Ask for indications of changed settings; those of the call's end come by themselves."""
    wanted = wds.IndicationRegister(report_extended_ip_configuration_change=True)
    with suppress(QmiError):  # older firmware: polling sees it later
        await client.call(wanted, timeout=QUERY_TIMEOUT)


async def _read(up: Sequence[_Up]) -> tuple[FamilyFacts, ...]:
    found: list[FamilyFacts] = []
    for one in up:
        status = await one.client.call(wds.GetPacketServiceStatus(), timeout=QUERY_TIMEOUT)
        if status.connection_status == wds.ConnectionStatus.DISCONNECTED:
            continue
        try:
            facts = await read_settings(one.client, one.facts.family)
        except QmiError as error:
            if error.error != Error.OUT_OF_CALL:
                raise
            continue  # it ended between the two questions
        if facts is not None:
            found.append(facts)
    return tuple(found)


def _concerns(up: Sequence[_Up], message: object) -> bool:
    return isinstance(message, QmiMessage) and any(one.client.concerns(message) for one in up)


async def _bind(client: QmiClient, family: int, mux: Mux) -> None:
    """Have the client's call carried under a mux id; SessionRefused where that is refused."""
    endpoint = None
    if mux.endpoint is not None:
        kind, number = mux.endpoint
        endpoint = Endpoint(endpoint_type=DataEndpointType(kind), interface_number=number)
    try:
        bind = wds.BindMuxDataPort(endpoint_info=endpoint, mux_id=mux.mux_id)
        await client.call(bind, timeout=QUERY_TIMEOUT)
    except QmiError as error:
        raise SessionRefused((_refusal(error, family),)) from error


@asynccontextmanager
async def _family(
    device: QmiDevice, family: int, request: SessionRequest, mux: Mux | None
) -> AsyncIterator[_Up]:
    """Hold one family's call; SessionRefused with the network's reason."""
    async with device.client("wds") as client:
        if mux is not None:
            await _bind(client, family, mux)
        await _prefer(client, family)
        handle = await _start(client, family, request)
        up: _Up | None = None
        try:
            try:
                facts = await read_settings(client, family)
            except QmiError as error:
                raise SessionRefused((_refusal(error, family),)) from error
            if facts is None:
                raise SessionRefused((Refusal(family, "no-address", 0, "no address given"),))
            up = _Up(client, facts, handle)
            yield up
        finally:
            if handle is not None and not (up is not None and up.left):
                await _stop(client, handle)


async def _prefer(client: QmiClient, family: int) -> bool:
    """Say which family this client is about; False where the modem does not take it."""
    preference = wds.SetIpFamily(preference=wds.IpFamily(family))
    answer = await client.exchange(preference, timeout=QUERY_TIMEOUT)
    if answer.result is None or answer.result.ok:
        return True
    text = f"IP family {family} not accepted: {answer.result}"
    client.device.observed.record("set-ip-family", text, answer.raw, trio.current_time())
    return False


async def _start(client: QmiClient, family: int, request: SessionRequest) -> int | None:
    """Start one family's call and return its handle; None where it was up before.

    Where this is cancelled, and the modem grants the call all the same, it is stopped.
    """
    start = wds.StartNetwork(
        apn=request.apn or None,
        username=request.user or None,
        password=request.password or None,
        ip_family_preference=wds.IpFamily(family),
        profile_index_3gpp=request.profile,
    )
    if request.user or request.auth is not None:
        start.authentication_preference = wds.Authentication(_AUTH[request.auth or "both"])
    try:
        return (await client.call(start, timeout=request.timeout)).packet_data_handle
    except QmiError as error:
        if error.error == Error.NO_EFFECT:
            return None
        raise SessionRefused((_refusal(error, family),)) from error
    except (trio.Cancelled, QmiprobeError):
        late = client.granted_late(wds.StartNetwork)
        if late is not None:
            await _stop(client, late.packet_data_handle)
        raise


async def _stop(client: QmiClient, handle: int) -> None:
    """Stop a call of ours, shielded and bounded; giving its client id back ends it in any case."""
    device = client.device
    timeout = device.patience(STOP_TIMEOUT)
    body = wds.StopNetwork(packet_data_handle=handle)
    with trio.move_on_after(STOP_TIMEOUT + timeout, shield=True) as scope:
        try:
            answer = await client.exchange(body, timeout=timeout)
            result = answer.result
            if result is None or not (result.ok or result.error in _NOTHING_TO_STOP):
                device.observed.record("not-stopped", f"{result}", answer.raw, trio.current_time())
        except QmiprobeError as error:
            device.observed.record("not-stopped", str(error), b"", trio.current_time())
    if scope.cancelled_caught:
        text = f"its turn did not come within {STOP_TIMEOUT:g} s"  # others' calls take long
        device.observed.record("not-stopped", text, b"", trio.current_time())


def _refusal(error: QmiError, family: int) -> Refusal:
    response = error.response
    body = response.body if isinstance(response, QmiMessage) else None
    if isinstance(body, wds.StartNetworkResponse):
        verbose = body.verbose_call_end_reason
        if verbose is not None:
            kind = verbose.type.name or str(int(verbose.type))
            named = call_end_reason(verbose)
            name = named.name if named is not None else ""
            return Refusal(family, kind, verbose.reason, name or "unknown")
        if body.call_end_reason is not None:
            reason = body.call_end_reason
            return Refusal(family, "call-end-reason", int(reason), reason.name or "unknown")
    return Refusal(family, "qmi-error", int(error.error), Error(error.error).name or "unknown")


async def _packets(clients: Sequence[QmiClient]) -> tuple[int, int] | None:
    """Return packets sent and received, summed over the families; None if not supported."""
    mask = wds.PacketStatistics(
        wds.PacketStatistics.TX_PACKETS_OK | wds.PacketStatistics.RX_PACKETS_OK
    )
    sent = received = 0
    for client in clients:
        try:
            got = await client.call(wds.GetPacketStatistics(mask=mask), timeout=QUERY_TIMEOUT)
        except QmiError:
            return None
        if got.tx_packets_ok is None or got.rx_packets_ok is None:
            return None
        sent += got.tx_packets_ok
        received += got.rx_packets_ok
    return sent, received


async def find_qmi_session(device: QmiDevice) -> DataSession | None:
    """Return a session that a fresh WDS client sees as connected, or None.

    That sees calls that the modem started itself, not those of other clients.
    """
    found: list[FamilyFacts] = []
    async with device.client("wds") as client:
        for family in (4, 6):
            if not await _prefer(client, family) and found:
                break  # it would show the same call again
            status = await client.call(wds.GetPacketServiceStatus(), timeout=QUERY_TIMEOUT)
            if status.connection_status == wds.ConnectionStatus.CONNECTED:
                facts = await read_settings(client, family)
                found += [facts] if facts is not None else []
    if not found:
        return None

    async def packets() -> tuple[int, int] | None:
        async with device.client("wds") as fresh:
            return await _packets([fresh])

    return DataSession(tuple(found), owner="other", packets=packets)
