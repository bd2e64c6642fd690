# SPDX-License-Identifier: GPL-2.0-or-later
"""What a code means and what to do about it: one line each, from ``protocols/advice.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from qmiprobe._definitions import definitions_folder
from qmiprobe._enums import OpenEnum

FILE = "advice.toml"


def advice_for(protocol: str, service: str, enum: str, name: str, number: int | str) -> str | None:
    """Return the line of one value; ``service`` is ``shared`` for what several services use."""
    tables = _tables()
    key = f"{protocol}.{service}.{enum}"
    for causes in tables["causes"].get(key, ()):
        if str(number) in tables[causes]:
            return str(tables[causes][str(number)])
    own: Mapping[str, Any] = tables.get(protocol, {}).get(service, {}).get(enum, {})
    line = own.get(name)
    return None if line is None else str(line)


def advice(value: OpenEnum) -> str | None:
    """Return the line of a decoded value; None where nobody needs one."""
    _, protocol, _, module = type(value).__module__.rsplit(".", 3)
    service = module.strip("_").replace("_", "-")
    return advice_for(protocol, service, type(value).definition, value.name or "", int(value))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((definitions_folder() / FILE).read_text(encoding="utf-8"))
