# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles and faults are data: each can be loaded, and a mistake in one is named."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qmiprobe.errors import AddressError, DefinitionError
from qmiprobe.qmi.services._index import DEFINITIONS
from qmiprobe.sim import SimulatedModem, all_faults, fault_names, load_profile, profile_names
from qmiprobe.sim._profile import parse_profile
from qmiprobe.sim._wire_faults import wire_faults

SMALL = """
title = "t"
protocol = "qmi"
contexts = []
[identity]
manufacturer = "m"
model = "o"
revision = "r"
hardware = "h"
software = "s"
imei = "001010123456780"
[sim]
imsi = "001010123456789"
iccid = "8988211000000000003"
[air]
mcc = "001"
mnc = "01"
name = "n"
[signal]
"""


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


@pytest.mark.parametrize("name", profile_names())
def test_identities_are_from_test_ranges_and_check_out(name: str):
    profile = load_profile(name)
    imei, iccid, imsi = profile.identity.imei, profile.sim["iccid"], profile.sim["imsi"]
    assert imei.startswith("00101")
    assert len(imei) == 15
    assert luhn(imei)
    assert isinstance(iccid, str)
    assert iccid.startswith("8988211")
    assert luhn(iccid)
    assert isinstance(imsi, str)
    assert imsi.startswith("00101")


def test_no_two_profiles_have_the_same_identity():
    imeis = {load_profile(name).identity.imei for name in profile_names()}
    assert len(imeis) == len(profile_names())


def test_an_unknown_profile_is_named_with_those_there_are():
    with pytest.raises(AddressError, match=r"no simulated modem 'ec52'.*ec25, em7455"):
        SimulatedModem("ec52")


def test_the_profiles_are_those_of_the_documentation():
    speaks = {
        name: (load_profile(name).protocol, load_profile(name).tunnels_qmi)
        for name in profile_names()
    }
    assert speaks == {
        "dwm222": ("qmi", False),
        "ec25": ("qmi", False),
        "em7455": ("mbim", True),
        "l850": ("mbim", False),
        "l850-ncm": ("mbim", False),
        "lm960": ("qmi", False),
        "lt4112": ("qmi", False),
        "lt4112-4": ("qmi", False),
        "lt4120": ("qmi", False),
        "mc7455": ("qmi", False),
        "me909s": ("mbim", False),
        "rm520n": ("qmi", False),
        "sim7600": ("qmi", False),
    }


@pytest.mark.parametrize("name", profile_names())
def test_what_a_firmware_refuses_is_a_message_that_there_is(name: str):
    for service, refused in load_profile(name).qmi.refuses.items():
        there = {one.name for one in DEFINITIONS if one.module == service}
        assert set(refused) <= there


def test_a_new_profile_is_data_only():
    assert parse_profile("small", SMALL).identity.model == "o"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('model = "o"', 'modle = "o"'), r"profile small, \[identity\]: no key modle"),
        (('model = "o"', ""), r"profile small, \[identity\]: .*'model'"),
        (('protocol = "qmi"', 'protocol = "qmux"'), "protocol must be 'qmi' or 'mbim'"),
        (("[signal]", "[signal]\nrsi = 1"), r"profile small, \[signal\]: no key rsi"),
        (("[signal]", "[signals]"), "profile small: no key signals"),
        (('"qmi"', '"mbim"\nqmi.services = { ctl = "1.5" }'), "QMI inside MBIM needs service qmi"),
        (('"qmi"', '"mbim"\nmbim.services = { qmi = [1] }'), "QMI inside MBIM needs service qmi"),
        (
            ('"qmi"', '"qmi"\nlink = { format = "802.3", formats = ["raw-ip"] }'),
            r"profile small, \[link\]: format 802.3 is not in formats",
        ),
    ],
)
def test_a_mistake_in_a_profile_is_named(change: tuple[str, str], complaint: str):
    with pytest.raises(DefinitionError, match=complaint):
        parse_profile("small", SMALL.replace(*change))


@pytest.mark.parametrize("name", fault_names())
def test_every_fault_can_be_had_by_the_modems_it_names(name: str):
    fault = all_faults()[name]
    assert fault.doc.endswith(".")
    assert len(fault.doc) <= 70
    assert fault.state or fault.network or fault.wire or fault.clients is not None
    for profile in profile_names():
        protocol = load_profile(profile).protocol
        if protocol in fault.protocols:
            modem = SimulatedModem(profile, faults=[name])
            assert modem.network_faults is not None
            assert bool(wire_faults(modem.faults, protocol)) is bool(fault.wire)


def test_a_fault_of_the_other_protocol_is_refused():
    with pytest.raises(AddressError, match=r"'raw-ip-mismatch' is for QMI modems only.*MBIM"):
        SimulatedModem("em7455", faults=["raw-ip-mismatch"])


def test_an_unknown_fault_is_named_with_those_there_are():
    with pytest.raises(AddressError, match=r"no fault 'nosim'; there are: no-sim"):
        SimulatedModem("ec25", faults=["nosim"])


def test_faults_add_up():
    modem = SimulatedModem("ec25", faults=["no-sim", "radio-off", "no-dns", "walled-garden"])
    assert modem.state.sim.card == "absent"
    assert modem.state.radio.mode == "low-power"
    assert modem.network_faults.no_dns
    assert modem.network_faults.walled_garden


def test_names_of_profiles_and_faults_load_nothing_heavy():
    code = (
        "import sys; from qmiprobe.sim import fault_names, profile_names\n"
        "assert fault_names() and profile_names()\n"
        "heavy = {'trio', 'scapy', 'pyroute2', 'rich', 'dns'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
