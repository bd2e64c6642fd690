# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a service's definitions fit together: ids once, nothing that nobody refers to."""

from __future__ import annotations

from qmiprobe._codegen._model import FieldDef, ServiceDef
from qmiprobe._codegen._resolve import INTEGERS, NUMBERS
from qmiprobe._codegen._rules import refuse


def check_service(service: ServiceDef) -> None:
    """Refuse two messages under one number, and two of one name."""
    numbers: dict[object, str] = {}
    for message in service.messages:
        keys: tuple[object, ...] = ("name", message.indication, message.name), (
            "number", message.indication, message.id, message.vendor,
        )  # fmt: skip
        for key in keys:
            if key in numbers:
                refuse(message.where, f"the same id or name as {numbers[key]}")
            numbers[key] = message.where


def check_services(services: list[ServiceDef]) -> None:
    """Refuse two services of one number, and structs and TLVs that nobody refers to."""
    numbers: dict[object, str] = {}
    for service in services:
        if service.name == "_shared":
            continue
        key = (service.protocol, service.id)
        if not service.doc:
            refuse(service.files[0], f"{service.name}.toml is not there, only a part of it")
        if key in numbers:
            refuse(service.files[0], f"its number is that of {numbers[key]} too")
        numbers[key] = service.files[0]
    for service in services:
        users = [service]
        if service.name == "_shared":
            users = [other for other in services if other.protocol == service.protocol]
        fields = [field for user in users for field in _all_fields(user)]
        _check_referred(service, users, fields)
        _check_values(service, fields)


def _check_referred(service: ServiceDef, users: list[ServiceDef], fields: list[FieldDef]) -> None:
    used = {
        str(field.keys[key]) for field in fields for key in ("type", "use") if key in field.keys
    }
    used |= {d.struct for user in users for m in user.messages for d in m.directions}
    places = {name: struct.where for name, struct in service.structs.items()}
    places |= {name: tlv.where for name, tlv in service.tlvs.items()}
    for name, where in places.items():
        if name not in used:
            refuse(where, "nobody refers to it")


def _check_values(service: ServiceDef, fields: list[FieldDef]) -> None:
    """Refuse values that fit none of the fields that an enum or flags serve."""
    for name, enum in service.enums.items():
        ranges = [
            _range(field)
            for field in fields
            if name in (field.text("enum"), field.text("flags")) and field.text("type") in NUMBERS
        ]
        for value_name, value in enum.values.items():
            if (
                isinstance(value, int)
                and ranges
                and not any(low <= value <= high for low, high in ranges)
            ):
                refuse(enum.where, f"{value_name} = {value:#x} fits none of the fields it is for")


def _range(field: FieldDef) -> tuple[int, int]:
    kind = field.text("type") or ""
    size, signed = INTEGERS.get(kind) or (field.number("size") or 0, False)
    return -(1 << (8 * size - 1)) if signed else 0, (1 << (8 * size - signed)) - 1


def _all_fields(service: ServiceDef) -> list[FieldDef]:
    """Return every TLV and member of a service, those of anonymous structs too."""
    outer = [field for struct in service.structs.values() for field in struct.fields]
    outer += service.tlvs.values()
    outer += [f for m in service.messages for d in m.directions for f in d.fields]
    found = list[FieldDef]()
    while outer:
        field = outer.pop()
        found.append(field)
        if field.members is not None:
            outer += field.members.fields
    return found
