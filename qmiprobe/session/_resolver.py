# SPDX-License-Identifier: GPL-2.0-or-later
"""Hands a session's DNS servers to systemd-resolved, and takes them back.

By D-Bus (org.freedesktop.resolve1). The names are asked at the netdev that the servers belong
to; what the resolver does for other netdevs stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

import trio

from qmiprobe.bearer import IPAddress
from qmiprobe.dbus import Bus, BusRefused, NoBus, NoService, Value, open_bus
from qmiprobe.errors import CannotTest
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import LinkDns

SERVICE = "org.freedesktop.resolve1"
_PATH = "/org/freedesktop/resolve1"
_MANAGER = f"{SERVICE}.Manager"
_LINK = f"{SERVICE}.Link"
_TIMEOUT = 5.0
"""Seconds for each call; the resolver answers at once, or it is stuck."""
_KNOWN_SECONDS, _LOOK_AGAIN = 2.0, 0.05
_UNKNOWN = "NoSuchLink"
_FAMILY = {4: 2, 6: 10}
ALL_NAMES = "~."
"""The routing domain of all names: the resolver asks this netdev's servers first."""


async def tell_resolver(
    index: int,
    servers: Iterable[IPAddress],
    ledger: Ledger,
    *,
    all_names: bool = False,
    address: str | None = None,
) -> None:
    """Tell the resolver the servers of the netdev with this index, and note what it had before.

    ``all_names``: all names are asked there, not only those that no other netdev claims;
    ``address`` is the bus, None the system's. Raises CannotTest (NoBus, NoService) with the reason.
    """
    wanted = tuple(str(server) for server in servers)
    async with open_bus(address) as bus:
        await _require_same_network(bus)
        before, domains_before = await _read_once_known(bus, index)
        domains = (ALL_NAMES,) if all_names else domains_before
        step = LinkDns(
            index=index,
            servers=wanted,
            domains=domains,
            servers_before=before,
            domains_before=domains_before,
        )
        ledger.push(step)
        try:
            await _write(bus, index, wanted, domains)
        except CannotTest:
            await _write_quietly(bus, index, before, domains_before)
            ledger.drop()
            raise


async def restore_resolver(step: LinkDns, *, address: str | None = None) -> str | None:
    """Give a netdev back the servers that it had; return why it could not be done, or None.

    Nothing is done where the resolver or the netdev is gone, and with it what it was told, and
    where somebody has told it other servers since.
    """
    try:
        async with open_bus(address) as bus:
            await _require_same_network(bus)
            servers, domains = await _read(bus, step.index)
            # Each by itself: a run may have been killed between the two.
            servers = step.servers_before if servers == step.servers else servers
            domains = step.domains_before if domains == step.domains else domains
            await _write(bus, step.index, servers, domains)
    except (NoBus, NoService):
        return None
    except CannotTest as error:
        return None if _UNKNOWN in str(error) else f"DNS servers not taken back: {error}"
    return None


async def _require_same_network(bus: Bus) -> None:
    """Raise CannotTest where the resolver has other netdevs, to which it would take our index."""
    (pid,) = await bus.call(
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "GetConnectionUnixProcessID",
        signature="s",
        arguments=(SERVICE,),
        timeout=_TIMEOUT,
    )
    try:
        same = os.readlink(f"/proc/{int(str(pid))}/ns/net") == os.readlink("/proc/self/ns/net")
    except OSError as error:
        raise CannotTest(f"whose netdevs the resolver has is not to be seen: {error}") from error
    if not same:
        raise CannotTest("the resolver runs in another network namespace")


async def _write_quietly(
    bus: Bus, index: int, servers: Sequence[str], domains: Sequence[str]
) -> None:
    with trio.move_on_after(_TIMEOUT, shield=True):
        try:
            await _write(bus, index, servers, domains)
        except CannotTest:
            return


async def _read_once_known(bus: Bus, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a netdev's servers and domains; one that was just made the resolver knows soon."""
    deadline = trio.current_time() + _KNOWN_SECONDS
    while True:
        try:
            return await _read(bus, index)
        except BusRefused as error:
            if not error.name.endswith(_UNKNOWN) or trio.current_time() >= deadline:
                raise
        await trio.sleep(_LOOK_AGAIN)


async def _read(bus: Bus, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a netdev's servers and domains."""
    (path,) = await _call(bus, "GetLink", "i", index)
    said = await bus.properties(SERVICE, str(path), _LINK)
    servers = tuple(str(ip_address(bytes(one[1]))) for one in _pairs(said.get("DNS")))
    domains = (f"{'~' * bool(one[1])}{one[0]}" for one in _pairs(said.get("Domains")))
    return servers, tuple(domains)


def _pairs(value: Value) -> list[tuple[object, bytes]]:
    found = value if isinstance(value, list) else []
    return [tuple(one) for one in found if isinstance(one, tuple | list) and len(one) == 2]


async def _write(bus: Bus, index: int, servers: Sequence[str], domains: Sequence[str]) -> None:
    given = [ip_address(server) for server in servers]
    packed = [(_FAMILY[one.version], one.packed) for one in given]
    await _call(bus, "SetLinkDNS", "ia(iay)", index, packed)
    names = [(one.removeprefix("~"), one.startswith("~")) for one in domains]
    await _call(bus, "SetLinkDomains", "ia(sb)", index, names)


async def _call(bus: Bus, method: str, signature: str, *arguments: Value) -> tuple[Value, ...]:
    return await bus.call(
        SERVICE,
        _PATH,
        _MANAGER,
        method,
        signature=signature,
        arguments=arguments,
        timeout=_TIMEOUT,
    )
