# SPDX-License-Identifier: GPL-2.0-or-later
"""Damage to QMI answers of a service, byte by byte (QMUX 6 bytes, SDU header 7, then TLVs)."""

from __future__ import annotations

from collections.abc import Callable

_SERVICE, _TRANSACTION, _MESSAGE, _FIRST_TLV = 4, 7, 9, 13
_DMS_IDENTITY = (0x0021, 0x0022, 0x0023)
"""Get Manufacturer, Model, Revision."""


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _with(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + number.to_bytes(2, "little") + data[at + 2 :]


def transaction(data: bytes) -> bytes:
    """Change the transaction id."""
    return _with(data, _TRANSACTION, _number(data, _TRANSACTION) ^ 0x4000)


def _service(data: bytes) -> bytes:
    return data[:_SERVICE] + bytes((data[_SERVICE] ^ 0x40,)) + data[_SERVICE + 1 :]


def _message(data: bytes) -> bytes:
    return _with(data, _MESSAGE, _number(data, _MESSAGE) ^ 0x0100)


def _truncated(data: bytes) -> bytes:
    return data[:-3]


def _length_lie(data: bytes) -> bytes:
    return _with(data, 1, _number(data, 1) + 5)


def _tlv_overrun(data: bytes) -> bytes:
    return _with(data, _FIRST_TLV + 1, len(data))


def _error_65000(data: bytes) -> bytes:
    """Refuse what the device is with an error that nobody has a name for."""
    if data[_SERVICE] != 0x02 or _number(data, _MESSAGE) not in _DMS_IDENTITY:
        return data
    tlvs = b"\x02\x04\x00\x01\x00" + (65000).to_bytes(2, "little")
    head = data[: _FIRST_TLV - 2] + len(tlvs).to_bytes(2, "little")
    return _with(head + tlvs, 1, len(head + tlvs) - 1)


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "wrong-transaction": transaction,
    "wrong-service": _service,
    "wrong-message": _message,
    "truncated": _truncated,
    "length-lie": _length_lie,
    "tlv-overrun": _tlv_overrun,
    "error-65000": _error_65000,
}
"""What is done to each answer, by the fault's name."""
