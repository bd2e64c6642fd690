# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules read of a modem's USB configurations, and the lines that set another one."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence
from qmiprobe.diagnosis._rules import Verdicts, failed

_DEVICES = "/sys/bus/usb/devices"
_PREFERRED = ("mbim", "qmi")
"""MBIM first: usb_modeswitch would take a modem away from QMI again."""
PROTOCOLS = frozenset(_PREFERRED)

_MODE_SWITCH, _SETTING = "/etc/usb_modeswitch.d", "[[:space:]]*[Cc]onfiguration[[:space:]]*="
"""Where a machine's own files of usb_modeswitch stand, and what names a configuration in one."""

_COMPOSITIONS = {
    "1199": (
        'AT!ENTERCND="A710";!USBCOMP?',
        "AT!USBCOMP=1,1,100D",
        "a wrong one can take away every port",
    ),
    "12d1": (
        "AT^SETPORT=?",
        'AT^SETPORT="FF;12,16"',
        "without port 12 no command is taken any more",
    ),
    "1bc7": ("AT#USBCFG?", "AT#USBCFG=1", "its product id changes with it"),
    "1e0e": ("AT+CUSBPIDSWITCH?", "AT+CUSBPIDSWITCH=9001,1,1", "it restarts at once"),
    "2c7c": ('AT+QCFG="usbnet"', 'AT+QCFG="usbnet",0', "it takes effect after AT+CFUN=1,1"),
    "2cb7": ("AT+GTUSBMODE?", "AT+GTUSBMODE=7", "it takes effect after AT+CFUN=15"),
    "8087": ("AT+GTUSBMODE?", "AT+GTUSBMODE=7", "it takes effect after AT+CFUN=15"),
}
"""By vendor: the command that asks for the USB composition, one that sets it, its risk."""
_BY_QMI = frozenset({"1199"})
"""Vendors whose composition a QMI message changes as well, where there is no AT port."""


def device_folder(facts: Facts) -> str:
    """The modem's folder in sysfs."""
    return f"{_DEVICES}/{facts.text('device.usb') or 'BUS-PORT'}"


def write(value: str | int, path: str) -> str:
    """The line that writes a value to a file of sysfs, quoted for a shell."""
    return f"echo {shlex.quote(str(value))} > {shlex.quote(path)}"


def functions(record: Mapping[str, JsonValue]) -> set[str]:
    """What the interfaces of a configuration are for."""
    found = record.get("functions")
    return {str(one) for one in found} if isinstance(found, list) else set()


def wanted(facts: Facts, verdicts: Verdicts) -> set[str]:
    """The protocols of which one must be there: the wanted one, where the check missed it."""
    protocol = facts.text("device.protocol.wanted")
    if protocol in PROTOCOLS and failed(verdicts, "usb.configuration"):
        return {protocol}
    return set(PROTOCOLS)


def by_protocol(facts: Facts) -> dict[str, int]:
    """By protocol, the first configuration that has it."""
    found: dict[str, int] = {}
    for one in facts.records("usb.configurations"):
        value = one.get("value")
        for protocol in functions(one) & PROTOCOLS:
            if isinstance(value, int):
                found.setdefault(protocol, value)
    return found


def better(facts: Facts) -> int | None:
    """The configuration with the protocol that is wanted, else with MBIM, else with QMI.

    None where there is none, or where the wanted one is set already.
    """
    found = by_protocol(facts)
    asked = facts.text("device.protocol.wanted")
    order = (asked or "", *(_PREFERRED if asked not in PROTOCOLS or not found else ()))
    value = next((found[one] for one in order if one in found), None)
    records = facts.records("usb.configurations")
    active = next((one.get("value") for one in records if one.get("active")), None)
    return None if value is None or value == active else value


def configuration_commands(facts: Facts, value: int) -> tuple[str, ...]:
    """The lines that set a configuration, after the ids that would spoil it were taken back."""
    drivers = {"qmi": "qmi_wwan", "mbim": "cdc_mbim"}
    named = {protocol: drivers[protocol] for protocol in drivers if _has(facts, value, protocol)}
    vendor_product = (facts.text("device.usb_id") or "").replace(":", " ")
    spoil = [
        str(one.get("driver"))
        for one in facts.records("driver.dynamic_ids")
        if one.get("driver") in ("qmi_wwan", "cdc_mbim", "cdc_ncm", "cdc_ether")
        and one.get("driver") not in named.values()
    ]
    return (
        *(
            write(vendor_product, f"/sys/bus/usb/drivers/{driver}/remove_id")
            for driver in dict.fromkeys(spoil)
        ),
        write(value, f"{device_folder(facts)}/bConfigurationValue"),
    )


def _has(facts: Facts, value: int, protocol: str) -> bool:
    records = facts.records("usb.configurations")
    return any(one.get("value") == value and protocol in functions(one) for one in records)


def configuration_rule(facts: Facts, value: int) -> tuple[str, ...]:
    """The line that writes a udev rule; configurations' numbers are of this firmware only."""
    vendor, _, product = (facts.text("device.usb_id") or ":").partition(":")
    count = len(facts.records("usb.configurations"))
    if not vendor or not product:
        return ()
    matches = (
        'ACTION=="add"', 'SUBSYSTEM=="usb"', 'ENV{DEVTYPE}=="usb_device"',
        f'ATTR{{idVendor}}=="{vendor}"', f'ATTR{{idProduct}}=="{product}"',
        f'ATTR{{bNumConfigurations}}=="{count}"', f'ATTR{{bConfigurationValue}}!="{value}"',
        f'ATTR{{bConfigurationValue}}="{value}"',
    )  # fmt: skip
    file = f"/etc/udev/rules.d/50-wwan-{vendor}-{product}.rules"
    return (f"echo '{', '.join(matches)}' > {file}",)


def mode_switch_off(facts: Facts, value: int) -> tuple[str, ...]:
    """The lines that keep usb_modeswitch from setting another one again, where it would."""
    sets = facts.integer("usb.mode_switch.sets")
    if sets is None or facts.text("usb.mode_switch.disabled"):
        return ()
    if sets == value or (sets == 0 and _has(facts, value, "mbim")):
        return ()
    own = own_mode_switch(facts)
    if facts.text("usb.mode_switch.file") == own:
        # What else stands in it may be what makes a modem of a disc.
        return (f"sed -i -E 's/^{_SETTING}/#&/; $ a NoMBIMCheck=1' {own}",)
    return (f"mkdir -p {_MODE_SWITCH}", f"echo NoMBIMCheck=1 > {own}")


def mode_switch_on(facts: Facts) -> str:
    """The line that undoes those."""
    own = own_mode_switch(facts)
    if facts.text("usb.mode_switch.file") == own:
        return f"sed -i -E '/^NoMBIMCheck=1$/d; s/^#({_SETTING})/\\1/' {own}"
    return f"rm {own}"


def own_mode_switch(facts: Facts) -> str:
    """The machine's own file of usb_modeswitch for the modem, which comes before a shipped one."""
    return f"{_MODE_SWITCH}/{facts.text('device.usb_id') or 'VENDOR:PRODUCT'}"


def shown(facts: Facts) -> Evidence:
    """All configurations with what they have, as evidence."""
    lines = [
        f"{one.get('value')}: {', '.join(sorted(functions(one))) or '-'}"
        for one in facts.records("usb.configurations")
    ]
    return Evidence(
        f"configurations: {'; '.join(lines)}",
        value=facts.get("usb.configurations"),
        source=facts.source("usb.configurations"),
    )


def composition_text(facts: Facts) -> str:
    """How the modem is told to show another USB composition, and what that risks."""
    vendor = (facts.text("device.usb_id") or "").partition(":")[0]
    ask, change, risk = _COMPOSITIONS.get(vendor, ("", "", ""))
    how = f" On its AT port `{ask}` asks for it, and `{change}` changes it: {risk}." if ask else ""
    if vendor in _BY_QMI:
        how += (
            " Without an AT port, `qmicli --dms-swi-get-usb-composition` and "
            "`--dms-swi-set-usb-composition` do, over MBIM with `--device-open-mbim`."
        )
    return f"{how} qmiprobe does not do that for you."
