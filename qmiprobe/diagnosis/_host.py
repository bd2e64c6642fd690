# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the machine around the modem: containers, radio switches, other programs."""

from __future__ import annotations

import shlex

from qmiprobe.diagnosis._commands import port
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule


@rule(id="host/read-only-sysfs", explains=("host.sight",), of_warning=True)
def read_only_sysfs(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """What has to be written cannot be written here."""
    if not facts.flag("host.sysfs_read_only"):
        return None
    if not any(failed(verdicts, one) for one in verdicts if one.startswith(("usb.", "driver."))):
        return None
    inside = facts.text("host.container")
    return Cause(
        "sysfs is read-only here" + (", in this container" if inside else ""),
        Remedy(
            "The commands of the other finding have to be given on the host itself, or in a "
            "container that has its sysfs: `--privileged`, or `-v /sys:/sys`. Two udev daemons "
            "fight over a modem: let the host's one have it.",
        ),
        (
            observed(facts, "host.sysfs_read_only", "read-only"),
            *((observed(facts, "host.container", "container"),) if inside else ()),
        ),
    )


@rule(
    id="radio/switched-off",
    explains=("radio.rfkill", "device.mode"),
    follows=("device/low-power", "device/hardware-switch"),
)
def switched_off(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A switch of the machine keeps cellular radios off."""
    switches = facts.records("radio.switches")
    if not switches:
        return None
    hard = [one for one in switches if one.get("hard")]
    named = " and ".join(str(one.get("name")) for one in switches)
    return Cause(
        f"the machine's own switch keeps cellular radios off ({named}"
        + (", by a key or the firmware)" if hard else ", by software)"),
        Remedy(
            (
                "Look for the key, the slide or the flight mode in the firmware's setup. "
                if hard
                else "Switch it on. It is put back as it was at the next start: "
                "systemd-rfkill and TLP remember it. "
            )
            + "The modem stays at low power as long as it is off.",
            commands=("rfkill list wwan",) if hard else ("rfkill unblock wwan",),
            undo=() if hard else ("rfkill block wwan",),
        ),
        tuple(
            Evidence(
                f"{one.get('name')}: soft {one.get('soft')}, hard {one.get('hard')}",
                value=dict(one),
                source=str(one.get("path")),
            )
            for one in switches
        ),
    )


@rule(id="port/manager-overlooks", explains=("port.manager",), of_warning=True)
def manager_overlooks(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """ModemManager uses the modem's tty and has not noticed its control port."""
    records = facts.records("port.manager")
    if not records:
        return None
    ttys = ", ".join(dict.fromkeys(str(one.get("path")) for one in records))
    return Cause(
        f"ModemManager uses {ttys} of this modem, and not its control port {port(facts)}",
        Remedy(
            "The control port's driver came after ModemManager had looked. It looks again when it "
            "starts; load the driver early to make it last.",
            commands=("systemctl restart ModemManager",),
            lasting=(
                f"echo {facts.text('port.driver') or 'qmi_wwan'} > /etc/modules-load.d/wwan.conf",
            ),
        ),
        (observed(facts, "port.manager", "what it has open"),),
    )


@rule(id="port/held-by-other-name", explains=("port.holder",))
def held_by_other_name(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The port has two nodes, and somebody has the other one open."""
    holders = facts.records("port.other_name")
    if not holders:
        return None
    names = " and ".join(f"{one.get('program')} (pid {one.get('pid')})" for one in holders)
    path = holders[0].get("path")
    return Cause(
        f"{names} has {path} open, which is the same port as {port(facts)}: open() gives EBUSY",
        Remedy(
            "One of the two names can be open at a time. End that program, or have all programs "
            "use the same name.",
            commands=tuple(f"kill {one.get('pid')}" for one in holders),
        ),
        (observed(facts, "port.other_name", "holders"),),
    )


_NAMES = (
    'SUBSYSTEM=="usbmisc", KERNEL=="cdc-wdm*", IMPORT{builtin}="path_id", '
    'SYMLINK+="wwan/$env{ID_PATH}"'
)
"""A rule of udev that gives a port a name after its place on the bus."""


@rule(id="port/renumbered", explains=("port.node",))
def renumbered(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The named node is not there, and another one is."""
    others = facts.texts("port.others")
    if facts.text("port.error") != "missing" or not others:
        return None
    return Cause(
        f"there is no {port(facts)}; what there is: {', '.join(others)}",
        Remedy(
            "Nodes get the next free number whenever a driver is bound, so a modem has another "
            "one after that. Name it by its place on the bus, which stays, or by its netdev.",
            commands=(f"qmiprobe check {shlex.quote(others[0])}", "qmiprobe list"),
            lasting=(f"echo '{_NAMES}' > /etc/udev/rules.d/60-wwan-names.rules",),
        ),
        (observed(facts, "port.others", "control ports"),),
    )


@rule(id="port/device-cgroup", explains=("port.open", "port.access"))
def device_cgroup(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Its mode allows it, and the container's list of devices does not."""
    if facts.text("port.errno") != "EPERM" or facts.flag("port.allowed") is not True:
        return None
    inside = facts.text("host.container")
    return Cause(
        f"{port(facts)} may be opened by its mode, and the kernel refuses it (EPERM): the list of "
        "devices of this container or service lacks it",
        Remedy(
            "Allow the node where the container or the service is started; a modem needs its tty "
            "and the host's network as well.",
            commands=(
                "docker run --device=/dev/cdc-wdm0 --device-cgroup-rule='c 180:* rw' "
                "--network=host ...",
            )
            if inside
            else ("systemctl show --property=DevicePolicy --property=DeviceAllow SERVICE",),
        ),
        (
            observed(facts, "port.errno", "open()"),
            observed(facts, "port.mode", "mode"),
            *((observed(facts, "host.container", "container"),) if inside else ()),
        ),
    )


@rule(id="driver/at-commands-only", explains=("port.protocol",))
def at_commands_only(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The control port carries AT commands, as those of huawei_cdc_ncm do."""
    protocol = facts.text("port.protocol")
    if protocol is None:
        return None
    driver = facts.text("port.driver") or "its driver"
    return Cause(
        f"{port(facts)} carries {protocol.upper()} commands and not QMI or MBIM: it is {driver}'s",
        Remedy(
            "This composition is NCM with AT commands: dial with them (Huawei: AT^NDISDUP=1,1,"
            '"APN"), on this port or on a tty. QMI or MBIM needs another composition, which the '
            "modem keeps for good (Huawei: AT^SETPORT); qmiprobe does not set it for you.",
            commands=("qmiprobe list",),
        ),
        (
            observed(facts, "port.driver", "driver"),
            observed(facts, "port.protocol", "carries"),
        ),
    )
