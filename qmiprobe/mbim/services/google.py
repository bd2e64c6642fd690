# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/google.toml
# by python -m qmiprobe._codegen
"""Google's own: the carrier lock of financed notebooks."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._types import Bytes, Int
from qmiprobe.mbim._buffer import SizeInline

class CarrierLockStatus(OpenEnum):
    NOT_APPLIED: ClassVar[CarrierLockStatus]
    APPLIED: ClassVar[CarrierLockStatus]
    definition = "carrier-lock-status"
    names = {
        0: "not-applied",
        1: "applied",
    }


class CarrierLockModemState(OpenEnum):
    DEREGISTERED: ClassVar[CarrierLockModemState]
    DEREGISTRATION_IN_PROGRESS: ClassVar[CarrierLockModemState]
    REGISTRATION_IN_PROGRESS: ClassVar[CarrierLockModemState]
    REGISTERED: ClassVar[CarrierLockModemState]
    definition = "carrier-lock-modem-state"
    names = {
        0: "deregistered",
        1: "deregistration-in-progress",
        2: "registration-in-progress",
        3: "registered",
    }


class CarrierLockCause(OpenEnum):
    NOT_APPLICABLE: ClassVar[CarrierLockCause]
    SIM_LOCK_POLICY_MISMATCH: ClassVar[CarrierLockCause]
    SIM_LOCK_POLICY_MATCHED: ClassVar[CarrierLockCause]
    definition = "carrier-lock-cause"
    names = {
        0: "not-applicable",
        1: "sim-lock-policy-mismatch",
        2: "sim-lock-policy-matched",
    }


class CarrierLockInfo(Struct):
    carrier_lock_status: CarrierLockStatus = member(Int(4, enum=CarrierLockStatus))
    carrier_lock_modem_state: CarrierLockModemState = member(Int(4, enum=CarrierLockModemState))
    carrier_lock_cause: CarrierLockCause = member(Int(4, enum=CarrierLockCause))


class CarrierLockResponse(Response, CarrierLockInfo):
    """google 1, response: Read whether the modem is locked to a carrier, or hand it a signed lock
    configuration."""

    service = Uuid.from_name("3e1e92cf-c53d-4f14-85d0-a86ad9e12245")
    service_name = "google"
    id = 1
    message = "carrier-lock"


class CarrierLockNotification(Indication, CarrierLockInfo):
    """google 1, notification: Read whether the modem is locked to a carrier, or hand it a signed
    lock configuration."""

    service = Uuid.from_name("3e1e92cf-c53d-4f14-85d0-a86ad9e12245")
    service_name = "google"
    id = 1
    message = "carrier-lock"


class CarrierLockQuery(Request[CarrierLockResponse]):
    """google 1, query: Read whether the modem is locked to a carrier, or hand it a signed lock
    configuration."""

    service = Uuid.from_name("3e1e92cf-c53d-4f14-85d0-a86ad9e12245")
    service_name = "google"
    id = 1
    message = "carrier-lock"
    response = CarrierLockResponse
    direction: ClassVar[str] = "query"


class CarrierLockSet(Request[CarrierLockResponse]):
    """google 1, set: Read whether the modem is locked to a carrier, or hand it a signed lock
    configuration."""

    service = Uuid.from_name("3e1e92cf-c53d-4f14-85d0-a86ad9e12245")
    service_name = "google"
    id = 1
    message = "carrier-lock"
    response = CarrierLockResponse
    direction: ClassVar[str] = "set"
    data: bytes = member(SizeInline(Bytes()))
    """The configuration as its issuer signed it."""
