# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of one struct's or message's fields."""

from __future__ import annotations

from qmiprobe._codegen._checks import check_field, check_measures, condition
from qmiprobe._codegen._model import FieldDef, StructDef
from qmiprobe._codegen._names import class_name, field_name, hidden_name
from qmiprobe._codegen._resolve import Resolver, WireType, wire_type
from qmiprobe._codegen._rules import refuse
from qmiprobe._enums import attribute_name


def field_lines(
    fields: list[FieldDef], resolver: Resolver, owner: str, *, tlvs: bool
) -> tuple[list[str], list[tuple[str, StructDef]]]:
    """Return the lines, and the anonymous structs (class name, definition) that they need."""
    expanded = [resolver.expand(fdef) for fdef in fields]
    derived = _derived(expanded)
    lines: list[str] = []
    structs: list[tuple[str, StructDef]] = []
    earlier: list[FieldDef] = []
    for fdef in expanded:
        nested = None
        if fdef.members is not None:
            nested = owner + class_name(fdef.name)
            structs.append((nested, fdef.members))
        if tlvs and fdef.number("tlv") is None:
            refuse(fdef.where, "a TLV needs tlv = number")
        check_field(fdef)
        check_measures(fdef, earlier)
        wire = wire_type(fdef, resolver, nested, top=tlvs)
        lines.append(_line(fdef, wire, derived.get(fdef.name), resolver, expanded, tlvs=tlvs))
        if fdef.text("doc"):
            lines.append(f'    """{fdef.text("doc")}"""')
        earlier.append(fdef)
    return lines, structs


def _derived(fields: list[FieldDef]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    names = {fdef.name for fdef in fields}
    for fdef in fields:
        for key in ("count", "size"):
            other = fdef.size(key)
            if isinstance(other, str) and other in names:
                kinds[other] = key
        if fdef.text("valid"):
            kinds[(fdef.text("valid") or "").split()[0]] = "mask"
    return kinds


def _line(
    fdef: FieldDef,
    wire: WireType,
    derived: str | None,
    resolver: Resolver,
    fields: list[FieldDef],
    *,
    tlvs: bool,
) -> str:
    options: list[str] = []
    if derived in ("count", "size") or fdef.keys.get("reserved"):
        kind = f'derived="{derived}"' if derived else "reserved=True"
        hidden = hidden_name(fdef.name)
        return f'    {hidden} = member({wire.expression}, name="{fdef.name}", {kind})'
    attr = field_name(fdef.name)
    optional = wire.optional
    if tlvs:
        number = fdef.number("tlv") or 0
        required = fdef.keys.get("required", number < 0x10)
        optional = not required
        options += [f"tlv={number:#04x}"]
        if optional:
            options += ["required=False"]
    if attr.strip("_").replace("_", "-") != fdef.name or attr.startswith("_"):
        options.append(f'name="{fdef.name}"')
    for key in ("expected", "present"):
        found = condition(fdef, key, fields, resolver)
        if found is not None:
            options.append(f"{key}=parse_condition({found.text!r})")
            optional = True
    if fdef.text("valid"):
        options.append(f"valid={_valid(fdef, resolver, fields)}")
        optional = not wire.annotation.startswith("list[")
    if derived == "mask":
        options += ['derived="mask"', "init=False"]
    if fdef.text("unit"):
        options.append(f"unit={fdef.text('unit')!r}")
    if fdef.keys.get("personal"):
        options.append("personal=True")
    options += _default(wire, optional=optional, references=not tlvs)
    annotation = wire.annotation + (" | None" if optional else "")
    return f"    {attr}: {annotation} = member({', '.join([wire.expression, *options])})"


def _default(wire: WireType, *, optional: bool, references: bool) -> list[str]:
    if optional:
        return ["default=None"]
    if references and wire.annotation.startswith("list["):
        return ["default_factory=list"]
    if references and ("Offset" in wire.expression or "InTlv" in wire.expression):
        return ['default=""' if wire.annotation == "str" else 'default=b""']
    return []


def _valid(fdef: FieldDef, resolver: Resolver, fields: list[FieldDef]) -> str:
    text = fdef.text("valid") or ""
    words = text.split()
    if len(words) != 3 or words[1] != "has":
        refuse(fdef.where, f"valid = {text!r} is not 'mask has flag'")
    mask = next((other for other in fields if other.name == words[0]), None)
    flags = mask.text("flags") if mask is not None else None
    if flags is None:
        refuse(fdef.where, f"valid: no earlier member {words[0]!r} with flags")
    if words[2] not in resolver.enum(fdef.where, flags).values:
        refuse(fdef.where, f"valid: {flags} has no flag {words[2]!r}")
    return f'("{field_name(words[0])}", {class_name(flags)}.{attribute_name(words[2])})'
