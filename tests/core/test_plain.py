# SPDX-License-Identifier: GPL-2.0-or-later
"""Fields from JSON and from words of a command line: what is understood, and how it is refused."""

from __future__ import annotations

from random import Random

import pytest

from qmiprobe._message import Struct
from qmiprobe._plain import Json, fields_to_json, from_fields
from qmiprobe.errors import EncodeError
from qmiprobe.mbim.services import basic_connect
from qmiprobe.mbim.services import ms_basic_connect_extensions as extensions
from qmiprobe.qmi.services import dms, nas, wds
from tests.core.values import Maker, mbim_classes, qmi_classes


def test_an_enum_is_given_by_name_number_or_object():
    words: list[Json] = ["low-power", 1, "1", "0x01", {"name": "low-power", "value": 1}]
    for word in words:
        request = from_fields(dms.SetOperatingMode, {"mode": word})
        assert request == dms.SetOperatingMode(mode=dms.OperatingMode.LOW_POWER)


def test_a_number_that_no_enum_knows_is_kept():
    request = from_fields(dms.SetOperatingMode, {"mode": "200"})
    assert fields_to_json(request) == {"mode": {"name": None, "value": 200}}


def test_flags_are_given_by_names_numbers_or_objects():
    lte = nas.RatModePreference.LTE
    both = lte | nas.RatModePreference.UMTS
    words: list[Json] = [
        "lte, umts", ["lte", "umts"], [{"name": "lte", "value": int(lte)}, "umts"], int(both),
        "lte,lte,umts", f"{int(both):#x}",
    ]  # fmt: skip
    for word in words:
        request = from_fields(nas.SetSystemSelectionPreference, {"mode-preference": word})
        assert request == nas.SetSystemSelectionPreference(mode_preference=both)
    with_unknown = nas.SetSystemSelectionPreference(
        mode_preference=nas.RatModePreference(lte | 0x8000)
    )
    assert fields_to_json(with_unknown)["mode-preference"] == [
        {"name": "lte", "value": int(lte)}, {"name": None, "value": 0x8000},
    ]  # fmt: skip


def test_booleans_octets_and_addresses_are_given_as_text():
    wanted = {"primary-dns-address-preference": "192.0.2.53"}
    settings = from_fields(wds.StartNetwork, dict(wanted))
    assert fields_to_json(settings) == wanted
    for word in ("yes", "on", True, 1, "TRUE"):
        choice = from_fields(nas.SetSystemSelectionPreference, {"emergency-mode": word})
        assert choice == nas.SetSystemSelectionPreference(emergency_mode=True)
    data = from_fields(dms.WriteUserData, {"user-data": "c0:ff:ee"})
    assert data == dms.WriteUserData(user_data=b"\xc0\xff\xee")


@pytest.mark.parametrize(
    ("cls", "fields", "said"),
    [
        (dms.SetOperatingMode, {"mode": "onlin"}, "mode: 'onlin' is no OperatingMode; one of"),
        (dms.SetOperatingMode, {"mood": 1}, "no field 'mood'; known: mode"),
        (dms.SetOperatingMode, {}, "SetOperatingMode needs mode="),
        (dms.SetOperatingMode, [], r"\[\] is no object with fields"),
        (dms.WriteUserData, {"user-data": "xyz"}, "user-data: 'xyz' is not hex"),
        (wds.StartNetwork, {"primary-dns-address-preference": "192.0.2"}, "Expected 4 octets"),
        (nas.SetSystemSelectionPreference, {"emergency-mode": "perhaps"}, "neither true nor false"),
        (nas.SetSystemSelectionPreference, {"mode-preference": "lte 4g"}, "no RatModePreference"),
        (nas.SetSystemSelectionPreference, {"acquisition-order-preference": 3}, "3 is no list"),
        (dms.ActivateManual, {"prl": {"prl-segment": {"items": [1]}}}, "None is no number"),
        (basic_connect.ConnectSet, {"context-type": "outernet"}, "is no UUID; known names"),
        (extensions.WakeReasonResponse, {"wake-tlv": [{"type": 1}]}, "is no list of TLVs such as"),
        (basic_connect.IpConfigurationResponse, {"ipv4-available": 1}, "is computed from"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_the_fields_name(
    cls: type[Struct], fields: Json, said: str
):
    with pytest.raises(EncodeError, match=said):
        from_fields(cls, fields)


def _json(random: Random, depth: int = 0) -> Json:
    plain: list[Json] = [
        None, True, 0, -1, 2**70, 1.5, "", "x", "0x10", "-3", "lte", "1,2", "00", {}, [], "🙂",
    ]  # fmt: skip
    if depth > 2 or random.random() < 0.7:
        return random.choice(plain)
    if random.random() < 0.5:
        return [_json(random, depth + 1) for _ in range(random.randrange(3))]
    names = ("name", "value", "items", "number", "type", "data")
    return {random.choice(names): _json(random, depth + 1) for _ in range(3)}


def test_whatever_json_is_given_only_an_encode_error_comes_of_it():
    random = Random(11)
    classes: list[type[Struct]] = [*qmi_classes(), *(cls for _, cls in mbim_classes())]
    refused = 0
    for cls in classes:
        body, _ = Maker(random).message(cls)  # type: ignore[arg-type]
        plain = fields_to_json(body)
        for name in [field.name for field in cls.__fields__ if field.public and field.init]:
            try:
                from_fields(cls, {**plain, name: _json(random)})
            except EncodeError:
                refused += 1
    assert refused > 300
