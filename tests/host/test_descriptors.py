# SPDX-License-Identifier: GPL-2.0-or-later
"""Binary descriptors: every configuration is read, and no bytes make it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.host import parse_descriptors
from tests.host.devices import MBIM_CONTROL, MBIM_DATA, three_configurations
from tests.host.tree import (
    configuration_descriptor,
    device_descriptor,
    interface_descriptor,
    usb_descriptor,
)

QMI = interface_descriptor(3, 0, "ff/01/07", 0x86, 0x04, 0x85)
ECM = interface_descriptor(0, 0, "02/06/00", 0x81)
RNDIS = interface_descriptor(0, 0, "02/02/ff", 0x81)
NEWER_RNDIS = interface_descriptor(0, 0, "e0/01/03", 0x81)
AUDIO, AUDIO_3 = (interface_descriptor(0, 0, f"01/01/{one}") for one in ("20", "30"))


def test_all_configurations_are_read_with_alternates_and_endpoints():
    found = parse_descriptors(three_configurations())
    assert found is not None
    assert (found.vendor, found.product, found.notes) == (0x03F0, 0x581D, ())
    assert [one.value for one in found.configurations] == [1, 2, 3]
    qmi = found.configurations[0].interfaces[1]
    assert (qmi.number, qmi.cls) == (3, "ff/01/07")
    assert qmi.endpoints == ((0x86, 2), (0x04, 2), (0x85, 3))
    mbim, *data = found.configurations[2].interfaces
    assert 0x1B in mbim.functional
    assert [(one.alternate, len(one.endpoints)) for one in data] == [(0, 0), (1, 2)]


@pytest.mark.parametrize(
    ("configurations", "device_class", "chosen"),
    [
        ([QMI, ECM, MBIM_CONTROL], 0x00, 2),
        ([QMI, ECM, MBIM_CONTROL], 0xFF, 1),
        ([QMI, QMI], 0x00, 1),
        ([RNDIS, MBIM_CONTROL], 0x00, 2),
        ([RNDIS, QMI], 0x00, 1),
        ([RNDIS], 0x00, 1),
        ([NEWER_RNDIS, MBIM_CONTROL], 0x00, 1),
        ([AUDIO, MBIM_CONTROL], 0x00, 2),
        ([AUDIO, QMI, AUDIO_3], 0x00, 3),
        ([AUDIO, QMI], 0x00, 1),
        ([b"", MBIM_CONTROL], 0x00, 2),
        ([], 0x00, None),
    ],
    ids=[
        "first of a standard class",
        "a device of vendor class takes the first",
        "only vendor classes",
        "RNDIS gives way",
        "RNDIS stays before vendor classes",
        "RNDIS alone",
        "RNDIS by a triple that the kernel does not look for",
        "audio gives way to a standard class",
        "audio of version 3 is taken",
        "audio stays before vendor classes",
        "no interface in the first",
        "no configuration",
    ],
)
def test_choice_of_the_kernel_is_foretold(
    configurations: list[bytes], device_class: int, chosen: int | None
):
    data = device_descriptor(0x12D1, 0x1573, cls=device_class)
    for value, interface in enumerate(configurations, start=1):
        data += configuration_descriptor(value, interface)
    found = parse_descriptors(data)
    assert found is not None
    assert found.kernel_choice() == chosen


def test_length_of_zero_ends_that_configuration_only():
    broken = configuration_descriptor(1, QMI + b"\0\0\0\0")
    data = device_descriptor(0x12D1, 1) + broken + configuration_descriptor(2, ECM)
    found = parse_descriptors(data)
    assert found is not None
    assert [len(one.interfaces) for one in found.configurations] == [1, 1]
    assert "length 0 cannot be" in found.notes[0]


def test_configuration_that_claims_more_than_there_is_is_read_as_far_as_it_goes():
    data = device_descriptor(0x12D1, 1) + configuration_descriptor(1, QMI, ECM)[:-3]
    found = parse_descriptors(data)
    assert found is not None
    assert len(found.configurations[0].interfaces) == 2
    assert len(found.notes) == 2


def test_bytes_after_the_last_configuration_are_noted():
    found = parse_descriptors(device_descriptor(0x12D1, 1) + configuration_descriptor(1) + b"xyz")
    assert found is not None
    assert "3 bytes" in found.notes[0]


@pytest.mark.parametrize("data", [b"", b"\x12\x01", usb_descriptor(2, *range(16)), bytes(18)])
def test_bytes_without_a_device_descriptor_are_nothing(data: bytes):
    assert parse_descriptors(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_after_the_device_descriptor_are_survived(tail: bytes):
    found = parse_descriptors(device_descriptor(1, 2) + tail)
    assert found is not None
    found.kernel_choice()


@given(st.integers(0, 200), st.binary(min_size=1, max_size=3))
def test_any_damage_to_real_descriptors_is_survived(offset: int, damage: bytes):
    data = bytearray(three_configurations())
    data[offset : offset + len(damage)] = damage
    found = parse_descriptors(bytes(data))
    if found is not None:
        found.kernel_choice()


def test_alternates_of_a_data_interface_belong_to_it():
    data = device_descriptor(1, 2) + configuration_descriptor(1, MBIM_CONTROL, *MBIM_DATA)
    found = parse_descriptors(data)
    assert found is not None
    assert [one.number for one in found.configurations[0].interfaces] == [0, 1, 1]
