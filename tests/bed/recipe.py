# SPDX-License-Identifier: GPL-2.0-or-later
"""What a fault of the bed is: data, commands by place; and what must be found of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

PLACES = ("client", "carrier", "net", "server")


@dataclass(frozen=True, kw_only=True)
class Radio:
    """What a relay between wwan0 and the carrier does to packets; both are TUN netdevs then."""

    delay_s: float = 0.0
    """One way."""
    jitter_s: float = 0.0
    """Added to the delay, evenly spread up to this, each way."""
    loss_up: float = 0.0
    """Share of packets, 0 to 1."""
    loss_down: float = 0.0
    burst: float = 1.0
    """How many packets are lost one after another, on average."""
    wrong_down: float = 0.0
    """Share of packets to the host that are changed on the way: their checksums are wrong."""
    wrong_above: int = 0
    """Only those longer than this are changed."""
    buffer: int = 0
    """Longer packets to the host do not fit the driver's buffer: it counts them as errors."""
    keep_order: bool = True
    duplicate: float = 0.0
    idle_s: float = 0.0
    """After so long without a packet ..."""
    promotion_s: float = 0.0
    """... the first packet takes so much longer."""
    framed: bool = False
    """The modem speaks 802.3: packets to the host have an Ethernet header, others are dropped."""
    bare: bool = False
    """The netdev is 802.3 (TAP) and the modem speaks raw-IP: neither understands the other."""
    multiplexed: bool = False
    """With ``bare``: what the modem sends has a QMAP header in front."""
    exact: bool = False
    """A process of its own, to be measured against: see ``tests/bed/exact.py``."""
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Services:
    """How the servers of the bed behave; the healthy ones by default."""

    dns: str = "honest"
    """honest; hijack: an address for any name; silent; servfail, refused: to any question; dns64:
    AAAA made of the NAT64 prefix; loopback: 127.0.0.1 or ::1 for any name; nxdomain: there is no
    name at all; empty: names have no addresses; truncated: in full over TCP alone; garbage."""
    dns_delay_s: float = 0.0
    portal: bool = False
    """Each page answers as the portal does."""
    portal_page: str = "302"
    """What the portal answers: a status, or script: 200 and a page that leads on by itself."""
    clock_s: float = 0.0
    """What the time servers are ahead of this machine's clock."""
    answering: frozenset[str] = frozenset({"dns", "http", "https", "ntp", "quic", "echo", "stun"})
    """What runs on the far servers."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One fault: how it is set up, and the one finding that names it."""

    name: str
    cause: str
    """Number of the catalogue: D1; more than one recipe may have it. Empty: the healthy bed."""
    finding: str | None
    """Id of the finding; None: there must be none."""
    explains: str = ""
    """A check that the finding must explain; empty: any."""
    steps: tuple[str, ...] = ()
    """``place: command``, by a shell, after the bed is up."""
    nft: tuple[str, ...] = ()
    """``place: rule`` with the chain's name in front: see ``_CHAINS`` of tests/bed/rules.py."""
    radio: Radio | None = None
    services: Services = field(default_factory=Services)
    families: tuple[int, ...] = (4, 6)
    """IP families of the session."""
    mtu: int | None = None
    """MTU that the network signals, bytes."""
    doubt: str = ""
    """Why another name, or none, is right as well."""
    needs_reflector: bool = False
    """Whether there is a reflector on the server, and ``link`` is told of it."""
    load: bool = False
    """Whether ``link`` is asked for its load, too."""
    resolv_conf: tuple[str, ...] = ()
    """Servers that the host's resolv.conf names; none: there is no such file."""
    note: str = ""
    """How it is set up, in a few words: the matrix in docs/link-causes.md has them."""


def all_recipes() -> tuple[Recipe, ...]:
    """Return every recipe of ``recipes_*.py``, in the order of the files' names."""
    found: list[Recipe] = []
    for file in sorted(Path(__file__).parent.glob("recipes_*.py")):
        found += import_module(f"tests.bed.{file.stem}").RECIPES
    names = [recipe.name for recipe in found]
    assert len(set(names)) == len(names), "two recipes have one name"
    return tuple(found)


def recipe(name: str) -> Recipe:
    """Return the recipe of this name."""
    return next(one for one in all_recipes() if one.name == name)


def by_place(lines: tuple[str, ...]) -> dict[str, list[str]]:
    """Return what stands behind each place's name."""
    found: dict[str, list[str]] = {}
    for line in lines:
        place, _, rest = line.partition(": ")
        assert place in PLACES, f"{line!r} does not begin with a place"
        found.setdefault(place, []).append(rest)
    return found


HEALTHY = Recipe(name="healthy", cause="", finding=None)
