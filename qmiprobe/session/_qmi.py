# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over QMI: one WDS client for each IP family, as the service wants it.

The state of a call belongs to the client id that started it: asking with another one says
``disconnected`` although packets flow.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import IPv4Address, IPv4Interface, IPv6Interface

import trio

from qmiprobe._enums import OpenEnum
from qmiprobe.bearer import FamilyFacts
from qmiprobe.device import QmiClient, QmiDevice
from qmiprobe.errors import QmiError, QmiprobeError
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.session._model import (
    QUERY_TIMEOUT,
    STOP_TIMEOUT,
    DataSession,
    Refusal,
    SessionRefused,
    SessionRequest,
)

GLOBAL_HANDLE = 0xFFFFFFFF
"""Packet data handle of a call that is up already and not ours."""

_SETTINGS = wds.RequestedSettings(
    wds.RequestedSettings.IP_ADDRESS
    | wds.RequestedSettings.GATEWAY_INFO
    | wds.RequestedSettings.DNS_ADDRESS
    | wds.RequestedSettings.MTU
    | wds.RequestedSettings.IP_FAMILY
)
# Names of a verbose reason's number, by the name of its type.
_REASONS: dict[str, type[OpenEnum]] = {
    "mip": wds.CallEndReasonVerboseMip,
    "internal": wds.CallEndReasonVerboseInternal,
    "cm": wds.CallEndReasonVerboseCm,
    "3gpp": wds.CallEndReasonVerbose3gpp,
    "ppp": wds.CallEndReasonVerbosePpp,
    "ehrpd": wds.CallEndReasonVerboseEhrpd,
    "ipv6": wds.CallEndReasonVerboseIpv6,
}


@asynccontextmanager
async def open_qmi_session(
    device: QmiDevice, request: SessionRequest
) -> AsyncIterator[DataSession]:
    """Start a session of each family, hold it while the block runs, stop what was started.

    Raises SessionRefused where no family comes up, and what calls raise.
    """
    async with AsyncExitStack() as stack:
        facts: list[FamilyFacts] = []
        refusals: list[Refusal] = []
        clients: list[QmiClient] = []
        for family in request.families:
            client = await stack.enter_async_context(device.client("wds"))
            try:
                await stack.enter_async_context(_call(client, family, request))
            except SessionRefused as refused:
                refusals += refused.refusals
                continue
            facts.append(await _settings(client, family))
            clients.append(client)
        if not facts:
            raise SessionRefused(tuple(refusals))

        async def packets() -> tuple[int, int] | None:
            return await _packets(clients)

        yield DataSession(tuple(facts), tuple(refusals), packets=packets)


@asynccontextmanager
async def _call(client: QmiClient, family: int, request: SessionRequest) -> AsyncIterator[None]:
    """Hold one family's call; SessionRefused with the network's reason."""
    preference = wds.SetIpFamily(preference=wds.IpFamily(family))
    answer = await client.exchange(preference, timeout=QUERY_TIMEOUT)
    if answer.result is not None and not answer.result.ok:
        name = f"IP family {family} not accepted: {answer.result}"
        client.device.observed.record("set-ip-family", name, answer.raw, trio.current_time())
    start = wds.StartNetwork(
        apn=request.apn or None,
        username=request.user or None,
        password=request.password or None,
        ip_family_preference=wds.IpFamily(family),
        profile_index_3gpp=request.profile,
    )
    if request.user:
        start.authentication_preference = wds.Authentication(3)  # PAP or CHAP, as the network likes
    handle = 0
    try:
        handle = (await client.call(start, timeout=request.timeout)).packet_data_handle
    except QmiError as error:
        if error.error != Error.NO_EFFECT:  # no effect: this client's call is up already
            raise SessionRefused((_refusal(error, family),)) from error
        handle = GLOBAL_HANDLE
    except (trio.Cancelled, QmiprobeError):
        # The start was aborted; it may have come up all the same.
        await _stop(client, GLOBAL_HANDLE)
        raise
    try:
        yield
    finally:
        await _stop(client, handle)


async def _stop(client: QmiClient, handle: int) -> None:
    with trio.move_on_after(STOP_TIMEOUT, shield=True):
        try:
            await client.call(wds.StopNetwork(packet_data_handle=handle), timeout=STOP_TIMEOUT)
        except QmiError as error:
            if error.error not in (Error.NO_EFFECT, Error.OUT_OF_CALL, Error.INVALID_HANDLE):
                now = trio.current_time()
                client.device.observed.record("not-stopped", str(error), b"", now)
        except QmiprobeError as error:
            client.device.observed.record("not-stopped", str(error), b"", trio.current_time())


def _refusal(error: QmiError, family: int) -> Refusal:
    response = error.response
    body = response.body if isinstance(response, QmiMessage) else None
    if isinstance(body, wds.StartNetworkResponse):
        verbose = body.verbose_call_end_reason
        if verbose is not None:
            kind = verbose.type.name or str(int(verbose.type))
            names = _REASONS.get(kind)
            name = (names(verbose.reason).name if names else None) or "unknown"
            return Refusal(family, kind, verbose.reason, name)
        if body.call_end_reason is not None:
            reason = body.call_end_reason
            return Refusal(family, "call-end-reason", int(reason), reason.name or "unknown")
    return Refusal(family, "qmi-error", error.error, Error(error.error).name or "unknown")


async def _settings(client: QmiClient, family: int) -> FamilyFacts:
    """Read what the network gave this family."""
    asked = wds.GetCurrentSettings(requested_settings=_SETTINGS)
    got = await client.call(asked, timeout=QUERY_TIMEOUT)
    if family == 4:
        mask = got.ipv4_gateway_subnet_mask or IPv4Address("255.255.255.255")
        address = got.ipv4_address or IPv4Address(0)
        servers = (got.primary_ipv4_dns_address, got.secondary_ipv4_dns_address)
        return FamilyFacts(
            family=4,
            interface=IPv4Interface(f"{address}/{mask}"),
            gateway=got.ipv4_gateway_address,
            dns=tuple(server for server in servers if server is not None and int(server)),
            mtu=got.mtu,
        )
    given, gateway = got.ipv6_address, got.ipv6_gateway_address
    servers6 = (got.ipv6_primary_dns_address, got.ipv6_secondary_dns_address)
    text = f"{given.address}/{given.prefix_length}" if given is not None else "::/128"
    return FamilyFacts(
        family=6,
        interface=IPv6Interface(text),
        gateway=gateway.address if gateway is not None else None,
        dns=tuple(server for server in servers6 if server is not None and int(server)),
        mtu=got.mtu,
    )


async def _packets(clients: list[QmiClient]) -> tuple[int, int] | None:
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
        sent += got.tx_packets_ok or 0
        received += got.rx_packets_ok or 0
    return sent, received


async def find_qmi_session(device: QmiDevice) -> DataSession | None:
    """Return a session that a fresh WDS client sees as connected, or None.

    That sees calls that the modem started itself, not those of other clients.
    """
    async with device.client("wds") as client:
        status = await client.call(wds.GetPacketServiceStatus(), timeout=QUERY_TIMEOUT)
        if status.connection_status != wds.ConnectionStatus.CONNECTED:
            return None
        return DataSession((await _settings(client, 4),), owner="other")
