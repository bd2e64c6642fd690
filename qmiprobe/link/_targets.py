# SPDX-License-Identifier: GPL-2.0-or-later
"""The hosts to ask: a documented default list, or the user's own file of the same form."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from qmiprobe.bearer import HttpTarget, Targets
from qmiprobe.errors import AddressError

from ._packets import require_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmiprobe.bearer import BearerFacts, IPAddress

PLANNED_BYTES = 300_000
"""Most that the link checks of one run send and receive on a healthy link, both families."""
NOWHERE = (ip_address("192.0.2.53"), ip_address("2001:db8::53"))
"""Addresses of the ranges for documentation (RFC 5737, RFC 3849): nobody has them."""
PLANNED_BYTES_IN_DEPTH = 600_000
"""The same for a run of `link`, without --load."""


def default_targets() -> Targets:
    """Return the list that ships with the package: ``link/data/targets.toml``."""
    file = resources.files("qmiprobe.link") / "data" / "targets.toml"
    return _targets(tomllib.loads(file.read_text(encoding="utf-8")))


def load_targets(path: str) -> Targets:
    """Return the targets in a file; AddressError says what is wrong with it."""
    try:
        return _targets(tomllib.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise AddressError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AddressError(f"{path}: not a TOML file: {error}") from error
    except KeyError as error:
        raise AddressError(f"{path}: {error.args[0]!r} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise AddressError(f"{path}: {error}") from error


def _targets(table: Mapping[str, object]) -> Targets:
    found = Targets(
        name=str(table.get("name", "file")),
        echo=tuple(ip_address(text) for text in _list(table, "echo")),
        tcp=tuple((ip_address(address), int(port)) for address, port in _list(table, "tcp")),
        http=tuple(_page(one, status=204) for one in _list(table, "http")),
        large=tuple(_page(one, status=200) for one in _list(table, "large")),
        existing_name=str(table["existing-name"]),
        missing_name=str(table["missing-name"]),
        resolvers=tuple(ip_address(text) for text in _list(table, "resolvers")),
        ntp=tuple(ip_address(text) for text in _list(table, "ntp")),
        quic=tuple((ip_address(address), int(port)) for address, port in _list(table, "quic")),
        stun=tuple((ip_address(address), int(port)) for address, port in _list(table, "stun")),
        no_resolvers=tuple(map(ip_address, _list(table, "no-resolvers"))) or NOWHERE,
    )
    hosts = (page.host for page in (*found.http, *found.large))
    require_names(found.existing_name, found.missing_name, *hosts)
    return found


def _list(table: Mapping[str, object], key: str) -> list:  # type: ignore[type-arg]
    value = table.get(key, [])
    if not isinstance(value, list):
        raise TypeError(f"{key} is a list")
    return value


def _page(table: Mapping[str, object], *, status: int) -> HttpTarget:
    addresses = table.get("addresses", [])
    return HttpTarget(
        host=str(table["host"]),
        path=str(table["path"]),
        status=int(str(table.get("status", status))),
        addresses=tuple(ip_address(text) for text in addresses),  # type: ignore[attr-defined]
        port=int(str(table.get("port", 80))),
    )


async def with_addresses(bearer: BearerFacts, targets: Targets) -> Targets:
    """Return ``targets`` with an address for each large page that has a name only.

    The network's own servers are asked, through the netdev; what they do not know stays without.
    """
    from ._dns import resolve

    large = []
    for page in targets.large:
        found = list(page.addresses)
        if not found:
            for family in bearer.families:
                record = "A" if family.family == 4 else "AAAA"
                found += await resolve(bearer, page.host, record=record)
        large.append(replace(page, addresses=tuple(found)))
    return replace(targets, large=tuple(large))


async def targets_of(bearer: BearerFacts, host: str) -> Targets:
    """Return targets with ``host``, a name or an address, in place of the list's own hosts.

    A name is resolved by the network's own servers, through the netdev. What only public services
    answer (time, names) stays on the list.
    """
    listed = default_targets()
    addresses: list[IPAddress] = []
    try:
        addresses.append(ip_address(host.strip("[]")))
    except ValueError:
        from ._dns import resolve

        require_names(host)
        for family in bearer.families:
            record = "A" if family.family == 4 else "AAAA"
            addresses += await resolve(bearer, host, record=record)
    found = tuple(addresses)
    return replace(
        listed,
        name=host,
        echo=found,
        tcp=tuple((one, port) for one in found for port in (443, 80)),
        http=(),
        large=(HttpTarget(host=host, path="/", status=200, addresses=found),),
        quic=tuple((one, 443) for one in found),
    )
