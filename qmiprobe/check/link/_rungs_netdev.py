# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about the netdev itself: H01 to H05 of the catalogue."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.check import _rungs_netdev as netdev
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link import _usb
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._known import known_bearer
from qmiprobe.diagnosis import Evidence, JsonValue, Reason


async def netdev_present(context: LinkContext) -> Result:
    """The netdev is there."""
    found = await link.read_netdev(context.netdev)
    facts = context.facts
    facts.add("netdev.name", context.netdev, source="command line")
    facts.add("device.address", context.netdev, source="command line")
    facts.add("netdev.present", found.exists, source="rtnetlink")
    if not found.exists:
        facts.add("netdev.others", list(link.netdev_names()), source="if_nameindex")
        text = f"no netdev {context.netdev} in this network namespace"
        return Result.failed(Reason.CANNOT_TEST, text)
    context.found = found
    context.host = await link.read_host(context.netdev)
    context.checksum_errors = link.read_checksum_errors()
    facts.add("netdev.mtu", found.mtu, source="rtnetlink")
    driver = found.kind or _usb.driver(context.netdev, index=found.index)
    if driver is not None:
        facts.add("netdev.driver", driver, source="rtnetlink" if found.kind else "sysfs")
    shape = "raw-ip" if found.raw_ip else "802.3"
    return Result.passed(f"{context.netdev}: {shape}{', ' + driver if driver else ''}")


async def link_bearer(context: LinkContext) -> Result:
    """What the session is: addresses, and which netdev carries them."""
    options, facts, found = context.options, context.facts, context.found
    assert found is not None
    bearer, source = options.bearer, options.bearer_source or "given"
    if bearer is None and options.ask_others:
        bearer, source = await known_bearer(context.netdev) or (None, "")
    if bearer is None:
        bearer, source = _from_netdev(context), f"addresses and routes of {context.netdev}"
    others = _carriers(context, bearer)
    if others:
        facts.add("link.bearer.elsewhere", others, source="rtnetlink")
    settings = link.read_settings(context.netdev)
    if settings.ipv6_off is not None:
        facts.add("link.ipv6_off", settings.ipv6_off, source="sysctl")
    if not bearer.families:
        text = f"{context.netdev} has no address: no data session is set up on it"
        facts.add("netdev.addresses", [], source="rtnetlink")
        facts.add("link.bearer.none", True, source="rtnetlink")
        return Result.failed(Reason.DEFECT, text, *map(Evidence, others))
    context.bearer = bearer
    if options.host is not None:
        context.asked = await link.targets_of(bearer, options.host)
    _session_facts(context, bearer, source)
    lines = [_family_line(one) for one in bearer.families]
    return Result.passed("; ".join(lines), Evidence(f"known from {source}"))


def _from_netdev(context: LinkContext) -> BearerFacts:
    """The session as the host was set up for it: nobody else knows."""
    found, host = context.found, context.host
    assert found is not None
    assert host is not None
    resolver = link.read_resolver(found.index, resolv_conf=context.options.resolv_conf)
    alone = not any(
        one.prefix.prefixlen == 0 and one.device != context.netdev for one in host.routes
    )
    # Where the netdev is the only way out, what resolv.conf names can be reached by it alone.
    servers = resolver.of_netdev or (resolver.remote if alone else ())
    context.dns_guessed = bool(servers) and not resolver.of_netdev
    families = []
    for family in (4, 6):
        own = [one for one in found.addresses if one.version == family and not one.is_link_local]
        if not own:
            continue
        gateways = [
            one.gateway
            for one in host.routes
            if one.device == context.netdev and one.prefix.prefixlen == 0
            and one.prefix.version == family
        ]  # fmt: skip
        families.append(
            FamilyFacts(
                family=family,
                interface=own[0],
                gateway=next((one for one in gateways if one is not None), None),
                dns=tuple(one for one in servers if one.version == family),
            )
        )
    return BearerFacts(netdev=context.netdev, families=tuple(families))


def _carriers(context: LinkContext, bearer: BearerFacts) -> list[str]:
    """Other netdevs that carry the session's address, or a PPP link beside an empty netdev."""
    assert context.host is not None
    wanted = {one.interface.ip for one in bearer.families}
    return [
        one.name
        for one in context.host.others
        if any(address.ip in wanted for address in one.addresses)
        or (not wanted and one.ppp and one.up and one.addresses)
    ]


def _session_facts(context: LinkContext, bearer: BearerFacts, source: str) -> None:
    records: list[JsonValue] = [
        {
            "family": one.family,
            "address": str(one.interface),
            "gateway": str(one.gateway) if one.gateway is not None else None,
            "dns": [str(server) for server in one.dns],
            "mtu": one.mtu,
        }
        for one in bearer.families
    ]
    facts = context.facts
    facts.add("session.up", True, source=source)
    facts.add("session.families", [one.family for one in bearer.families], source=source)
    facts.add("session.settings", records, source=source)
    if bearer.mtu is not None:
        facts.add("session.mtu", bearer.mtu, source=source)


def _family_line(one: FamilyFacts) -> str:
    return f"IPv{one.family} {one.interface}" + (f" by {one.gateway}" if one.gateway else "")


async def netdev_format(context: LinkContext) -> Result:
    """Host and modem agree on how packets are framed, as far as the host alone can tell."""
    found = context.found
    assert found is not None
    host = "raw-ip" if found.raw_ip else "802.3"
    context.facts.add("netdev.format", host, source="rtnetlink")
    line = measured("link type (ARPHRD)", found.arphrd, source="rtnetlink")
    return Result.passed(f"{host}; what the modem speaks, `qmiprobe check` asks", line)


RUNGS = (
    Rung("netdev.present", (), netdev_present, "netdev is there"),
    Rung("netdev.up", ("netdev.present",), netdev.netdev_up, "netdev up"),
    Rung("link.bearer", ("netdev.up",), link_bearer, "which session"),
    Rung("netdev.format", ("netdev.present",), netdev_format, "framing"),
    Rung("netdev.address", ("link.bearer",), netdev.netdev_address, "addresses"),
    Rung("netdev.mtu", ("netdev.address",), netdev.netdev_mtu, "MTU"),
)
