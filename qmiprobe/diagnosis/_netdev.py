# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the netdev: its format, state, addresses and MTU against what the modem says."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_interface

from qmiprobe.diagnosis._commands import address, netdev
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_USUAL_MTU = 1500
_FORMATS = {"raw-ip": "Y", "802.3": "N"}


@rule(
    id="netdev/format-mismatch",
    explains=("netdev.format", "link.return", "netdev.raw-ip"),
    follows=(
        "session/phantom",
        "netdev/lost-at-modem",
        "netdev/lost-from-modem",
        "netdev/no-arp-answer",
    ),
)
def format_mismatch(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """One side speaks raw-IP, the other one Ethernet frames."""
    host, modem = facts.text("netdev.format"), facts.text("netdev.expected_format")
    if host not in _FORMATS or modem not in _FORMATS or host == modem:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} speaks {host}, the modem {modem}: neither understands the other's packets",
        Remedy(
            "Tell the driver what the modem speaks; the netdev must be down meanwhile. qmi_wwan "
            "begins with 802.3: ModemManager and `qmiprobe connect` set it before they use it.",
            commands=_set_format(facts, _FORMATS[modem]),
            undo=_set_format(facts, _FORMATS[host]),
        ),
        (
            observed(facts, "netdev.format", "the host speaks"),
            observed(facts, "netdev.expected_format", "the modem speaks"),
            observed(facts, "netdev.driver", "driver"),
        ),
    )


def _set_format(facts: Facts, raw_ip: str) -> tuple[str, ...]:
    name = netdev(facts)
    line = f"echo {raw_ip} > /sys/class/net/{name}/qmi/raw_ip"
    if facts.flag("netdev.up") is False:
        return (line,)
    return (f"ip link set dev {name} down", line, f"ip link set dev {name} up")


@rule(
    id="netdev/address-like-ip",
    explains=("netdev.format", "link.return"),
    follows=(
        "session/phantom",
        "netdev/lost-at-modem",
        "netdev/lost-from-modem",
        "netdev/no-arp-answer",
    ),
)
def address_like_ip(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """In 802.3 format the netdev has an address that begins as an IP packet does."""
    if not facts.flag("netdev.address_like_ip"):
        return None
    name = netdev(facts)
    return Cause(
        f"the Ethernet address of {name} begins as an IP packet does: qmi_wwan takes each frame "
        "to it for a bare packet",
        Remedy(
            "Give it another address, with the netdev down. Newer kernels choose it at random "
            "each time the modem comes, so this happens now and then.",
            commands=_set_address(name, "02:00:00:00:00:01"),
        ),
        (observed(facts, "netdev.address_like_ip", "its address begins with 4 or 6"),),
    )


def _set_address(name: str, text: str) -> tuple[str, ...]:
    return (
        f"ip link set dev {name} down",
        f"ip link set dev {name} address {text}",
        f"ip link set dev {name} up",
    )


@rule(id="netdev/down", explains=("netdev.up",))
def down(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The netdev is not up."""
    if facts.flag("netdev.up") is not False:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} is down",
        Remedy(
            "Set it up.",
            commands=(f"ip link set dev {name} up",),
            undo=(f"ip link set dev {name} down",),
        ),
        (observed(facts, "netdev.up", "up"),),
    )


@rule(id="netdev/no-carrier", explains=("netdev.up",))
def no_carrier(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The netdev is up and has no carrier: the modem has no session on it."""
    if facts.flag("netdev.up") is not True or facts.flag("netdev.carrier") is not False:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} has no carrier: the modem has no data session on it",
        Remedy(
            "Open a data session; drivers that know of it set the carrier by it. Where one is up, "
            "the modem has forgotten the netdev: open it anew.",
            commands=("qmiprobe disconnect", "qmiprobe connect"),
        ),
        (observed(facts, "netdev.carrier", "carrier"), observed(facts, "netdev.up", "up")),
    )


@rule(id="netdev/missing-address", explains=("netdev.address",))
def missing_address(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network gave an address that the netdev does not have."""
    if not failed(verdicts, "netdev.address"):
        return None
    present = {_plain(text) for text in facts.texts("netdev.addresses")}
    missing = [text for text in _given(facts) if _plain(text) not in present]
    if not missing:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} lacks the address that the network gave: {', '.join(missing)}",
        Remedy(
            "Set address and route by hand (many modems answer no DHCP), or let the program that "
            "opened the session do it. The address changes with every session.",
            commands=tuple(
                line
                for text in missing
                for line in (
                    f"ip address add {text} dev {name}",
                    f"ip {_dash(text)} route add default dev {name} metric 700",
                )
            ),
            undo=tuple(f"ip address del {text} dev {name}" for text in missing),
        ),
        (
            observed(facts, "netdev.addresses", f"addresses of {name}"),
            observed(facts, "session.settings", "what the network gave"),
        ),
    )


@rule(id="netdev/no-address-given", explains=("netdev.address",))
def no_address_given(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The session came up, and there was no address in what the network gave."""
    families = facts.numbers("session.no_address")
    if not families or _given(facts) or not failed(verdicts, "netdev.address"):
        return None
    names = " and ".join(f"IPv{family}" for family in families)
    again = f"qmiprobe check {address(facts)} --connect"
    return Cause(
        f"the data session came up, but the network gave it no address ({names})",
        Remedy(
            "Try the APN that the operator names, and each IP family alone. Some older modems "
            "tell the address by DHCP only, on a netdev in 802.3 format.",
            commands=(f"{again} --apn APN", f"{again} --ip-type 4", f"{again} --ip-type 6"),
        ),
        (
            observed(facts, "session.no_address", "families without an address"),
            observed(facts, "netdev.addresses", "addresses of the netdev"),
        ),
    )


@rule(id="netdev/stale-address", explains=("netdev.address",), follows=("session/phantom",))
def stale_address(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The netdev still has the address of an earlier session."""
    given = _given(facts)
    if not given or not failed(verdicts, "netdev.address"):
        return None
    wanted = {_plain(text) for text in given}
    families = {ip_interface(text).version for text in given}
    stale = [
        text
        for text in facts.texts("netdev.addresses")
        if (plain := _plain(text)) is not None
        and plain not in wanted
        and ip_interface(text).version in families
        and not ip_interface(text).is_link_local
    ]
    if not stale or not wanted <= {_plain(text) for text in facts.texts("netdev.addresses")}:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} still has the address of an earlier session: {', '.join(stale)}",
        Remedy(
            "Take it away: packets that leave with it are dropped by the network.",
            commands=tuple(f"ip address del {text} dev {name}" for text in stale),
            undo=tuple(f"ip address add {text} dev {name}" for text in stale),
        ),
        (
            observed(facts, "netdev.addresses", f"addresses of {name}"),
            observed(facts, "session.settings", "what the network gave"),
        ),
    )


@rule(id="netdev/mtu-above-network", explains=("netdev.mtu",))
def mtu_above_network(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The netdev would send larger packets than the network takes."""
    own, network = facts.integer("netdev.mtu"), facts.integer("session.mtu")
    if own is None or network is None or own <= network:
        return None
    if network < (facts.integer("session.least_mtu") or 0):
        return None
    name, taken = netdev(facts), _that_usbnet_takes(facts, network)
    why = " usbnet refuses that very size (EDOM), so one less." if taken != network else ""
    return Cause(
        f"the MTU of {name} is {own}, the network takes {network}",
        Remedy(
            f"Set the network's MTU.{why}",
            commands=(f"ip link set dev {name} mtu {taken}",),
            undo=(f"ip link set dev {name} mtu {own}",),
            lasting=(f"nmcli connection modify CONNECTION gsm.mtu {network}",),
        ),
        (
            observed(facts, "netdev.mtu", f"MTU of {name}", unit="bytes"),
            observed(facts, "session.mtu", "MTU that the network signals", unit="bytes"),
        ),
        follows=_black_holes_at(facts, network),
    )


_PACKET = 512
"""Bytes of a bulk packet of USB 2; those of USB 3 are twice as large."""
_ETHERNET_HEADER = 14


def _that_usbnet_takes(facts: Facts, mtu: int) -> int:
    """The MTU, or one less where a full packet of it would just fill its transfer: usbnet.c."""
    header = 0 if facts.text("netdev.format") == "raw-ip" else _ETHERNET_HEADER
    fills = (mtu + header) % _PACKET == 0
    return mtu - 1 if fills and facts.text("netdev.driver") == "qmi_wwan" else mtu


@rule(id="netdev/mtu-signalled-too-small", explains=("netdev.mtu",))
def mtu_signalled_too_small(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """What the network signals is too small for IP: it cannot be meant."""
    network, least = facts.integer("session.mtu"), facts.integer("session.least_mtu")
    if network is None or least is None or network >= least:
        return None
    own, name = facts.integer("netdev.mtu"), netdev(facts)
    wanted = _path_takes(facts, below=own) or _USUAL_MTU
    return Cause(
        f"the network signals an MTU of {network} bytes, which cannot be meant: IP needs {least}",
        Remedy(
            "Do not take it over: set what the path takes, which link.pmtu-up measures up to the "
            "netdev's own MTU. The value comes from the operator or from the modem's profile: ask "
            "the operator, try another APN.",
            commands=(
                f"ip link set dev {name} mtu {wanted}",
                f"qmiprobe check {address(facts)} --only link.pmtu-up",
            ),
            undo=(f"ip link set dev {name} mtu {own}",) if own is not None else (),
            lasting=(f"nmcli connection modify CONNECTION gsm.mtu {wanted}",),
        ),
        (
            observed(facts, "session.mtu", "MTU that the network signals", unit="bytes"),
            observed(facts, "netdev.mtu", f"MTU of {name}", unit="bytes"),
            observed(facts, "session.least_mtu", "what these IP families need", unit="bytes"),
        ),
    )


def _path_takes(facts: Facts, *, below: int | None) -> int | None:
    """The size that was measured toward the network, if it is the path's and not the netdev's."""
    sizes = (facts.integer(f"link.pmtu_up.{family}.size") for family in ("v4", "v6"))
    size = min((size for size in sizes if size is not None), default=None)
    return size if size is not None and below is not None and size < below else None


def _black_holes_at(facts: Facts, network: int) -> tuple[str, ...]:
    """A black hole follows from the MTU only if everything up to the signalled size passes."""
    return tuple(
        finding
        for finding, fact in (
            ("path/mtu-black-hole-up", "link.pmtu_up"),
            ("path/mtu-black-hole-down", "link.pmtu_down"),
            ("path/mtu-smaller", "link.pmtu_up"),
        )
        if all(
            (facts.integer(f"{fact}.{family}.size") or network) >= network
            for family in ("v4", "v6")
        )
    )


def _given(facts: Facts) -> list[str]:
    """The addresses with prefix length that the network gave and that make sense."""
    texts = (_address(record) for record in facts.records("session.settings"))
    return [text for text in texts if _plain(text) is not None]


def _address(record: Mapping[str, JsonValue]) -> str:
    address = record.get("address")
    return address if isinstance(address, str) else ""


def _plain(text: str) -> str | None:
    """The address without its prefix length: a /32 of the same address serves as well."""
    try:
        return str(ip_interface(text).ip)
    except ValueError:
        return None


def _dash(text: str) -> str:
    return f"-{ip_interface(text).version}"
