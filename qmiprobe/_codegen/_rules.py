# SPDX-License-Identifier: GPL-2.0-or-later
"""The closed sets of the definition language: keys, names, kinds of value."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from qmiprobe.errors import DefinitionError

Table = dict[str, Any]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
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
    "mbim-field": _FIELD | {"at", "elements", "valid", "present", "pad", "mbim-tlv"},
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
_TEXTS = {
    "name", "type", "use", "unit", "expected", "present", "valid", "sequence",
    "query", "set", "notification",
}  # fmt: skip
_TABLES = {"enums", "structs", "uuids", "tlvs", "messages", "indications", "commands", "mbimex"}
_RANGES = {
    "tlv": (0, 0xFF),
    "id": (0, 0xFFFF),
    "vendor": (1, 0xFFFF),
    "cid": (1, 0xFFFFFFFF),
    "mbim-tlv": (1, 0xFFFF),
    "max-size": (1, 0xFFFF),
    "pad": (1, 8),
}
_MEASURES = {"size", "count"}


def refuse(where: str, text: str) -> NoReturn:
    """Raise :class:`DefinitionError` that names the place."""
    raise DefinitionError(f"{where}: {text}")


def check_name(where: str, name: object) -> None:
    """Refuse a name that is not lower-case with hyphens."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        refuse(where, f"{name!r} is not lower-case words joined by hyphens")


def check_uuid(where: str, uuid: object) -> None:
    """Refuse what is no UUID in lower case."""
    if not isinstance(uuid, str) or not _UUID.fullmatch(uuid):
        refuse(where, f"{uuid!r} is no UUID in lower case")


def check_sentence(where: str, table: Table) -> None:
    """Refuse a missing doc, and one that is not a sentence."""
    doc = table.get("doc")
    if not isinstance(doc, str) or not doc.endswith(".") or len(doc.split()) < 2:
        refuse(where, "doc is a sentence in own words, with a full stop")


def check_keys(where: str, table: Table, kind: str) -> None:
    """Refuse unknown keys, and words or kinds of value that a key does not take."""
    if not isinstance(table, dict):
        refuse(where, "a table is wanted")
    for key, value in table.items():
        if key not in KEYS[kind]:
            refuse(where, f"unknown key {key!r}; known: {', '.join(sorted(KEYS[kind]))}")
        _check_value(where, key, value)


def _check_value(where: str, key: str, value: object) -> None:
    if key in WORDS and value not in WORDS[key]:
        refuse(where, f"{key} = {value!r}; known: {', '.join(sorted(map(str, WORDS[key])))}")
    if key in _BOOLEANS and not isinstance(value, bool):
        refuse(where, f"{key} is true or false")
    if key in _TEXTS and not isinstance(value, str):
        refuse(where, f"{key} is a text, not {value!r}")
    if key in _TABLES and not isinstance(value, dict):
        refuse(where, f"{key} is a table, not {value!r}")
    if key in _RANGES:
        low, high = _RANGES[key]
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            refuse(where, f"{key} is a number from {low} to {high}, not {value!r}")
    if key in _MEASURES and not isinstance(value, str):
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            refuse(where, f"{key} is a number above 0, a type or a member, not {value!r}")


def check_enum(where: str, kind: str, name: str, values: Table) -> None:
    """Refuse an enum with strange names, strange values or the same value twice."""
    check_name(where, name)
    if not isinstance(values, dict) or not values:
        refuse(where, "an enum is a table of 'value-name = number'")
    for value_name, value in values.items():
        check_name(where, value_name)
        if kind == "uuids":
            check_uuid(f"{where}.{value_name}", value)
        elif not isinstance(value, int) or isinstance(value, bool):
            refuse(where, f"{value_name} = {value!r} is not a number")
        elif kind == "flags" and value <= 0:
            refuse(where, f"{value_name} = {value!r}: a flag is a mask above 0")
    doubles = [name for name, value in values.items() if list(values.values()).count(value) > 1]
    if doubles:
        refuse(where, f"{' and '.join(doubles)} have the same value")
