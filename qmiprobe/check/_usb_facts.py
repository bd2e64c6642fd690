# SPDX-License-Identifier: GPL-2.0-or-later
"""What sysfs, the kernel's log and its modules show of a modem, as facts for the rules."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping, Sequence

from qmiprobe import host
from qmiprobe.diagnosis import Facts, JsonValue

DEVICES = "/sys/bus/usb/devices"
CONTROL = ("qmi", "mbim")
_RECENT_S = 60.0
_ID = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}")


def functions(configuration: host.Configuration) -> set[str]:
    """Return what the interfaces of a configuration are for."""
    return {one.function for one in configuration.interfaces if one.function is not None}


def add_authorized(facts: Facts, modem: host.Modem, *, sysroot: str) -> bool | None:
    """Add and return whether Linux may use the device; None where that cannot be read."""
    path = f"{DEVICES}/{modem.name}/authorized"
    value = host.read_attribute(path, sysroot=sysroot)
    if value is None:
        return None
    facts.add("usb.authorized", value != "0", source=path)
    return value != "0"


def add_configurations(facts: Facts, modem: host.Modem) -> None:
    """Add which configurations there are, and what each has."""
    facts.add(
        "usb.configurations",
        [
            {
                "value": one.value,
                "active": one.active,
                "kernel": one.kernel_would_choose,
                "functions": sorted(functions(one) - {"data"}),
            }
            for one in modem.configurations
        ],
        source=f"{DEVICES}/{modem.name}/descriptors",
    )


def add_interfaces(facts: Facts, modem: host.Modem, configuration: host.Configuration) -> None:
    """Add the interfaces of the active configuration, with who has them and who should."""
    settings = {one.number: one for one in configuration.interfaces}
    facts.add(
        "usb.interfaces",
        [
            {
                "name": f"{modem.name}:{configuration.value}.{one.number}",
                "number": one.number,
                "class": one.cls,
                "function": one.function,
                "driver": one.driver,
                "expected": one.expected_driver,
                "predicted": one.predicted_driver,
                "authorized": one.authorized,
                "pipes": list(one.pipes),
                **_offer(one),
            }
            for one in settings.values()
        ],
        source=f"{DEVICES}/{modem.name}:{configuration.value}.*",
    )


def _offer(one: host.Interface) -> dict[str, JsonValue]:
    """Why the driver that should have it does not take it, where the descriptors decide that."""
    refused = (each for each in one.offers if each.driver == one.expected_driver and each.errno)
    offer = next(refused, None)
    if offer is None or offer.errno is None:
        return {"errno": None, "why": None}
    return {"errno": errno.errorcode[offer.errno], "why": offer.why}


def add_drivers(facts: Facts, modem: host.Modem, names: Iterable[str], *, sysroot: str) -> None:
    """Add what the machine has of some drivers, dynamic ids of this modem, and failed probes."""
    found = [host.module(name, sysroot=sysroot) for name in sorted(set(names))]
    facts.add(
        "driver.modules",
        [
            {
                "name": one.name,
                "registered": one.registered,
                "installed": one.installed,
                "blacklisted": one.blacklisted,
            }
            for one in found
        ],
        source="/sys/bus/usb/drivers, /lib/modules, modprobe.d",
    )
    by_hand: list[JsonValue] = [
        {"driver": driver, "id": one} for driver, one in given_ids(modem, sysroot=sysroot)
    ]
    facts.add("driver.dynamic_ids", by_hand, source="/sys/bus/usb/drivers/*/new_id")
    log = host.kernel_log(sysroot).since_plugged(modem.name)
    failures: list[JsonValue] = []
    for one in (*log.failed_probes(), *log.failed_binds()):
        number = errno.errorcode.get(one.errno, str(one.errno))
        record: JsonValue = {
            "driver": one.driver,
            "interface": one.interface,
            "errno": number,
            "text": one.text,
        }
        if one.interface.partition(":")[0] == modem.name and record not in failures:
            failures.append(record)
    facts.add("driver.failed", failures, source="/dev/kmsg")


def given_ids(modem: host.Modem, *, sysroot: str) -> list[tuple[str, str]]:
    """Return the ids of this modem that were written to a ``new_id``, each with the driver."""
    return [
        (driver, one)
        for driver, ids in host.dynamic_ids(sysroot).items()
        for one in ids
        if one.lower().split()[:2] == modem.id.split(":")
    ]


def add_dtr(facts: Facts, modem: host.Modem, one: host.Interface, *, sysroot: str) -> None:
    """Add whether qmi_wwan sets DTR: by its own table, or for every device of USB 2.01 or later."""
    if one.driver != "qmi_wwan":
        return
    active = modem.active_configuration
    value = active.value if active is not None else 0
    facts.add("driver.control", f"{modem.name}:{value}.{one.number}", source=DEVICES)
    path = f"{DEVICES}/{modem.name}/version"
    whole, _, part = (host.read_attribute(path, sysroot=sysroot) or "").partition(".")
    if not (whole.isdigit() and part.isdigit()):
        return
    # A dynamic id comes before the table, and has none of its marks.
    by_hand = "qmi_wwan" in dict(given_ids(modem, sysroot=sysroot))
    row = next((each.row for each in one.offers if each.driver == "qmi_wwan"), None)
    listed = row is not None and "dtr" in row.words and not by_hand
    later = (int(whole), int(part)) >= (2, 1)
    facts.add("driver.dtr", listed or later, source="qmi_wwan's table, " + path)


def add_alias(
    facts: Facts, modem: host.Modem, interface: Mapping[str, JsonValue], *, sysroot: str
) -> None:
    """Add which modules the kernel's own list has for an interface."""
    folder = f"{DEVICES}/{interface['name']}"
    modalias = host.read_attribute(f"{folder}/modalias", sysroot=sysroot)
    found = modalias and host.drivers_by_alias(modem.id, modalias, sysroot=sysroot)
    if found is not None and found != "":
        facts.add("driver.alias", list(found), source="modules.alias")


def add_discs(facts: Facts, wanted: str, *, sysroot: str) -> host.Disc | None:
    """Add the disc that is a modem in the making, if there is one that may be meant."""
    found = host.discs(sysroot)
    asked = _ID.search(wanted)
    meant = [one for one in found if asked is None or asked[0] in (one.id, *one.becomes)]
    named = [one for one in found if one.name == wanted.rpartition(":")[2]]
    disc = next(iter((*named, *meant)), None)
    if disc is not None:
        source = f"{DEVICES}/{disc.name}"
        facts.add("usb.disc.name", disc.name, source=source)
        facts.add("usb.disc.id", disc.id, source=source)
        facts.add("usb.disc.becomes", list(disc.becomes), source="usb_modeswitch's data")
    return disc


def add_history(facts: Facts, wanted: str, plug: str | None, *, sysroot: str) -> str | None:
    """Add what came and went where the modem is or was; return the id that is there instead."""
    log = host.kernel_log(sysroot)
    events = list(log.bus_events())
    asked = _ID.search(wanted)
    plugs = {one.plug for one in events if asked and one.id == asked[0]}
    place = plug or next(iter(plugs), None)
    here = [one for one in events if one.plug == place]
    ids = [one.id for one in here if one.id is not None]
    if place is None or not ids:
        return None
    facts.add("usb.history", ids, source="/dev/kmsg")
    facts.add("usb.history.plug", place, source="/dev/kmsg")
    now = max((line.time_s or 0.0 for line in log.lines), default=0.0)
    times = [one.time_s for one in here if one.id == ids[-1] and one.time_s is not None]
    now = host.uptime_s(sysroot) or now
    facts.add("usb.comings", sum(now - _RECENT_S <= at for at in times), source="/dev/kmsg")
    facts.add("usb.history.left", here[-1].id is None, source="/dev/kmsg")
    other = [one for one in ids if asked and one != asked[0]]
    return other[-1] if other and ids[-1] == other[-1] and here[-1].id is not None else None


def wrong_ones(records: Sequence[Mapping[str, JsonValue]]) -> list[Mapping[str, JsonValue]]:
    """Return the control interfaces that another driver has than should, or none."""
    return [
        one
        for one in records
        if one["function"] in CONTROL and one["expected"] and one["driver"] != one["expected"]
    ]
