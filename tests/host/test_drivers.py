# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of an interface at each driver, as lab and source showed it."""

from __future__ import annotations

import errno
from importlib import resources

import pytest

from qmiprobe.host._descriptors import ConfigurationDescriptor, InterfaceDescriptor
from qmiprobe.host._driver_rows import DRIVERS, Row, _tables, read_rows, rows
from qmiprobe.host._drivers import Kernel, expected_driver, probe_by_dynamic_id, probes

QMI_PIPES = ((0x83, 3), (0x82, 2), (0x02, 2))
SERIAL_PIPES = ((0x82, 2), (0x02, 2))


def interface(
    number: int,
    cls: str,
    endpoints: tuple[tuple[int, int], ...] = QMI_PIPES,
    *,
    alternate: int = 0,
    functional: tuple[int, ...] = (),
    union: tuple[int, int] | None = None,
) -> InterfaceDescriptor:
    """Return an interface that speaks for itself."""
    first, second, third = (int(part, 16) for part in cls.split("/"))
    return InterfaceDescriptor(
        number=number,
        alternate=alternate,
        triple=(first, second, third),
        endpoints=endpoints,
        functional=frozenset(functional),
        union=union,
    )


def configuration(*interfaces: InterfaceDescriptor) -> ConfigurationDescriptor:
    """Return a configuration of these."""
    return ConfigurationDescriptor(value=1, interfaces=interfaces)


def outcome(driver: str, usb_id: str, one: InterfaceDescriptor) -> tuple[int | None, str]:
    """Return errno and reason at one driver, in a modem of five interfaces."""
    others = (interface(number, "ff/00/00") for number in range(20, 24))
    found = probes(usb_id, one, configuration(one, *others))
    (probe,) = (probe for probe in found if probe.driver == driver)
    return probe.errno, probe.why


def mbim(*, functional: tuple[int, ...] = (0x00, 0x06, 0x1B), pair: bool = True):
    """Return an MBIM function as a configuration."""
    control = interface(
        0, "02/0e/00", ((0x81, 3),), functional=functional, union=(0, 1) if pair else None
    )
    idle = interface(1, "0a/00/02", ())
    busy = interface(1, "0a/00/02", SERIAL_PIPES, alternate=1)
    return control, configuration(control, idle, busy)


@pytest.mark.parametrize(
    ("endpoints", "number", "why"),
    [
        (QMI_PIPES, None, ""),
        (SERIAL_PIPES, errno.ENODEV, "exactly two endpoints"),
        (((0x82, 2), (0x83, 2), (0x02, 2)), errno.EINVAL, "no interrupt IN endpoint"),
        (((0x83, 3),), errno.EINVAL, "no bulk IN and no bulk OUT endpoint"),
        ((), errno.EINVAL, "no bulk IN and no bulk OUT endpoint"),
        (((0x83, 3), (0x82, 2), (0x84, 2)), errno.EINVAL, "no bulk OUT endpoint"),
        (((0, 0),) * 3, None, ""),
    ],
    ids=["qmi", "two", "three bulk", "interrupt only", "none", "no out", "unread"],
)
def test_qmi_wwan_fails_loudly_or_gives_back_in_silence_by_the_endpoints(
    endpoints: tuple[tuple[int, int], ...], number: int | None, why: str
):
    found = outcome("qmi_wwan", "03f0:581d", interface(4, "ff/01/07", endpoints))
    assert found[0] == number
    assert why in found[1]


def test_a_row_by_number_does_not_take_a_standard_class():
    one = interface(4, "02/06/00")
    assert outcome("qmi_wwan", "2c7c:0121", one)[0] == errno.ENODEV
    modem = configuration(one)
    assert probe_by_dynamic_id("qmi_wwan", "2c7c:0121", one, modem).errno is None


def test_a_dynamic_id_takes_what_the_table_would_not():
    control, modem = mbim()
    takers = [one.driver for one in probes("03f0:581d", control, modem) if one.errno is None]
    assert takers == ["cdc_mbim"]
    assert probe_by_dynamic_id("qmi_wwan", "03f0:581d", control, modem).errno is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"functional": (0x00, 0x06)}, "no MBIM functional descriptor"),
        ({"pair": False}, "neither a union nor an association"),
    ],
)
def test_cdc_mbim_gives_back_what_it_cannot_use_in_silence(change: dict[str, object], why: str):
    control, modem = mbim(**change)  # type: ignore[arg-type]
    probe = probes("1199:9079", control, modem)[0]
    assert (probe.driver, probe.errno) == ("cdc_mbim", errno.ENODEV if why else None)
    assert why in probe.why


def test_a_function_of_ncm_and_mbim_is_for_cdc_mbim():
    ncm = interface(0, "02/0d/00", ((0x81, 3),), functional=(0x1A, 0x1B), union=(0, 1))
    also = interface(0, "02/0e/00", ((0x81, 3),), alternate=1, functional=(0x1B,), union=(0, 1))
    data = interface(1, "0a/00/02", SERIAL_PIPES, alternate=2)
    assert expected_driver("0bdb:193e", ncm, configuration(ncm, also, data)) == "cdc_mbim"
    assert expected_driver("0bdb:193e", ncm, configuration(ncm, data)) == "cdc_ncm"


def test_the_data_interface_goes_with_its_control_interface():
    _, modem = mbim()
    assert [expected_driver("1199:9079", one, modem) for one in modem.interfaces] == [
        "cdc_mbim"
    ] * 3


@pytest.mark.parametrize(
    ("usb_id", "one", "driver"),
    [
        ("2c7c:0125", interface(0, "ff/ff/ff", SERIAL_PIPES), "option"),
        ("2c7c:0125", interface(4, "ff/ff/ff"), "qmi_wwan"),
        ("1bc7:1040", interface(2, "ff/ff/ff"), "qmi_wwan"),
        ("1bc7:1040", interface(1, "ff/42/01", SERIAL_PIPES), None),
        ("1bc7:1040", interface(4, "ff/00/00"), "option"),
        ("1199:9071", interface(3, "ff/00/00"), "qcserial"),
        ("1199:9071", interface(5, "ff/00/00"), None),
        ("1199:9071", interface(10, "ff/ff/ff"), "qmi_wwan"),
        ("03f0:581d", interface(0, "ff/01/02"), "qcserial"),
        ("03f0:581d", interface(0, "02/06/00"), "cdc_ether"),
        ("03f0:421d", interface(6, "02/06/00"), "qmi_wwan"),
        ("12d1:1506", interface(1, "ff/02/16"), "huawei_cdc_ncm"),
        ("12d1:15c1", interface(3, "ff/06/10"), "option"),
        ("8087:095a", interface(0, "02/02/01"), "cdc_acm"),
        ("2001:7e3d", interface(5, "08/06/50", SERIAL_PIPES), "usb-storage"),
    ],
)
def test_the_driver_of_an_interface(usb_id: str, one: InterfaceDescriptor, driver: str | None):
    others = (interface(number, "ff/00/00") for number in range(20, 24))
    assert expected_driver(usb_id, one, configuration(one, *others)) == driver


def test_an_older_kernel_had_qmi_of_the_lt4112_at_interface_4_only():
    three, four = interface(3, "ff/01/07"), interface(4, "ff/01/14", SERIAL_PIPES)
    modem = configuration(*(interface(number, "ff/01/02") for number in range(3)), three, four)
    now, then = (
        {
            one.number: [
                (probe.driver, probe.errno)
                for probe in probes("03f0:581d", one, modem, kernel=Kernel(kernel))
            ]
            for one in (three, four)
        }
        for kernel in ("6.1.0-56-amd64", "4.2.3")
    )
    assert now == {3: [("qmi_wwan", None), ("qcserial", errno.ENODEV)], 4: [("qcserial", None)]}
    assert then[3] == [("qcserial", errno.ENODEV)]
    assert ("qmi_wwan", errno.ENODEV) in then[4]


def test_every_table_can_be_read_and_names_its_kernel():
    folder = resources.files("qmiprobe.host") / "data" / "drivers"
    assert {one.name[:-5] for one in folder.iterdir()} == set(DRIVERS)
    vendors = ("2c7c", "1199", "12d1", "0af0", "8087", "0bc3", "05ac", "04e8", "1004", "*")
    found = [row for vendor in vendors for row in rows(f"{vendor}:0000")]
    assert {row.driver for row in found} == set(DRIVERS)
    assert {row.kernel for row in found} <= {"6.1.192", "6.12.117"}


@pytest.mark.parametrize("text", ["12345", "0125/f", "0125#", "0125 /ff", "0125,"])
def test_a_row_that_means_nothing_is_named(text: str):
    with pytest.raises(ValueError, match=r"option: .* is no row"):
        list(read_rows(text, "option", "6.1"))


def test_a_row_counts_from_one_kernel_to_another():
    (row,) = read_rows("581d#4 until=4.3 from=3.15", "qmi_wwan", "6.1")
    versions = ("3.14", "3.15.1", "4.3.99", "4.4", None)
    assert [row.in_kernel(version) for version in versions] == [False, True, True, False, False]
    assert isinstance(row, Row)


@pytest.mark.parametrize(
    ("usb_id", "one", "driver"),
    [
        ("1199:68a3", interface(7, "ff/ff/ff"), "sierra_net"),
        ("1199:68a3", interface(3, "ff/ff/ff"), "sierra"),
        ("1199:68a3", interface(7, "ff/ff/ff", SERIAL_PIPES), None),
        ("1199:6853", interface(0, "ff/ff/ff"), "sierra"),
        ("0af0:7501", interface(0, "ff/ff/ff"), "hso"),
        ("0af0:7501", interface(1, "08/06/50", SERIAL_PIPES), "usb-storage"),
        ("413c:81e4", interface(1, "03/00/00", ((0x81, 3),)), "usbhid"),
        ("1bc7:1077", interface(3, "01/01/20", ()), "snd-usb-audio"),
        ("8087:0716", interface(0, "ff/ff/ff", SERIAL_PIPES), "usb_serial_simple"),
        ("0e8d:2000", interface(1, "0a/00/00", SERIAL_PIPES), "cdc_acm"),
        ("9999:0001", interface(0, "08/06/62", SERIAL_PIPES), "uas"),
        ("1004:61aa", interface(0, "02/06/00"), "lg-vl600"),
        ("04e8:6889", interface(1, "ff/ff/ff", SERIAL_PIPES), "kalmia"),
    ],
)
def test_drivers_of_other_modems_and_of_what_comes_with_them(
    usb_id: str, one: InterfaceDescriptor, driver: str | None
):
    others = (interface(number, "ff/00/00") for number in range(20, 24))
    assert expected_driver(usb_id, one, configuration(one, *others)) == driver


def test_audio_streams_go_with_the_audio_control():
    control, stream = interface(3, "01/01/20", ()), interface(4, "01/02/20", ((0x83, 1),))
    assert expected_driver("1bc7:1077", stream, configuration(control, stream)) == "snd-usb-audio"
    assert expected_driver("1bc7:1071", stream, configuration(stream)) is None


@pytest.mark.parametrize(
    ("functional", "union", "endpoints", "driver"),
    [
        ((0, 2, 6), (0, 1), ((0x81, 3),), "cdc_acm"),
        ((0, 1, 2), None, ((0x81, 3),), "cdc_acm"),
        ((0, 2), None, QMI_PIPES, "cdc_acm"),
        ((0, 2), None, ((0x81, 3),), None),
    ],
    ids=["union", "call management", "all in one", "neither"],
)
def test_cdc_acm_needs_to_know_its_data_interface(
    functional: tuple[int, ...],
    union: tuple[int, int] | None,
    endpoints: tuple[tuple[int, int], ...],
    driver: str | None,
):
    one = interface(0, "02/02/01", endpoints, functional=functional, union=union)
    data = interface(1, "0a/00/00", SERIAL_PIPES)
    assert expected_driver("9999:0001", one, configuration(one, data)) == driver


def test_a_gobi_1000_gives_its_diagnostic_port_at_another_setting_only():
    one, again = interface(0, "ff/ff/ff"), interface(0, "ff/ff/ff", SERIAL_PIPES, alternate=1)
    rest = [interface(number, "ff/ff/ff") for number in (1, 2, 3)]
    assert expected_driver("05c6:9212", one, configuration(one, *rest)) is None
    assert expected_driver("05c6:9212", one, configuration(one, again, *rest)) == "qcserial"


@pytest.mark.parametrize(
    ("driver", "rows_there", "devices"),
    [("qmi_wwan", 444, 350), ("option", 1599, 1130), ("qcserial", 146, 146)],
)
def test_the_tables_have_as_many_rows_as_those_of_linux_6_12(
    driver: str, rows_there: int, devices: int
):
    found = [
        (vendor, row)
        for kernel, ids in _tables(driver)
        for vendor, text in ids.items()
        for row in read_rows(text, driver, kernel)
        if row.in_kernel("6.12.117")
    ]
    assert len(found) == rows_there
    by_id = {(vendor, row.product) for vendor, row in found if row.product != "*"}
    assert len(by_id) == devices
