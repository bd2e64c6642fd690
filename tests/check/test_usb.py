# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong on the bus is named, from a saved machine that shows it; and not from its twin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe.check import CheckOptions, Report
from qmiprobe.diagnosis import Finding
from qmiprobe.sim import load_profile, profile_names
from qmiprobe.sim._sysroot import Machine
from qmiprobe.sim.usb._layout import UsbLayout
from tests.check.saved import check_saved, disc, outcomes, with_endpoints

FAILED_OLD = "qmi_wwan: probe of {} failed with error {}"
FAILED_NEW = "qmi_wwan {}: probe with driver qmi_wwan failed with error {}"
CONFIGURATION = {"lt4112": 1, "lt4112-4": 1, "lt4120": 1, "me909s": 3}
"""Where the kernel's own choice has no control port, or another one."""


def only(report: Report, check: str, finding: str) -> Finding:
    """Return the one cause of a report in which that check fails first."""
    assert report.first_failure is not None
    assert report.first_failure.check == check
    assert [one.id for one in report.findings] == [finding]
    assert report.exit_status == 1
    return report.findings[0]


@pytest.mark.parametrize("name", [name for name in profile_names() if name != "l850-ncm"])
async def test_a_modem_as_it_should_be_passes_up_to_its_port(tmp_path: Path, name: str):
    report = await check_saved(tmp_path, name, configuration=CONFIGURATION.get(name))
    assert report.findings == ()
    assert report.exit_status == 0
    ended = outcomes(report)
    for check in ("usb.enumerated", "usb.authorized", "usb.configuration", "driver.bound"):
        assert ended[check] == "pass"
    asked = set(ended) - {check for check in ended if check.startswith(("usb.", "driver."))}
    assert {ended[check] for check in asked - {"port.holder"}} == {"skipped"}


@pytest.mark.parametrize(
    ("wanted", "value"), [(None, 3), ("mbim:2-6", 3), ("qmi:2-6", 1), ("03f0:581d", 3)]
)
async def test_the_configuration_with_the_control_port_is_named_with_its_path(
    tmp_path: Path, wanted: str | None, value: int
):
    report = await check_saved(tmp_path, "lt4112", address=wanted)
    finding = only(report, "usb.configuration", "usb/wrong-configuration")
    path = "/sys/bus/usb/devices/2-6/bConfigurationValue"
    assert finding.remedy.commands == (f"echo {value} > {path}",)
    assert finding.remedy.undo == (f"echo 2 > {path}",)
    assert f"QMI: `echo 1 > {path}` or MBIM: `echo 3 > {path}`" in finding.remedy.text
    (rule,) = finding.remedy.lasting
    assert f'ATTR{{bConfigurationValue}}="{value}"' in rule
    assert 'ATTR{bNumConfigurations}=="3"' in rule
    assert "as Linux chooses by itself" in finding.title


async def test_ecm_of_the_other_multi_configuration_modems_is_no_control_port(tmp_path: Path):
    for name in ("lt4120", "me909s"):
        report = await check_saved(tmp_path / name, name)
        only(report, "usb.configuration", "usb/wrong-configuration")


async def test_a_modem_without_configuration_is_told_from_one_that_is_not_authorized(
    tmp_path: Path,
):
    said = "usb 2-6: rejected 3 configurations due to insufficient available bus power"
    report = await check_saved(tmp_path / "a", "lt4112", configuration=0, log=(said,))
    finding = only(report, "usb.configuration", "usb/unconfigured")
    assert "power" in finding.title
    report = await check_saved(tmp_path / "b", "lt4112", authorized=False)
    finding = next(one for one in report.findings if one.id == "usb/not-authorized")
    # Linux would choose the configuration without a control port again.
    assert finding.remedy.commands == (
        "echo 1 > /sys/bus/usb/devices/2-6/authorized",
        "echo 3 > /sys/bus/usb/devices/2-6/bConfigurationValue",
    )
    assert report.first_failure is not None
    assert report.first_failure.check == "usb.authorized"
    assert len(report.findings) == 1


async def test_the_composition_without_a_control_port_names_the_command_and_its_risk(
    tmp_path: Path,
):
    finding = only(await check_saved(tmp_path, "l850-ncm"), "driver.bound", "usb/composition")
    assert "AT+GTUSBMODE=7" in finding.remedy.text
    assert finding.remedy.commands == ()


@pytest.mark.parametrize("address", [None, "2001:7e3d", "2001:ac01", "2-6"])
async def test_a_disc_in_place_of_a_modem_is_known(tmp_path: Path, address: str | None):
    report = await check_saved(
        tmp_path, "dwm222", layout=disc("2001:ac01"), drivers={0: "usb-storage"},
        configuration=1, address=address,
    )  # fmt: skip
    finding = only(report, "usb.enumerated", "usb/mode-switch-disc")
    assert finding.remedy.commands == ("usb_modeswitch -v 2001 -p ac01 -K",)
    assert "2001:7e3d" in finding.remedy.text


async def test_a_disc_of_a_vendor_of_modems_is_known_and_an_ordinary_one_is_not(tmp_path: Path):
    report = await check_saved(
        tmp_path / "a", "dwm222", layout=disc("12d1:1f01"), drivers={0: "usb-storage"},
        configuration=1,
    )  # fmt: skip
    only(report, "usb.enumerated", "usb/mode-switch-disc")
    report = await check_saved(
        tmp_path / "b", "dwm222", layout=disc("0951:1666"), drivers={0: "usb-storage"},
        configuration=1,
    )  # fmt: skip
    assert [one.id for one in report.findings] == ["usb/no-modem"]
    assert report.exit_status == 3


def renamed(profile: str, usb_id: str, *, interfaces: int = 9) -> UsbLayout:
    """Return a profile's layout under another id, cut to its first interfaces."""
    usb = load_profile(profile).usb
    vendor, product = (int(part, 16) for part in usb_id.split(":"))
    first = usb.configurations[0]
    cut = replace(first, interfaces=first.interfaces[:interfaces])
    return replace(usb, vendor=vendor, product=product, configurations=(cut,))


CAME = "usb 2-6: New USB device found, idVendor={}, idProduct={}, bcdDevice= 0.06"
LEFT = "usb 2-6: USB disconnect, device number 4"


async def test_a_boot_loader_is_no_modem(tmp_path: Path):
    layout = renamed("mc7455", "1199:9070", interfaces=1)
    report = await check_saved(tmp_path, "mc7455", layout=layout)
    finding = only(report, "usb.enumerated", "usb/boot-loader")
    assert "1199:9070" in finding.title


async def test_a_modem_that_came_back_as_another_one_is_followed(tmp_path: Path):
    log = (CAME.format("1199", "9071"), LEFT, CAME.format("1199", "9079"))
    layout = renamed("em7455", "1199:9079")
    report = await check_saved(tmp_path, "em7455", layout=layout, address="1199:9071", log=log)
    finding = only(report, "usb.enumerated", "usb/another-id")
    assert "was 1199:9071 and came back as 1199:9079" in finding.title
    assert finding.remedy.commands[0] == "qmiprobe check 2-6"


async def test_a_modem_that_was_never_there_has_not_come_back(tmp_path: Path):
    report = await check_saved(tmp_path, "em7455", address="1199:9071")
    assert report.first_failure is not None
    assert report.first_failure.check == "usb.enumerated"
    assert [one.id for one in report.findings] == ["usb/not-there"]
    assert report.exit_status == 3


async def test_a_modem_that_comes_and_goes_is_told_from_one_that_came_once(tmp_path: Path):
    again = (LEFT, CAME.format("2c7c", "0125"))
    gone = dict.fromkeys(range(5))
    report = await check_saved(tmp_path / "a", "ec25", log=again * 5, drivers=gone)
    only(report, "usb.enumerated", "usb/comes-and-goes")
    report = await check_saved(tmp_path / "b", "ec25", log=again * 2, drivers=gone)
    assert outcomes(report)["usb.enumerated"] == "pass"


@pytest.mark.parametrize("form", [FAILED_OLD, FAILED_NEW])
@pytest.mark.parametrize(
    ("kept", "lacks"),
    [
        (("bulk-in", "bulk-out"), "no interrupt IN endpoint"),
        (("interrupt-in",), "no bulk IN and no bulk OUT endpoint"),
        ((), "no bulk IN and no bulk OUT endpoint"),
    ],
    ids=["two bulk, an older kernel", "interrupt only", "none"],
)
async def test_the_minus_22_is_explained_by_the_endpoints(
    tmp_path: Path, form: str, kept: tuple[str, ...], lacks: str
):
    report = await check_saved(
        tmp_path, "lt4112", layout=with_endpoints("lt4112", 1, 3, *kept), configuration=1,
        drivers={3: None}, log=(form.format("2-6:1.3", -22),),
    )  # fmt: skip
    finding = only(report, "driver.bound", "driver/probe-failed")
    assert "EINVAL" in finding.title
    assert lacks in finding.title or kept == ("bulk-in", "bulk-out")
    assert any("error -22" in one.text for one in finding.evidence)


async def test_the_silent_19_is_explained_by_the_two_endpoint_rule(tmp_path: Path):
    layout = with_endpoints("lt4112", 1, 3, "bulk-in", "bulk-out")
    report = await check_saved(
        tmp_path, "lt4112", layout=layout, configuration=1, drivers={3: None}
    )
    finding = only(report, "driver.bound", "driver/refused")
    assert "ENODEV, which is not logged" in finding.title
    assert "exactly two endpoints" in finding.title


async def test_mbim_without_data_endpoints_is_refused_in_silence(tmp_path: Path):
    layout = with_endpoints("em7455", 1, 13)
    report = await check_saved(tmp_path, "em7455", layout=layout, drivers={12: None})
    finding = only(report, "driver.bound", "driver/refused")
    assert "data interface 13" in finding.title


@pytest.mark.parametrize(
    ("profile", "machine", "finding", "first"),
    [
        (
            "ec25",
            Machine(drivers={4: "option"}),
            "driver/serial-thief",
            "echo 2-6:1.4 > /sys/bus/usb/drivers/option/unbind",
        ),
        (
            "em7455",
            Machine(drivers={12: "usbserial_generic", 13: "usbserial_generic"}),
            "driver/generic-serial",
            "echo 2-6:1.12 > /sys/bus/usb/drivers/usbserial_generic/unbind",
        ),
        (
            "lt4112",
            Machine(
                configuration=3,
                drivers={0: "qmi_wwan"},
                dynamic_ids={"qmi_wwan": ("03f0 581d",)},
            ),
            "driver/dynamic-id",
            "echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
        ),
        (
            "ec25",
            Machine(drivers={4: "GobiNet"}),
            "driver/vendor-driver",
            "rmmod GobiNet",
        ),
        (
            "em7455",
            Machine(drivers={12: "cdc_ncm"}),
            "driver/wrong-driver",
            "echo 2-6:1.12 > /sys/bus/usb/drivers/cdc_ncm/unbind",
        ),
        (
            "ec25",
            Machine(unauthorized=frozenset({4})),
            "driver/interface-not-authorized",
            "echo 1 > /sys/bus/usb/devices/2-6:1.4/authorized",
        ),
        (
            "ec25",
            Machine(blacklisted=frozenset({"qmi_wwan"})),
            "driver/blacklisted",
            "modprobe qmi_wwan",
        ),
        (
            "ec25",
            Machine(missing=frozenset({"qmi_wwan"})),
            "driver/not-installed",
            "modinfo qmi_wwan",
        ),
        (
            "em7455",
            Machine(drivers={12: None, 13: "option"}),
            "driver/data-interface-taken",
            "echo 2-6:1.13 > /sys/bus/usb/drivers/option/unbind",
        ),
        (
            "ec25",
            Machine(drivers={4: None}),
            "driver/unbound",
            "echo 2-6:1.4 > /sys/bus/usb/drivers/qmi_wwan/bind",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" in value and " " not in value else "",
)
async def test_who_has_the_control_interface_and_why_is_named(
    tmp_path: Path, profile: str, machine: Machine, finding: str, first: str
):
    found = only(await check_saved(tmp_path, profile, machine=machine), "driver.bound", finding)
    assert found.remedy.commands[0] == first
    assert found.evidence


async def test_a_module_that_is_not_loaded_is_told_from_one_that_is_unbound(tmp_path: Path):
    await check_saved(tmp_path / "a", "ec25", drivers={4: None})
    for name in ("new_id", "remove_id"):
        (tmp_path / "a/sys/bus/usb/drivers/qmi_wwan" / name).unlink()
    (tmp_path / "a/sys/bus/usb/drivers/qmi_wwan").rmdir()
    report = await again(tmp_path / "a")
    assert only(report, "driver.bound", "driver/not-loaded").remedy.commands == (
        "modprobe qmi_wwan",
    )


async def test_an_id_that_this_kernel_does_not_know_gets_the_safe_form_of_new_id(tmp_path: Path):
    await check_saved(tmp_path, "ec25", drivers={4: None})
    aliases = tmp_path / "lib/modules/6.1.0-56-amd64/modules.alias"
    aliases.write_text("# none\nalias usb:v2C7Cp0125d*dc*dsc*dp*icFFisc00ip00in* option\n")
    finding = only(await again(tmp_path), "driver.bound", "driver/unknown-id")
    assert finding.remedy.commands == (
        "echo '2c7c 0125 ff 1199 9071' > /sys/bus/usb/drivers/qmi_wwan/new_id",
        "echo '2c7c 0125' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
    )


async def test_an_older_kernel_has_no_row_for_the_modem_and_has_not_loaded_the_driver(
    tmp_path: Path,
):
    """What its interfaces are for is known all the same, and one finding has all the steps."""
    await check_saved(tmp_path, "ec25", drivers={4: None})
    lists = tmp_path / "lib/modules/6.1.0-56-amd64"
    pattern = "alias usb:v1199p9071d*dc*dsc*dp*ic*isc*ip*in08* qmi_wwan\n"
    (lists / "modules.alias").write_text(pattern)
    folder = tmp_path / "sys/bus/usb/drivers/qmi_wwan"
    for one in folder.iterdir():
        one.unlink()
    folder.rmdir()
    finding = only(await again(tmp_path), "driver.bound", "driver/unknown-id")
    assert finding.remedy.commands == (
        "modprobe qmi_wwan",
        "echo '2c7c 0125 ff 1199 9071' > /sys/bus/usb/drivers/qmi_wwan/new_id",
        "echo '2c7c 0125' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
    )


async def again(folder: Path) -> Report:
    """Return the report of a machine that was saved before."""
    from qmiprobe.address import resolve
    from qmiprobe.check import LADDER, climb, open_context

    options = CheckOptions(sysroot=str(folder))
    async with (
        resolve(None, sysroot=str(folder)) as port,
        open_context(port, options) as context,
    ):
        return await climb(LADDER, context, timeout=20)


async def test_a_failed_probe_of_another_interface_is_no_finding(tmp_path: Path):
    """As in the thread: QMI is at 3 and bound, and the driver fails at 4, which is for GPS."""
    log = (FAILED_OLD.format("2-6:1.4", -22),)
    report = await check_saved(tmp_path, "lt4112", configuration=1, log=log)
    assert report.findings == ()
    assert outcomes(report)["driver.bound"] == "pass"


async def test_the_driver_that_is_expected_is_looked_for(tmp_path: Path):
    options = CheckOptions(expect_driver="cdc_mbim")
    report = await check_saved(tmp_path, "ec25", options=options)
    assert report.first_failure is not None
    assert "not cdc_mbim" in report.first_failure.summary


@pytest.mark.parametrize(
    ("profile", "machine", "dtr"),
    [
        ("ec25", Machine(), True),
        ("ec25", Machine(dynamic_ids={"qmi_wwan": ("2c7c 0125",)}), False),
        ("mc7455", Machine(dynamic_ids={"qmi_wwan": ("1199 9071",)}), True),
        ("lt4112", Machine(configuration=1), False),
        ("em7455", Machine(), None),
    ],
    ids=["by its table", "a dynamic id without", "by USB 2.10", "neither", "no QMI"],
)
async def test_whether_the_driver_sets_dtr_is_known(
    tmp_path: Path, profile: str, machine: Machine, dtr: bool | None
):
    report = await check_saved(tmp_path, profile, machine=machine)
    assert report.facts.flag("driver.dtr") is dtr


async def test_the_thread_of_2015_on_its_own_kernel(tmp_path: Path):
    """Linux 4.2 knew QMI of the lt4112 at interface 4 only, where this firmware has its GPS."""
    log = (FAILED_OLD.format("2-6:1.4", -22),)
    await check_saved(
        tmp_path, "lt4112", kernel="4.2.3", configuration=1, drivers={3: None, 4: None}, log=log
    )
    aliases = tmp_path / "lib/modules/4.2.3/modules.alias"
    aliases.write_text("alias usb:v03F0p581Dd*dc*dsc*dp*ic*isc*ip*in04* qmi_wwan\n")
    finding = only(await again(tmp_path), "driver.bound", "driver/unknown-id")
    assert "interface 2-6:1.3 (QMI)" in finding.title
    assert finding.remedy.commands[0] == (
        "echo '03f0 581d ff 1199 9071' > /sys/bus/usb/drivers/qmi_wwan/new_id"
    )
