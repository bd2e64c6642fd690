# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor names the one cause on a saved machine that shows it, and none on its twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jsonschema
import pytest

from qmiprobe import host
from qmiprobe.check import DOCTOR, LADDER, Report
from qmiprobe.diagnosis._rules import all_rules
from qmiprobe.report import report_json, schema
from qmiprobe.sim import load_profile, profile_names
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.check.saved import examine_saved, outcomes
from tests.check.test_usb import CONFIGURATION, again

DEVICE = "sys/bus/usb/devices/2-6"
PORT = "sys/bus/usb/devices/2-0:1.0/usb2-port6"
RULE = (
    'ACTION=="add", SUBSYSTEM=="usb", ATTR{idVendor}=="03f0", ATTR{idProduct}=="581d", '
    'ATTR{bConfigurationValue}="4"\n'
)
BACKSLASH = RULE.replace('"4"', '"3"').replace(", ATTR{bC", r" \ ATTR{bC")
DESCRIPTOR = "usb 2-6: device descriptor read/64, error -71"
NEW_PORT = "usb usb2-port6: unable to enumerate USB device"
OLD_PORT = "hub 2-0:1.0: unable to enumerate USB device on port 6"
FLOOD = ("qmi_wwan 2-6:1.4: nonzero urb status received: -71",) * 90
HOLDS_TTY = {"proc/9/comm": "ModemManager\n", "proc/9/fd/5": "-> /dev/ttyUSB2"}
"""What begins with an arrow is a link."""


@dataclass(frozen=True)
class Patient:
    """A machine with something wrong, and another one with almost the same that is well."""

    finding: str
    profile: str = "ec25"
    machine: Machine = field(default_factory=Machine)
    files: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    says: str = ""
    status: int = 1
    twin: Machine | None = None
    twin_files: Mapping[str, str] | None = None
    twin_address: str | None = None


def log(*lines: str, **wrong: object) -> Machine:
    return Machine(log=lines, **wrong)  # type: ignore[arg-type]


PATIENTS = (
    Patient(
        "usb/switched-back", "lt4112", Machine(configuration=3),
        {"usr/share/usb_modeswitch/03f0:581d": "Configuration=0\n"}, "qmi:2-6",
        says="echo NoMBIMCheck=1 > /etc/usb_modeswitch.d/03f0:581d", twin_address="mbim:2-6",
    ),
    Patient(
        "usb/wrong-configuration", "lt4112", Machine(configuration=3),
        {"etc/usb_modeswitch.d/03f0:581d": "Configuration=0\nNoMBIMCheck=1\n"}, "qmi:2-6",
        says="echo 1 > /sys/bus/usb/devices/2-6/bConfigurationValue", twin_address="mbim:2-6",
    ),
    Patient(
        "usb/udev-rule", "lt4112", Machine(), {"etc/udev/rules.d/40-lte.rules": RULE},
        says="echo 3 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        twin=Machine(configuration=3),
    ),
    Patient(
        "usb/udev-rule", "lt4112", Machine(),
        {"etc/udev/rules.d/40-lte.rules": BACKSLASH},
        says="line 1 cannot be read from", twin=Machine(configuration=3),
    ),
    Patient(
        "usb/other-composition", "em7455", address="qmi:2-6", says="AT!USBCOMP",
        twin_address="mbim:2-6",
    ),
    Patient(
        "usb/no-bandwidth", machine=log("usb 2-6: can't set config #1, error -28", configuration=0),
        says="lsusb -t", twin=log("usb 2-6: can't set config #1, error -28"),
    ),
    Patient(
        "usb/configuration-dead", "lt4112",
        log("cdc_mbim 2-6:3.0: failed GET_NTB_PARAMETERS", "cdc_mbim 2-6:3.0: bind() failure",
            configuration=3, drivers={0: None}),
        says="echo 0 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        twin=Machine(configuration=3),
    ),
    Patient(
        "usb/endless-errors", machine=log(*FLOOD), says="without a pause", twin=log(*FLOOD[:9])
    ),
    Patient(
        "usb/stalls", machine=log(*("cdc_wdm 2-6:1.4: nonzero urb status received: -EPIPE",) * 4),
        twin=log("cdc_wdm 2-6:1.4: nonzero urb status received: -EPIPE"),
    ),
    Patient(
        "netdev/watchdog",
        machine=log("NETDEV WATCHDOG: wwan0 (qmi_wwan): transmit queue 0 timed out"),
        twin=log("NETDEV WATCHDOG: wwan1 (qmi_wwan): transmit queue 0 timed out"),
    ),
    Patient(
        "netdev/watchdog",
        machine=log("qmi_wwan 2-6:1.4 wwan0: NETDEV WATCHDOG: CPU: 1: transmit queue 0 timed out"),
        twin=log("qmi_wwan 2-7:1.4 wwan1: NETDEV WATCHDOG: CPU: 1: transmit queue 0 timed out"),
    ),
    Patient("usb/slow-link", "rm520n", files={f"{DEVICE}/speed": "480\n"}, twin_files={}),
    Patient(
        "usb/over-current", files={f"{PORT}/over_current_count": "2\n"},
        twin_files={f"{PORT}/over_current_count": "0\n"},
    ),
    Patient(
        "usb/autosuspend", machine=log("qmi_wwan 2-6:1.4: Error autopm - -113"),
        files={f"{DEVICE}/power/control": "auto\n"}, says="power/control", twin_files={},
    ),
    Patient(
        "driver/generic-serial", "em7455", Machine(drivers={12: "usbserial_generic"}),
        {"sys/module/usbserial/parameters/vendor": "0x1199\n",
         "sys/module/usbserial/parameters/product": "0x9079\n"},
        says="the parameters of usbserial", twin=Machine(),
    ),
    Patient(
        "driver/used-by-program", machine=Machine(drivers={4: "usbfs"}),
        files={"proc/4711/comm": "qemu-system-x86\n", "proc/4711/fd/9": "-> /dev/bus/usb/002/005"},
        says="kill 4711", twin=Machine(),
    ),
    Patient(
        "driver/module-rejected",
        machine=log("Lockdown: modprobe: unsigned module loading is restricted; see man",
                    blacklisted=frozenset({"qmi_wwan"})),
        files={"etc/modprobe.d/local.conf": "",
               "sys/kernel/security/lockdown": "none [integrity]\n"},
        says="not signed", twin=log("Lockdown: modprobe: unsigned module loading is restricted"),
    ),
    Patient(
        "driver/leftover-dynamic-id", machine=Machine(dynamic_ids={"qmi_wwan": ("2c7c 0125",)}),
        says="does not set DTR", twin=Machine(dynamic_ids={"qmi_wwan": ("2c7c 0126",)}),
    ),
    Patient(
        "driver/dynamic-id", "lt4112",
        Machine(drivers={0: "qmi_wwan"}, dynamic_ids={"qmi_wwan": ("03f0 581d",)}),
        says="echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
        twin=Machine(configuration=3),
    ),
    Patient(
        "driver/bogus-control-port",
        machine=log("cdc_wdm 2-6:1.2: unknown notification 32 received: index 2 len 2",
                    drivers={2: "qmi_wwan"}, dynamic_ids={"qmi_wwan": ("2c7c 0125 ff",)}),
        says="2-6:1.2", twin=Machine(drivers={2: None}),
    ),
    Patient(
        "driver/generic-on-serial", machine=Machine(drivers={2: "usbserial_generic"}),
        says="echo 2-6:1.2 > /sys/bus/usb/drivers/option/bind", twin=Machine(drivers={2: None}),
    ),
    Patient(
        "driver/serial-kept-out", machine=Machine(blacklisted=frozenset({"option"})),
        says="modprobe option", twin=Machine(drivers={2: None}),
    ),
    Patient(
        "port/held", files={"proc/77/comm": "uqmi\n", "proc/77/fd/3": "-> /dev/cdc-wdm0"},
        says="kill 77",
        twin_files={"proc/77/comm": "qmi-proxy\n", "proc/77/fd/3": "-> /dev/cdc-wdm0"},
    ),
    Patient("port/manager-overlooks", files=HOLDS_TTY, says="/dev/ttyUSB2",
            twin_files={**HOLDS_TTY, "proc/9/fd/6": "-> /dev/cdc-wdm1"} | {
                "proc/8/comm": "qmi-proxy\n", "proc/8/fd/4": "-> /dev/cdc-wdm0"}),
    Patient(
        "radio/switched-off",
        files={"sys/class/rfkill/rfkill2/type": "wwan\n", "sys/class/rfkill/rfkill2/soft": "1\n",
               "sys/class/rfkill/rfkill2/name": "tpacpi_wwan_sw\n"},
        says="rfkill unblock wwan",
        twin_files={"sys/class/rfkill/rfkill2/type": "wlan\n",
                    "sys/class/rfkill/rfkill2/soft": "1\n"},
    ),
    Patient(
        "netdev/dhcp-on-raw-ip",
        files={"sys/class/net/wwan0/qmi/raw_ip": "Y\n", "proc/12/comm": "dhclient\n",
               "proc/12/cmdline": "dhclient\0-4\0wwan0\0",
               "proc/12/fd/0": "-> /dev/null"},
        says="kill 12",
        twin_files={"proc/12/comm": "dhclient\n", "proc/12/cmdline": "dhclient\0-4\0wwan0\0"},
    ),
    Patient(
        "netdev/old-usbnet", machine=Machine(kernel="4.4.302"),
        files={"sys/class/net/wwan0/qmi/raw_ip": "Y\n"}, twin=Machine(kernel="4.5.0"),
    ),
    Patient(
        "netdev/aggregation-mtu",
        files={"sys/class/net/wwan0/upper_qmimux0": "", "sys/class/net/wwan0/statistics/rx_errors":
               "40\n"},
        says="mtu 16384", twin_files={"sys/class/net/wwan0/statistics/rx_errors": "40\n"},
    ),
)  # fmt: skip


async def seen(
    folder: Path, one: Patient, machine: Machine, files: Mapping[str, str], address: str | None
) -> Report:
    """Return the doctor's report of a machine, with further files in it."""
    write_sysroot(load_profile(one.profile), folder, machine=machine)
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if content.startswith("-> "):
            place.symlink_to(content.removeprefix("-> "))
        else:
            place.write_text(content)
    return await examine_saved(folder, address=address)


by_patient = pytest.mark.parametrize("one", PATIENTS, ids=lambda one: one.finding)


@by_patient
async def test_the_one_cause_is_named(tmp_path: Path, one: Patient):
    report = await seen(tmp_path, one, one.machine, one.files, one.address)
    assert [finding.id for finding in report.findings] == [one.finding]
    finding = report.findings[0]
    remedy = finding.remedy
    assert one.says in "\n".join((finding.title, remedy.text, *remedy.commands))
    assert report.exit_status == one.status
    assert all(line.source or line.value is not None for line in finding.evidence)


@by_patient
async def test_the_file_for_a_report_shows_the_same_cause(tmp_path: Path, one: Patient):
    machine, file = tmp_path / "machine", tmp_path / "saved.tar.gz"
    before = await seen(machine, one, one.machine, one.files, one.address)
    with file.open("wb") as out:
        copy = host.copy_machine(str(machine))
        host.write_bundle(out, copy, documents={"about.json": b"{}"}, made=0)
    (tmp_path / "unpacked").mkdir()
    saved = host.unpack_bundle(str(file), tmp_path / "unpacked")
    after = await examine_saved(Path(saved), address=one.address)
    assert [finding.id for finding in after.findings] == [one.finding]
    assert after.findings[0].remedy == before.findings[0].remedy


@by_patient
async def test_its_twin_that_is_well_has_none(tmp_path: Path, one: Patient):
    files = one.files if one.twin_files is None else one.twin_files
    address = one.twin_address or (one.address if one.twin is None else None)
    report = await seen(tmp_path, one, one.twin or one.machine, files, address)
    assert [finding.id for finding in report.findings] == []
    assert report.exit_status == 0


@pytest.mark.parametrize(
    "one",
    [
        one
        for one in PATIENTS
        if one.address is None and one.finding.startswith(("usb/", "driver/"))
    ],
    ids=lambda one: one.finding,
)
async def test_a_check_without_an_address_names_the_same(tmp_path: Path, one: Patient):
    doctors = await seen(tmp_path, one, one.machine, one.files, None)
    checks = await again(tmp_path)
    ladder = {check.id for check in LADDER}
    if any(ladder & set(finding.explains) for finding in doctors.findings):
        assert [finding.id for finding in checks.findings] == [one.finding]
    else:  # what only the doctor looks at, beside what led to it
        led = {"driver/bogus-control-port": ["driver/leftover-dynamic-id"]}
        assert [finding.id for finding in checks.findings] == led.get(one.finding, [])


async def test_a_modem_that_has_a_port_at_times_does_not_stay_either(tmp_path: Path):
    left = "usb 2-6: USB disconnect, device number 4"
    came = "usb 2-6: New USB device found, idVendor=2c7c, idProduct=0125, bcdDevice= 0.06"
    write_sysroot(load_profile("ec25"), tmp_path, machine=log(*(left, came) * 5))
    report = await examine_saved(tmp_path)
    assert [finding.id for finding in report.findings] == ["usb/comes-and-goes"]


@pytest.mark.parametrize("name", [name for name in profile_names() if name != "l850-ncm"])
async def test_a_healthy_machine_of_each_profile_has_none(tmp_path: Path, name: str):
    machine = Machine(configuration=CONFIGURATION.get(name))
    write_sysroot(load_profile(name), tmp_path, machine=machine)
    report = await examine_saved(tmp_path)
    assert report.findings == ()
    assert report.exit_status == 0
    assert {outcomes(report)[check] for check in outcomes(report)} <= {"pass", "skipped"}


@pytest.mark.parametrize(
    "line", [DESCRIPTOR, OLD_PORT, "usb usb2-port6: unable to enumerate USB device"]
)
async def test_a_port_where_nothing_comes_up_is_named_in_both_wordings(tmp_path: Path, line: str):
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/kmsg").write_text(f"3,1,4600000,-;{line}\n")
    report = await examine_saved(tmp_path)
    assert [finding.id for finding in report.findings] == ["usb/enumeration-failed"]
    assert "2-6" in report.findings[0].title
    assert report.exit_status == 1
    (tmp_path / "dev/kmsg").write_text("3,1,4600000,-;usb 2-6: new high-speed USB device\n")
    report = await examine_saved(tmp_path)
    assert [finding.id for finding in report.findings] == ["usb/no-modem"]
    assert report.exit_status == 3


async def test_a_bogus_port_is_not_taken_for_the_control_port(tmp_path: Path):
    """It has the lower number: its interface comes first."""
    one = next(one for one in PATIENTS if one.finding == "driver/bogus-control-port")
    report = await seen(tmp_path, one, one.machine, one.files, None)
    assert report.device["path"] == "/dev/cdc-wdm1"
    assert "/dev/cdc-wdm0 is no control port" in report.findings[0].title


async def test_what_cannot_be_read_is_said(tmp_path: Path):
    write_sysroot(load_profile("ec25"), tmp_path)
    (tmp_path / "dev/kmsg").unlink()
    report = await examine_saved(tmp_path)
    assert report.findings == ()
    sight = next(one for one in report.verdicts if one.check == "host.sight")
    assert "the kernel's log" in sight.evidence[0].text
    assert outcomes(report)["usb.errors"] == "skipped"


async def test_commands_that_cannot_be_given_here_are_said_to_be_so(tmp_path: Path):
    mounts = {"proc/mounts": "sysfs /sys sysfs ro,nosuid 0 0\n", "run/.containerenv": ""}
    bad = Patient("x", machine=Machine(drivers={4: None}))
    report = await seen(tmp_path / "a", bad, bad.machine, mounts, None)
    assert {one.id for one in report.findings} == {"driver/unbound", "host/read-only-sysfs"}
    report = await seen(tmp_path / "b", bad, Machine(), mounts, None)
    assert report.findings == ()


async def test_every_modem_of_the_machine_is_looked_at(tmp_path: Path):
    for name, plug, wrong in (("ec25", "2-6", {4: None}), ("em7455", "2-7", {})):
        folder = tmp_path / name
        write_sysroot(load_profile(name), folder, machine=Machine(plug=plug, drivers=wrong))
    _add(tmp_path / "ec25", tmp_path / "em7455")
    report = await examine_saved(tmp_path / "ec25")
    assert [one.id for one in report.findings] == ["driver/unbound"]
    assert [one.modem for one in report.findings] == ["2-6"]
    assert {one.modem for one in report.verdicts} == {"2-6", "2-7"}
    jsonschema.Draft202012Validator(schema("report")).validate(report_json(report))
    assert report.exit_status == 1
    only = await examine_saved(tmp_path / "ec25", address="2-7")
    assert only.findings == ()


def _add(machine: Path, other: Path) -> None:
    """Plug the other machine's modem into the first one, as far as there is no such file yet."""
    for place in sorted(other.rglob("*")):
        target = machine / place.relative_to(other)
        if place.is_symlink() and not target.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(place.readlink())
        elif place.is_file() and not place.is_symlink() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(place.read_bytes())


def test_a_patient_stands_for_each_cause_that_only_the_doctor_sees():
    own = {check.id for check in DOCTOR} - {check.id for check in LADDER}
    elsewhere = {
        "usb/comes-and-goes", "port/permission", "port/device-cgroup", "driver/at-commands-only",
        "host/read-only-sysfs", "netdev/other-namespace",
    }  # fmt: skip
    causes = {rule.id for rule in all_rules() if own & set(rule.explains)}
    assert causes - {one.finding for one in PATIENTS} == elsewhere
