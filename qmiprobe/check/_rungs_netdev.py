# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the netdev: is it there, does it speak as the modem does, is it set up."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Interface, IPv6Interface

from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._data_path import DataPath
from qmiprobe.check._evidence import measured
from qmiprobe.diagnosis import JsonValue, Reason
from qmiprobe.link import NetdevFacts, read_netdev


async def netdev_present(context: CheckContext) -> Result:
    """This port's netdev is there."""
    name, facts = context.netdev, context.facts
    if name is None:
        if context.port.no_data_path is not None:
            return Result.skipped(context.port.no_data_path)
        if context.port.simulated:
            return Result.skipped("the simulated modem makes a netdev with --connect only")
        if context.port.modem is None:
            return Result.skipped("this port belongs to no device with a netdev")
        facts.add("netdev.present", False, source="sysfs")
        if context.port.port is not None and context.port.port.driver is not None:
            facts.add("port.driver", context.port.port.driver, source="sysfs")
        text = "the interface of this control port has no netdev"
        return Result.failed(Reason.DEFECT, text)
    found = await _read(context)
    if found is None:
        facts.add("netdev.present", False, source="rtnetlink")
        return Result.failed(Reason.DEFECT, f"no netdev {name}")
    facts.add("netdev.present", True, source="rtnetlink")
    facts.add("netdev.name", name, source="rtnetlink")
    driver = _driver(context, found)
    if driver is not None:
        facts.add("netdev.driver", driver, source="sysfs")
    return Result.passed(f"{name}{', ' + driver if driver else ''}")


async def _read(context: DataPath) -> NetdevFacts | None:
    assert context.netdev is not None
    found = await read_netdev(context.netdev)
    return found if found.exists else None


def _driver(context: CheckContext, found: NetdevFacts) -> str | None:
    netdevs = context.port.modem.netdevs if context.port.modem is not None else ()
    known = next((one.driver for one in netdevs if one.name == context.netdev), None)
    return known or found.kind


async def netdev_format(context: CheckContext) -> Result:
    """Host and modem agree on how packets are framed."""
    found = await _read(context)
    if found is None:
        return Result.failed(Reason.DEFECT, f"{context.netdev} is gone")
    host = "raw-ip" if found.raw_ip else "802.3"
    expected = await context.the_modem.data_format()
    context.facts.add("netdev.format", host, source="rtnetlink")
    evidence = measured("link type (ARPHRD)", found.arphrd, source="rtnetlink")
    if expected is None:
        if context.the_modem.protocol == "mbim":
            return Result.passed(
                "MBIM carries IP packets, whatever the netdev looks like", evidence
            )
        return Result.warned("the modem does not say its format (no WDA service)", evidence)
    expected = {"802-3": "802.3"}.get(expected, expected)
    context.facts.add("netdev.expected_format", expected, source="WDA Get Data Format")
    if expected != host:
        text = f"{context.netdev} speaks {host}, the modem {expected}"
        modem = measured("link layer protocol", expected, source="WDA Get Data Format")
        return Result.failed(Reason.DEFECT, text, evidence, modem)
    if host == "802.3" and _driver(context, found) == "qmi_wwan" and found.hardware_address:
        first = found.hardware_address[:1]
        like_ip = first[0] & 0xD0 == 0x40  # versions 4 and 6: qmi_wwan.c, possibly_iphdr()
        context.facts.add("netdev.address_like_ip", like_ip, source="rtnetlink")
        if like_ip:
            text = f"qmi_wwan takes frames to {found.name} for IP packets without a frame"
            octet = measured("its Ethernet address begins with", first.hex(), source="rtnetlink")
            return Result.failed(Reason.DEFECT, text, evidence, octet)
    return Result.passed(f"both speak {host}", evidence)


async def netdev_up(context: DataPath) -> Result:
    """The netdev is up and has a carrier."""
    found = await _read(context)
    if found is None:
        return Result.failed(Reason.DEFECT, f"{context.netdev} is gone")
    facts = context.facts
    facts.add("netdev.up", found.up, source="rtnetlink")
    facts.add("netdev.carrier", found.lower_up, source="rtnetlink")
    evidence = measured("state", found.operstate, source="rtnetlink")
    if not found.up:
        return Result.failed(Reason.DEFECT, f"{found.name} is down", evidence)
    if not found.lower_up:
        return Result.failed(Reason.DEFECT, f"{found.name} has no carrier", evidence)
    errors = found.counters.rx_errors + found.counters.tx_errors
    if errors:
        return Result.warned(f"up, but {errors} errors were counted", evidence)
    return Result.passed("up, with carrier", evidence)


async def netdev_address(context: DataPath) -> Result:
    """The netdev has the addresses that the network gave."""
    found = await _read(context)
    if found is None:
        return Result.failed(Reason.DEFECT, f"{context.netdev} is gone")
    addresses: list[JsonValue] = [str(address) for address in found.addresses]
    context.facts.add("netdev.addresses", addresses, source="rtnetlink")
    there = {address.ip for address in found.addresses}
    given = [family.interface for family in context.the_bearer.families]
    missing = [str(address) for address in given if address.ip not in there]
    stale = [
        str(address)
        for address in found.addresses
        if address.ip not in {one.ip for one in given}
        and address.version in {one.version for one in given}
        and not address.is_link_local
        and not _made_of_the_prefix(address, given)
    ]
    evidence = measured("addresses", addresses, source="rtnetlink")
    if not given:
        return Result.failed(Reason.DEFECT, "the network gave no address", evidence)
    if missing:
        return Result.failed(Reason.DEFECT, f"missing: {', '.join(missing)}", evidence)
    if stale:
        return Result.failed(Reason.DEFECT, f"left from before: {', '.join(stale)}", evidence)
    return Result.passed(", ".join(str(address) for address in given), evidence)


def _made_of_the_prefix(
    address: IPv4Interface | IPv6Interface, given: Iterable[IPv4Interface | IPv6Interface]
) -> bool:
    """Whether the kernel may have made it itself of what a router announced (RFC 4862)."""
    return address.version == 6 and any(address.ip in one.network for one in given)


def _least_mtu(families: Iterable[int]) -> int:
    """Return the smallest MTU that makes sense with these IP families, in bytes.

    IPv6 needs 1280 (RFC 8200, 5): the kernel switches it off on a netdev with less. IPv4 hosts
    take 576 in any case (RFC 1122, 3.3.2).
    """
    return 1280 if 6 in families else 576


async def netdev_mtu(context: DataPath) -> Result:
    """The netdev sends no larger packets than the network takes."""
    found = await _read(context)
    if found is None:
        return Result.failed(Reason.DEFECT, f"{context.netdev} is gone")
    context.facts.add("netdev.mtu", found.mtu, source="rtnetlink")
    signalled = context.the_bearer.mtu
    own = measured(f"MTU of {found.name}", found.mtu, unit="bytes", source="rtnetlink")
    if signalled is None:
        return Result.passed(f"{found.mtu}; the network says none", own)
    network = measured("MTU of the session", signalled, unit="bytes", source="modem")
    least = _least_mtu(family.family for family in context.the_bearer.families)
    context.facts.add("session.least_mtu", least, source="RFC 1122, RFC 8200")
    if signalled < least:
        text = f"the network signals an MTU of {signalled} bytes, which is less than {least}"
        return Result.failed(Reason.DEFECT, text, own, network)
    if found.mtu > signalled:
        text = f"{found.name} sends up to {found.mtu} bytes, the network takes {signalled}"
        return Result.failed(Reason.DEFECT, text, own, network)
    return Result.passed(f"{found.mtu}, the network takes {signalled}", own, network)
