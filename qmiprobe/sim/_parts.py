# SPDX-License-Identifier: GPL-2.0-or-later
"""What a modem consists of, as plain values in nobody's protocol: radio, SIM, network, contexts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """Operating mode."""

    ONLINE = "online"
    LOW_POWER = "low-power"
    FACTORY_TEST = "factory-test"
    OFFLINE = "offline"
    RESET = "reset"
    SHUTTING_DOWN = "shutting-down"
    PERSISTENT_LOW_POWER = "persistent-low-power"


class Card(StrEnum):
    """How far the SIM is."""

    READY = "ready"
    ABSENT = "absent"
    PIN = "pin-required"
    PUK = "puk-required"
    BLOCKED = "blocked"
    """The PUK was wrong too often: the card is lost."""
    FAILED = "failed"
    """The card does not answer as one should."""
    STARTING = "starting"


class Registration(StrEnum):
    """What the network thinks of the modem."""

    NONE = "none"
    SEARCHING = "searching"
    HOME = "home"
    ROAMING = "roaming"
    DENIED = "denied"


class Kind(StrEnum):
    """What a change is about."""

    MODE = "mode"
    SIM = "sim"
    REGISTRATION = "registration"
    ATTACH = "attach"
    SIGNAL = "signal"
    SESSION = "session"
    CONTEXTS = "contexts"
    MESSAGE = "message"
    """A short message arrived; ``Change.index`` says which one."""
    RESTART = "restart"
    """The firmware started over: nothing that a host agreed with it holds any more."""


@dataclass(frozen=True)
class Change:
    """Something about the modem is other than before; sessions and messages say which one."""

    kind: Kind
    session_id: int = 0
    family: int = 0
    index: int = 0


@dataclass(kw_only=True)
class Radio:
    """The switches between the modem and the air."""

    mode: Mode = Mode.ONLINE
    hardware_on: bool = True
    """The switch or pin on the board (W_DISABLE)."""
    fcc_locked: bool = False
    """The host has to authenticate before the radio may be switched on."""

    @property
    def on(self) -> bool:
        """Whether the modem may transmit."""
        return self.mode is Mode.ONLINE and self.hardware_on and not self.fcc_locked


@dataclass(kw_only=True)
class Sim:
    """The card and its locks."""

    imsi: str
    iccid: str
    msisdn: str = ""
    pin: str = "1234"
    puk: str = "12345678"
    card: Card = Card.READY
    pin_enabled: bool = False
    pin_tries: int = 3
    puk_tries: int = 10
    starting_s: float = 0.0
    """How long after power-up the card is busy."""
    slots: int = 1
    """One or two."""
    active_slot: int = 1
    """The slot, from 1, that all the rest is about."""
    beside: Card = Card.ABSENT
    """What the slot that is not active holds."""


@dataclass(kw_only=True)
class Air:
    """What the network around would answer, were the modem to ask."""

    mcc: str
    mnc: str
    name: str
    short_name: str = ""
    technology: str = "lte"
    registers: Registration = Registration.HOME
    """What registering ends in."""
    reject: int = 0
    """NAS reject cause where that is ``DENIED`` (3GPP 24.008, 10.5.5.14)."""
    attaches: bool = True
    attach_reject: int = 0
    delay_s: float = 0.3
    """How long registering takes."""
    tac: int = 1
    cell_id: int = 1
    physical_cell: int = 1
    channel: int = 1300
    band: int = 3
    others: list[tuple[str, str, str]] = field(default_factory=list)
    """MCC, MNC and name of networks in reach beside it."""


@dataclass(kw_only=True)
class Signal:
    """Signal figures as the modem would round them."""

    rssi: int = -65
    """dBm."""
    rsrq: int = -9
    """dB."""
    rsrp: int = -93
    """dBm."""
    snr: float = 12.0
    """dB."""


@dataclass(kw_only=True)
class Context:
    """A stored connection profile (QMI: profile; MBIM: provisioned context)."""

    number: int
    name: str = ""
    apn: str = ""
    family: str = "ipv4v6"
    """ipv4, ipv6 or ipv4v6."""
    auth: str = "none"
    """none, pap, chap or pap-or-chap."""
    user: str = ""
    password: str = ""


@dataclass
class Framing:
    """How packets are framed between host and modem."""

    format: str
    """raw-ip or 802.3."""
    choices: tuple[str, ...]
    """What the host may have it changed to."""
    aggregations: tuple[str, ...] = ()
    """Ways of putting several raw-IP packets into one transfer that the host may choose."""
    uplink: str = "disabled"
    """The one in use, or disabled."""
    downlink: str = "disabled"
    largest: int = 16384
    """Bytes of an aggregate that the modem makes or takes."""
    most: int = 32
    """Packets in one."""
    downlink_size: int = 0
    """Bytes that the host takes, none at all without aggregation."""
    downlink_datagrams: int = 0

    def aggregate(
        self,
        *,
        uplink: str | None = None,
        downlink: str | None = None,
        size: int | None = None,
        datagrams: int | None = None,
    ) -> None:
        """Use these as far as there are such; None leaves one as it is, 0 is the modem's choice."""
        known = ("disabled", *self.aggregations) if self.format == "raw-ip" else ("disabled",)
        self.uplink = uplink if uplink in known else self.uplink
        self.downlink = downlink if downlink in known else self.downlink
        if self.downlink == "disabled" or self.format != "raw-ip":
            self.downlink = "disabled"
            self.downlink_size = self.downlink_datagrams = 0
        else:
            size = self.downlink_size if size is None else size
            datagrams = self.downlink_datagrams if datagrams is None else datagrams
            self.downlink_size = min(size or self.largest, self.largest)
            self.downlink_datagrams = min(datagrams or self.most, self.most)
        if self.format != "raw-ip":
            self.uplink = "disabled"


@dataclass(kw_only=True)
class ShortMessage:
    """A short message in the modem's store."""

    index: int
    pdu: bytes
    """As the service centre delivered it, that one's address in front."""
    seen: bool = False
    """Whether a host has read it."""


@dataclass(frozen=True, kw_only=True)
class CallEnd:
    """Why a data session was refused or ended.

    ``kind`` is the space of the number: ``3gpp`` (24.008, 10.5.6.6), ``internal``, ``cm``, ...
    as modems have it.
    """

    kind: str
    number: int


CLIENT_ENDED = CallEnd(kind="3gpp", number=36)
"""Regular deactivation."""
NO_SERVICE = CallEnd(kind="internal", number=219)
"""Low power mode or power down."""
ALREADY_UP = CallEnd(kind="internal", number=236)
"""Another client has that call."""


@dataclass(kw_only=True)
class Calls:
    """How the network and the modem answer to data calls."""

    refusals: dict[int, CallEnd] = field(default_factory=dict)
    """Families (4, 6) that are refused, and why."""
    signalled_mtu: int | None = 1500
    """None: the network signals none."""
    with_address: bool = True
    with_dns: bool = True
