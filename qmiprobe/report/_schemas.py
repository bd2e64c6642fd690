# SPDX-License-Identifier: GPL-2.0-or-later
"""The JSON Schemas of what `--json` writes; they ship with the package."""

from __future__ import annotations

import json
from importlib import resources
from typing import Literal, TypeAlias, cast

from qmiprobe.diagnosis import JsonValue

SchemaName: TypeAlias = Literal[
    "report", "message", "protocol", "list", "bundle", "rebind", "session", "reflect"
]
SCHEMAS: tuple[SchemaName, ...] = (
    *("report", "message", "protocol", "list", "bundle", "rebind", "session", "reflect"),
)


def schema(name: SchemaName) -> dict[str, JsonValue]:
    """The schema (draft 2020-12) of a document.

    `report`: check, doctor, link, vpn; `message`: one object of decode, call, listen; `protocol`,
    `list` and `rebind`: the commands of these names; `session`: connect and disconnect;
    `bundle`: report; `reflect`: reflect. Raises LookupError for another name.
    """
    if name not in SCHEMAS:
        raise LookupError(f"no schema is called {name!r}; there are {', '.join(SCHEMAS)}")
    file = resources.files("qmiprobe.report") / "schemas" / f"{name}.json"
    return cast("dict[str, JsonValue]", json.loads(file.read_text(encoding="utf-8")))
