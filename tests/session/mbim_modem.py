# SPDX-License-Identifier: GPL-2.0-or-later
"""A scripted MBIM function that grants sessions, and what it was asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from qmiprobe.device import MbimDevice
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    Status,
)
from qmiprobe.session import (
    DataSession,
    SessionRequest,
    open_mbim_session,
)
from tests.device.scripted import ScriptedMbim


def configuration(**changes: object) -> bc.IpConfigurationResponse:
    """Return what a healthy network gives both families."""
    v6 = IPv6Address("2001:db8:1::2")
    values: dict[str, object] = {
        "ipv4_addresses": [
            bc.Ipv4Element(on_link_prefix_length=30, ipv4_address=IPv4Address("10.64.1.2"))
        ],
        "ipv6_addresses": [bc.Ipv6Element(on_link_prefix_length=64, ipv6_address=v6)],
        "ipv4_gateway": IPv4Address("10.64.1.1"),
        "ipv6_gateway": v6 + 1,
        "ipv4_dns_servers": [IPv4Address("192.0.2.53"), IPv4Address("192.0.2.54")],
        "ipv6_dns_servers": [IPv6Address("2001:db8::53")],
        "ipv4_mtu": 1430,
        "ipv6_mtu": 1420,
    }
    return bc.IpConfigurationResponse.blank(**{**values, **changes})


def healthy(modem: ScriptedMbim) -> None:
    """Make a function that grants everything."""

    def connect(message: MbimMessage) -> object:
        body = message.body
        assert isinstance(body, bc.ConnectSet)
        if body.activation_command == bc.ActivationCommand.ACTIVATE:
            modem.active.add(body.session_id)
        elif body.session_id not in modem.active:
            return Status.CONTEXT_NOT_ACTIVATED
        else:
            modem.active.discard(body.session_id)
        return modem.state(body.session_id)

    modem.script(bc.ConnectSet, connect)
    modem.script(bc.IpConfigurationQuery, configuration())


def connects(modem: ScriptedMbim) -> list[tuple[int, int]]:
    """Return session and command of each CONNECT set, in order."""
    sets = modem.bodies(bc.ConnectSet)
    return [
        (one.session_id, int(one.activation_command))
        for one in sets
        if isinstance(one, bc.ConnectSet)
    ]


UP_AND_DOWN = [(0, 1), (0, 0)]


async def try_session(device: MbimDevice, request: SessionRequest | None = None) -> DataSession:
    async with open_mbim_session(device, request or SessionRequest()) as session:
        return session
