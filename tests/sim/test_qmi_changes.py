# SPDX-License-Identifier: GPL-2.0-or-later
"""Over QMI: PIN entry, radio off and on, and who is told of what."""

from __future__ import annotations

from dataclasses import replace

import pytest
import trio

from qmiprobe.qmi.services import ctl, dms, nas, uim, wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Card, Mode, Registration
from tests.sim.hosts import qmi_modem

SESSION = uim.Session(
    session_type=uim.SessionType.PRIMARY_GW_PROVISIONING, application_identifier=b""
)


def entered(pin: str) -> uim.VerifyPin:
    info = uim.VerifyPinInfo(pin_id=uim.PinId.PIN1, pin_value=pin)
    return uim.VerifyPin(session=SESSION, info=info)


async def test_entering_the_pin_makes_the_card_ready_and_the_modem_register():
    async with qmi_modem("pin-required") as (modem, host):
        client, watcher = await host.allocate("uim"), await host.allocate("nas")
        mask = uim.EventRegistration.CARD_STATUS
        await host.call(uim.RegisterEvents(event_registration_mask=mask), client=client)
        status = await host.call(uim.GetCardStatus(), client=client)
        assert status.card_status is not None
        application = status.card_status.cards[0].applications[0]
        assert application.state == uim.CardApplicationState.PIN1_OR_UPIN_PIN_REQUIRED
        assert application.pin1_retries == 3
        wrong = await host.ask(entered("0000"), client=client)
        assert wrong.result is not None
        assert wrong.result.error == Error.INCORRECT_PIN
        assert isinstance(wrong.body, uim.VerifyPinResponse)
        assert wrong.body.retries_remaining is not None
        assert wrong.body.retries_remaining.verify_retries_left == 2
        await host.call(entered("1234"), client=client)
        told = await host.told(uim.CardStatusIndication)
        while told.card_status and told.card_status.cards[0].applications[0].state != 7:
            told = await host.told(uim.CardStatusIndication)
        serving = await host.told(nas.ServingSystemIndication)
        while serving.serving_system.registration_state != nas.RegistrationState.REGISTERED:
            serving = await host.told(nas.ServingSystemIndication)
        assert modem.state.registered
        assert watcher


async def test_three_wrong_pins_want_the_puk():
    async with qmi_modem("pin-required") as (_, host):
        client = await host.allocate("dms")
        info = dms.UimVerifyPinInfo(pin_id=dms.UimPinId.PIN, pin="0000")
        for left in (2, 1, 0):
            message = await host.ask(dms.UimVerifyPin(info=info), client=client)
            assert isinstance(message.body, dms.UimVerifyPinResponse)
            assert message.body.pin_retries_status is not None
            assert message.body.pin_retries_status.verify_retries_left == left
        assert await host.refused(dms.UimVerifyPin(info=info), client=client) == Error.PIN_BLOCKED
        status = await host.call(dms.UimGetPinStatus(), client=client)
        assert status.pin1_status is not None
        assert status.pin1_status.current_status == dms.UimPinStatus.BLOCKED
        unblock = dms.UimUnblockPinInfo(pin_id=dms.UimPinId.PIN, puk="12345678", new_pin="1111")
        await host.call(dms.UimUnblockPin(info=unblock), client=client)
        assert (await host.call(dms.UimGetState(), client=client)).state == (
            dms.UimState.INITIALIZATION_COMPLETED
        )


async def test_a_wrong_puk_counts_down():
    async with qmi_modem("puk-required") as (_, host):
        client = await host.allocate("uim")
        info = uim.UnblockPinInfo(pin_id=uim.PinId.PIN1, puk="00000000", new_pin="1111")
        message = await host.ask(uim.UnblockPin(session=SESSION, info=info), client=client)
        assert isinstance(message.body, uim.UnblockPinResponse)
        assert message.body.retries_remaining is not None
        assert message.body.retries_remaining.unblock_retries_left == 9


async def test_the_pin_can_be_switched_on_changed_and_off():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("uim")

        def protect(on: bool, pin: str) -> uim.SetPinProtection:
            info = uim.SetPinProtectionInfo(pin_id=uim.PinId.PIN1, pin_enabled=on, pin_value=pin)
            return uim.SetPinProtection(session=SESSION, info=info)

        assert await host.refused(protect(False, "1234"), client=client) == Error.NO_EFFECT
        assert await host.refused(protect(True, "9999"), client=client) == Error.INCORRECT_PIN
        await host.call(protect(True, "1234"), client=client)
        info = uim.ChangePinInfo(pin_id=uim.PinId.PIN1, old_pin="1234", new_pin="4321")
        await host.call(uim.ChangePin(session=SESSION, info=info), client=client)
        await host.call(protect(False, "4321"), client=client)
        assert (modem.state.sim.pin_enabled, modem.state.sim.pin_tries) == (False, 3)


async def test_radio_off_is_told_deregisters_and_on_registers_again():
    async with qmi_modem() as (modem, host):
        client, watcher = await host.allocate("dms"), await host.allocate("nas")
        report = dms.SetEventReport(operating_mode_reporting=True)
        await host.call(report, client=client)
        off = dms.SetOperatingMode(mode=dms.OperatingMode.LOW_POWER)
        await host.call(off, client=client)
        told = await host.told(dms.EventReportIndication)
        assert told.operating_mode == dms.OperatingMode.LOW_POWER
        serving = await host.call(nas.GetServingSystem(), client=watcher)
        assert serving.serving_system.registration_state == nas.RegistrationState.NOT_REGISTERED
        on = dms.SetOperatingMode(mode=dms.OperatingMode.ONLINE)
        await host.call(on, client=client)
        while not modem.state.registered:
            await host.told(nas.ServingSystemIndication)
        signal = await host.call(nas.GetSignalInfo(), client=watcher)
        assert signal.lte_signal_strength is not None


async def test_an_fcc_lock_goes_away_by_authentication():
    async with qmi_modem("fcc-locked") as (modem, host):
        client = await host.allocate("dms")
        on = dms.SetOperatingMode(mode=dms.OperatingMode.ONLINE)
        assert await host.refused(on, client=client) == Error.INVALID_TRANSITION
        await host.call(dms.SetFccAuthentication(), client=client)
        await host.call(on, client=client)
        assert modem.state.radio.on


async def test_the_hardware_switch_shows_and_cannot_be_overruled():
    async with qmi_modem("radio-off-hardware") as (_, host):
        client = await host.allocate("dms")
        mode = await host.call(dms.GetOperatingMode(), client=client)
        assert mode.mode == dms.OperatingMode.LOW_POWER
        assert mode.hardware_restricted_mode is True
        on = dms.SetOperatingMode(mode=dms.OperatingMode.ONLINE)
        assert await host.refused(on, client=client) == Error.HARDWARE_RESTRICTED


async def test_a_denied_registration_names_its_cause():
    async with qmi_modem("registration-denied") as (_, host):
        client = await host.allocate("nas")
        serving = await host.call(nas.GetServingSystem(), client=client)
        assert serving.serving_system.registration_state == (
            nas.RegistrationState.REGISTRATION_DENIED
        )
        system = await host.call(nas.GetSystemInfo(), client=client)
        assert system.lte_system_info_v2 is not None
        assert system.lte_system_info_v2.registration_reject_cause == (
            nas.RejectCause.PLMN_NOT_ALLOWED
        )


async def test_a_reject_is_told_to_who_asked_for_it():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("nas")
        wanted = nas.RegisterIndicationsNetworkRejectInformation(
            enable_network_reject_indications=True, supress_system_info_indications=False
        )
        await host.call(nas.RegisterIndications(network_reject_information=wanted), client=client)
        modem.state.air.registers, modem.state.air.reject = Registration.DENIED, 15
        modem.state.register()
        told = await host.told(nas.NetworkRejectIndication)
        assert told.reject_cause == 15


async def test_who_did_not_register_is_not_told():
    async with qmi_modem() as (modem, host):
        nas_client, uim_client = await host.allocate("nas"), await host.allocate("uim")
        await host.call(nas.RegisterIndications(serving_system_events=False), client=nas_client)
        modem.state.set_signal(replace(modem.state.signal, rssi=-80))
        modem.state.set_card(Card.ABSENT)
        assert await host.silent()
        assert uim_client


async def test_signal_changes_are_told():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("nas")
        await host.call(nas.RegisterIndications(signal_info=True), client=client)
        rssi = nas.SetEventReportRssiIndicator(report=True, rssi_delta=5)
        await host.call(nas.SetEventReport(rssi_indicator=rssi), client=client)
        modem.state.set_signal(replace(modem.state.signal, rssi=-80, rsrp=-110))
        told = await host.told(nas.SignalInfoIndication)
        assert told.lte_signal_strength is not None
        assert (told.lte_signal_strength.rssi, told.lte_signal_strength.rsrp) == (-80, -110)
        event = await host.told(nas.EventReportIndication)
        assert event.rssi is not None
        assert event.rssi.rssi == 80


async def test_attaching_and_detaching():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("nas")
        await host.call(nas.AttachDetach(action=nas.PsAttachAction.DETACH), client=client)
        assert not modem.state.attached
        told = await host.told(nas.ServingSystemIndication)
        assert told.serving_system.ps_attach_state == nas.AttachState.DETACHED
        await host.call(nas.AttachDetach(action=nas.PsAttachAction.ATTACH), client=client)
        assert modem.state.attached


async def test_profile_changes_and_call_events_are_told_to_who_asked():
    async with qmi_modem() as (_, host):
        client = await host.allocate("wds")
        await host.call(wds.IndicationRegister(report_profile_changes=True), client=client)
        await host.call(wds.SetEventReport(data_call_status=True), client=client)
        kind = wds.ProfileType._3GPP
        await host.call(wds.CreateProfile(profile_type=kind, apn_name="a"), client=client)
        assert await host.told(wds.ProfileChangedIndication)
        await host.call(wds.StartNetwork(), client=client)
        event = await host.told(wds.EventReportIndication)
        assert event.data_call_status == wds.DataCallStatus.ACTIVATED


async def test_a_port_that_was_closed_is_told_nothing_and_the_modem_goes_on():
    async with qmi_modem() as (modem, host):
        await host.allocate("nas")
        await host.transport.aclose()
        modem.state.set_mode(Mode.LOW_POWER)
        assert modem.state.registration is Registration.NONE


@pytest.mark.autojump
async def test_a_reset_voids_all_client_ids_and_says_so():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("dms")
        reset = dms.SetOperatingMode(mode=dms.OperatingMode.RESET)
        await host.call(reset, client=client)
        assert await host.told(ctl.SyncIndication)
        assert await host.refused(dms.GetModel(), client=client) == Error.INVALID_CLIENT_ID
        await trio.sleep(1)
        assert modem.state.registered
