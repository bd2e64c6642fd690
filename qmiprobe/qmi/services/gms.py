# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/gms.toml
# by python -m qmiprobe._codegen
"""Telit's general modem service."""

from __future__ import annotations

from qmiprobe._message import Request, Response, member
from qmiprobe._text import U8

class TestSetValueResponse(Response):
    """GMS 0x0f00: the answer to :class:`TestSetValue`."""

    service = 0xe7
    service_name = "gms"
    id = 0x0f00
    message = "test-set-value"


class TestSetValue(Request[TestSetValueResponse]):
    """GMS 0x0f00: Store two test values, to try the service out."""

    service = 0xe7
    service_name = "gms"
    id = 0x0f00
    message = "test-set-value"
    response = TestSetValueResponse
    test_mandatory_value: int = member(U8, tlv=0x01)
    test_optional_value: int | None = member(U8, tlv=0x10, required=False, default=None)


class TestGetValueResponse(Response):
    """GMS 0x0f01: the answer to :class:`TestGetValue`."""

    service = 0xe7
    service_name = "gms"
    id = 0x0f01
    message = "test-get-value"
    test_mandatory_value: int = member(U8, tlv=0x03)
    test_optional_value: int | None = member(U8, tlv=0x10, required=False, default=None)


class TestGetValue(Request[TestGetValueResponse]):
    """GMS 0x0f01: Read back the test values."""

    service = 0xe7
    service_name = "gms"
    id = 0x0f01
    message = "test-get-value"
    response = TestGetValueResponse
