# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/intel-firmware-update.toml
# by python -m qmiprobe._codegen
"""Intel's own: restart, as firmware updates need it."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Int

class BootMode(OpenEnum):
    NORMAL_MODE: ClassVar[BootMode]
    DOWNLOAD_MODE: ClassVar[BootMode]
    POWER_OFF_DEVICE: ClassVar[BootMode]
    NON_RESETABLE_REGISTER: ClassVar[BootMode]
    WITHOUT_REBOOT_POWER_OFF: ClassVar[BootMode]
    FAST_DOWNLOAD_MODE: ClassVar[BootMode]
    definition = "boot-mode"
    names = {
        0: "normal-mode",
        1: "download-mode",
        2: "power-off-device",
        3: "non-resetable-register",
        4: "without-reboot-power-off",
        5: "fast-download-mode",
    }


class ModemRebootSetV2(Struct):
    boot_mode: BootMode = member(Int(4, enum=BootMode))
    timeout: int = member(U32)


class ModemRebootResponse(Response):
    """intel-firmware-update 1, response: Restart the modem; from MBIMEx 2.0 on into a chosen mode."""

    service = Uuid.from_name("0ed374cb-f835-4474-bc11-3b3fd76f5641")
    service_name = "intel-firmware-update"
    id = 1
    message = "modem-reboot"


class ModemRebootSet(Request[ModemRebootResponse]):
    """intel-firmware-update 1, set: Restart the modem; from MBIMEx 2.0 on into a chosen mode."""

    service = Uuid.from_name("0ed374cb-f835-4474-bc11-3b3fd76f5641")
    service_name = "intel-firmware-update"
    id = 1
    message = "modem-reboot"
    response = ModemRebootResponse
    direction: ClassVar[str] = "set"


class ModemRebootSetEx2(Request[ModemRebootResponse], ModemRebootSetV2):
    """intel-firmware-update 1, set: Restart the modem; from MBIMEx 2.0 on into a chosen mode."""

    service = Uuid.from_name("0ed374cb-f835-4474-bc11-3b3fd76f5641")
    service_name = "intel-firmware-update"
    id = 1
    message = "modem-reboot"
    response = ModemRebootResponse
    direction: ClassVar[str] = "set"
    mbimex: ClassVar[str] = "2.0"
