# SPDX-License-Identifier: GPL-2.0-or-later
"""Damage to MBIM messages, byte by byte (COMMAND_DONE: 48 bytes, then the information buffer)."""

from __future__ import annotations

from collections.abc import Callable

from qmiprobe.mbim._header import Packet, build, split
from qmiprobe.mbim.services._shared import ProtocolError, Service, Status

SMALL = 64
"""Bytes of a fragment, the least that MBIM allows."""
_LENGTH, _TRANSACTION, _TOTAL, _SERVICE, _CID, _STATUS, _BUFFER_LENGTH, _BUFFER = (
    4, 8, 12, 20, 36, 40, 44, 48,
)  # fmt: skip
_DEVICE_CAPS = bytes(Service.BASIC_CONNECT) + (1).to_bytes(4, "little")
# In Device Caps, where the offsets and sizes of its texts stand
_FIRMWARE_OFFSET, _FIRMWARE_SIZE = _BUFFER + 48, _BUFFER + 52
_OPEN_LIMIT = 512


def is_command_done(data: bytes) -> bool:
    """Whether this is a COMMAND_DONE, or its first fragment."""
    return data[:4] == b"\x03\0\0\x80" and data[16:20] == bytes(4)


def _is_device_caps(data: bytes) -> bool:
    return data[_SERVICE:_STATUS] == _DEVICE_CAPS


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _with(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + number.to_bytes(4, "little") + data[at + 4 :]


def transaction(data: bytes) -> bytes:
    """Change the transaction id."""
    return _with(data, _TRANSACTION, _number(data, _TRANSACTION) ^ 0x40000000)


def not_opened(data: bytes) -> bytes:
    """Answer with FUNCTION_ERROR, not opened."""
    number = _number(data, _TRANSACTION)
    return build(
        Packet(kind="function-error", transaction=number, value=int(ProtocolError.NOT_OPENED))
    )


def _service(data: bytes) -> bytes:
    return data[:_SERVICE] + bytes(Service.SMS) + data[_CID:]


def _message(data: bytes) -> bytes:
    return _with(data, _CID, _number(data, _CID) + 1)


def _truncated(data: bytes) -> bytes:
    return data[:-3]


def _length_lie(data: bytes) -> bytes:
    return _with(data, _LENGTH, len(data) + 12)


def _buffer_length_lie(data: bytes) -> bytes:
    return _with(data, _BUFFER_LENGTH, len(data))


def _caps_only(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: change(data) if _is_device_caps(data) else data


def _odd_utf16(data: bytes) -> bytes:
    return _with(data, _FIRMWARE_SIZE, _number(data, _FIRMWARE_SIZE) - 1)


def _offset_outside(data: bytes) -> bytes:
    return _with(data, _FIRMWARE_OFFSET, 5000)


def _short_buffer(data: bytes) -> bytes:
    short = data[: _BUFFER + 22]
    return _with(_with(short, _LENGTH, len(short)), _BUFFER_LENGTH, 22)


def _failure(data: bytes) -> bytes:
    return _with(data, _STATUS, int(Status.FAILURE))


def _status_777(data: bytes) -> bytes:
    short = _with(data[:_BUFFER], _STATUS, 777)
    return _with(_with(short, _LENGTH, len(short)), _BUFFER_LENGTH, 0)


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "wrong-transaction": transaction,
    "wrong-service": _service,
    "wrong-message": _message,
    "truncated": _truncated,
    "length-lie": _length_lie,
    "buffer-length-lie": _buffer_length_lie,
    "odd-utf16": _caps_only(_odd_utf16),
    "offset-outside": _caps_only(_offset_outside),
    "short-buffer": _caps_only(_short_buffer),
    "failure-with-buffer": _caps_only(_failure),
    "status-777": _caps_only(_status_777),
}
"""What is done to each COMMAND_DONE, by the fault's name."""


def _fragments(data: bytes) -> list[bytes]:
    return list(split(data, SMALL))


def _swapped(data: bytes) -> list[bytes]:
    found = _fragments(data)
    found[1:3] = found[2:0:-1]
    return found


def _missing(data: bytes) -> list[bytes]:
    found = _fragments(data)
    return found[:1] + found[2:]


def _mixed(data: bytes) -> list[bytes]:
    found = _fragments(data)
    return found[:1] + [transaction(one) for one in found[1:2]] + found[2:]


def _total(data: bytes) -> list[bytes]:
    found = _fragments(data)
    changed = [_with(one, _TOTAL, _number(one, _TOTAL) + 1) for one in found[1:]]
    return found[:1] + changed


def _indication_first(data: bytes) -> list[bytes]:
    told = Packet(
        kind="indicate-status",
        transaction=0,
        service=Service.BASIC_CONNECT,
        cid=11,
        buffer=b"".join(number.to_bytes(4, "little") for number in (20, 99, 5, 5, 0xFFFFFFFF)),
    )
    return [build(told), data]


SPLITS: dict[str, Callable[[bytes], list[bytes]]] = {
    "fragments": _fragments,
    "fragments-swapped": _swapped,
    "fragments-missing": _missing,
    "fragments-mixed": _mixed,
    "fragments-total": _total,
    "indication-first": _indication_first,
}
"""What several messages each COMMAND_DONE becomes."""

Opening = Callable[[bytes, bytes], list[bytes]]


def _stale_close_done() -> Opening:
    stale = [build(Packet(kind="close-done", transaction=0x7777))]

    def change(_request: bytes, data: bytes) -> list[bytes]:
        return [stale.pop(), data] if stale else [data]

    return change


def _busy(times: int | None) -> Callable[[], Opening]:
    def make() -> Opening:
        opened: list[bytes] = []

        def change(request: bytes, data: bytes) -> list[bytes]:
            opened.append(request)
            if times is not None and len(opened) > times:
                return [data]
            return [_with(data, 12, int(Status.BUSY))]

        return change

    return make


def _open_wrong_transaction() -> Opening:
    return lambda _request, data: [transaction(data)]


def _max_transfer() -> Opening:
    def change(request: bytes, data: bytes) -> list[bytes]:
        if _number(request, 12) <= _OPEN_LIMIT:
            return [data]
        error = int(ProtocolError.MAX_TRANSFER)
        number = _number(request, _TRANSACTION)
        return [build(Packet(kind="function-error", transaction=number, value=error))]

    return change


OPENINGS: dict[str, Callable[[], Opening]] = {
    "stale-close-done": _stale_close_done,
    "open-busy": _busy(None),
    "open-busy-twice": _busy(2),
    "open-wrong-transaction": _open_wrong_transaction,
    "max-transfer": _max_transfer,
}
"""What becomes of OPEN's answer; each modem counts for itself."""
