# SPDX-License-Identifier: GPL-2.0-or-later
"""The files that make a rebind last: for this modem and firmware only, and only where needed."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe import host
from qmiprobe.errors import CannotTest
from qmiprobe.rebind._contradictions import contradictions
from qmiprobe.rebind._install import check_rules, install
from qmiprobe.rebind._lasting import (
    LastingFile,
    ignore_rule,
    lasting_files,
    mode_switch_file,
    modprobe_conf,
    udev_rules,
)
from qmiprobe.rebind._model import Target
from qmiprobe.sim import load_profile, profile_names
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.udev import what_udev_says

MBIM = Target(configuration=3, control=0, data=1, driver="cdc_mbim")
QMI = Target(configuration=1, control=3, data=None, driver="qmi_wwan")
TERM = re.compile(r'[A-Z_]+(?:\{[^}]+\})?(?:==|!=|\+=|=)"(?:[^"\\]|\\.)*"')


def saved(folder: Path, name: str, *, configuration: int | None = None) -> host.Modem:
    write_sysroot(load_profile(name), folder, machine=Machine(configuration=configuration))
    (modem,) = host.modems(str(folder))
    return modem


def had_by(modem: host.Modem, driver: str, *, target: Target) -> host.Modem:
    """Return the modem with another driver on the interfaces of a target."""
    found = []
    for each in modem.configurations:
        theirs = each.value == target.configuration
        interfaces = tuple(
            replace(one, driver=driver if theirs and one.number in target.members else one.driver)
            for one in each.interfaces
        )
        found.append(replace(each, interfaces=interfaces))
    return replace(modem, configurations=tuple(found))


def rules_of(file: LastingFile | None) -> list[str]:
    """Return the rules of a file, each on one line, after a look at their form."""
    assert file is not None
    text = file.text.replace("\\\n", "")
    rules = [line for line in text.splitlines() if line and not line.startswith("#")]
    for rule in rules:
        assert re.fullmatch(rf"{TERM.pattern}(?:,\s+{TERM.pattern})*", rule), rule
    return rules


def write(root: Path, path: str, text: str) -> None:
    (root / path[1:]).parent.mkdir(parents=True, exist_ok=True)
    (root / path[1:]).write_text(text, encoding="utf-8")


def test_the_configuration_is_set_for_this_firmware_only(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    file = udev_rules(modem, MBIM, sysroot=str(tmp_path))
    (rule,) = rules_of(file)
    release = host.read_attribute("/sys/bus/usb/devices/2-6/bcdDevice", sysroot=str(tmp_path))
    assert release
    for term in (
        'ACTION=="add"',
        'ENV{DEVTYPE}=="usb_device"',
        'ATTR{idVendor}=="03f0"',
        'ATTR{idProduct}=="581d"',
        f'ATTR{{bcdDevice}}=="{release}"',
        'ATTR{bNumConfigurations}=="3"',
        'ATTR{bConfigurationValue}!="3"',
    ):
        assert term in rule
    assert rule.endswith('ATTR{bConfigurationValue}="3"')
    assert file is not None
    assert file.path == "/etc/udev/rules.d/50-qmiprobe-03f0-581d.rules"


def test_what_the_kernel_chooses_by_itself_needs_no_file(tmp_path: Path):
    modem = saved(tmp_path, "ec25")
    target = Target(configuration=1, control=4, data=None, driver="qmi_wwan")
    assert lasting_files(modem, target, sysroot=str(tmp_path)) == ()


def test_usb_modeswitch_is_kept_out_only_where_it_would_choose_another(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    assert mode_switch_file(modem, MBIM, sysroot=str(tmp_path)) is None
    file = mode_switch_file(modem, QMI, sysroot=str(tmp_path))
    assert file is not None
    assert file.path == "/etc/usb_modeswitch.d/03f0:581d"
    assert "\nNoMBIMCheck=1\n" in file.text
    assert "Configuration=" not in file.text


def test_an_own_file_of_usb_modeswitch_keeps_what_else_it_has(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    own = '# mine\nTargetVendor=0x03f0\nConfiguration=2\nMessageContent="55"\n'
    write(tmp_path, "/etc/usb_modeswitch.d/03f0:581d", own)
    files = [mode_switch_file(modem, target, sysroot=str(tmp_path)) for target in (MBIM, QMI)]
    for file in files:
        assert file is not None
        first, *rest = file.text.splitlines()
        assert "Changed by qmiprobe" in first
        assert rest == [
            *("# mine", "TargetVendor=0x03f0", "#Configuration=2", 'MessageContent="55"'),
            "NoMBIMCheck=1",
        ]
        write(tmp_path, file.path, file.text)
    again = mode_switch_file(modem, QMI, sysroot=str(tmp_path))
    assert again is not None
    assert again.text == (tmp_path / "etc/usb_modeswitch.d/03f0:581d").read_text()


@pytest.mark.parametrize(("value", "needed"), [(0, False), (1, True), (3, False)])
def test_for_mbim_usb_modeswitch_is_kept_out_where_it_sets_another_configuration(
    tmp_path: Path, value: int, needed: bool
):
    modem = saved(tmp_path, "lt4112")
    write(tmp_path, "/usr/share/usb_modeswitch/03f0:581d", f"Configuration={value}\n")
    file = mode_switch_file(modem, MBIM, sysroot=str(tmp_path))
    assert (file is not None) is needed
    assert file is None or file.why == "usb_modeswitch would set configuration 1"


@pytest.mark.parametrize("thief", ["option", "qcserial"])
def test_a_serial_driver_that_was_quicker_is_loaded_later_and_unbound(tmp_path: Path, thief: str):
    modem = saved(tmp_path, "em7455")
    target = Target(configuration=1, control=12, data=13, driver="cdc_mbim")
    assert lasting_files(modem, target, sysroot=str(tmp_path)) == ()
    modem = had_by(modem, thief, target=target)
    conf = modprobe_conf(modem, target)
    assert conf is not None
    assert f"\nsoftdep {thief} pre: cdc_mbim\n" in conf.text
    first, second = rules_of(udev_rules(modem, target, sysroot=str(tmp_path)))
    assert 'KERNEL=="*:1.12"' in first
    assert 'KERNEL=="*:1.13"' in second
    for rule in (first, second):
        assert 'ENV{PRODUCT}=="1199/9079/*"' in rule
        assert 'DRIVER!="cdc_mbim"' in rule
        assert "$${k%%.*}.12 > /sys/bus/usb/drivers/cdc_mbim/bind" in rule


def test_the_generic_serial_driver_is_named_as_its_module(tmp_path: Path):
    modem = saved(tmp_path, "ec25")
    target = Target(configuration=1, control=4, data=None, driver="qmi_wwan")
    conf = modprobe_conf(had_by(modem, "usbserial_generic", target=target), target)
    assert conf is not None
    assert "\nsoftdep usbserial pre: qmi_wwan\n" in conf.text


def test_an_id_that_the_driver_does_not_know_is_told_by_example(tmp_path: Path):
    modem = saved(tmp_path, "ec25")
    target = Target(configuration=1, control=4, data=None, driver="qmi_wwan", by_example=True)
    files = {one.kind: one for one in lasting_files(modem, target, sysroot=str(tmp_path))}
    assert set(files) == {"udev", "modules-load"}
    (rule,) = rules_of(files["udev"])
    assert 'SUBSYSTEM=="drivers"' in rule
    assert 'ATTR{new_id}="2c7c 0125 ff 1199 9071"' in rule
    assert files["modules-load"].text.endswith("\nqmi_wwan\n")


def test_modem_manager_is_kept_away_only_when_asked(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    assert (
        "ID_MM" not in (udev_rules(modem, MBIM, sysroot=str(tmp_path)) or ignore_rule(modem)).text
    )
    both = rules_of(udev_rules(modem, MBIM, sysroot=str(tmp_path), ignored=True))
    (alone,) = rules_of(ignore_rule(modem))
    assert both[-1] == alone
    assert 'ENV{ID_MM_DEVICE_IGNORE}="1"' in alone


def test_a_modem_that_can_be_ncm_or_mbim_is_asked_to_be_mbim(tmp_path: Path):
    modem = saved(tmp_path, "lt4112", configuration=3)
    conf = modprobe_conf(had_by(modem, "cdc_ncm", target=MBIM), MBIM)
    assert conf is not None
    assert "\noptions cdc_ncm prefer_mbim=Y\n" in conf.text


def test_rules_and_files_that_contradict_are_named_with_their_place(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    root = str(tmp_path)
    assert contradictions(modem, MBIM, sysroot=root) == ()
    device = 'ATTR{idVendor}=="03f0", ATTR{idProduct}=="581d"'
    write(
        tmp_path,
        "/etc/udev/rules.d/70-old.rules",
        f'# one\n{device}, ATTR{{bConfigurationValue}}="1"\n'
        f"{device}, RUN+=\"/bin/sh -c 'echo 03f0 581d > /sys/bus/usb/drivers/option/new_id'\"\n",
    )
    write(tmp_path, "/etc/modprobe.d/no.conf", "blacklist cdc_mbim\n")
    write(
        tmp_path, "/etc/modprobe.d/old.conf", "\noptions usbserial vendor=0x03f0 product=0x581d\n"
    )
    found = contradictions(modem, MBIM, sysroot=root)
    assert [(one.file, one.line) for one in found] == [
        ("/etc/udev/rules.d/70-old.rules", 2),
        ("/etc/modprobe.d/no.conf", None),
        ("/etc/modprobe.d/old.conf", 2),
        ("/etc/udev/rules.d/70-old.rules", 3),
    ]
    assert "sets configuration 1" in str(found[0])


def test_what_fits_or_is_about_another_modem_does_not_contradict(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    ours = install(lasting_files(modem, MBIM, sysroot=str(tmp_path)), str(tmp_path))
    assert ours
    device = 'ATTR{idVendor}=="03f0", ATTR{idProduct}=="581d"'
    write(
        tmp_path,
        "/etc/udev/rules.d/70-old.rules",
        f'{device}, ATTR{{bConfigurationValue}}="3"\n# {device}, ATTR{{bConfigurationValue}}="1"\n'
        f'ATTR{{idVendor}}=="12d1", ATTR{{idProduct}}=="1506", ATTR{{bConfigurationValue}}="1"\n',
    )
    write(tmp_path, "/etc/modprobe.d/a.conf", "options usbserial vendor=0x12d1 product=0x1506\n")
    assert contradictions(modem, MBIM, sysroot=str(tmp_path)) == ()


def test_a_mode_switch_entry_contradicts_until_it_is_told_not_to(tmp_path: Path):
    modem = saved(tmp_path, "lt4112")
    write(tmp_path, "/usr/share/usb_modeswitch/03f0:581d", "Configuration=0\n")
    assert contradictions(modem, MBIM, sysroot=str(tmp_path)) == ()
    (found,) = contradictions(modem, QMI, sysroot=str(tmp_path))
    assert "usb_modeswitch sets configuration the one with MBIM" in str(found)
    file = mode_switch_file(modem, QMI, sysroot=str(tmp_path))
    assert file is not None
    install([file], str(tmp_path))
    assert contradictions(modem, QMI, sysroot=str(tmp_path)) == ()


def test_files_are_written_as_a_whole_and_only_once(tmp_path: Path):
    file = LastingFile(path="/etc/udev/rules.d/50-qmiprobe-x.rules", text="# x\n", why="")
    (path,) = install([file], str(tmp_path))
    assert path == str(tmp_path / "etc/udev/rules.d/50-qmiprobe-x.rules")
    assert Path(path).read_text() == "# x\n"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o644
    before = os.stat(path).st_ino
    install([file], str(tmp_path))
    assert os.stat(path).st_ino == before
    install([replace(file, text="# y\n")], str(tmp_path))
    assert Path(path).read_text() == "# y\n"
    assert os.listdir(os.path.dirname(path)) == ["50-qmiprobe-x.rules"]


def test_a_folder_that_cannot_be_written_to_is_told_with_its_path(tmp_path: Path):
    (tmp_path / "etc").write_text("a file where a folder should be")
    file = LastingFile(path="/etc/udev/rules.d/50-x.rules", text="", why="")
    with pytest.raises(CannotTest, match=r"cannot write .*/50-x\.rules"):
        install([file], str(tmp_path))


def test_udevs_own_checker_finds_no_fault_where_there_is_one(tmp_path: Path):
    modem = had_by(saved(tmp_path, "lt4112"), "option", target=MBIM)
    file = udev_rules(modem, MBIM, sysroot=str(tmp_path), ignored=True)
    assert file is not None
    checked = check_rules(file.text)
    assert checked.fine, checked.said
    broken = check_rules('ACTION=="add" ATTR{bConfigurationValue}="3\n')
    assert broken.fine is not broken.ran


@pytest.mark.needs("udevadm")
def test_udev_takes_every_rule_of_every_profile(tmp_path: Path):
    rules: dict[str, str] = {}
    for name in profile_names():
        if not load_profile(name).usb.configurations:
            continue
        root = tmp_path / name
        modem = saved(root, name)
        for each in modem.configurations:
            for one in each.interfaces:
                driver = {"qmi": "qmi_wwan", "mbim": "cdc_mbim"}.get(one.function or "")
                if driver is None or one.alternate:
                    continue
                for example in (False, True):
                    target = Target(
                        configuration=each.value, control=one.number, data=one.number + 1,
                        driver=driver, by_example=example,
                    )  # fmt: skip
                    stolen = had_by(modem, "option", target=target)
                    for file in lasting_files(stolen, target, sysroot=str(root), ignored=True):
                        if file.kind == "udev":
                            rules[f"{len(rules):03}-{name}.rules"] = file.text
    assert len(rules) > 20
    folder = tmp_path / "rules"
    folder.mkdir()
    assert what_udev_says(rules, folder) == []
