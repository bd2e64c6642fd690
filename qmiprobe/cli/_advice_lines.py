# SPDX-License-Identifier: GPL-2.0-or-later
"""What the codes in a message mean and what to do about them, a line for each that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._advice import advice
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBOSE = "VerboseCallEndReason"


def advice_lines(error: object, body: Struct | None) -> Iterator[str]:
    """Give ``name (number): what it means and what to do``, each once, the result's code first."""
    codes = [error] if isinstance(error, OpenEnum) else []
    codes += _codes(body) if body is not None else ()
    for code in {(type(code), int(code)): code for code in codes}.values():
        line = advice(code)
        if line is not None:
            yield f"{code.name or 'code'} ({int(code)}): {line}"


def _codes(struct: Struct) -> Iterator[OpenEnum]:
    if type(struct).__name__ == _VERBOSE:
        from qmiprobe.qmi._call_end import call_end_reason
        from qmiprobe.qmi.services.wds import VerboseCallEndReason

        named = call_end_reason(struct) if isinstance(struct, VerboseCallEndReason) else None
        if named is not None:
            yield named
    for _, value in struct.public():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(one, OpenEnum):
                yield one
            elif isinstance(one, Struct):
                yield from _codes(one)
