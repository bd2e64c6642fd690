# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a field's keys fit each other, its type and the fields around it."""

from __future__ import annotations

from qmiprobe._codegen._model import FieldDef
from qmiprobe._codegen._resolve import NUMBERS, PREFIXES, SIMPLE, Resolver
from qmiprobe._codegen._rules import refuse
from qmiprobe._condition import Condition, attribute, parse_condition
from qmiprobe.errors import DefinitionError

_SIZED = {"text", "bytes", "bcd"}
_ONLY_FOR = {
    "size": {*_SIZED, "uint", "bool"},
    "max-size": _SIZED,
    "encoding": {"text"},
    "endian": NUMBERS,
    "enum": {*NUMBERS, "uuid"},
    "flags": NUMBERS,
}
_REFERENCES = ("offset-size", "size-offset", "offset")


def check_field(fdef: FieldDef) -> None:
    """Refuse keys that mean nothing for the field's type, or not together."""
    keys, kind, where = fdef.keys, fdef.text("type"), fdef.where
    for key, kinds in _ONLY_FOR.items():
        if key in keys and kind not in kinds:
            refuse(where, f"{key} means nothing for {kind or 'members'}")
    if "enum" in keys and "flags" in keys:
        refuse(where, "a value is an enum or flags, not both")
    if "sequence" in keys and "count" not in keys:
        refuse(where, "sequence follows a count: there is none")
    if keys.get("sequence", "u8") not in PREFIXES:
        refuse(where, f"sequence = {keys['sequence']!r}; known: {', '.join(PREFIXES)}")
    if keys.get("reserved"):
        plain = kind in NUMBERS or (kind == "bytes" and isinstance(keys.get("size"), int))
        if not plain or "count" in keys:
            refuse(where, "reserved bytes are a number, or bytes with a size")
    _check_place(fdef)


def _check_place(fdef: FieldDef) -> None:
    keys, kind, where = fdef.keys, fdef.text("type"), fdef.where
    at, elements = keys.get("at", "inline"), keys.get("elements")
    if elements is not None and "count" not in keys and (elements, at) != ("packed", "offset-size"):
        refuse(where, f"elements = {elements!r} needs a count")
    if elements == "pairs" and "at" in keys:
        refuse(where, "pairs stand inline: each has its own offset and size")
    if at == "offset" and kind in _SIZED and not {"size", "count"} & keys.keys():
        refuse(where, "an offset alone needs the size from another member")
    if at in ("size-inline", "rest") and (kind not in _SIZED or "count" in keys):
        refuse(where, f"at = {at!r} is for text and bytes")
    if "pad" in keys and at not in _REFERENCES and elements != "pairs":
        refuse(where, "pad is for what stands elsewhere")
    if "valid" in keys and at not in _REFERENCES and kind not in NUMBERS:
        refuse(where, "valid is for numbers and references, whose place is there in any case")


def check_measures(fdef: FieldDef, earlier: list[FieldDef]) -> None:
    """Refuse a count or size that no earlier number gives."""
    for key in ("count", "size"):
        other = fdef.size(key)
        if not isinstance(other, str) or other in ("rest", *PREFIXES):
            continue
        found = next((field for field in earlier if field.name == other), None)
        if found is None:
            refuse(fdef.where, f"{key} = {other!r}: no earlier member has that name")
        if found.text("type") not in NUMBERS or {"enum", "flags"} & found.keys.keys():
            refuse(fdef.where, f"{key} = {other!r}: that member is not a plain number")


def condition(
    fdef: FieldDef, key: str, fields: list[FieldDef], resolver: Resolver
) -> Condition | None:
    """Return the condition under ``key``; refuse one that can never be told."""
    text = fdef.text(key)
    if text is None:
        return None
    try:
        found = parse_condition(text)
    except DefinitionError as error:
        refuse(fdef.where, f"{key}: {error}")
    known = fields[: fields.index(fdef)] if key == "present" else fields
    for term in found.terms:
        enum = _enum_at(fdef, key, term.path, known, resolver)
        if enum == "bool":
            values = {"true", "false"}
        else:
            values = set(resolver.known_enum(fdef.where, enum).values)
        if term.name not in values:
            refuse(fdef.where, f"{key}: {enum} has no value {term.name!r}")
    return found


def _enum_at(
    fdef: FieldDef, key: str, path: tuple[str, ...], fields: list[FieldDef], resolver: Resolver
) -> str:
    """Return the name of the enum that a condition's path leads to."""
    if key == "expected" and path == ("result", "error"):
        return "error"
    here = fields
    for step in path[:-1]:
        here = _members(fdef, key, step, here, resolver)
    last = next((field for field in here if attribute(field.name) == path[-1]), None)
    if last is None:
        earlier = "earlier member" if key == "present" else "TLV or member"
        refuse(fdef.where, f"{key}: no {earlier} is called {path[-1]!r}")
    if last.text("type") == "bool":
        return "bool"
    enum = last.text("enum") or last.text("flags")
    if enum is None:
        refuse(fdef.where, f"{key}: {last.name} is neither an enum, flags nor a bool")
    return enum


def _members(
    fdef: FieldDef, key: str, step: str, fields: list[FieldDef], resolver: Resolver
) -> list[FieldDef]:
    outer = next((field for field in fields if attribute(field.name) == step), None)
    if outer is None:
        refuse(fdef.where, f"{key}: no TLV or member is called {step!r}")
    if outer.members is not None:
        return outer.members.fields
    kind = outer.text("type") or ""
    if kind in _SIZED | NUMBERS or kind in SIMPLE:
        refuse(fdef.where, f"{key}: {outer.name} has no members")
    return resolver.struct(fdef.where, kind).fields
