# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/pdc.toml
# by python -m qmiprobe._codegen
"""Persistent Device Configuration: the carrier profiles (MBN files) in the modem."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U64, U8
from qmiprobe._types import Bool, Bytes, Int

class ConfigurationType(OpenEnum):
    PLATFORM: ClassVar[ConfigurationType]
    SOFTWARE: ClassVar[ConfigurationType]
    definition = "configuration-type"
    names = {
        0: "platform",
        1: "software",
    }


class RefreshEventType(OpenEnum):
    START: ClassVar[RefreshEventType]
    COMPLETE: ClassVar[RefreshEventType]
    CLIENT_REFRESH: ClassVar[RefreshEventType]
    definition = "refresh-event-type"
    names = {
        0: "start",
        1: "complete",
        2: "client-refresh",
    }


class ConfigId(Struct):
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType))
    id_: bytes = member(Bytes(U8))


class ResetResponse(Response):
    """PDC 0x0000: the answer to :class:`Reset`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """PDC 0x0000: Forget this client's PDC state."""

    service = 0x24
    service_name = "pdc"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class RegisterResponse(Response):
    """PDC 0x0020: the answer to :class:`Register`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0020
    message = "register"


class Register(Request[RegisterResponse]):
    """PDC 0x0020: Ask to be told when configurations change, or no longer."""

    service = 0x24
    service_name = "pdc"
    id = 0x0020
    message = "register"
    response = RegisterResponse
    enable_reporting: bool = member(Bool(), tlv=0x10)
    enable_refresh: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class ConfigChangeResponse(Response):
    """PDC 0x0021: the answer to :class:`ConfigChange`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0021
    message = "config-change"
    type_with_id_v2: ConfigId = member(Nested(ConfigId), tlv=0x01)


class ConfigChange(Request[ConfigChangeResponse]):
    """PDC 0x0021: Say that a configuration has changed."""

    service = 0x24
    service_name = "pdc"
    id = 0x0021
    message = "config-change"
    response = ConfigChangeResponse
    type_with_id_v2: ConfigId = member(Nested(ConfigId), tlv=0x01)


class GetSelectedConfigResponse(Response):
    """PDC 0x0022: the answer to :class:`GetSelectedConfig`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0022
    message = "get-selected-config"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class GetSelectedConfig(Request[GetSelectedConfigResponse]):
    """PDC 0x0022: Ask which configuration is active and which one waits for the next start."""

    service = 0x24
    service_name = "pdc"
    id = 0x0022
    message = "get-selected-config"
    response = GetSelectedConfigResponse
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class SetSelectedConfigResponse(Response):
    """PDC 0x0023: the answer to :class:`SetSelectedConfig`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0023
    message = "set-selected-config"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class SetSelectedConfig(Request[SetSelectedConfigResponse]):
    """PDC 0x0023: Choose the configuration that the next activation takes."""

    service = 0x24
    service_name = "pdc"
    id = 0x0023
    message = "set-selected-config"
    response = SetSelectedConfigResponse
    type_with_id_v2: ConfigId = member(Nested(ConfigId), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class ListConfigsResponse(Response):
    """PDC 0x0024: the answer to :class:`ListConfigs`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0024
    message = "list-configs"


class ListConfigs(Request[ListConfigsResponse]):
    """PDC 0x0024: Ask for the ids of the stored configurations."""

    service = 0x24
    service_name = "pdc"
    id = 0x0024
    message = "list-configs"
    response = ListConfigsResponse
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x11)


class DeleteConfigResponse(Response):
    """PDC 0x0025: the answer to :class:`DeleteConfig`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0025
    message = "delete-config"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class DeleteConfig(Request[DeleteConfigResponse]):
    """PDC 0x0025: Delete one stored configuration."""

    service = 0x24
    service_name = "pdc"
    id = 0x0025
    message = "delete-config"
    response = DeleteConfigResponse
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    id_: bytes = member(Bytes(U8), tlv=0x11)


class LoadConfigResponse(Response):
    """PDC 0x0026: the answer to :class:`LoadConfig`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0026
    message = "load-config"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class LoadConfigConfigChunk(Struct):
    type: ConfigurationType = member(Int(4, enum=ConfigurationType))
    id_: bytes = member(Bytes(U8))
    total_size: int = member(U32, unit='bytes')
    chunk: bytes = member(Bytes(U16))


class LoadConfig(Request[LoadConfigResponse]):
    """PDC 0x0026: Send one chunk of a configuration file."""

    service = 0x24
    service_name = "pdc"
    id = 0x0026
    message = "load-config"
    response = LoadConfigResponse
    config_chunk: LoadConfigConfigChunk = member(Nested(LoadConfigConfigChunk), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class ActivateConfigResponse(Response):
    """PDC 0x0027: the answer to :class:`ActivateConfig`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0027
    message = "activate-config"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class ActivateConfig(Request[ActivateConfigResponse]):
    """PDC 0x0027: Put the chosen configuration into force, which restarts the modem's radio."""

    service = 0x24
    service_name = "pdc"
    id = 0x0027
    message = "activate-config"
    response = ActivateConfigResponse
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class GetConfigInfoResponse(Response):
    """PDC 0x0028: the answer to :class:`GetConfigInfo`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0028
    message = "get-config-info"


class GetConfigInfo(Request[GetConfigInfoResponse]):
    """PDC 0x0028: Ask for description, version and size of one configuration."""

    service = 0x24
    service_name = "pdc"
    id = 0x0028
    message = "get-config-info"
    response = GetConfigInfoResponse
    type_with_id_v2: ConfigId = member(Nested(ConfigId), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class GetConfigLimitsResponse(Response):
    """PDC 0x0029: the answer to :class:`GetConfigLimits`."""

    service = 0x24
    service_name = "pdc"
    id = 0x0029
    message = "get-config-limits"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    maximum_size: int | None = member(U64, tlv=0x11, required=False, unit='bytes', default=None)
    current_size: int | None = member(U64, tlv=0x12, required=False, unit='bytes', default=None)


class GetConfigLimits(Request[GetConfigLimitsResponse]):
    """PDC 0x0029: Read how much room there is for configurations."""

    service = 0x24
    service_name = "pdc"
    id = 0x0029
    message = "get-config-limits"
    response = GetConfigLimitsResponse
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class GetDefaultConfigInfoResponse(Response):
    """PDC 0x002a: the answer to :class:`GetDefaultConfigInfo`."""

    service = 0x24
    service_name = "pdc"
    id = 0x002a
    message = "get-default-config-info"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    version: int | None = member(U32, tlv=0x11, required=False, default=None)
    total_size: int | None = member(U32, tlv=0x12, required=False, unit='bytes', default=None)
    description: str | None = member(Text(), tlv=0x13, required=False, default=None)


class GetDefaultConfigInfo(Request[GetDefaultConfigInfoResponse]):
    """PDC 0x002a: Read description, version and size of the built-in configuration."""

    service = 0x24
    service_name = "pdc"
    id = 0x002a
    message = "get-default-config-info"
    response = GetDefaultConfigInfoResponse
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class DeactivateConfigResponse(Response):
    """PDC 0x002b: the answer to :class:`DeactivateConfig`."""

    service = 0x24
    service_name = "pdc"
    id = 0x002b
    message = "deactivate-config"
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class DeactivateConfig(Request[DeactivateConfigResponse]):
    """PDC 0x002b: Put the active configuration out of force."""

    service = 0x24
    service_name = "pdc"
    id = 0x002b
    message = "deactivate-config"
    response = DeactivateConfigResponse
    config_type: ConfigurationType = member(Int(4, enum=ConfigurationType), tlv=0x01)
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class ConfigChangeIndication(Indication):
    """PDC 0x0021: A configuration has changed."""

    service = 0x24
    service_name = "pdc"
    id = 0x0021
    message = "config-change"
    type_with_id_v2: ConfigId = member(Nested(ConfigId), tlv=0x01)


class GetSelectedConfigIndication(Indication):
    """PDC 0x0022: Which configuration is active and which one waits for the next start."""

    service = 0x24
    service_name = "pdc"
    id = 0x0022
    message = "get-selected-config"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    active_id: bytes | None = member(Bytes(U8), tlv=0x11, required=False, default=None)
    pending_id: bytes | None = member(Bytes(U8), tlv=0x12, required=False, default=None)


class SetSelectedConfigIndication(Indication):
    """PDC 0x0023: What became of the choice."""

    service = 0x24
    service_name = "pdc"
    id = 0x0023
    message = "set-selected-config"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class ListConfigsIndication(Indication):
    """PDC 0x0024: The ids of the stored configurations."""

    service = 0x24
    service_name = "pdc"
    id = 0x0024
    message = "list-configs"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    configs: list[ConfigId] | None = member(Array(Nested(ConfigId), count=U8), tlv=0x11, required=False, default=None)


class LoadConfigIndication(Indication):
    """PDC 0x0026: How much of the file has arrived, or that it has to be sent anew."""

    service = 0x24
    service_name = "pdc"
    id = 0x0026
    message = "load-config"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    received: int | None = member(U32, tlv=0x11, required=False, unit='bytes', default=None)
    remaining_size: int | None = member(U32, tlv=0x12, required=False, unit='bytes', default=None)
    frame_reset: bool | None = member(Bool(), tlv=0x13, required=False, default=None)


class ActivateConfigIndication(Indication):
    """PDC 0x0027: What became of the activation."""

    service = 0x24
    service_name = "pdc"
    id = 0x0027
    message = "activate-config"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class GetConfigInfoIndication(Indication):
    """PDC 0x0028: Description, version and size of one configuration."""

    service = 0x24
    service_name = "pdc"
    id = 0x0028
    message = "get-config-info"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""
    total_size: int | None = member(U32, tlv=0x11, required=False, unit='bytes', default=None)
    description: str | None = member(Text(U8), tlv=0x12, required=False, default=None)
    version: int | None = member(U32, tlv=0x13, required=False, default=None)


class DeactivateConfigIndication(Indication):
    """PDC 0x002b: What became of the deactivation."""

    service = 0x24
    service_name = "pdc"
    id = 0x002b
    message = "deactivate-config"
    indication_result: int = member(U16, tlv=0x01)
    """0: done; otherwise a number of the enum error."""
    token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Comes back in the answer and in the indication."""


class RefreshIndication(Indication):
    """PDC 0x002f: A configuration begins or ends to take effect."""

    service = 0x24
    service_name = "pdc"
    id = 0x002f
    message = "refresh"
    refresh_event: RefreshEventType = member(Int(4, enum=RefreshEventType), tlv=0x01)
    subscription_id: int | None = member(U32, tlv=0x10, required=False, default=None)
    slot_id: int | None = member(U32, tlv=0x11, required=False, default=None)
