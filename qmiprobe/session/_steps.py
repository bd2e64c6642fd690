# SPDX-License-Identifier: GPL-2.0-or-later
"""What a session changes on the machine and in the modem: records from which each is undone.

A record holds what it needs once the program that wrote it is gone: numbers and texts, no
objects. How each kind is undone stands in ``_undo`` (machine) and ``_undo_modem``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import ClassVar, TypeAlias

JsonObject: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One change; ``kind`` is its name in the journal."""

    kind: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class LinkUp(Step):
    """A netdev was brought up."""

    kind = "up"
    index: int


@dataclass(frozen=True, kw_only=True)
class LinkDown(Step):
    """A netdev was brought down, since its framing does not change while it is up."""

    kind = "down"
    index: int


@dataclass(frozen=True, kw_only=True)
class Mtu(Step):
    """A netdev's MTU was set, in bytes."""

    kind = "mtu"
    index: int
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Address(Step):
    """A netdev was given an address."""

    kind = "address"
    index: int
    address: str
    prefix: int


@dataclass(frozen=True, kw_only=True)
class Route(Step):
    """A default route was added."""

    kind = "route"
    index: int
    family: int
    gateway: str | None
    metric: int


@dataclass(frozen=True, kw_only=True)
class RawIp(Step):
    """qmi_wwan was told to carry bare IP packets (Y) or Ethernet frames (N)."""

    kind = "raw-ip"
    netdev: str
    index: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class AddedMux(Step):
    """qmi_wwan made a netdev for a mux id."""

    kind = "mux"
    netdev: str
    index: int
    mux_id: int


@dataclass(frozen=True, kw_only=True)
class MadeLink(Step):
    """A netdev was made above another one: a VLAN, or a link of a wwan device."""

    kind = "link"
    name: str
    type: str
    parent: int
    """Index of the netdev below."""
    number: int


@dataclass(frozen=True, kw_only=True)
class LinkDns(Step):
    """The resolver was told a netdev's DNS servers."""

    kind = "dns"
    index: int
    servers: tuple[str, ...]
    """Those that it was told."""
    domains: tuple[str, ...]
    servers_before: tuple[str, ...]
    domains_before: tuple[str, ...]
    """A leading ``~`` marks those for routing only."""


@dataclass(frozen=True, kw_only=True)
class ResolvConf(Step):
    """The resolver's file was replaced."""

    kind = "resolv-conf"
    path: str
    after: str
    before: str | None
    """What stood there, as hexadecimal; None for no file, or a link."""
    link: str | None
    """Where the link led to that stood there."""
    mode: int


@dataclass(frozen=True, kw_only=True)
class DataFormat(Step):
    """The modem was told how packets are framed (WDA)."""

    kind = "data-format"
    protocol_before: int
    uplink_before: int
    downlink_before: int
    size_before: int
    datagrams_before: int
    protocol: int
    uplink: int
    downlink: int
    endpoint_type: int | None
    endpoint_number: int | None


@dataclass(frozen=True, kw_only=True)
class QmiWitness(Step):
    """A WDA client that shows, as long as the modem knows it, that nobody took all ids away."""

    kind = "qmi-witness"
    client: int


@dataclass(frozen=True, kw_only=True)
class QmiCall(Step):
    """A call that outlives its program, with the WDS client that it belongs to."""

    kind = "qmi-call"
    client: int
    handle: int
    family: int


@dataclass(frozen=True, kw_only=True)
class MbimSession(Step):
    """A session that is being activated, or is active."""

    kind = "mbim-session"
    session_id: int
    addresses: tuple[str, ...] = ()
    """By which it is known to be ours; none before the network has given any."""


@dataclass(frozen=True, kw_only=True)
class Bearer(Step):
    """What the network gave; nothing to undo."""

    kind = "bearer"
    netdev: str
    session_id: int
    families: tuple[JsonObject, ...]


@dataclass(frozen=True, kw_only=True)
class Kept(Step):
    """The session is to stay although the program ended; nothing to undo."""

    kind = "kept"


_KINDS: dict[str, type[Step]] = {
    one.kind: one
    for one in (
        *(LinkUp, LinkDown, Mtu, Address, Route, RawIp, AddedMux, MadeLink, LinkDns, ResolvConf),
        *(DataFormat, QmiWitness, QmiCall, MbimSession, Bearer, Kept),
    )
}


def as_json(step: Step) -> JsonObject:
    """Return a record as a JSON object."""
    return {"kind": step.kind, **asdict(step)}


def from_json(value: object) -> Step | None:
    """Return the record of a JSON object; None for what is none. Never raises."""
    if not isinstance(value, dict):
        return None
    cls = _KINDS.get(str(value.get("kind")))
    if cls is None:
        return None
    found: dict[str, object] = {}
    for field in fields(cls):
        given = value.get(field.name)
        if not _fits(given, str(field.type)):
            return None
        found[field.name] = tuple(given) if isinstance(given, list) else given
    return cls(**found)


def _fits(value: object, annotation: str) -> bool:
    if annotation.endswith(" | None"):
        return value is None or _fits(value, annotation.removesuffix(" | None"))
    if annotation.startswith("tuple["):
        inner = annotation.removeprefix("tuple[").removesuffix(", ...]")
        return isinstance(value, list) and all(_fits(one, inner) for one in value)
    if annotation == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    if annotation == "str":
        return isinstance(value, str)
    return isinstance(value, dict)
