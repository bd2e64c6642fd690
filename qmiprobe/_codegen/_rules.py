# SPDX-License-Identifier: GPL-2.0-or-later
"""The closed sets of the definition language: keys, names, values."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from qmiprobe.errors import DefinitionError

Table = dict[str, Any]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FILE = {"protocol", "service", "doc", "enums", "flags", "structs"}
_FIELD = {
    "name", "type", "members", "size", "count", "enum", "flags", "unit", "personal", "reserved",
    "doc", "max-size", "encoding", "endian",
}  # fmt: skip
KEYS: dict[str, set[str]] = {
    "qmi-file": _FILE | {"id", "tlvs", "messages", "indications"},
    "mbim-file": _FILE | {"uuid", "uuids", "commands"},
    "shared": _FILE - {"service"} | {"uuids", "tlvs"},
    "struct": {"members", "doc"},
    "qmi-field": _FIELD | {"tlv", "use", "required", "expected", "sequence"},
    "mbim-field": _FIELD | {"at", "elements", "valid", "present", "base", "pad", "mbim-tlv"},
    "message": {"id", "doc", "vendor", "abort", "request", "response"},
    "indication": {"id", "doc", "fields"},
    "command": {"cid", "doc", "query", "set", "response", "notification", "mbimex"},
    "overlay": {"query", "set", "response", "notification"},
}
WORDS: dict[str, set[object]] = {
    "at": {"inline", "offset-size", "size-offset", "offset", "size-inline", "rest"},
    "elements": {"pairs", "contiguous", "packed"},
    "endian": {"big", "little"},
    "encoding": {"utf-8", "utf-16"},
}
_BOOLEANS = {"personal", "reserved", "required", "abort"}


def refuse(where: str, text: str) -> NoReturn:
    """Raise :class:`DefinitionError` that names the place."""
    raise DefinitionError(f"{where}: {text}")


def check_name(where: str, name: str) -> None:
    """Refuse a name that is not lower-case with hyphens."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        refuse(where, f"{name!r} is not lower-case words joined by hyphens")


def check_keys(where: str, table: Table, kind: str) -> None:
    """Refuse unknown keys, and words or kinds of value that a key does not take."""
    if not isinstance(table, dict):
        refuse(where, "a table is wanted")
    for key, value in table.items():
        if key not in KEYS[kind]:
            refuse(where, f"unknown key {key!r}; known: {', '.join(sorted(KEYS[kind]))}")
        if key in WORDS and value not in WORDS[key]:
            refuse(where, f"{key} = {value!r}; known: {', '.join(sorted(map(str, WORDS[key])))}")
        if key in _BOOLEANS and not isinstance(value, bool):
            refuse(where, f"{key} is true or false")


def check_enum(where: str, kind: str, name: str, values: Table) -> None:
    """Refuse an enum with strange names, strange values or the same value twice."""
    check_name(where, name)
    if not isinstance(values, dict) or not values:
        refuse(where, "an enum is a table of 'value-name = number'")
    wanted = str if kind == "uuids" else int
    for value_name, value in values.items():
        check_name(where, value_name)
        if not isinstance(value, wanted) or isinstance(value, bool):
            refuse(where, f"{value_name} = {value!r} is not a {wanted.__name__}")
    doubles = [name for name, value in values.items() if list(values.values()).count(value) > 1]
    if doubles:
        refuse(where, f"{' and '.join(doubles)} have the same value")
