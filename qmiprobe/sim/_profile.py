# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles of simulated modems: what a certain model says of itself. A new one is a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import resources
from typing import Literal, TypeVar

from qmiprobe.errors import AddressError, DefinitionError
from qmiprobe.sim._parts import Air, Context, Framing, Signal, Sim
from qmiprobe.sim.usb._layout import UsbLayout
from qmiprobe.sim.usb._layout_file import parse_usb

Protocol = Literal["qmi", "mbim"]
_Part = TypeVar("_Part")
_FOLDER = resources.files("qmiprobe") / "sim" / "profiles"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What the modem is called and numbered."""

    manufacturer: str
    model: str
    revision: str
    hardware: str
    software: str
    imei: str
    imei_software_version: str = ""
    sku: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """How packets pass between host and modem."""

    format: Literal["raw-ip", "802.3"] = "raw-ip"
    """QMI: how packets are framed at power-up; MBIM has a framing of its own."""
    formats: tuple[str, ...] = ()
    """QMI: what the host may choose; empty: the one there is."""
    aggregations: tuple[str, ...] = ("qmap",)
    """QMI with raw-IP: how several packets may stand in one transfer, where the host wants it."""
    mtu: int = 1500
    """Bytes; what the network signals."""
    downlink_bps: int = 0
    uplink_bps: int = 0


@dataclass(frozen=True, kw_only=True)
class QmiSide:
    """What a modem with QMI has, be it inside MBIM."""

    services: Mapping[str, str] = field(default_factory=dict)
    """Version (``1.14``) by service name."""
    refuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By service name: messages that this firmware does not know."""
    client_ids: int = 16
    """How many a service gives out at the same time."""


@dataclass(frozen=True, kw_only=True)
class MbimSide:
    """What a modem with MBIM has."""

    services: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Command ids by service name."""
    mbimex: str = "1.0"
    """Newest version of Microsoft's extensions that it agrees to."""
    max_control_transfer: int = 4096
    max_sessions: int = 8


@dataclass(frozen=True, kw_only=True)
class Profile:
    """All of a simulated modem that is data."""

    name: str
    title: str
    protocol: Protocol
    identity: Identity
    sim: Mapping[str, object]
    """Arguments of a :class:`~qmiprobe.sim._parts.Sim`: each modem gets its own."""
    air: Mapping[str, object]
    signal: Mapping[str, object]
    contexts: tuple[Mapping[str, object], ...]
    link: Link = field(default_factory=Link)
    qmi: QmiSide = field(default_factory=QmiSide)
    mbim: MbimSide = field(default_factory=MbimSide)
    usb: UsbLayout = field(default_factory=UsbLayout)
    """What the modem is on the bus."""

    @property
    def tunnels_qmi(self) -> bool:
        """Whether QMI is spoken inside MBIM."""
        return self.protocol == "mbim" and bool(self.qmi.services)

    def new_sim(self) -> Sim:
        """Return the SIM as it is at power-up."""
        return _make(Sim, self.sim, f"profile {self.name}, [sim]")

    def new_air(self) -> Air:
        """Return the network around."""
        air = _make(Air, self.air, f"profile {self.name}, [air]")
        air.others = [(mcc, mnc, name) for mcc, mnc, name in air.others]
        return air

    def new_framing(self) -> Framing:
        """Return how packets are framed at power-up."""
        choices = tuple(self.link.formats) or (self.link.format,)
        return Framing(self.link.format, choices, tuple(self.link.aggregations))

    def new_signal(self) -> Signal:
        """Return the signal figures."""
        return _make(Signal, self.signal, f"profile {self.name}, [signal]")

    def new_contexts(self) -> list[Context]:
        """Return the stored contexts."""
        where = f"profile {self.name}, [[contexts]]"
        return [_make(Context, one, where) for one in self.contexts]


def profile_names() -> list[str]:
    """Return the names of the simulated modems there are."""
    return sorted(one.name[:-5] for one in _FOLDER.iterdir() if one.name.endswith(".toml"))


def load_profile(name: str) -> Profile:
    """Return a profile; AddressError for a name that there is none of."""
    names = profile_names()
    if name not in names:
        raise AddressError(f"no simulated modem {name!r}; there are: {', '.join(names)}")
    text = (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return parse_profile(name, text)


def parse_profile(name: str, text: str) -> Profile:
    """Return the profile in a TOML text; DefinitionError where a key means nothing."""
    where = f"profile {name}"
    table = tomllib.loads(text)
    if table.get("protocol") not in ("qmi", "mbim"):
        raise DefinitionError(f"{where}: protocol must be 'qmi' or 'mbim'")
    parts: dict[str, type] = {
        "identity": Identity, "link": Link, "qmi": QmiSide, "mbim": MbimSide,
    }  # fmt: skip
    for key, part in parts.items():
        if key in table:
            table[key] = _make(part, table[key], f"{where}, [{key}]")
    if "usb" in table:
        table["usb"] = parse_usb(table["usb"], f"{where}, [usb]")
    table["contexts"] = tuple(table.get("contexts", ()))
    profile = _make(Profile, {"name": name, **table}, where)
    _check_sides(profile, where)
    for check in (profile.new_sim, profile.new_air, profile.new_signal, profile.new_contexts):
        check()
    return profile


def _check_sides(profile: Profile, where: str) -> None:
    """Refuse what contradicts itself: a tunnel without QMI, QMI that nothing leads to."""
    offered = "qmi" in profile.mbim.services
    if profile.protocol == "mbim" and offered is not bool(profile.qmi.services):
        raise DefinitionError(
            f"{where}: QMI inside MBIM needs service qmi in [mbim.services] and [qmi] services"
        )
    if profile.link.formats and profile.link.format not in profile.link.formats:
        raise DefinitionError(f"{where}, [link]: format {profile.link.format} is not in formats")


def _make(part: type[_Part], table: Mapping[str, object], where: str) -> _Part:
    known = {one.name for one in fields(part)}  # type: ignore[arg-type]  # only dataclasses come
    strange = sorted(table.keys() - known)
    if strange:
        raise DefinitionError(
            f"{where}: no key {', '.join(strange)}; known: {', '.join(sorted(known))}"
        )
    try:
        return part(**table)
    except TypeError as error:
        raise DefinitionError(f"{where}: {error}") from None
