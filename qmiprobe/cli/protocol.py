# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe protocol``: the services, messages, fields and enums that qmiprobe knows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from qmiprobe._as_json import json_line
from qmiprobe.cli._known import services, split_protocol
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._say import say, say_row
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmiprobe.cli._catalogue import Chosen

    _ParamType = click.ParamType[str]
else:
    _ParamType = click.ParamType  # generic only in newer releases of click


class NameType(_ParamType):
    """A service, ``service.message``, ``service.enum``, a message or an enum."""

    name = "name"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Leave it as it is; the command looks it up."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Offer services, and behind a service's name its messages and enums."""
        return [CompletionItem(word) for word in candidates(incomplete)]


def candidates(incomplete: str) -> list[str]:
    """Return what ``incomplete`` may become."""
    from qmiprobe.cli._catalogue import part_names

    protocols, rest = split_protocol(incomplete)
    prefix = incomplete[: len(incomplete) - len(rest)]
    known = [one for one in services() if one.protocol in protocols]
    first, dot, _ = rest.partition(".")
    words = dict.fromkeys(one.name for one in known)
    if dot:
        found = [name for one in known if one.name == first for name in part_names(one)]
        words = dict.fromkeys(f"{first}.{name}" for name in found)
    return [prefix + word for word in words if word.startswith(rest)]


@click.command(
    "protocol",
    epilog="\b\nExamples:\n  qmiprobe protocol\n"
    "  qmiprobe protocol nas\n"
    "  qmiprobe protocol nas.get-signal-info\n"
    "  qmiprobe protocol dms.operating-mode         the values of an enum\n"
    "  qmiprobe protocol --search roaming\n"
    "  qmiprobe protocol basic-connect.connect --source",
)
@click.argument("name", required=False, type=NameType())
@click.option("--search", "word", metavar="WORD", help="What has WORD in its name or sentence.")
@click.option("--source", is_flag=True, help="The definition as it is written.")
@shared("json")
def command(name: str | None, word: str | None, *, source: bool, options: Options) -> int:
    """Show what qmiprobe knows of QMI and MBIM.

    NAME is a service, SERVICE.MESSAGE, an enum or SERVICE.ENUM; with qmi/ or mbim/ before it
    where both protocols have it. Without NAME: the services.
    """
    from qmiprobe.cli._catalogue import choose, document, search

    if source and options.json:
        raise click.UsageError("--source is TOML, not JSON: give one of both")
    if source and name is None:
        raise click.UsageError("--source of what? Give a NAME")
    chosen = choose(name)
    if word is not None:
        chosen = search(chosen, word)
    if options.json:
        click.echo(json_line(document(chosen)))
    else:
        write = say if source else say_row
        for line in _source(chosen) if source else _lines(chosen, name, word):
            write(line, options)
    if not chosen:
        click.echo(f"nothing has {word!r} in its name or sentence", err=True)
    return ExitStatus.OK


def _lines(chosen: list[Chosen], name: str | None, word: str | None) -> Iterator[str]:
    from qmiprobe.cli import _catalogue_text as text
    from qmiprobe.cli._catalogue import enums_shown

    if word is not None:
        yield from text.hit_lines(chosen, word.lower().replace("_", "-"))
        return
    if name is None:
        counts = {one.service: len({d.message for d in one.definitions}) for one in chosen}
        yield from text.service_lines((one.service for one in chosen), counts)
        return
    for number, one in enumerate(chosen):
        if number:
            yield ""
        if one.is_whole:
            yield from text.overview_lines(one)
        elif one.definitions:
            yield from text.message_lines(one.definitions)
        for enum, values in enums_shown(one).items() if one.enums else ():
            yield from text.enum_lines(one.service, enum, values)


def _source(chosen: list[Chosen]) -> Iterator[str]:
    from qmiprobe.cli._definition_files import enum_source, files_of, message_source

    for one in chosen:
        protocol, service = one.service.protocol, one.service.name
        if one.is_whole:
            for path in files_of(protocol, service):
                if not path.name.startswith("_shared"):
                    yield from (f"# protocols/{protocol}/{path.name}", "")
                    yield from path.read_text(encoding="utf-8").splitlines()
            continue
        blocks = [
            block
            for message in dict.fromkeys(entry.message for entry in one.definitions)
            for block in message_source(protocol, service, message)
        ]
        for enum in one.enums or ():
            blocks += enum_source(protocol, service, enum)
        for file, group in groupby(blocks, key=lambda block: block.file):
            yield f"# {file}"
            for block in group:
                yield from ("", *block.text.splitlines(), "")
