# SPDX-License-Identifier: GPL-2.0-or-later
"""From the definitions' hyphen names to Python's."""

from __future__ import annotations

import keyword

# What messages use themselves; a field of that name gets an underscore behind it.
_RESERVED = {
    "service", "service_name", "id", "response", "message", "kind", "empty", "public", "result",
    "list", "int", "str", "bytes", "bool", "float", "names",
}  # fmt: skip


def class_name(name: str) -> str:
    """``lte-signal`` -> ``LteSignal``."""
    camel = "".join(part[:1].upper() + part[1:] for part in name.split("-"))
    return "_" + camel if camel[0].isdigit() else camel


def field_name(name: str) -> str:
    """``mute-state`` -> ``mute_state``; keywords and reserved words get an underscore."""
    attr = name.replace("-", "_")
    if keyword.iskeyword(attr) or attr in _RESERVED:
        return attr + "_"
    return "_" + attr if attr[0].isdigit() else attr


def hidden_name(name: str) -> str:
    """The attribute of a count, a size or reserved bytes, which users do not see."""
    return "_" + name.replace("-", "_")
