# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/gas.toml
# by python -m qmiprobe._codegen
"""Telit's general application service: firmware slots and USB composition."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import Text, U32, U8
from qmiprobe._types import Bool, Bytes, Int

class FirmwareListingMode(OpenEnum):
    ACTIVE_FIRMWARE: ClassVar[FirmwareListingMode]
    ALL_FIRMWARE: ClassVar[FirmwareListingMode]
    SPECIFIC_FIRMWARE: ClassVar[FirmwareListingMode]
    definition = "firmware-listing-mode"
    names = {
        0: "active-firmware",
        1: "all-firmware",
        2: "specific-firmware",
    }


class UsbCompositionEndpointType(OpenEnum):
    HSUSB: ClassVar[UsbCompositionEndpointType]
    HSIC: ClassVar[UsbCompositionEndpointType]
    definition = "usb-composition-endpoint-type"
    names = {
        0: "hsusb",
        1: "hsic",
    }


class FirmwareAutoSimMode(OpenEnum):
    DISABLE: ClassVar[FirmwareAutoSimMode]
    ENABLE: ClassVar[FirmwareAutoSimMode]
    ENABLE_ONE_SHOT: ClassVar[FirmwareAutoSimMode]
    PENDING_ONE_SHOT: ClassVar[FirmwareAutoSimMode]
    definition = "firmware-auto-sim-mode"
    names = {
        0: "disable",
        1: "enable",
        2: "enable-one-shot",
        3: "pending-one-shot",
    }


class StoredFirmware(Struct):
    index: int = member(U8)
    name: str = member(Text(U8))
    version: str = member(Text(U8))
    pri_revision: str = member(Text(U8))


class DmsSetUsbCompositionResponse(Response):
    """GAS 0x0203: the answer to :class:`DmsSetUsbComposition`."""

    service = 0xe8
    service_name = "gas"
    id = 0x0203
    message = "dms-set-usb-composition"


class DmsSetUsbComposition(Request[DmsSetUsbCompositionResponse]):
    """GAS 0x0203: Choose which USB functions the modem shows, from now or from the next start on."""

    service = 0xe8
    service_name = "gas"
    id = 0x0203
    message = "dms-set-usb-composition"
    response = DmsSetUsbCompositionResponse
    usb_composition: int = member(U32, tlv=0x01)
    endpoint_type: UsbCompositionEndpointType = member(Int(1, enum=UsbCompositionEndpointType), tlv=0x02)
    composition_persistence: bool = member(Bool(), tlv=0x03)
    immediate_setting: bool = member(Bool(), tlv=0x04)
    reboot_after_setting: bool = member(Bool(), tlv=0x05)


class DmsGetUsbCompositionResponse(Response):
    """GAS 0x0204: the answer to :class:`DmsGetUsbComposition`."""

    service = 0xe8
    service_name = "gas"
    id = 0x0204
    message = "dms-get-usb-composition"
    usb_composition: int = member(U32, tlv=0x03)
    endpoint_type: UsbCompositionEndpointType = member(Int(1, enum=UsbCompositionEndpointType), tlv=0x04)
    composition_persistence: bool = member(Bool(), tlv=0x05)
    immediate_setting: bool = member(Bool(), tlv=0x06)
    reboot_after_setting: bool = member(Bool(), tlv=0x07)


class DmsGetUsbComposition(Request[DmsGetUsbCompositionResponse]):
    """GAS 0x0204: Read which USB functions the modem shows."""

    service = 0xe8
    service_name = "gas"
    id = 0x0204
    message = "dms-get-usb-composition"
    response = DmsGetUsbCompositionResponse


class DmsSetActiveFirmwareResponse(Response):
    """GAS 0x0206: the answer to :class:`DmsSetActiveFirmware`."""

    service = 0xe8
    service_name = "gas"
    id = 0x0206
    message = "dms-set-active-firmware"


class DmsSetActiveFirmware(Request[DmsSetActiveFirmwareResponse]):
    """GAS 0x0206: Start another of the stored firmwares."""

    service = 0xe8
    service_name = "gas"
    id = 0x0206
    message = "dms-set-active-firmware"
    response = DmsSetActiveFirmwareResponse
    carrier_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    slot_index: int | None = member(U8, tlv=0x11, required=False, default=None)
    version: str | None = member(Text(), tlv=0x12, required=False, default=None)


class DmsGetFirmwareListResponse(Response):
    """GAS 0x0208: the answer to :class:`DmsGetFirmwareList`."""

    service = 0xe8
    service_name = "gas"
    id = 0x0208
    message = "dms-get-firmware-list"
    mode: FirmwareListingMode = member(Int(1, enum=FirmwareListingMode), tlv=0x01)
    stored_firmware_1: StoredFirmware | None = member(Nested(StoredFirmware), tlv=0x10, required=False, default=None)
    stored_firmware_2: StoredFirmware | None = member(Nested(StoredFirmware), tlv=0x11, required=False, default=None)
    stored_firmware_3: StoredFirmware | None = member(Nested(StoredFirmware), tlv=0x12, required=False, default=None)
    stored_firmware_4: StoredFirmware | None = member(Nested(StoredFirmware), tlv=0x13, required=False, default=None)


class DmsGetFirmwareList(Request[DmsGetFirmwareListResponse]):
    """GAS 0x0208: List the firmwares in the modem's slots."""

    service = 0xe8
    service_name = "gas"
    id = 0x0208
    message = "dms-get-firmware-list"
    response = DmsGetFirmwareListResponse
    mode: FirmwareListingMode = member(Int(1, enum=FirmwareListingMode), tlv=0x01)
    slot_index: int | None = member(U8, tlv=0x10, required=False, default=None)
    name: str | None = member(Text(), tlv=0x11, required=False, default=None)
    version: str | None = member(Text(), tlv=0x12, required=False, default=None)


class DmsSetFirmwareAutoSimResponse(Response):
    """GAS 0x0222: the answer to :class:`DmsSetFirmwareAutoSim`."""

    service = 0xe8
    service_name = "gas"
    id = 0x0222
    message = "dms-set-firmware-auto-sim"


class DmsSetFirmwareAutoSim(Request[DmsSetFirmwareAutoSimResponse]):
    """GAS 0x0222: Let the card decide which firmware runs, or fix one."""

    service = 0xe8
    service_name = "gas"
    id = 0x0222
    message = "dms-set-firmware-auto-sim"
    response = DmsSetFirmwareAutoSimResponse
    auto_sim_mode: FirmwareAutoSimMode = member(Int(1, enum=FirmwareAutoSimMode), tlv=0x01)
    config_id: int | None = member(U8, tlv=0x10, required=False, default=None)


class DmsGetFirmwareAutoSimResponse(Response):
    """GAS 0x0223: the answer to :class:`DmsGetFirmwareAutoSim`."""

    service = 0xe8
    service_name = "gas"
    id = 0x0223
    message = "dms-get-firmware-auto-sim"
    auto_sim_mode: FirmwareAutoSimMode = member(Int(1, enum=FirmwareAutoSimMode), tlv=0x03)
    config_id: int | None = member(U8, tlv=0x10, required=False, default=None)


class DmsGetFirmwareAutoSim(Request[DmsGetFirmwareAutoSimResponse]):
    """GAS 0x0223: Read whether the card decides which firmware runs."""

    service = 0xe8
    service_name = "gas"
    id = 0x0223
    message = "dms-get-firmware-auto-sim"
    response = DmsGetFirmwareAutoSimResponse


class DmsGetEthernetPduMacAddressResponse(Response):
    """GAS 0x022d: the answer to :class:`DmsGetEthernetPduMacAddress`."""

    service = 0xe8
    service_name = "gas"
    id = 0x022d
    message = "dms-get-ethernet-pdu-mac-address"
    mac_address_0: bytes = member(Bytes(U8), tlv=0x03, personal=True)
    mac_address_1: bytes | None = member(Bytes(U8), tlv=0x10, required=False, personal=True, default=None)


class DmsGetEthernetPduMacAddress(Request[DmsGetEthernetPduMacAddressResponse]):
    """GAS 0x022d: Read the hardware addresses of the modem's Ethernet functions."""

    service = 0xe8
    service_name = "gas"
    id = 0x022d
    message = "dms-get-ethernet-pdu-mac-address"
    response = DmsGetEthernetPduMacAddressResponse
