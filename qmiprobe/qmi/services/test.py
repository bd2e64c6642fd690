# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/test.toml
# by python -m qmiprobe._codegen
"""Echo service of Qualcomm's test firmware, mostly met over QRTR: does QMI answer at all."""

from __future__ import annotations

from qmiprobe._message import Request, Response, member
from qmiprobe._text import Text, U16, U8
from qmiprobe._types import Bytes

class PingResponse(Response):
    """TEST 0x0020: the answer to :class:`Ping`."""

    service = 0x0f
    service_name = "test"
    id = 0x0020
    message = "ping"
    pong: bytes | None = member(Bytes(4), tlv=0x10, required=False, default=None)
    service_name_: str | None = member(Text(U8, limit=255), tlv=0x11, required=False, default=None)


class Ping(Request[PingResponse]):
    """TEST 0x0020: Send four bytes and get four back: "ping" is answered by "pong"."""

    service = 0x0f
    service_name = "test"
    id = 0x0020
    message = "ping"
    response = PingResponse
    ping: bytes = member(Bytes(4), tlv=0x01)
    client_name: str | None = member(Text(U8, limit=255), tlv=0x10, required=False, default=None)


class DataResponse(Response):
    """TEST 0x0021: the answer to :class:`Data`."""

    service = 0x0f
    service_name = "test"
    id = 0x0021
    message = "data"
    data: bytes | None = member(Bytes(U16, limit=8192), tlv=0x10, required=False, default=None)
    service_name_: str | None = member(Text(U8, limit=255), tlv=0x11, required=False, default=None)


class Data(Request[DataResponse]):
    """TEST 0x0021: Send up to 8192 bytes and get the same back."""

    service = 0x0f
    service_name = "test"
    id = 0x0021
    message = "data"
    response = DataResponse
    data: bytes = member(Bytes(U16, limit=8192), tlv=0x01)
    client_name: str | None = member(Text(U8, limit=255), tlv=0x10, required=False, default=None)
