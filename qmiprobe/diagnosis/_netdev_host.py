# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the netdev's settings that sysfs shows by itself."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

_AGGREGATED = 16384
"""What firmwares usually put together into one transfer, bytes."""


_MAKE_ONE = frozenset({"qmi_wwan", "cdc_mbim", "cdc_ncm", "cdc_ether", "huawei_cdc_ncm"})
"""Drivers that have an interface only together with a netdev."""


@rule(id="netdev/other-namespace", explains=("netdev.present", "netdev.settings"))
def other_namespace(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The driver has made a netdev, and it is not to be seen from here."""
    driver = facts.text("port.driver")
    if facts.flag("netdev.present") is not False or driver not in _MAKE_ONE:
        return None
    return Cause(
        f"{driver} has made a netdev, and it is not in this network namespace",
        Remedy(
            "Somebody moved it into another one, or this is a container with a network of its "
            "own. Look for it there, or start the container with the host's network.",
            commands=("ip netns list", "lsns --type net"),
        ),
        (
            observed(facts, "port.driver", "driver"),
            observed(facts, "netdev.present", "netdev in this namespace"),
        ),
    )


@rule(id="netdev/no-such", explains=("netdev.present",))
def no_such(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A netdev was named that is not there."""
    if facts.flag("netdev.present") is not False or facts.get("netdev.others") is None:
        return None
    others = facts.texts("netdev.others")
    there = f"there are {', '.join(others)}" if others else "there is none but lo"
    return Cause(
        f"{netdev(facts)} is not the name of a netdev here: {there}",
        Remedy(
            "Name one of these. Where the modem's is not among them, its driver made none, or it "
            "is in another network namespace: the doctor looks for the modem.",
            commands=("ip -brief link", "qmiprobe doctor"),
        ),
        (observed(facts, "netdev.others", "netdevs in this namespace"),),
    )


@rule(id="netdev/dhcp-on-raw-ip", explains=("netdev.settings",), of_warning=True)
def dhcp_on_raw_ip(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A DHCP client waits on a netdev that has no Ethernet address."""
    clients = facts.records("netdev.dhcp_clients")
    if not clients or not facts.flag("netdev.raw_ip"):
        return None
    name = netdev(facts)
    names = " and ".join(f"{one.get('program')} (pid {one.get('pid')})" for one in clients)
    return Cause(
        f"{names} asks for an address on {name}, which carries bare IP packets",
        Remedy(
            "Such a client needs an Ethernet address and gets no answer. The modem says by QMI "
            "what the network gave: set that by hand, or let ModemManager; udhcpc works too.",
            commands=tuple(f"kill {one.get('pid')}" for one in clients),
        ),
        (
            observed(facts, "netdev.dhcp_clients", "DHCP clients"),
            observed(facts, "netdev.raw_ip", "raw_ip"),
        ),
    )


@rule(id="netdev/old-usbnet", explains=("netdev.settings",), of_warning=True)
def old_usbnet(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A driver with raw-IP was put into a kernel whose usbnet cannot do it."""
    release = facts.text("netdev.usbnet")
    if release is None or not facts.flag("netdev.raw_ip"):
        return None
    return Cause(
        f"qmi_wwan carries bare IP packets here, and usbnet of Linux {release} cannot do so",
        Remedy(
            "Each packet loses 14 bytes, as if it had an Ethernet header. raw_ip needs Linux 4.5: "
            "a newer kernel, or one whose usbnet was brought along with the driver.",
            commands=("uname -r",),
        ),
        (observed(facts, "netdev.usbnet", "kernel"), observed(facts, "netdev.raw_ip", "raw_ip")),
    )


@rule(id="netdev/aggregation-mtu", explains=("netdev.settings",), of_warning=True)
def aggregation_mtu(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem sends several packets at once, and the driver's buffers take one."""
    muxes, errors = facts.texts("netdev.muxes"), facts.integer("netdev.rx_errors") or 0
    mtu = facts.integer("netdev.mtu")
    if not muxes or errors < 1 or mtu is None or mtu >= _AGGREGATED // 8:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} has buffers for {mtu} bytes, and the modem sends several packets together",
        Remedy(
            f"The MTU of {name} sizes the driver's buffers: raise it to what the modem puts "
            "together, and keep the small one on the netdevs above it.",
            commands=(f"ip link set dev {name} mtu {_AGGREGATED}",),
            undo=(f"ip link set dev {name} mtu {mtu}",),
        ),
        (
            observed(facts, "netdev.muxes", "multiplexed netdevs"),
            observed(facts, "netdev.mtu", f"MTU of {name}", unit="bytes"),
            observed(facts, "netdev.rx_errors", "packets that could not be taken"),
        ),
    )
