# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds what a field's names refer to, and says its wire type and its Python type."""

from __future__ import annotations

from dataclasses import dataclass, field

from qmiprobe._codegen._model import EnumDef, FieldDef, ServiceDef, Size, StructDef
from qmiprobe._codegen._names import class_name, hidden_name
from qmiprobe._codegen._rules import refuse

INTEGERS = {f"{sign}{bits}": (bits // 8, sign == "s") for sign in "us" for bits in (8, 16, 32, 64)}
NUMBERS = {*INTEGERS, "uint"}
PREFIXES = {"u8": "U8", "u16": "U16", "u32": "U32", "u64": "U64"}
SIMPLE = {
    "ipv4": ("IPv4()", "IPv4Address"),
    "ipv4-reversed": ("IPv4(swapped=True)", "IPv4Address"),
    "ipv6": ("IPv6()", "IPv6Address"),
    "plmn": ("Plmn()", "str"),
    "f32": ("Float(4)", "float"),
    "f64": ("Float(8)", "float"),
    "tlv-list": ("TlvList()", "list[MbimTlv]"),
}


@dataclass
class Resolver:
    """Names of one service, its own before the shared ones."""

    service: ServiceDef
    shared: ServiceDef
    used: set[str] = field(default_factory=set)
    """Shared classes that were referred to."""

    def enum(self, where: str, name: str) -> EnumDef:
        """Return the enum, flags or UUIDs of that name, which the module then imports."""
        found = self.known_enum(where, name)
        if name not in self.service.enums:
            self.used.add(class_name(name))
        return found

    def known_enum(self, where: str, name: str) -> EnumDef:
        """Return the enum, flags or UUIDs of that name."""
        found = self.service.enums.get(name) or self.shared.enums.get(name)
        if found is None:
            refuse(where, f"no enum, flags or uuids {name!r} in {self.service.name} or _shared")
        return found

    def struct(self, where: str, name: str) -> StructDef:
        """Return the struct of that name."""
        own = self.service.structs.get(name)
        found = own or self.shared.structs.get(name)
        if found is None:
            refuse(where, f"no type or struct {name!r} in {self.service.name} or _shared")
        if own is None:
            self.used.add(class_name(name))
        return found

    def expand(self, fdef: FieldDef) -> FieldDef:
        """Return the field with a shared TLV put in place of ``use``."""
        name = fdef.text("use")
        if name is None:
            return fdef
        found = self.service.tlvs.get(name) or self.shared.tlvs.get(name)
        if found is None:
            refuse(fdef.where, f"no shared TLV {name!r}")
        keys = {**found.keys, **fdef.keys}
        keys.pop("use")
        return FieldDef(fdef.name, fdef.where, keys, found.members)


@dataclass(frozen=True)
class WireType:
    """A field's type: the expression that makes it, and its annotation."""

    expression: str
    annotation: str
    text: bool = False
    optional: bool = False
    """Whether None stands for absent on the wire itself (a reference of 0)."""


def wire_type(fdef: FieldDef, resolver: Resolver, nested: str | None, *, top: bool) -> WireType:
    """Return the type of a field; ``nested`` is the class of its anonymous struct.

    ``top``: the value is a whole TLV, so that text without a size takes the rest.
    """
    mbim = resolver.service.protocol == "mbim"
    array = "count" in fdef.keys and fdef.keys.get("type") != "bytes"
    if "sequence" in fdef.keys and fdef.keys.get("type") == "bytes":
        return _segment(fdef)
    one = _element(fdef, resolver, nested, top=top and not array, array=array)
    count, at = fdef.size("count"), fdef.text("at") or "inline"
    elements = fdef.text("elements")
    if array and count is not None:
        one = _array(fdef, one, count, elements)
    if mbim and elements != "pairs":
        one = _placed(fdef, one, at, count if array else None)
    if "mbim-tlv" in fdef.keys:
        expression = f"InTlv({one.expression}, type={fdef.number('mbim-tlv')})"
        one = WireType(expression, one.annotation, one.text, one.optional)
    return one


def _element(
    fdef: FieldDef, resolver: Resolver, nested: str | None, *, top: bool, array: bool
) -> WireType:
    kind, where = fdef.text("type"), fdef.where
    if nested is not None:
        return WireType(f"Nested({nested})", nested)
    assert kind is not None
    if kind in INTEGERS or kind == "uint":
        size, signed = INTEGERS.get(kind) or (fdef.number("size") or 0, False)
        if not size:
            refuse(where, "uint needs size = N bytes")
        return _integer(fdef, resolver, size, signed)
    if kind == "bool":
        size = fdef.number("size") or 1
        return WireType("Bool()" if size == 1 else f"Bool({size})", "bool")
    if kind in ("text", "bytes", "bcd"):
        return _sized(fdef, resolver, kind, top=top, array=array)
    if kind == "uuid":
        name = fdef.text("enum")
        if name is None:
            return WireType("UuidWire()", "Uuid")
        if resolver.enum(where, name).kind != "uuids":
            refuse(where, f"{name!r} is not one of the uuids")
        return WireType(f"UuidWire({class_name(name)})", class_name(name))
    if kind in SIMPLE:
        expression, annotation = SIMPLE[kind]
        return WireType(expression, annotation)
    cls = class_name(resolver.struct(where, kind).name)
    return WireType(f"Nested({cls})", cls)


def _integer(fdef: FieldDef, resolver: Resolver, size: int, signed: bool) -> WireType:
    options, annotation = [], "int"
    for key, kinds in (("enum", "enums"), ("flags", "flags")):
        name = fdef.text(key)
        if name is not None:
            if resolver.enum(fdef.where, name).kind != kinds:
                refuse(fdef.where, f"{name!r} does not stand under [{kinds}.{name}]")
            annotation = class_name(name)
            options.append(f"enum={annotation}")
    if signed:
        options.insert(0, "signed=True")
    if fdef.text("endian") == "big":
        options.insert(0, "big=True")
    if not options and not signed and size in (1, 2, 4, 8):
        return WireType(f"U{size * 8}", "int")
    return WireType(f"Int({', '.join([str(size), *options])})", annotation)


def _sized(fdef: FieldDef, resolver: Resolver, kind: str, *, top: bool, array: bool) -> WireType:
    mbim = resolver.service.protocol == "mbim"
    size = fdef.size("size")
    if size is None and kind == "bytes" and not array:
        size = fdef.size("count")
    arguments = []
    if size is None and not top and not mbim:
        if kind != "text":
            refuse(fdef.where, f"{kind} inside a struct needs a size")
        size = "u8"
    if size not in (None, "rest"):
        arguments.append(_size(size))
    limit = fdef.number("max-size")
    if limit is not None:
        arguments.append(f"limit={limit}")
    name = {"text": "Text", "bytes": "Bytes", "bcd": "Bcd"}[kind]
    if kind == "text" and mbim and fdef.text("encoding") != "utf-8":
        name = "Utf16Text"
    expression = f"{name}({', '.join(arguments)})"
    return WireType(expression, "bytes" if kind == "bytes" else "str", text=kind == "text")


def _segment(fdef: FieldDef) -> WireType:
    """One of several segments of octets: a count, the segment's number, the octets."""
    count, sequence = fdef.size("count") or fdef.size("size"), fdef.size("sequence")
    expression = f"Array(U8, count={_size(count)}, sequence={_size(sequence)})"
    return WireType(expression, "Sequenced[int]")


def _size(size: Size) -> str:
    if isinstance(size, int):
        return str(size)
    assert size is not None
    return PREFIXES.get(size) or repr(hidden_name(size))


def _array(fdef: FieldDef, one: WireType, count: Size, elements: str | None) -> WireType:
    annotation = f"list[{one.annotation}]"
    if elements == "pairs":
        return WireType(f"Pairs({one.expression}, count={_size(count)})", annotation)
    if elements == "packed":
        return WireType(f"Packed({one.expression})", annotation)
    sequence = fdef.text("sequence")
    if sequence is not None:
        expression = f"Array({one.expression}, count={_size(count)}, sequence={_size(sequence)})"
        return WireType(expression, f"Sequenced[{one.annotation}]")
    return WireType(f"Array({one.expression}, count={_size(count)})", annotation)


def _placed(fdef: FieldDef, one: WireType, at: str, count: Size) -> WireType:
    if fdef.text("elements") == "packed" and count is None:
        one = WireType(f"Packed({one.expression})", f"list[{one.annotation}]")
    none = not one.annotation.startswith("list[") and one.annotation not in ("str", "bytes")
    pad = fdef.number("pad")
    padding = "" if pad is None else f", pad={pad}"
    if at in ("offset-size", "size-offset"):
        swapped = ", swapped=True" if at == "size-offset" else ""
        expression = f"OffsetSize({one.expression}{swapped}{padding})"
        return WireType(expression, one.annotation, one.text, optional=none)
    if at == "offset":
        if count in PREFIXES:  # the count stands directly before the offset
            inner = one.expression.removeprefix("Array(").rpartition(", count=")[0]
            return WireType(f"CountedOffset({inner}{padding})", one.annotation)
        return WireType(f"Offset({one.expression}{padding})", one.annotation, optional=none)
    if at == "size-inline":
        return WireType(f"SizeInline({one.expression})", one.annotation)
    return one
