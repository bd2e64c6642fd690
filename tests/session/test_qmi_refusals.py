# SPDX-License-Identifier: GPL-2.0-or-later
"""What a QMI modem says of a session: its facts, and why there is none."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Interface

import pytest

from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.session import (
    SessionRefused,
    SessionRequest,
    open_qmi_session,
)
from tests.device.scripted import ScriptedQmi, opened_qmi
from tests.session.qmi_modem import (
    family_of,
    healthy,
    settings_v4,
    settings_v6,
    stopped_handles,
    try_session,
)

pytestmark = pytest.mark.autojump
V4, V6 = SessionRequest(families=(4,)), SessionRequest(families=(6,))


@pytest.mark.parametrize(
    ("changes", "interface", "gateway", "dns", "mtu"),
    [
        ({"ipv4_gateway_subnet_mask": None}, "10.64.1.2/32", "10.64.1.1", 2, 1430),
        ({"ipv4_gateway_subnet_mask": IPv4Address(0)}, "10.64.1.2/32", "10.64.1.1", 2, 1430),
        (
            {"ipv4_gateway_subnet_mask": IPv4Address("255.0.255.0")},
            *("10.64.1.2/32", "10.64.1.1", 2, 1430),
        ),
        ({"ipv4_gateway_address": IPv4Address(0)}, "10.64.1.2/30", None, 2, 1430),
        ({"primary_ipv4_dns_address": IPv4Address(0)}, "10.64.1.2/30", "10.64.1.1", 1, 1430),
        (
            {"secondary_ipv4_dns_address": IPv4Address("192.0.2.53")},
            *("10.64.1.2/30", "10.64.1.1", 1, 1430),
        ),
        (
            {"primary_ipv4_dns_address": None, "secondary_ipv4_dns_address": None, "mtu": 0},
            *("10.64.1.2/30", "10.64.1.1", 0, None),
        ),
        ({"mtu": None}, "10.64.1.2/30", "10.64.1.1", 2, None),
    ],
)
async def test_zeros_and_nonsense_in_the_settings_are_no_facts(
    changes: dict[str, object], interface: str, gateway: str | None, dns: int, mtu: int | None
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.GetCurrentSettings, settings_v4(**changes))
        (facts,) = (await try_session(device, V4)).families
        assert str(facts.interface) == interface
        assert facts.gateway == (IPv4Address(gateway) if gateway else None)
        assert len(facts.dns) == dns
        assert facts.mtu == mtu


async def test_a_netmask_that_is_none_is_evidence():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        mask = IPv4Address("255.0.255.0")
        modem.script(wds.GetCurrentSettings, settings_v4(ipv4_gateway_subnet_mask=mask))
        await try_session(device, V4)
        (anomaly,) = device.observed.anomalies
        assert anomaly.kind == "odd-settings"
        assert "255.0.255.0" in anomaly.text


async def test_an_ipv6_call_may_lack_gateway_and_servers():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        bare = settings_v6(ipv6_gateway_address=None, ipv6_primary_dns_address=None)
        modem.script(wds.GetCurrentSettings, bare)
        (facts,) = (await try_session(device, V6)).families
        assert (facts.gateway, facts.dns) == (None, ())


@pytest.mark.parametrize("length", [0, 129, 255])
async def test_an_ipv6_prefix_that_cannot_be_one_counts_as_the_address_alone(length: int):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        given = wds.Ipv6Address(address=IPv6Address("2001:db8::1"), prefix_length=length)
        modem.script(wds.GetCurrentSettings, settings_v6(ipv6_address=given))
        (facts,) = (await try_session(device, V6)).families
        assert facts.interface == IPv6Interface("2001:db8::1/128")


@pytest.mark.parametrize(
    ("request_", "settings"),
    [
        (V4, settings_v4(ipv4_address=None)),
        (V4, settings_v4(ipv4_address=IPv4Address(0))),
        (V6, settings_v6(ipv6_address=None)),
        (V6, settings_v6(ipv6_address=wds.Ipv6Address(address=IPv6Address(0), prefix_length=64))),
    ],
)
async def test_a_call_without_an_address_is_a_refusal_and_is_stopped(
    request_: SessionRequest, settings: wds.GetCurrentSettingsResponse
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.GetCurrentSettings, settings)
        with pytest.raises(SessionRefused, match="no address given") as got:
            await try_session(device, request_)
        (refusal,) = got.value.refusals
        assert (refusal.family, refusal.type) == (request_.families[0], "no-address")
        assert modem.count(wds.StopNetwork) == 1
        assert modem.held == []


def _refusing(modem: ScriptedQmi, body: wds.StartNetworkResponse, error: Error) -> None:
    modem.script(
        wds.StartNetwork, lambda message: modem.connection.respond(message, body, error=error)
    )


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("3gpp", 33, "option-unsubscribed"),
        ("internal", 211, "pdn-ipv6-call-throttled"),
        ("cm", 2001, "no-service"),
        ("3gpp", 30000, "unknown"),
        ("ipv6", 1, "prefix-unavailable"),
    ],
)
async def test_a_refusal_has_the_networks_reason_by_type_and_number(
    kind: str, number: int, name: str
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        body = wds.StartNetworkResponse.empty()
        body.call_end_reason = wds.CallEndReason.GENERIC_UNSPECIFIED
        body.verbose_call_end_reason = wds.VerboseCallEndReason(
            type=wds.CallEndReasonVerboseType.from_name(kind), reason=number
        )
        _refusing(modem, body, Error.CALL_FAILED)
        with pytest.raises(SessionRefused) as got:
            await try_session(device, V4)
        (refusal,) = got.value.refusals
        assert (refusal.family, refusal.type, refusal.number) == (4, kind, number)
        assert refusal.name == name
        assert str(got.value) == f"{kind} {number} ({name})"
        assert modem.count(wds.StopNetwork) == 0
        assert modem.held == []


async def test_a_type_of_reason_that_nobody_knows_is_shown_by_number():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        body = wds.StartNetworkResponse.empty()
        body.verbose_call_end_reason = wds.VerboseCallEndReason(
            type=wds.CallEndReasonVerboseType(99), reason=7
        )
        _refusing(modem, body, Error.CALL_FAILED)
        with pytest.raises(SessionRefused, match=r"^99 7 \(unknown\)$"):
            await try_session(device, V4)


async def test_old_firmware_gives_the_old_reason():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        body = wds.StartNetworkResponse.empty()
        body.call_end_reason = wds.CallEndReason.GENERIC_NO_SERVICE
        _refusing(modem, body, Error.CALL_FAILED)
        with pytest.raises(SessionRefused) as got:
            await try_session(device, V4)
        (refusal,) = got.value.refusals
        assert (refusal.type, refusal.number) == ("call-end-reason", 3)
        assert refusal.name == "generic-no-service"


async def test_a_refusal_without_a_reason_is_the_qmi_error():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Error.INVALID_PROFILE)
        with pytest.raises(SessionRefused) as got:
            await try_session(device, V4)
        (refusal,) = got.value.refusals
        assert (refusal.type, refusal.number) == ("qmi-error", int(Error.INVALID_PROFILE))
        assert refusal.name == "invalid-profile"


async def test_one_family_granted_and_one_refused_is_a_session():
    async with opened_qmi() as (device, modem):
        healthy(modem)

        def only_v4(message: QmiMessage) -> object:
            if family_of(modem, message) == 6:
                return Error.CALL_FAILED
            return wds.StartNetworkResponse(packet_data_handle=44)

        modem.script(wds.StartNetwork, only_v4)
        async with open_qmi_session(device, SessionRequest()) as session:
            assert [one.family for one in session.families] == [4]
            assert [(one.family, one.type) for one in session.refusals] == [(6, "qmi-error")]
            assert len(modem.held) == 1
        assert stopped_handles(modem) == [44]
        assert modem.held == []


async def test_both_refused_is_a_refusal_of_both():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Error.CALL_FAILED)
        with pytest.raises(SessionRefused) as got:
            await try_session(device, SessionRequest())
        assert [one.family for one in got.value.refusals] == [4, 6]
        assert modem.held == []


async def test_settings_that_are_refused_are_a_refusal_of_that_family():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.GetCurrentSettings, Error.OUT_OF_CALL, settings_v6())
        async with open_qmi_session(device, SessionRequest()) as session:
            assert [one.name for one in session.refusals] == ["out-of-call"]
            assert [one.family for one in session.families] == [6]
        assert sorted(stopped_handles(modem)) == [4, 6]
