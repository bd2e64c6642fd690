# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/intel-mutual-authentication.toml
# by python -m qmiprobe._codegen
"""Intel's own: the FCC lock that ties a modem to its notebook."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Bool

class FccLockInfo(Struct):
    challenge_present: bool = member(Bool(4))
    """False: the radio is not locked."""
    challenge: int = member(U32)


class FccLockResponse(Response, FccLockInfo):
    """intel-mutual-authentication 1, response: Read the challenge of the FCC lock, or answer it."""

    service = Uuid.from_name("f85d46ef-ab26-4081-9868-4d183c0a3aec")
    service_name = "intel-mutual-authentication"
    id = 1
    message = "fcc-lock"


class FccLockQuery(Request[FccLockResponse]):
    """intel-mutual-authentication 1, query: Read the challenge of the FCC lock, or answer it."""

    service = Uuid.from_name("f85d46ef-ab26-4081-9868-4d183c0a3aec")
    service_name = "intel-mutual-authentication"
    id = 1
    message = "fcc-lock"
    response = FccLockResponse
    direction: ClassVar[str] = "query"


class FccLockSet(Request[FccLockResponse]):
    """intel-mutual-authentication 1, set: Read the challenge of the FCC lock, or answer it."""

    service = Uuid.from_name("f85d46ef-ab26-4081-9868-4d183c0a3aec")
    service_name = "intel-mutual-authentication"
    id = 1
    message = "fcc-lock"
    response = FccLockResponse
    direction: ClassVar[str] = "set"
    response_present: bool = member(Bool(4))
    response_: int = member(U32)
    """Computed from the challenge with the notebook maker's secret."""
