# SPDX-License-Identifier: GPL-2.0-or-later
"""Completion of the words of ``call``: services, messages, fields, values of enums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from qmiprobe.cli._body import enum_names, settable, struct_of
from qmiprobe.cli._known import SEND_KINDS, Definition, definitions, find_messages, split_protocol
from qmiprobe.cli._steps import RAW, SET, split_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmiprobe._message import Field, Struct

    _ParamType = click.ParamType[str]
else:
    _ParamType = click.ParamType  # generic only in newer releases of click


class StepWord(_ParamType):
    """A message's name or an assignment to one of its fields."""

    name = "word"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Leave it as it is: what a word means depends on those before it."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Offer what may stand here."""
        before = ctx.params.get(param.name or "") or ()
        wanted = getattr(ctx.params.get("device"), "wanted", None)
        found = candidates(incomplete, before, wanted=wanted)
        return [CompletionItem(word, type=kind) for word, kind in found]


def candidates(
    incomplete: str, before: Sequence[str], *, wanted: str | None = None
) -> list[tuple[str, str]]:
    """Return (word, click's type) of what ``incomplete`` may become behind the words before."""
    step = [word for word in split_steps(list(before))[-1] if word != SET]
    if RAW in step:
        return []
    if not step:
        return _plain(incomplete, message_names(incomplete, wanted=wanted))
    try:
        found = [one for one in find_messages(step[0].partition(":")[0]) if one.kind in SEND_KINDS]
    except click.UsageError:
        return []
    if incomplete.startswith("@"):
        return [(incomplete[1:], "file")]
    name, equals, value = incomplete.partition("=")
    if equals and value.startswith("@"):
        return [(value[1:], "file")]
    if equals:
        return _plain(incomplete, (f"{name}={word}" for word in _values(found, name, value)))
    return _plain(incomplete, _field_names(found, name))


def message_names(incomplete: str, *, wanted: str | None = None) -> list[str]:
    """Return ``service.`` while the service is typed, then its messages."""
    protocols, rest = split_protocol(incomplete)
    prefix = incomplete[: len(incomplete) - len(rest)]
    known = [
        one
        for one in definitions()
        if one.protocol in protocols and one.protocol == (wanted or one.protocol)
        if one.kind in SEND_KINDS
    ]
    if "." in rest:
        return list(dict.fromkeys(f"{prefix}{one.service}.{one.message}" for one in known))
    return list(dict.fromkeys(f"{prefix}{one.service}." for one in known))


def _plain(incomplete: str, words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, "plain") for word in words if word.startswith(incomplete)]


def _field_names(found: list[Definition], typed: str) -> list[str]:
    before, dot, _ = typed.rpartition(".")
    names: dict[str, None] = {}
    for definition in found:
        cls = _inside(definition.load(), before) if dot else definition.load()
        for field in settable(cls) if cls is not None else ():
            path = f"{before}{dot}{field.name}"
            names[f"{path}." if _is_single_struct(field) else f"{path}="] = None
    return list(names)


def _is_single_struct(field: Field) -> bool:
    from qmiprobe._arrays import Nested

    return isinstance(field.wire, Nested)


def _inside(cls: type[Struct] | None, path: str) -> type[Struct] | None:
    """Return the struct that a path such as ``a[0].b`` leads to."""
    for step in path.split("."):
        field = _find(cls, step.partition("[")[0])
        cls = struct_of(field.wire) if field is not None else None
    return cls


def _find(cls: type[Struct] | None, name: str) -> Field | None:
    fields = settable(cls) if cls is not None else []
    return next((field for field in fields if field.name == name), None)


def _values(found: list[Definition], path: str, typed: str) -> list[str]:
    before, dot, last = path.rpartition(".")
    done, comma, _ = typed.rpartition(",")
    names: dict[str, None] = {}
    for definition in found:
        cls = _inside(definition.load(), before) if dot else definition.load()
        field = _find(cls, last.partition("[")[0])
        for name in enum_names(field.wire) if field is not None else ():
            names[f"{done}{comma}{name}"] = None
    return list(names)
