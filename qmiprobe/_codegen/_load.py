# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads definition files into the model; every broken rule names file and path inside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from qmiprobe._codegen._model import (
    DirectionDef,
    EnumDef,
    FieldDef,
    MessageDef,
    ServiceDef,
    StructDef,
)
from qmiprobe._codegen._rules import (
    Table,
    check_enum,
    check_keys,
    check_name,
    check_sentence,
    check_uuid,
    refuse,
)
from qmiprobe._codegen._whole import check_service, check_services
from qmiprobe.errors import DefinitionError

MBIMEX = ("2.0", "3.0", "4.0")
SPDX = "# SPDX-License-Identifier: GPL-2.0-or-later OR MIT"


def load(folder: Path) -> list[ServiceDef]:
    """Return all services below ``folder``, ``_shared`` first in each protocol."""
    services: dict[tuple[str, str], ServiceDef] = {}
    for protocol in ("qmi", "mbim"):
        for path in sorted((folder / protocol).glob("*.toml"), key=_main_file_first):
            name = path.name.split(".")[0]
            service = services.setdefault((protocol, name), ServiceDef(protocol, name))
            _add_file(service, path, f"{protocol}/{path.name}")
    for service in services.values():
        for name, command, path_ in service.overlays:
            _add_overlay(service, name, command, path_)
        check_service(service)
    check_services(list(services.values()))
    return list(services.values())


def _main_file_first(path: Path) -> tuple[str, int, str]:
    parts = path.name.split(".")
    return parts[0], len(parts), path.name


def _add_file(service: ServiceDef, path: Path, where: str) -> None:
    text = path.read_text(encoding="utf-8")
    if not text.startswith(SPDX):
        refuse(where, f"the first line must be {SPDX!r}")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{where}: {error}") from None
    main = path.name.count(".") == 1
    shared = service.name == "_shared"
    if table.get("protocol") != service.protocol:
        refuse(where, f"protocol must be {service.protocol!r}, as its folder says")
    check_keys(where, table, "shared" if shared else f"{service.protocol}-file")
    if not shared and table.get("service") != service.name:
        refuse(where, f"service must be {service.name!r}, as the file's name says")
    identity = {"qmi": "id", "mbim": "uuid"}[service.protocol]
    if main and not shared:
        check_sentence(where, table)
        if identity not in table:
            refuse(where, f"a service needs its {identity}")
        if identity == "uuid":
            check_uuid(where, table["uuid"])
        service.doc, service.id = table["doc"], table[identity]
    elif not shared and ("doc" in table or identity in table):
        refuse(where, f"doc and {identity} belong to {service.name}.toml alone")
    service.files.append(where)
    _add_tables(service, table, where)


def _add_tables(service: ServiceDef, table: Table, where: str) -> None:
    for kind in ("enums", "flags", "uuids"):
        for name, values in table.get(kind, {}).items():
            _once(service.enums, name, f"{where}: {kind}.{name}")
            check_enum(f"{where}: {kind}.{name}", kind, name, values)
            service.enums[name] = EnumDef(name, f"{where}: {kind}.{name}", kind, values)
    for name, struct in table.get("structs", {}).items():
        path = f"{where}: structs.{name}"
        _once(service.structs, name, path)
        check_name(path, name)
        check_keys(path, struct, "struct")
        service.structs[name] = _struct(service.protocol, name, struct, path)
    for name, tlv in table.get("tlvs", {}).items():
        path = f"{where}: tlvs.{name}"
        _once(service.tlvs, name, path)
        service.tlvs[name] = _field(service.protocol, name, tlv, path)
    for name, message in table.get("messages", {}).items():
        service.messages.append(_qmi_message(name, message, f"{where}: messages.{name}", False))
    for name, message in table.get("indications", {}).items():
        service.messages.append(_qmi_message(name, message, f"{where}: indications.{name}", True))
    for name, command in table.get("commands", {}).items():
        _add_command(service, name, command, f"{where}: commands.{name}")


def _once(known: Mapping[str, object], name: str, path: str) -> None:
    if name in known:
        refuse(path, "this name is defined twice")


def _struct(protocol: str, name: str, table: Table, path: str) -> StructDef:
    members = table.get("members")
    if not isinstance(members, list) or not members:
        refuse(path, "a struct needs members = [ { name = ..., type = ... }, ... ]")
    fields = []
    for index, keys in enumerate(members):
        if not isinstance(keys, dict) or "name" not in keys:
            refuse(f"{path}.members[{index}]", "a member is a table with a name")
        fields.append(_field(protocol, keys["name"], keys, f"{path}.{keys['name']}"))
    names = [field.name for field in fields]
    for double in {name for name in names if names.count(name) > 1}:
        refuse(path, f"two members are called {double!r}")
    return StructDef(name, path, fields)


def _field(protocol: str, name: str, keys: Table, path: str) -> FieldDef:
    check_name(path, name)
    if not isinstance(keys, dict):
        refuse(path, "a field is a table such as { tlv = 0x10, type = 'u8' }")
    check_keys(path, keys, f"{protocol}-field")
    field = FieldDef(name, path, dict(keys))
    if "members" in keys:
        if "type" in keys or "use" in keys:
            refuse(path, "a field has either members or a type")
        field.members = _struct(protocol, name, {"members": keys["members"]}, path)
    elif "type" not in keys and "use" not in keys:
        refuse(path, "a field needs type, members or use")
    return field


def _qmi_message(name: str, table: Table, path: str, indication: bool) -> MessageDef:
    check_name(path, name)
    check_keys(path, table, "indication" if indication else "message")
    check_sentence(path, table)
    if "id" not in table:
        refuse(path, "a message needs its id")
    directions = []
    for kind, key in [("indication", "fields")] if indication else [
        ("response", "response"), ("request", "request"),
    ]:  # fmt: skip
        fields = [
            _field("qmi", tlv, keys, f"{path}.{key}.{tlv}")
            for tlv, keys in _fields(table, key, path).items()
        ]
        directions.append(DirectionDef(kind, path, fields))
    return MessageDef(
        name, path, table["id"], table["doc"], directions,
        vendor=table.get("vendor"), abort=table.get("abort", False), indication=indication,
    )  # fmt: skip


def _fields(table: Table, key: str, path: str) -> Table:
    fields = table.get(key, {})
    if not isinstance(fields, dict):
        refuse(path, f"{key} is a table of TLVs, not {fields!r}")
    return fields


_DIRECTIONS = ("response", "notification", "query", "set")


def _add_command(service: ServiceDef, name: str, table: Table, path: str) -> None:
    check_name(path, name)
    check_keys(path, table, "command")
    if "cid" in table:
        if any(message.name == name for message in service.messages):
            refuse(path, "this command is defined twice")
        check_sentence(path, table)
        command = MessageDef(name, path, table["cid"], table["doc"], [])
        _add_directions(command, table, "1.0", path)
        service.messages.append(command)
    if "mbimex" in table:
        service.overlays.append((name, table, path))
    elif "cid" not in table:
        refuse(path, "a command needs cid and doc, an overlay needs mbimex")


def _add_overlay(service: ServiceDef, name: str, table: Table, path: str) -> None:
    command = next((message for message in service.messages if message.name == name), None)
    if command is None:
        refuse(path, f"an overlay of a command that no file of {service.name} defines")
    for version, layer in sorted(table["mbimex"].items()):
        if version not in MBIMEX:
            refuse(path, f"mbimex.{version!r}; known: {', '.join(MBIMEX)}")
        check_keys(f"{path}.mbimex.{version}", layer, "overlay")
        _add_directions(command, layer, version, path)


def _add_directions(command: MessageDef, table: Table, version: str, path: str) -> None:
    for kind in _DIRECTIONS:
        if kind in table:
            if not isinstance(table[kind], str):
                refuse(path, f"{kind} is the name of a struct, or 'empty'")
            there = DirectionDef(kind, path, struct=table[kind], mbimex=version)
            command.directions.append(there)
