# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ms-sar.toml
# by python -m qmiprobe._codegen
"""Microsoft's: transmit power near the human body (SAR back-off)."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Int
from qmiprobe.mbim._buffer import Pairs

class ControlMode(OpenEnum):
    DEVICE: ClassVar[ControlMode]
    OS: ClassVar[ControlMode]
    definition = "control-mode"
    names = {
        0: "device",
        1: "os",
    }


class BackoffState(OpenEnum):
    DISABLED: ClassVar[BackoffState]
    ENABLED: ClassVar[BackoffState]
    definition = "backoff-state"
    names = {
        0: "disabled",
        1: "enabled",
    }


class WifiHardwareState(OpenEnum):
    INTEGRATED: ClassVar[WifiHardwareState]
    NOT_INTEGRATED: ClassVar[WifiHardwareState]
    definition = "wifi-hardware-state"
    names = {
        0: "integrated",
        1: "not-integrated",
    }


class TransmissionNotificationStatus(OpenEnum):
    DISABLED: ClassVar[TransmissionNotificationStatus]
    ENABLED: ClassVar[TransmissionNotificationStatus]
    definition = "transmission-notification-status"
    names = {
        0: "disabled",
        1: "enabled",
    }


class TransmissionState(OpenEnum):
    INACTIVE: ClassVar[TransmissionState]
    ACTIVE: ClassVar[TransmissionState]
    definition = "transmission-state"
    names = {
        0: "inactive",
        1: "active",
    }


class ConfigState(Struct):
    antenna_index: int = member(U32)
    """0xFFFFFFFF: all antennas."""
    backoff_index: int = member(U32)
    """Row of the device's own table; higher is less power."""


class ConfigInfo(Struct):
    mode: ControlMode = member(Int(4, enum=ControlMode))
    backoff_state: BackoffState = member(Int(4, enum=BackoffState))
    wifi_integration: WifiHardwareState = member(Int(4, enum=WifiHardwareState))
    _config_states_count = member(U32, name="config-states-count", derived="count")
    config_states: list[ConfigState] = member(Pairs(Nested(ConfigState), count='_config_states_count'), default_factory=list)


class TransmissionStatusInfo(Struct):
    channel_notification: TransmissionNotificationStatus = member(Int(4, enum=TransmissionNotificationStatus))
    transmission_status: TransmissionState = member(Int(4, enum=TransmissionState))
    hysteresis_timer: int = member(U32, unit='s')


class ConfigResponse(Response, ConfigInfo):
    """ms-sar 1, response: Read or set who controls the back-off and how far each antenna is turned
    down."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 1
    message = "config"


class ConfigNotification(Indication, ConfigInfo):
    """ms-sar 1, notification: Read or set who controls the back-off and how far each antenna is
    turned down."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 1
    message = "config"


class ConfigQuery(Request[ConfigResponse]):
    """ms-sar 1, query: Read or set who controls the back-off and how far each antenna is turned
    down."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 1
    message = "config"
    response = ConfigResponse
    direction: ClassVar[str] = "query"


class ConfigSet(Request[ConfigResponse]):
    """ms-sar 1, set: Read or set who controls the back-off and how far each antenna is turned
    down."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 1
    message = "config"
    response = ConfigResponse
    direction: ClassVar[str] = "set"
    mode: ControlMode = member(Int(4, enum=ControlMode))
    backoff_state: BackoffState = member(Int(4, enum=BackoffState))
    _config_states_count = member(U32, name="config-states-count", derived="count")
    config_states: list[ConfigState] = member(Pairs(Nested(ConfigState), count='_config_states_count'), default_factory=list)


class TransmissionStatusResponse(Response, TransmissionStatusInfo):
    """ms-sar 2, response: Read whether the modem transmits, or ask to be told when that changes."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 2
    message = "transmission-status"


class TransmissionStatusNotification(Indication, TransmissionStatusInfo):
    """ms-sar 2, notification: Read whether the modem transmits, or ask to be told when that
    changes."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 2
    message = "transmission-status"


class TransmissionStatusQuery(Request[TransmissionStatusResponse]):
    """ms-sar 2, query: Read whether the modem transmits, or ask to be told when that changes."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 2
    message = "transmission-status"
    response = TransmissionStatusResponse
    direction: ClassVar[str] = "query"


class TransmissionStatusSet(Request[TransmissionStatusResponse]):
    """ms-sar 2, set: Read whether the modem transmits, or ask to be told when that changes."""

    service = Uuid.from_name("68223d04-9f6c-4e0f-822d-28441fb72340")
    service_name = "ms-sar"
    id = 2
    message = "transmission-status"
    response = TransmissionStatusResponse
    direction: ClassVar[str] = "set"
    channel_notification: TransmissionNotificationStatus = member(Int(4, enum=TransmissionNotificationStatus))
    hysteresis_timer: int = member(U32, unit='s')
