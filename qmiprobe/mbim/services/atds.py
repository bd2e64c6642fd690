# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/atds.toml
# by python -m qmiprobe._codegen
"""AT&T's device service: signal, cell, operators and radio technology beyond Basic Connect."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import U32, Utf16Text
from qmiprobe._types import Int
from qmiprobe.mbim._buffer import OffsetSize, Pairs
from qmiprobe.mbim.services._shared import CellularClass, DataClass, NwError, ProviderState, RegisterMode, RegisterState, RegistrationFlag

class PlmnMode(OpenEnum):
    GSM: ClassVar[PlmnMode]
    UTRAN: ClassVar[PlmnMode]
    LTE: ClassVar[PlmnMode]
    definition = "plmn-mode"
    names = {
        0: "gsm",
        6: "utran",
        7: "lte",
    }


class RatMode(OpenEnum):
    AUTOMATIC: ClassVar[RatMode]
    _2G_ONLY: ClassVar[RatMode]
    _3G_ONLY: ClassVar[RatMode]
    _4G_ONLY: ClassVar[RatMode]
    definition = "rat-mode"
    names = {
        0: "automatic",
        1: "2g-only",
        2: "3g-only",
        3: "4g-only",
    }


class SignalInfo(Struct):
    rssi: int = member(U32)
    error_rate: int = member(U32)
    rscp: int = member(U32)
    ecno: int = member(U32)
    rsrq: int = member(U32)
    rsrp: int = member(U32)
    rssnr: int = member(U32)


class LocationInfo(Struct):
    lac: int = member(U32, personal=True)
    tac: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)


class AtdsProvider(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    """MCC and MNC."""
    provider_state: ProviderState = member(Int(4, enum=ProviderState))
    provider_name: str = member(OffsetSize(Utf16Text()), default="")
    plmn_mode: PlmnMode = member(Int(4, enum=PlmnMode))
    rssi: int = member(U32)
    error_rate: int = member(U32)


class OperatorsInfo(Struct):
    _providers_count = member(U32, name="providers-count", derived="count")
    providers: list[AtdsProvider] = member(Pairs(Nested(AtdsProvider), count='_providers_count'), default_factory=list)


class RatInfo(Struct):
    mode: RatMode = member(Int(4, enum=RatMode))


class AtdsRegisterStateInfo(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    register_state: RegisterState = member(Int(4, enum=RegisterState))
    register_mode: RegisterMode = member(Int(4, enum=RegisterMode))
    available_data_classes: DataClass = member(Int(4, enum=DataClass))
    current_cellular_class: CellularClass = member(Int(4, enum=CellularClass))
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    provider_name: str = member(OffsetSize(Utf16Text()), default="")
    roaming_text: str = member(OffsetSize(Utf16Text()), default="")
    registration_flag: RegistrationFlag = member(Int(4, enum=RegistrationFlag))


class SignalResponse(Response, SignalInfo):
    """atds 1, response: Read the signal figures of 2G, 3G and LTE in the coding of AT+CESQ."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 1
    message = "signal"


class SignalQuery(Request[SignalResponse]):
    """atds 1, query: Read the signal figures of 2G, 3G and LTE in the coding of AT+CESQ."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 1
    message = "signal"
    response = SignalResponse
    direction: ClassVar[str] = "query"


class LocationResponse(Response, LocationInfo):
    """atds 2, response: Read which cell the modem is on: area codes and cell id."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 2
    message = "location"


class LocationQuery(Request[LocationResponse]):
    """atds 2, query: Read which cell the modem is on: area codes and cell id."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 2
    message = "location"
    response = LocationResponse
    direction: ClassVar[str] = "query"


class OperatorsResponse(Response, OperatorsInfo):
    """atds 3, response: List the operators in reach with signal and network mode."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 3
    message = "operators"


class OperatorsQuery(Request[OperatorsResponse]):
    """atds 3, query: List the operators in reach with signal and network mode."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 3
    message = "operators"
    response = OperatorsResponse
    direction: ClassVar[str] = "query"


class RatResponse(Response, RatInfo):
    """atds 4, response: Read or choose the radio technology that the modem may use."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 4
    message = "rat"


class RatQuery(Request[RatResponse]):
    """atds 4, query: Read or choose the radio technology that the modem may use."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 4
    message = "rat"
    response = RatResponse
    direction: ClassVar[str] = "query"


class RatSet(Request[RatResponse], RatInfo):
    """atds 4, set: Read or choose the radio technology that the modem may use."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 4
    message = "rat"
    response = RatResponse
    direction: ClassVar[str] = "set"


class RegisterStateResponse(Response, AtdsRegisterStateInfo):
    """atds 9, response: Read the registration, in the layout of Basic Connect."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 9
    message = "register-state"


class RegisterStateQuery(Request[RegisterStateResponse]):
    """atds 9, query: Read the registration, in the layout of Basic Connect."""

    service = Uuid.from_name("5967bdcc-7fd2-49a2-9f5c-b2e70e527db3")
    service_name = "atds"
    id = 9
    message = "register-state"
    response = RegisterStateResponse
    direction: ClassVar[str] = "query"
