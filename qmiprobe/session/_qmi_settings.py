# SPDX-License-Identifier: GPL-2.0-or-later
"""What the network gave a QMI call: addresses, gateway, DNS servers, MTU."""

from __future__ import annotations

from ipaddress import IPv4Address

import trio

from qmiprobe.bearer import FamilyFacts
from qmiprobe.device import QmiClient
from qmiprobe.qmi.services import wds
from qmiprobe.session._model import QUERY_TIMEOUT, make_facts

_WANTED = wds.RequestedSettings(
    wds.RequestedSettings.IP_ADDRESS
    | wds.RequestedSettings.GATEWAY_INFO
    | wds.RequestedSettings.DNS_ADDRESS
    | wds.RequestedSettings.MTU
    | wds.RequestedSettings.IP_FAMILY
)


async def read_settings(client: QmiClient, family: int) -> FamilyFacts | None:
    """Read what the network gave this client's call; None where there is no address.

    Raises what calls raise.
    """
    asked = wds.GetCurrentSettings(requested_settings=_WANTED)
    got = await client.call(asked, timeout=QUERY_TIMEOUT)
    if family == 6:
        return _ipv6(got)
    prefix = _prefix(got.ipv4_gateway_subnet_mask)
    if prefix is None:
        text = f"IPv4 netmask {got.ipv4_gateway_subnet_mask} is none; taken as /32"
        client.device.observed.record("odd-settings", text, b"", trio.current_time())
    return make_facts(
        got.ipv4_address,
        32 if prefix is None else prefix,
        gateway=got.ipv4_gateway_address,
        dns=(got.primary_ipv4_dns_address, got.secondary_ipv4_dns_address),
        mtu=got.mtu,
    )


def _ipv6(got: wds.GetCurrentSettingsResponse) -> FamilyFacts | None:
    given, gateway = got.ipv6_address, got.ipv6_gateway_address
    return make_facts(
        given.address if given is not None else None,
        given.prefix_length if given is not None else 0,
        gateway=gateway.address if gateway is not None else None,
        dns=(got.ipv6_primary_dns_address, got.ipv6_secondary_dns_address),
        mtu=got.mtu,
    )


def _prefix(mask: IPv4Address | None) -> int | None:
    """Return the length of a netmask, 32 where there is none; None for one with holes."""
    bits = 0xFFFFFFFF if mask is None else int(mask)
    length = bits.bit_count()
    return length if bits == (0xFFFFFFFF << (32 - length)) & 0xFFFFFFFF else None
