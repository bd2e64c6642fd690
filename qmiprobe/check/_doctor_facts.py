# SPDX-License-Identifier: GPL-2.0-or-later
"""What the machine around a modem shows, as facts for the rules: log, power, files, programs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qmiprobe import host
from qmiprobe.check._usb_facts import DEVICES, given_ids
from qmiprobe.diagnosis import Facts, JsonValue

_PLACE = re.compile(r"[0-9]+-[0-9.]+")
_FAILING = ("enumeration", "over-current")
_TRANSFERS = ("interrupt", "stall", "transfer", "watchdog", "resume")
_USB_DRIVERS = ("qmi_wwan", "cdc_mbim", "cdc_ncm", "cdc_ether", "huawei_cdc_ncm")
"""Those whose new_id has a remove_id."""
_DHCP = frozenset({"dhclient", "dhcpcd", "dhcpcd5"})
_RAW_IP_SINCE = (4, 5)
_SERIAL_DRIVERS = frozenset({"option", "qcserial", "sierra", "cdc_acm"})
_GENERIC = "usbserial_generic"


def add_enumeration(facts: Facts, wanted: str, *, sysroot: str) -> str | None:
    """Add what the log says of a port where nothing comes up; return the port, if there is one."""
    log = host.kernel_log(sysroot)
    asked = wanted.rpartition(":")[2]
    came = {one.plug: one.time_s or 0.0 for one in log.bus_events() if one.id is not None}
    found = [
        one
        for one in host.troubles(log)
        if one.kind in _FAILING
        and one.plug is not None
        and host.read_attribute(f"{DEVICES}/{one.plug}/idVendor", sysroot=sysroot) is None
        and (one.time_s or 0.0) >= came.get(one.plug, 0.0)
        and (_PLACE.fullmatch(asked) is None or one.plug == asked)
    ]
    if not found or found[-1].plug is None:
        return None
    plug = found[-1].plug
    lines: list[JsonValue] = [one.text for one in found if one.plug == plug]
    facts.add("usb.log.enumeration", lines[-10:], source="/dev/kmsg")
    facts.add("usb.log.enumeration.plug", plug, source="/dev/kmsg")
    _add_port(facts, plug, sysroot=sysroot)
    return plug


def _add_port(facts: Facts, plug: str, *, sysroot: str) -> host.Supply:
    found = host.supply(plug, sysroot=sysroot)
    if found.port is not None:
        facts.add("usb.port", found.port, source=found.port)
    if found.over_currents is not None:
        source = f"{found.port}/over_current_count"
        facts.add("usb.over_currents", found.over_currents, source=source)
    return found


def add_choice(facts: Facts, modem: host.Modem, *, sysroot: str) -> None:
    """Add who would choose a configuration, and what the log says of setting one."""
    log = host.kernel_log(sysroot).since_plugged(modem.name)
    said: list[JsonValue] = [
        one.text
        for one in host.troubles(log)
        if one.kind == "bandwidth" and one.plug in (modem.name, None)
    ]
    facts.add("usb.log.bandwidth", said, source="/dev/kmsg")
    entry = host.mode_switch(modem.id, sysroot=sysroot)
    if entry is not None and entry.configuration is not None:
        facts.add("usb.mode_switch.file", entry.file, source=entry.file)
        facts.add("usb.mode_switch.sets", entry.configuration, source=entry.file)
        if entry.disabled is not None:
            facts.add("usb.mode_switch.disabled", entry.disabled, source=entry.file)
    rules: list[JsonValue] = [
        {
            "file": one.file,
            "line": one.line,
            "last": one.last,
            "value": one.value,
            "fault": one.fault,
        }
        for one in host.configuration_rules(modem.id, sysroot=sysroot)
    ]
    facts.add("usb.udev_rules", rules, source="udev's rules.d")


def add_obstacles(facts: Facts, modem: host.Modem, *, sysroot: str) -> None:
    """Add what keeps a driver out or lets another one in, beside what new_id says."""
    prefer = host.module_parameter("cdc_ncm", "prefer_mbim", sysroot=sysroot)
    folder = "/sys/module"
    if prefer is not None:
        source = f"{folder}/cdc_ncm/parameters/prefer_mbim"
        facts.add("driver.prefer_mbim", prefer in ("Y", "1"), source=source)
    words = {
        name: host.module_parameter("usbserial", name, sysroot=sysroot)
        for name in ("vendor", "product")
    }
    if all(_number(word) for word in words.values()):
        text = " ".join(f"{name}={word}" for name, word in words.items())
        facts.add("driver.generic_parameters", text, source=f"{folder}/usbserial/parameters")
    log = host.kernel_log(sysroot)
    facts.add("driver.rejected", list(host.rejected_modules(log)), source="/dev/kmsg")
    state = host.lockdown(sysroot)
    if state is not None:
        facts.add("host.lockdown", state, source="/sys/kernel/security/lockdown")
    gaps: list[JsonValue] = [
        one.text
        for one in host.troubles(log.since_plugged(modem.name))
        if one.kind == "numbering" and one.plug == modem.name
    ]
    facts.add("usb.log.numbering", gaps, source="/dev/kmsg")
    if any(one.get("driver") == "usbfs" for one in facts.records("usb.interfaces")):
        facts.add("driver.programs", _programs(modem, sysroot=sysroot), source="/proc/*/fd")


def _number(text: str | None) -> int:
    try:
        return int(text or "0", 0)
    except ValueError:
        return 0


def _programs(modem: host.Modem, *, sysroot: str) -> list[JsonValue]:
    """Who has the device's own node open, past the drivers."""
    numbers = [
        host.read_attribute(f"{DEVICES}/{modem.name}/{name}", sysroot=sysroot)
        for name in ("busnum", "devnum")
    ]
    if not all(one is not None and one.isdigit() for one in numbers):
        return []
    path = "/dev/bus/usb/" + "/".join(f"{int(one or 0):03d}" for one in numbers)
    found = host.holders(path, sysroot=sysroot).found
    return [{"pid": one.pid, "program": one.program} for one in found]


def add_pci(facts: Facts, modem: host.Modem, *, sysroot: str) -> None:
    """Add who has a modem on PCI Express that has no control port, and who should."""
    folder = f"/sys/bus/pci/devices/{modem.name}"
    if modem.driver is not None:
        facts.add("pci.driver", modem.driver, source=f"{folder}/driver")
    if modem.mode is not None:
        facts.add("pci.mode", modem.mode, source=f"{folder}/t7xx_mode")
    if modem.expected_driver is None:
        return
    facts.add("pci.expected", modem.expected_driver, source=f"{folder}/device")
    state = host.module(modem.expected_driver, sysroot=sysroot)
    drivers = f"/sys/bus/pci/drivers/{modem.expected_driver}"
    facts.add("pci.registered", host.exists(drivers, sysroot=sysroot), source=drivers)
    if state.installed is not None:
        facts.add("pci.installed", state.installed, source="/lib/modules")
    if state.blacklisted is not None:
        facts.add("pci.blacklisted", state.blacklisted, source=state.blacklisted)


def add_left_over(facts: Facts, modem: host.Modem, *, sysroot: str) -> list[JsonValue]:
    """Add and return the dynamic ids of drivers that know the modem by their own table."""
    active = modem.active_configuration
    offers = {
        offer.driver: offer
        for one in (active.interfaces if active is not None else ())
        for offer in one.offers
        if offer.errno is None and offer.row is not None and offer.row.product != "*"
    }
    found: list[JsonValue] = []
    for driver, one in given_ids(modem, sysroot=sysroot):
        if driver in _USB_DRIVERS and driver in offers:
            row = offers[driver].row
            lost = row is not None and "dtr" in row.words and facts.flag("driver.dtr") is False
            found.append({"driver": driver, "id": one, "dtr": lost})
    facts.add("driver.left_over", found, source=f"{DEVICES}/../drivers/*/new_id")
    return found


def add_errors(facts: Facts, modem: host.Modem, *, sysroot: str) -> Sequence[JsonValue]:
    """Add and return the transfers that failed since the modem came, by kind."""
    log = host.kernel_log(sysroot).since_plugged(modem.name)
    names = [one.name for one in modem.netdevs]
    found: list[JsonValue] = []
    every = [
        one
        for one in host.troubles(log)
        if one.plug == modem.name or any(f" {name} " in one.text for name in names)
    ]
    for kind in _TRANSFERS:
        mine = [one for one in every if one.kind == kind]
        if mine:
            found.append(
                {
                    "kind": kind,
                    "count": len(mine),
                    "most_in_a_second": host.busiest_second(mine),
                    "text": mine[-1].text,
                }
            )
    facts.add("usb.log.errors", found, source="/dev/kmsg")
    notified: list[JsonValue] = [one.text for one in every if one.kind == "notification"]
    facts.add("driver.notified", notified, source="/dev/kmsg")
    return found


def add_speed(facts: Facts, modem: host.Modem, *, sysroot: str) -> None:
    """Add how fast the modem is connected, and whether it could be faster."""
    folder = f"{DEVICES}/{modem.name}"
    if modem.speed_mbit is not None:
        facts.add("usb.speed", modem.speed_mbit, source=f"{folder}/speed")
    able = host.can_super_speed(modem.name, sysroot=sysroot)
    if able is not None:
        facts.add("usb.super_speed", able, source=f"{folder}/bos_descriptors")


def add_power(facts: Facts, modem: host.Modem, *, sysroot: str) -> host.Supply:
    """Add and return how the modem's power is managed."""
    found = _add_port(facts, modem.name, sysroot=sysroot)
    folder = f"{DEVICES}/{modem.name}/power"
    if found.control is not None:
        facts.add("usb.power.control", found.control, source=f"{folder}/control")
    if found.status is not None:
        facts.add("usb.power.status", found.status, source=f"{folder}/runtime_status")
    return found


def add_others(facts: Facts, modem: host.Modem, *, sysroot: str) -> list[dict[str, JsonValue]]:
    """Add and return the serial interfaces with the wrong driver, or with one that is kept out."""
    active = modem.active_configuration
    by_hand = dict(given_ids(modem, sysroot=sysroot))
    found = []
    for one in active.interfaces if active is not None else ():
        if one.expected_driver not in _SERIAL_DRIVERS or one.driver == one.expected_driver:
            continue
        if active is None or one.function == "data":
            continue
        record = _other(modem, active.value, one, by_hand, sysroot=sysroot)
        if record is not None and record not in found:
            found.append(record)
    listed: list[JsonValue] = [*found]
    facts.add("driver.others", listed, source=f"{DEVICES}/{modem.name}:*")
    return found


def _other(
    modem: host.Modem,
    configuration: int,
    one: host.Interface,
    by_hand: dict[str, str],
    *,
    sysroot: str,
) -> dict[str, JsonValue] | None:
    """What is wrong with a serial interface; None where that is nothing, or not to be judged."""
    expected = one.expected_driver or ""
    given = by_hand.get(one.driver or "")
    file = None
    if one.driver is None:
        state = host.module(expected, sysroot=sysroot)
        file = state.blacklisted if not state.registered else None
    # Only what somebody told a driver by hand is surely not meant for it.
    if not (file or one.driver == _GENERIC or (one.driver == "qmi_wwan" and given)):
        return None
    nodes: list[JsonValue] = [port.path for port in modem.ports if port.interface == one.number]
    return {
        "name": f"{modem.name}:{configuration}.{one.number}",
        "driver": one.driver,
        "expected": expected,
        "by_hand": given,
        "nodes": nodes,
        "file": file,
    }


def add_switches(facts: Facts, *, sysroot: str) -> list[host.RadioSwitch]:
    """Add and return the machine's switches that keep cellular radios off."""
    off = [
        one for one in host.radio_switches(sysroot) if one.kind == "wwan" and (one.soft or one.hard)
    ]
    records: list[JsonValue] = [
        {"name": one.name, "path": one.path, "soft": one.soft, "hard": one.hard} for one in off
    ]
    facts.add("radio.switches", records, source="/sys/class/rfkill")
    return off


def add_netdev(facts: Facts, name: str, *, sysroot: str) -> host.NetdevSettings | None:
    """Add and return how a netdev is set up, as sysfs shows it."""
    found = host.netdev_settings(name, sysroot=sysroot)
    if found is None:
        return None
    folder = f"/sys/class/net/{name}"
    facts.add("netdev.name", name, source=folder)
    if found.up is not None:
        facts.add("netdev.up", found.up, source=f"{folder}/flags")
    if found.mtu is not None:
        facts.add("netdev.mtu", found.mtu, source=f"{folder}/mtu")
    if found.rx_errors is not None:
        facts.add("netdev.rx_errors", found.rx_errors, source=f"{folder}/statistics/rx_errors")
    if found.rx_packets is not None:
        facts.add("netdev.rx_packets", found.rx_packets, source=f"{folder}/statistics/rx_packets")
    muxes: list[JsonValue] = [one for one in found.above if one.startswith("qmimux")]
    facts.add("netdev.muxes", muxes, source=f"{folder}/upper_*")
    if found.raw_ip is None:
        return found
    facts.add("netdev.raw_ip", found.raw_ip, source=f"{folder}/qmi/raw_ip")
    release = host.kernel_release(sysroot)
    version = tuple(int(part) for part in re.findall(r"[0-9]+", release or "")[:2])
    if version and version < _RAW_IP_SINCE:
        facts.add("netdev.usbnet", release, source="/proc/sys/kernel/osrelease")
    clients: list[JsonValue] = [
        {"pid": one.pid, "program": one.program}
        for one in host.processes(_DHCP, sysroot=sysroot)
        if name in one.arguments
    ]
    facts.add("netdev.dhcp_clients", clients, source="/proc/*/cmdline")
    return found
