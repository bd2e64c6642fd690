# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/fox.toml
# by python -m qmiprobe._codegen
"""Foxconn's service: firmware versions and the FCC lock."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Request, Response, member
from qmiprobe._text import Text, U8
from qmiprobe._types import Int

class FirmwareVersionType(OpenEnum):
    FIRMWARE_MCFG: ClassVar[FirmwareVersionType]
    FIRMWARE_MCFG_APPS: ClassVar[FirmwareVersionType]
    APPS: ClassVar[FirmwareVersionType]
    definition = "firmware-version-type"
    names = {
        0: "firmware-mcfg",
        1: "firmware-mcfg-apps",
        2: "apps",
    }


class GetFirmwareVersionResponse(Response):
    """FOX 0x555e: the answer to :class:`GetFirmwareVersion`."""

    service = 0xe3
    service_name = "fox"
    id = 0x555e
    message = "get-firmware-version"
    version: str = member(Text(), tlv=0x01)


class GetFirmwareVersion(Request[GetFirmwareVersionResponse]):
    """FOX 0x555e: Read one of the versions that make up the firmware."""

    service = 0xe3
    service_name = "fox"
    id = 0x555e
    message = "get-firmware-version"
    response = GetFirmwareVersionResponse
    version_type: FirmwareVersionType = member(Int(1, enum=FirmwareVersionType), tlv=0x01)


class SetFccAuthenticationResponse(Response):
    """FOX 0x5571: the answer to :class:`SetFccAuthentication`."""

    service = 0xe3
    service_name = "fox"
    id = 0x5571
    message = "set-fcc-authentication"


class SetFccAuthentication(Request[SetFccAuthenticationResponse]):
    """FOX 0x5571: Lift the FCC lock, which keeps the radio off until the host proves who it is."""

    service = 0xe3
    service_name = "fox"
    id = 0x5571
    message = "set-fcc-authentication"
    response = SetFccAuthenticationResponse
    magic_string: str = member(Text(), tlv=0x01)
    magic_number: int = member(U8, tlv=0x02)
