# SPDX-License-Identifier: GPL-2.0-or-later
"""A scripted QMI modem that grants sessions, and what it was asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from qmiprobe.device import QmiDevice
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import wds
from qmiprobe.session import (
    DataSession,
    SessionRequest,
    open_qmi_session,
)
from tests.device.scripted import ScriptedQmi


def settings_v4(**changes: object) -> wds.GetCurrentSettingsResponse:
    values: dict[str, object] = {
        "ipv4_address": IPv4Address("10.64.1.2"),
        "ipv4_gateway_address": IPv4Address("10.64.1.1"),
        "ipv4_gateway_subnet_mask": IPv4Address("255.255.255.252"),
        "primary_ipv4_dns_address": IPv4Address("192.0.2.53"),
        "secondary_ipv4_dns_address": IPv4Address("192.0.2.54"),
        "mtu": 1430,
    }
    return wds.GetCurrentSettingsResponse(**{**values, **changes})  # type: ignore[arg-type]


def settings_v6(**changes: object) -> wds.GetCurrentSettingsResponse:
    address = IPv6Address("2001:db8:1::2")
    values: dict[str, object] = {
        "ipv6_address": wds.Ipv6Address(address=address, prefix_length=64),
        "ipv6_gateway_address": wds.Ipv6Address(address=address + 1, prefix_length=64),
        "ipv6_primary_dns_address": IPv6Address("2001:db8::53"),
        "mtu": 1420,
    }
    return wds.GetCurrentSettingsResponse(**{**values, **changes})  # type: ignore[arg-type]


def family_of(modem: ScriptedQmi, message: QmiMessage) -> int:
    """Return which family the client of this message is about."""
    asked = [
        one.body
        for one in modem.requests
        if isinstance(one.body, wds.SetIpFamily) and one.header.client == message.header.client
    ]
    assert isinstance(asked[-1], wds.SetIpFamily)
    return int(asked[-1].preference)


def healthy(modem: ScriptedQmi) -> None:
    """Make a modem that grants everything: handles 4 and 6."""
    modem.script(wds.SetIpFamily, wds.SetIpFamilyResponse())
    modem.script(
        wds.StartNetwork,
        lambda message: wds.StartNetworkResponse(packet_data_handle=family_of(modem, message)),
    )
    modem.script(
        wds.GetCurrentSettings,
        lambda message: settings_v4() if family_of(modem, message) == 4 else settings_v6(),
    )
    modem.script(wds.StopNetwork, wds.StopNetworkResponse())


def stopped_handles(modem: ScriptedQmi) -> list[int]:
    """Return the handles that were stopped, in order."""
    stops = modem.bodies(wds.StopNetwork)
    return [stop.packet_data_handle for stop in stops if isinstance(stop, wds.StopNetwork)]


async def try_session(device: QmiDevice, request: SessionRequest) -> DataSession:
    async with open_qmi_session(device, request) as session:
        return session
