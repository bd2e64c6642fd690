# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of one generated module."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

from qmiprobe._codegen._fields import field_lines
from qmiprobe._codegen._model import DirectionDef, EnumDef, MessageDef, ServiceDef, StructDef
from qmiprobe._codegen._names import class_name
from qmiprobe._codegen._resolve import Resolver
from qmiprobe._codegen._rules import refuse
from qmiprobe._enums import Uuid, attribute_name

HEADER = """\
# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from {files}
# by python -m qmiprobe._codegen
"""

# Where the generated code's names come from.
_IMPORTS = {
    "qmiprobe._arrays": ("Array", "Nested", "Sequenced"),
    "qmiprobe._condition": ("parse_condition",),
    "qmiprobe._enums": ("OpenEnum", "OpenFlags", "Uuid"),
    "qmiprobe._message": ("Indication", "Request", "Response", "Struct", "member"),
    "qmiprobe._text": ("Bcd", "Plmn", "Text", "U8", "U16", "U32", "U64", "Utf16Text"),
    "qmiprobe._types": ("Bool", "Bytes", "Float", "IPv4", "IPv6", "Int", "UuidWire"),
    "qmiprobe.mbim._buffer": (
        "CountedOffset", "InTlv", "MbimTlv", "Offset", "OffsetSize", "Packed", "Pairs",
        "SizeInline", "TlvList",
    ),
    "ipaddress": ("IPv4Address", "IPv6Address"),
    "typing": ("ClassVar",),
}  # fmt: skip

_SUFFIX = {
    "request": "", "response": "Response", "indication": "Indication",
    "query": "Query", "set": "Set", "notification": "Notification",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What the index says of one definition."""

    service: int | str
    id: int
    kind: str
    vendor: int | None
    mbimex: str
    name: str
    cls: str


@dataclass
class Module:
    """One module being written."""

    service: ServiceDef
    shared: ServiceDef
    blocks: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.resolver = Resolver(self.service, self.shared)

    def claim(self, cls: str, where: str) -> str:
        """Reserve a class name; two definitions may not have the same."""
        if any(cls in names for names in _IMPORTS.values()):
            refuse(where, f"its class {cls} would hide the codec's own {cls}: rename it")
        if cls in self.classes:
            refuse(where, f"its class {cls} is also that of {self.classes[cls]}")
        self.classes[cls] = where
        return cls

    def text(self) -> str:
        """Return the whole module."""
        for enum in self.service.enums.values():
            self.blocks.append(_enum(enum, self.claim(class_name(enum.name), enum.where)))
        own = {d.struct for m in self.service.messages for d in m.directions if _is_own(m, d)}
        for struct in _in_order(self.service):
            if struct.name not in own:
                self.struct(class_name(struct.name), struct)
        for message in self.service.messages:
            for direction in message.directions:
                self.direction(message, direction)
        body = "\n\n\n".join(self.blocks)
        files = ", ".join(f"protocols/{name}" for name in self.service.files)
        doc = self.service.doc or f"What several {self.service.protocol.upper()} services use."
        head = HEADER.format(files=files) + f'"""{doc}"""\n\nfrom __future__ import annotations\n'
        return f"{head}\n{self.imports(body)}\n\n{body}\n"

    def imports(self, body: str) -> str:
        """Return the import lines for the names that ``body`` uses."""
        used = set(re.findall(r"\b\w+\b", body))
        lines = []
        for module, names in _IMPORTS.items():
            wanted = sorted(used & set(names))
            if wanted:
                lines.append((module, wanted))
        if self.resolver.used and self.service is not self.shared:
            shared = f"qmiprobe.{self.service.protocol}.services._shared"
            lines.append((shared, sorted(self.resolver.used)))
        lines.sort(key=lambda line: (line[0].startswith("qmiprobe"), line[0]))
        return "\n".join(f"from {module} import {', '.join(names)}" for module, names in lines)

    def struct(self, cls: str, struct: StructDef) -> None:
        """Write a struct, after the anonymous ones in it."""
        self.claim(cls, struct.where)
        lines, inner = field_lines(struct.fields, self.resolver, cls, tlvs=False)
        for name, nested in inner:
            self.struct(name, nested)
        self.blocks.append("\n".join([f"class {cls}(Struct):", *lines]))

    def direction(self, message: MessageDef, direction: DirectionDef) -> None:
        """Write the class of one direction of a message."""
        version = "" if direction.mbimex == "1.0" else "Ex" + direction.mbimex[0]
        stem = class_name(message.name)
        cls = self.claim(stem + _SUFFIX[direction.kind] + version, message.where)
        bases = self._bases(message, direction, stem, version)
        fields, tlvs = direction.fields, self.service.protocol == "qmi"
        if tlvs:
            _check_tlvs(direction)
        elif _is_own(message, direction):
            fields = self.resolver.struct(message.where, direction.struct).fields
        lines, inner = field_lines(fields, self.resolver, cls, tlvs=tlvs)
        for name, nested in inner:
            self.struct(name, nested)
        head = [
            f"class {cls}({', '.join(bases)}):",
            f'    """{self._doc(message, direction)}"""',
            "",
        ]
        self.blocks.append("\n".join([*head, *self._attributes(message, direction, bases), *lines]))
        self.entries.append(
            Entry(self.service.id, message.id, direction.kind, message.vendor, direction.mbimex,
                  message.name, cls)
        )  # fmt: skip

    def _bases(
        self, message: MessageDef, direction: DirectionDef, stem: str, version: str
    ) -> list[str]:
        kind = direction.kind
        base = {"response": "Response", "indication": "Indication", "notification": "Indication"}
        answer = f"{stem}Response"
        if version and f"{answer}{version}" in self.classes:
            answer += version
        bases = [base.get(kind) or f"Request[{answer}]"]
        if direction.struct not in ("", "empty") and not _is_own(message, direction):
            bases.append(class_name(self.resolver.struct(message.where, direction.struct).name))
        return bases

    def _doc(self, message: MessageDef, direction: DirectionDef) -> str:
        service = self.service.name.upper() if self.service.protocol == "qmi" else self.service.name
        number = f"{message.id:#06x}" if self.service.protocol == "qmi" else str(message.id)
        head = f"{service} {number.replace('0x', '0x')}"
        if direction.kind == "request" or direction.kind == "indication":
            return _wrap(f"{head}: {message.doc}")
        if direction.kind == "response" and self.service.protocol == "qmi":
            return _wrap(f"{head}: the answer to :class:`{class_name(message.name)}`.")
        return _wrap(f"{head}, {direction.kind}: {message.doc}")

    def _attributes(
        self, message: MessageDef, direction: DirectionDef, bases: list[str]
    ) -> list[str]:
        number = f"{message.id:#06x}" if self.service.protocol == "qmi" else str(message.id)
        service = self.service.id
        shown = f"{service:#04x}" if isinstance(service, int) else f'Uuid.from_name("{service}")'
        lines = [
            f"    service = {shown}",
            f'    service_name = "{self.service.name}"',
            f"    id = {number}",
            f'    message = "{message.name}"',
        ]
        if bases[0].startswith("Request["):
            lines.append(f"    response = {bases[0][8:-1]}")
        if direction.kind in ("query", "set"):
            lines.append(f'    direction: ClassVar[str] = "{direction.kind}"')
        if direction.mbimex != "1.0":
            lines.append(f'    mbimex: ClassVar[str] = "{direction.mbimex}"')
        if message.vendor is not None:
            lines.append(f"    vendor: ClassVar[int] = {message.vendor:#06x}")
        if message.abort and direction.kind == "request":
            lines.append("    abortable: ClassVar[bool] = True")
        return lines


def _is_own(message: MessageDef, direction: DirectionDef) -> bool:
    """Whether the direction's struct has its very name: then the message is the struct."""
    version = "" if direction.mbimex == "1.0" else "Ex" + direction.mbimex[0]
    cls = class_name(message.name) + _SUFFIX[direction.kind] + version
    return direction.struct not in ("", "empty") and class_name(direction.struct) == cls


def _wrap(text: str) -> str:
    return "\n    ".join(textwrap.wrap(text, 92))


def _check_tlvs(direction: DirectionDef) -> None:
    seen: dict[object, str] = {}
    for fdef in direction.fields:
        number = fdef.keys.get("tlv")
        if number in seen:
            refuse(fdef.where, f"TLV {number:#04x} is also {seen[number]!r}")
        if direction.kind == "response" and number == 0x02:
            refuse(fdef.where, "TLV 0x02 of a response is the Result, which the codec owns")
        seen[number] = fdef.name


def _enum(enum: EnumDef, cls: str) -> str:
    base = {"enums": "OpenEnum", "flags": "OpenFlags", "uuids": "Uuid"}[enum.kind]
    lines = [f"class {cls}({base}):"]
    lines += [f"    {attribute_name(name)}: ClassVar[{cls}]" for name in enum.values]
    lines.append(f'    definition = "{enum.name}"')
    lines.append("    names = {")
    for name, value in enum.values.items():
        if isinstance(value, str):
            key = repr(Uuid.from_name(value).text)
        else:
            key = hex(value) if enum.kind == "flags" else str(value)
        lines.append(f'        {key}: "{name}",')
    return "\n".join([*lines, "    }"])


def _in_order(service: ServiceDef) -> list[StructDef]:
    """Return the structs so that each comes after those that it holds."""
    done: dict[str, StructDef] = {}
    open_: list[str] = []

    def visit(struct: StructDef) -> None:
        if struct.name in done:
            return
        if struct.name in open_:
            refuse(struct.where, f"holds itself: {' -> '.join([*open_, struct.name])}")
        open_.append(struct.name)
        for name in _referred(struct):
            if name in service.structs:
                visit(service.structs[name])
        open_.pop()
        done[struct.name] = struct

    for struct in service.structs.values():
        visit(struct)
    return list(done.values())


def _referred(struct: StructDef) -> list[str]:
    names = []
    for fdef in struct.fields:
        if fdef.members is not None:
            names += _referred(fdef.members)
        elif fdef.text("type"):
            names.append(fdef.text("type") or "")
    return names
