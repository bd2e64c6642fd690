# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads traces, the JSON lines that ``--trace`` writes."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, cast

from qmiprobe._trace_format import FORMAT, Direction, Kind, TraceEntry, TraceHeader
from qmiprobe.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    BadLine = Callable[[DecodeError], None]

_DIRECTIONS = ("to-device", "from-device")
_KINDS = ("frame", "garbage")


def read_trace(lines: Iterable[str], *, on_bad_line: BadLine | None = None) -> Iterator[TraceEntry]:
    """The entries of a trace; blank lines, unknown keys and repeated headers are passed over.

    Raises DecodeError that names the line, as soon as it is reached; with ``on_bad_line`` the
    error goes there and reading goes on after it (a trace that was killed ends in half a
    line). A first line that is no header always raises.
    """
    return open_trace(lines, on_bad_line=on_bad_line)[1]


def open_trace(
    lines: Iterable[str], *, on_bad_line: BadLine | None = None
) -> tuple[TraceHeader, Iterator[TraceEntry]]:
    """As :func:`read_trace`, and what the trace says of itself; reads the header at once."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    number, first = next(numbered, (1, ""))
    found = _parse(first, number) if first else {}
    if found.get("format") != FORMAT:
        said = found.get("format")
        what = "its first line names no format" if said is None else f"its format is {said!r}"
        raise DecodeError(f"line {number}: not a trace: {what}, wanted is {FORMAT!r}")
    return _header(found, number), _entries(numbered, on_bad_line)


def _entries(
    numbered: Iterator[tuple[int, str]], on_bad_line: BadLine | None
) -> Iterator[TraceEntry]:
    for number, line in numbered:
        try:
            found = _parse(line, number)
            if found.get("format") == FORMAT:
                continue  # a run that appended to the trace of another
            entry = _entry(found, number)
        except DecodeError as error:
            if on_bad_line is None:
                raise
            on_bad_line(error)
        else:
            yield entry


def _parse(line: str, number: int) -> dict[str, object]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise DecodeError(f"line {number}: not JSON: {error.msg}", offset=error.pos) from error
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"line {number}: not JSON that anybody wrote: {error}") from error
    if not isinstance(found, dict):
        raise DecodeError(f"line {number}: a JSON object is wanted")
    return cast("dict[str, object]", found)


def _header(found: dict[str, object], number: int) -> TraceHeader:
    tool = found.get("tool")
    version = tool.get("version") if isinstance(tool, dict) else None
    limit = found.get("max_command")
    return TraceHeader(
        version=version if isinstance(version, str) else "",
        protocol=_text(found, "protocol", number),
        port=_text(found, "port", number),
        max_command=limit if isinstance(limit, int) else None,
    )


def _entry(found: dict[str, object], number: int) -> TraceEntry:
    direction, kind = found.get("dir"), found.get("kind", "frame")
    if direction not in _DIRECTIONS:
        raise DecodeError(f"line {number}: 'dir' is {direction!r}, wanted is one of {_DIRECTIONS}")
    if kind not in _KINDS:
        raise DecodeError(f"line {number}: 'kind' is {kind!r}, wanted is one of {_KINDS}")
    return TraceEntry(
        time=_time(found.get("t"), number),
        direction=cast("Direction", direction),
        data=_bytes(found.get("hex"), number),
        kind=cast("Kind", kind),
        name=_text(found, "name", number),
    )


def _time(value: object, number: int) -> float:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            time = float(value)
            if math.isfinite(time):
                return time
    except OverflowError:
        pass
    raise DecodeError(f"line {number}: 't' must be seconds since the start, not {value!r:.60}")


def _bytes(value: object, number: int) -> bytes:
    if not isinstance(value, str):
        raise DecodeError(f"line {number}: 'hex' must be text, not {value!r:.60}")
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise DecodeError(f"line {number}: 'hex' is not hex: {error}") from error


def _text(found: dict[str, object], key: str, number: int) -> str | None:
    value = found.get(key)
    if value is None or isinstance(value, str):
        return value
    raise DecodeError(f"line {number}: {key!r} must be text, not {value!r:.60}")
