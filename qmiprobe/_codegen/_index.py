# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of ``services/_index.py``: names and ids of all definitions, without loading them."""

from __future__ import annotations

from qmiprobe._codegen._emit import Entry
from qmiprobe._codegen._model import ServiceDef

_HEAD = '''\
# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/{protocol}/*.toml
# by python -m qmiprobe._codegen
"""Which definitions there are, and in which module each class is."""

from __future__ import annotations

from typing import NamedTuple


class Definition(NamedTuple):
    """One direction of one message."""

    service: {key}
    id: int
    kind: str
    vendor: int | None
    mbimex: str
    name: str
    module: str
    cls: str

'''


def module_name(service: str) -> str:
    """The module of a service."""
    return service.replace("-", "_")


def index_text(protocol: str, services: list[ServiceDef], entries: dict[str, list[Entry]]) -> str:
    """Return the module's text."""
    shared = next(service for service in services if service.name == "_shared")
    known = shared.enums.get("service")
    names = {value: name for name, value in known.values.items()} if known is not None else {}
    defined = [service for service in services if service.name != "_shared"]
    names |= {service.id: service.name for service in defined}
    lines = ["SERVICES = {"]
    lines += [f"    {value!r}: {name!r}," for value, name in names.items()]
    lines += ["}", '"""Names of services, also of those without definitions."""', "", "MODULES = {"]
    lines += [f"    {service.name!r}: {module_name(service.name)!r}," for service in defined]
    lines += ["}", '"""Modules of the services that are defined."""', ""]
    lines += ["DOCS = {"]
    lines += [f"    {service.name!r}: {service.doc!r}," for service in defined]
    lines += ["}", ""]
    if protocol == "mbim":
        lines += ["COMMANDS = {"]
        for service in defined:
            lines += [f"    ({service.id!r}, {m.id}): {m.name!r}," for m in service.messages]
        lines += ["}", '"""Names of commands by UUID and command id."""', ""]
    lines.append("DEFINITIONS = (")
    for service in defined:
        for entry in entries[service.name]:
            parts = (entry.service, entry.id, entry.kind, entry.vendor, entry.mbimex, entry.name)
            values = ", ".join(map(repr, (*parts, module_name(service.name), entry.cls)))
            lines.append(f"    Definition({values}),")
    key = "int" if protocol == "qmi" else "str"
    return _HEAD.format(protocol=protocol, key=key) + "\n" + "\n".join([*lines, ")", ""])
