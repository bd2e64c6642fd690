# SPDX-License-Identifier: GPL-2.0-or-later
"""DMS: what the modem is, its operating mode, its clock."""

from __future__ import annotations

import time
from collections.abc import Iterator

from qmiprobe.qmi.services import dms
from qmiprobe.qmi.services._shared import Bands, Error, LteBands
from qmiprobe.sim._parts import Change, Kind, Mode
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, bitmap, refuse_unless
from qmiprobe.sim.qmi_face._tables import dms as service

_GPS_EPOCH = 315_964_800
"""1980-01-06, where QMI's time begins, in seconds since 1970."""


@service.answers(dms.GetManufacturer)
def get_manufacturer(
    modem: Modem, _client: Client, _request: dms.GetManufacturer
) -> dms.GetManufacturerResponse:
    return dms.GetManufacturerResponse(manufacturer=modem.profile.identity.manufacturer)


@service.answers(dms.GetModel)
def get_model(modem: Modem, _client: Client, _request: dms.GetModel) -> dms.GetModelResponse:
    return dms.GetModelResponse(model=modem.profile.identity.model)


@service.answers(dms.GetRevision)
def get_revision(
    modem: Modem, _client: Client, _request: dms.GetRevision
) -> dms.GetRevisionResponse:
    return dms.GetRevisionResponse(revision=modem.profile.identity.revision)


@service.answers(dms.GetHardwareRevision)
def get_hardware_revision(
    modem: Modem, _client: Client, _request: dms.GetHardwareRevision
) -> dms.GetHardwareRevisionResponse:
    return dms.GetHardwareRevisionResponse(revision=modem.profile.identity.hardware)


@service.answers(dms.GetSoftwareVersion)
def get_software_version(
    modem: Modem, _client: Client, _request: dms.GetSoftwareVersion
) -> dms.GetSoftwareVersionResponse:
    return dms.GetSoftwareVersionResponse(version=modem.profile.identity.software)


@service.answers(dms.GetFactorySku)
def get_factory_sku(
    modem: Modem, _client: Client, _request: dms.GetFactorySku
) -> dms.GetFactorySkuResponse:
    refuse_unless(modem.profile.identity.sku, Error.NOT_PROVISIONED)
    return dms.GetFactorySkuResponse(sku=modem.profile.identity.sku)


@service.answers(dms.GetIds)
def get_ids(modem: Modem, _client: Client, _request: dms.GetIds) -> dms.GetIdsResponse:
    identity = modem.profile.identity
    return dms.GetIdsResponse(
        esn="0", imei=identity.imei, imei_software_version=identity.imei_software_version or None
    )


@service.answers(dms.GetMsisdn)
def get_msisdn(modem: Modem, _client: Client, _request: dms.GetMsisdn) -> dms.GetMsisdnResponse:
    refuse_unless(modem.state.card_is_open, Error.UIM_UNINITIALIZED)
    refuse_unless(modem.state.sim.msisdn, Error.NOT_PROVISIONED)
    return dms.GetMsisdnResponse(msisdn=modem.state.sim.msisdn)


@service.answers(dms.GetCapabilities)
def get_capabilities(
    modem: Modem, _client: Client, _request: dms.GetCapabilities
) -> dms.GetCapabilitiesResponse:
    link = modem.profile.link
    info = dms.GetCapabilitiesResponseInfo(
        max_tx_channel_rate=link.uplink_bps,
        max_rx_channel_rate=link.downlink_bps,
        data_service_capability=dms.DataServiceCapability.SIMULTANEOUS_CS_PS,
        sim_capability=dms.SimCapability.SUPPORTED,
        radio_interface_list=[
            dms.RadioInterface.GSM, dms.RadioInterface.UMTS, dms.RadioInterface.LTE,
        ],
    )  # fmt: skip
    return dms.GetCapabilitiesResponse(info=info)


@service.answers(dms.GetBandCapabilities)
def get_band_capabilities(
    modem: Modem, _client: Client, _request: dms.GetBandCapabilities
) -> dms.GetBandCapabilitiesResponse:
    return dms.GetBandCapabilitiesResponse(
        band_capability=Bands.WCDMA_2100 | Bands.WCDMA_900 | Bands.GSM_DCS_1800,
        lte_band_capability=LteBands(1 << (modem.state.air.band - 1)),
    )


@service.answers(dms.GetPowerState)
def get_power_state(
    _modem: Modem, _client: Client, _request: dms.GetPowerState
) -> dms.GetPowerStateResponse:
    level = dms.PowerLevel(power_state_flags=dms.PowerState.EXTERNAL_SOURCE, battery_level=100)
    return dms.GetPowerStateResponse(info=level)


@service.answers(dms.GetTime)
def get_time(_modem: Modem, _client: Client, _request: dms.GetTime) -> dms.GetTimeResponse:
    milliseconds = int((time.time() - _GPS_EPOCH) * 1000)
    return dms.GetTimeResponse(
        device_time=dms.GetTimeResponseDeviceTime(
            time_count=int(milliseconds / 1.25), time_source=dms.TimeSource.DEVICE
        ),
        system_time=milliseconds,
        user_time=milliseconds,
    )


@service.answers(dms.GetOperatingMode)
def get_operating_mode(
    modem: Modem, _client: Client, _request: dms.GetOperatingMode
) -> dms.GetOperatingModeResponse:
    radio = modem.state.radio
    return dms.GetOperatingModeResponse(
        mode=_mode(modem),
        offline_reason=(
            dms.OfflineReason.PRI_IMAGE_MISCONFIGURATION if radio.mode is Mode.OFFLINE else None
        ),
        hardware_restricted_mode=not radio.hardware_on,
    )


def _mode(modem: Modem) -> dms.OperatingMode:
    radio = modem.state.radio
    mode = radio.mode if radio.hardware_on or radio.mode is not Mode.ONLINE else Mode.LOW_POWER
    return dms.OperatingMode.from_name(mode)


@service.answers(dms.SetOperatingMode)
def set_operating_mode(
    modem: Modem, _client: Client, request: dms.SetOperatingMode
) -> dms.SetOperatingModeResponse:
    name = request.mode.name
    refuse_unless(name in tuple(Mode), Error.INVALID_ARGUMENT)
    mode, radio = Mode(str(name)), modem.state.radio
    if mode is Mode.ONLINE and radio.fcc_locked:
        raise Refusal(Error.INVALID_TRANSITION)
    if mode is Mode.ONLINE and not radio.hardware_on:
        raise Refusal(Error.HARDWARE_RESTRICTED)
    if radio.mode is Mode.OFFLINE and mode not in (Mode.OFFLINE, Mode.RESET, Mode.SHUTTING_DOWN):
        raise Refusal(Error.INVALID_TRANSITION)
    modem.state.set_mode(mode)
    return dms.SetOperatingModeResponse()


@service.answers(dms.SetFccAuthentication)
def set_fcc_authentication(
    modem: Modem, _client: Client, _request: dms.SetFccAuthentication
) -> dms.SetFccAuthenticationResponse:
    refuse_unless(modem.state.radio.fcc_locked, Error.NO_EFFECT)
    modem.state.unlock_fcc()
    return dms.SetFccAuthenticationResponse()


@service.answers(dms.GetActivationState)
def get_activation_state(
    _modem: Modem, _client: Client, _request: dms.GetActivationState
) -> dms.GetActivationStateResponse:
    return dms.GetActivationStateResponse(info=dms.ActivationState.ACTIVATED)


@service.answers(dms.GetUserLockState)
def get_user_lock_state(
    _modem: Modem, _client: Client, _request: dms.GetUserLockState
) -> dms.GetUserLockStateResponse:
    return dms.GetUserLockStateResponse(enabled=False)


@service.answers(dms.Reset)
def reset(_modem: Modem, client: Client, _request: dms.Reset) -> dms.ResetResponse:
    client.reset()
    return dms.ResetResponse()


@service.answers(dms.GetSupportedMessages)
def get_supported_messages(
    modem: Modem, _client: Client, _request: dms.GetSupportedMessages
) -> dms.GetSupportedMessagesResponse:
    return dms.GetSupportedMessagesResponse(list_=bitmap(service.supported(modem)))


@service.answers(dms.SetEventReport)
def set_event_report(
    _modem: Modem, client: Client, request: dms.SetEventReport
) -> dms.SetEventReportResponse:
    client.register(
        mode=request.operating_mode_reporting,
        pin=request.pin_state_reporting,
        uim=request.uim_state_reporting,
        wireless=request.wireless_disable_state_reporting,
    )
    return dms.SetEventReportResponse()


@service.announces(Kind.MODE)
def announce_mode(
    modem: Modem, client: Client, _change: Change
) -> Iterator[dms.EventReportIndication]:
    if "mode" in client.registered:
        yield dms.EventReportIndication(operating_mode=_mode(modem))
    if "wireless" in client.registered:
        yield dms.EventReportIndication(wireless_disable_state=not modem.state.radio.hardware_on)
