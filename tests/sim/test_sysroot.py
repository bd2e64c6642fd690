# SPDX-License-Identifier: GPL-2.0-or-later
"""Saved machines: what was measured on the real kernel is what ordinary reading finds in them."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from qmiprobe import host
from qmiprobe.errors import CannotTest, DefinitionError
from qmiprobe.sim import load_profile, profile_names
from qmiprobe.sim._sysroot import Machine, write_sysroot

BOUND = tomllib.loads(
    (resources.files("qmiprobe") / "sim" / "bound.toml").read_text(encoding="utf-8")
)
CASES = [
    (name, value)
    for name in profile_names()
    for value in (0, *(one.value for one in load_profile(name).usb.configurations))
]


def saved(folder: Path, name: str, **wrong: object) -> host.Modem:
    """Return the one modem of a saved machine."""
    write_sysroot(load_profile(name), folder, machine=Machine(**wrong))  # type: ignore[arg-type]
    (modem,) = host.modems(str(folder))
    return modem


def measured(name: str, value: int) -> dict[int, str]:
    """Return which driver the real kernel bound to which interface."""
    row = BOUND[name][str(value)]
    return {number: driver for driver, all_ in row.items() if driver != "netdev" for number in all_}


@pytest.mark.parametrize(("name", "value"), CASES)
def test_the_kernel_did_what_the_rules_of_host_predict(tmp_path: Path, name: str, value: int):
    modem = saved(tmp_path, name, configuration=value or None)
    chosen = next(one.value for one in modem.configurations if one.kernel_would_choose)
    assert chosen == BOUND[name]["chosen"]
    active = modem.active_configuration
    assert active is not None
    assert active.value == (value or chosen)
    drivers = measured(name, active.value)
    assert {one.number: one.driver for one in active.interfaces if one.driver} == drivers
    wrong = [
        one
        for one in active.interfaces
        if one.driver != one.expected_driver and one.expected_driver is not None
    ]
    assert wrong == []
    assert {one.number for one in active.interfaces if one.expected_driver} == set(drivers)


@pytest.mark.parametrize(("name", "value"), CASES)
def test_nodes_hang_where_the_drivers_make_them(tmp_path: Path, name: str, value: int):
    modem = saved(tmp_path, name, configuration=value or None)
    active = modem.active_configuration
    assert active is not None
    control = [one.number for one in active.interfaces if one.function in ("qmi", "mbim")]
    assert [port.interface for port in modem.ports] == control
    assert [port.path for port in modem.ports] == [f"/dev/cdc-wdm{n}" for n in range(len(control))]
    serial = sum(one.driver in ("option", "qcserial") for one in active.interfaces)
    acm = sum(one.driver == "cdc_acm" and one.function == "acm" for one in active.interfaces)
    assert len(modem.serial) == serial + acm
    paths = [*(one.path for one in modem.ports), *(one.path for one in modem.serial)]
    assert all((tmp_path / path[1:]).exists() for path in paths)
    pairs = {"qmi", "mbim", "ecm", "ncm"}
    assert len(modem.netdevs) == sum(one.function in pairs for one in active.interfaces)


def test_every_profile_was_measured():
    assert set(BOUND) - {"kernel"} == set(profile_names())
    for name in profile_names():
        values = {str(one.value) for one in load_profile(name).usb.configurations}
        assert set(BOUND[name]) - {"chosen"} == values


def test_the_device_is_shown_as_the_profile_has_it(tmp_path: Path):
    modem = saved(tmp_path, "rm520n", plug="4-1")
    assert (modem.name, modem.id, modem.speed_mbit) == ("4-1", "2c7c:0801", 5000)
    assert (modem.manufacturer, modem.product) == ("Quectel", "RM520N-GL")
    folder = tmp_path / "sys/bus/usb/devices/4-1"
    usb = load_profile("rm520n").usb
    assert (folder / "descriptors").read_bytes() == usb.descriptors()
    assert (folder / "bos_descriptors").read_bytes() == usb.bos()
    interface = tmp_path / "sys/bus/usb/devices/4-1:1.4"
    assert (interface / "modalias").read_text() == (
        "usb:v2C7Cp0801d0504dc00dsc00dp00icFFiscFFipFFin04\n"
    )
    assert (interface / "ep_8e/type").read_text() == "Bulk\n"
    assert (interface / "net/wwan0/statistics/rx_packets").read_text() == "0\n"
    assert (interface / "net/wwan0/qmi/raw_ip").read_text() == "N\n"
    assert (interface / "usbmisc/cdc-wdm0/dev").read_text() == "180:176\n"
    (netdev,) = modem.netdevs
    assert (netdev.driver, netdev.raw_ip) == ("qmi_wwan", False)


def test_the_folder_can_be_moved(tmp_path: Path):
    write_sysroot(load_profile("ec25"), tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    (modem,) = host.modems(str(tmp_path / "there"))
    assert modem.ports[0].path == "/dev/cdc-wdm0"


def test_the_kernels_log_tells_what_came_and_what_bound(tmp_path: Path):
    saved(tmp_path, "em7455", log=("usb 2-6: reset high-speed USB device number 5 using xhci_hcd",))
    log = host.kernel_log(str(tmp_path))
    assert [event.id for event in log.bus_events()] == ["1199:9079"]
    assert "cdc_mbim 2-6:1.12: cdc-wdm0: USB WDM device" in log.about("2-6:1.12")
    assert log.lines[-1].text.startswith("usb 2-6: reset")


def test_what_is_wrong_with_a_machine_is_in_its_folder(tmp_path: Path):
    modem = saved(
        tmp_path / "a",
        "lt4112",
        configuration=3,
        drivers={0: "qmi_wwan"},
        dynamic_ids={"qmi_wwan": ("03f0 581d",)},
    )
    active = modem.active_configuration
    assert active is not None
    assert [one.driver for one in active.interfaces] == ["qmi_wwan", "qmi_wwan", "qcserial"]
    assert modem.ports[0].protocol == "qmi"
    assert host.dynamic_ids(str(tmp_path / "a")) == {"qmi_wwan": ("03f0 581d",)}
    modem = saved(tmp_path / "b", "ec25", blacklisted=frozenset({"qmi_wwan"}))
    assert modem.ports == ()
    state = host.module("qmi_wwan", sysroot=str(tmp_path / "b"))
    assert (state.registered, state.installed) == (False, True)
    assert state.blacklisted == "/etc/modprobe.d/local.conf"
    saved(tmp_path / "c", "ec25", missing=frozenset({"qmi_wwan"}))
    assert host.module("qmi_wwan", sysroot=str(tmp_path / "c")).installed is False
    modem = saved(tmp_path / "d", "ec25", unauthorized=frozenset({4}))
    active = modem.active_configuration
    assert active is not None
    assert [one.authorized for one in active.interfaces] == [True, True, True, True, False]
    assert saved(tmp_path / "e", "ec25", authorized=False).active_configuration is None


def test_a_folder_that_cannot_be_used_and_a_configuration_that_is_not_there_are_named(
    tmp_path: Path,
):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with pytest.raises(CannotTest, match="full is not empty"):
        write_sysroot(load_profile("ec25"), tmp_path / "full")
    with pytest.raises(CannotTest, match="file"):
        write_sysroot(load_profile("ec25"), tmp_path / "full" / "file")
    with pytest.raises(DefinitionError, match="no USB configuration 7; there are: 1"):
        write_sysroot(load_profile("ec25"), tmp_path / "x", machine=Machine(configuration=7))
    with pytest.raises(DefinitionError, match="configuration 1 has no interface 9"):
        write_sysroot(load_profile("ec25"), tmp_path / "y", machine=Machine(drivers={9: None}))
