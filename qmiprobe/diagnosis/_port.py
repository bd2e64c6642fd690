# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the way to the control port: is there a modem, and may it be opened?"""

from __future__ import annotations

from qmiprobe.diagnosis._commands import address, direct, port, protocol
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, failed_over_the_port, observed, rule

_PORT_CHECKS = ("port.node", "port.holder", "port.open")


@rule(id="usb/no-modem", explains=("usb.enumerated",))
def no_modem(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Linux shows no modem at all."""
    if facts.integer("usb.modems") != 0:
        return None
    return Cause(
        "Linux shows no modem on USB or PCIe",
        Remedy(
            "Plug it in, give it power, wait half a minute; then see what the kernel says.",
            commands=("dmesg | tail -n 40", "lsusb", "qmiprobe list"),
        ),
        (observed(facts, "usb.modems", "modems found"),),
    )


@rule(id="port/missing", explains=_PORT_CHECKS)
def missing(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The named node does not exist."""
    if facts.text("port.error") != "missing" or facts.texts("port.others"):
        return None
    return Cause(
        f"there is no control port {port(facts)}",
        Remedy("See which modems and control ports there are.", commands=("qmiprobe list",)),
        (observed(facts, "port.errno", "open()"),) if "port.errno" in facts else (),
    )


@rule(id="port/permission", explains=(*_PORT_CHECKS, "port.access"))
def permission(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The user may not open the node."""
    if facts.text("port.error") != "permission":
        return None
    if facts.text("port.errno") == "EPERM" and facts.flag("port.allowed"):
        return None
    return Cause(
        f"this user may not open {port(facts)}",
        Remedy(
            "Run it as root. In a container, allow the device node as well.",
            commands=(f"sudo qmiprobe check {address(facts)}",),
            lasting=_group_lines(facts),
        ),
        (
            observed(facts, "port.errno", "open()"),
            observed(facts, "port.group", "group"),
            *((observed(facts, "port.mode", "mode"),) if "port.mode" in facts else ()),
        ),
    )


def _group_lines(facts: Facts) -> tuple[str, ...]:
    group = facts.text("port.group")
    # Membership in root's group would be no way to give a user one device.
    return (f'sudo usermod -aG {group} "$USER"',) if group not in (None, "root") else ()


@rule(
    id="port/held",
    explains=(*_PORT_CHECKS, "control.protocol", "control.answers"),
    tell_apart="the check passes once the other program is stopped",
)
def held(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another program reads the node itself and takes our answers."""
    holders = facts.records("port.holders")
    if not holders or facts.flag("port.proxy") is True:
        return None
    names = " and ".join(f"{h.get('program')} (pid {h.get('pid')})" for h in holders)
    manager = any(h.get("program") == "ModemManager" for h in holders)
    return Cause(
        f"{names} has {port(facts)} open and takes the answers",
        Remedy(
            "Stop that program while testing, or let both go through the proxy.",
            commands=("systemctl stop ModemManager",)
            if manager
            else tuple(f"kill {h.get('pid')}" for h in holders),
            undo=("systemctl start ModemManager",) if manager else (),
        ),
        (observed(facts, "port.holders", "holders"),),
    )


@rule(id="port/proxy-failed", explains=("port.open", "control.protocol", "control.answers"))
def proxy_failed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A proxy hangs up, with the port behind it still there."""
    if facts.text("port.error") != "proxy":
        return None
    proxy = f"{protocol(facts) or 'qmi'}-proxy"
    return Cause(
        f"{proxy} does not carry the messages of {port(facts)}",
        Remedy(
            "A proxy hangs up without a word: when the modem refuses to be opened, when it sends "
            "what the proxy cannot read, when somebody stops it. Stop the programs that use it, "
            "and ask the port itself.",
            commands=("systemctl stop ModemManager", f"qmiprobe check {direct(facts)}"),
            undo=("systemctl start ModemManager",),
        ),
        (observed(facts, "port.error", "what failed"),),
        also_explains=(*failed_over_the_port(verdicts), *_on_the_netdev(verdicts)),
    )


@rule(id="port/gone", explains=(*_PORT_CHECKS, "control.protocol", "control.answers"))
def gone(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The device vanished or was reset under us."""
    if facts.text("port.error") not in ("gone", "io"):
        return None
    back = facts.text("usb.returned")
    other = back is not None and back != facts.text("device.usb_id")
    return Cause(
        "the modem left the bus or was reset while it was asked"
        + (f", and came back as {back}" if other else ""),
        Remedy(
            "Look for disconnects and power trouble: cable, hub, supply current at transmission.",
            commands=("dmesg | tail -n 50", "lsusb -t"),
        ),
        (
            observed(facts, "port.errno", "system error"),
            *((observed(facts, "usb.returned", "came back as"),) if back is not None else ()),
        ),
        also_explains=(*failed_over_the_port(verdicts), *_on_the_netdev(verdicts)),
    )


def _on_the_netdev(verdicts: Verdicts) -> tuple[str, ...]:
    """The failed checks of the data path, which leaves with the modem."""
    return tuple(
        check
        for check in verdicts
        if check.startswith(("netdev.", "link.")) and failed(verdicts, check)
    )
