# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/auth.toml
# by python -m qmiprobe._codegen
"""Authentication algorithms of the SIM, for EAP."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import U32, U64, Utf16Text
from qmiprobe._types import Bytes
from qmiprobe.mbim._buffer import OffsetSize

class AkaInfo(Struct):
    res: bytes = member(Bytes(16), personal=True)
    res_len: int = member(U32, unit='bytes')
    """How much of res counts."""
    integrating_key: bytes = member(Bytes(16), personal=True)
    ciphering_key: bytes = member(Bytes(16), personal=True)
    auts: bytes = member(Bytes(14), personal=True)


class SimInfo(Struct):
    sres1: int = member(U32, personal=True)
    kc1: int = member(U64, personal=True)
    sres2: int = member(U32, personal=True)
    kc2: int = member(U64, personal=True)
    sres3: int = member(U32, personal=True)
    kc3: int = member(U64, personal=True)
    n: int = member(U32)


class AkaResponse(Response, AkaInfo):
    """auth 1, response: Run the AKA algorithm (EAP-AKA)."""

    service = Uuid.from_name("1d2b5ff7-0aa1-48b2-aa52-50f15767174e")
    service_name = "auth"
    id = 1
    message = "aka"


class AkaQuery(Request[AkaResponse]):
    """auth 1, query: Run the AKA algorithm (EAP-AKA)."""

    service = Uuid.from_name("1d2b5ff7-0aa1-48b2-aa52-50f15767174e")
    service_name = "auth"
    id = 1
    message = "aka"
    response = AkaResponse
    direction: ClassVar[str] = "query"
    rand: bytes = member(Bytes(16))
    autn: bytes = member(Bytes(16))


class AkapResponse(Response, AkaInfo):
    """auth 2, response: Run the AKA' algorithm (EAP-AKA'), which binds the keys to a network name."""

    service = Uuid.from_name("1d2b5ff7-0aa1-48b2-aa52-50f15767174e")
    service_name = "auth"
    id = 2
    message = "akap"


class AkapQuery(Request[AkapResponse]):
    """auth 2, query: Run the AKA' algorithm (EAP-AKA'), which binds the keys to a network name."""

    service = Uuid.from_name("1d2b5ff7-0aa1-48b2-aa52-50f15767174e")
    service_name = "auth"
    id = 2
    message = "akap"
    response = AkapResponse
    direction: ClassVar[str] = "query"
    rand: bytes = member(Bytes(16))
    autn: bytes = member(Bytes(16))
    network_name: str = member(OffsetSize(Utf16Text()), default="")


class SimResponse(Response, SimInfo):
    """auth 3, response: Run the GSM algorithm two or three times (EAP-SIM)."""

    service = Uuid.from_name("1d2b5ff7-0aa1-48b2-aa52-50f15767174e")
    service_name = "auth"
    id = 3
    message = "sim"


class SimQuery(Request[SimResponse]):
    """auth 3, query: Run the GSM algorithm two or three times (EAP-SIM)."""

    service = Uuid.from_name("1d2b5ff7-0aa1-48b2-aa52-50f15767174e")
    service_name = "auth"
    id = 3
    message = "sim"
    response = SimResponse
    direction: ClassVar[str] = "query"
    rand1: bytes = member(Bytes(16))
    rand2: bytes = member(Bytes(16))
    rand3: bytes = member(Bytes(16))
    n: int = member(U32)
    """How many challenges count: 2 or 3."""
