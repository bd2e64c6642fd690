# SPDX-License-Identifier: GPL-2.0-or-later
"""``field=value`` words of a command line as nested data: ``a.b=1``, ``a[0].b=1``, ``a=@file``.

``@file`` alone has several fields, as ``decode --json`` shows them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe._plain import Json

_ASSIGNMENT = re.compile(r"(?P<path>[A-Za-z0-9][\w.\[\]-]*)=(?P<value>.*)", re.DOTALL)
_STEP = re.compile(r"(?:^|\.)(?P<name>[\w-]+)|\[(?P<index>\d+)\]")
_MOST_ITEMS = 1000


def assemble(words: Iterable[str]) -> dict[str, Json]:
    """Return the words as one object; names may be written with underscores too."""
    fields: dict[str | int, object] = {}
    for word in words:
        if word.startswith("@"):
            for name, item in _object(word).items():
                _put(fields, [name.replace("_", "-")], item, f"{name} of {word}")
            continue
        path, value = _parse(word)
        _put(fields, path, value, word)
    return cast("dict[str, Json]", _lists(fields, ""))


def _object(word: str) -> dict[str, object]:
    """Return the fields in a file."""
    data = _value(word)
    if not isinstance(data, dict):
        raise click.UsageError(f"{word!r}: a JSON object with fields is wanted; else FIELD=@FILE")
    return data


def _parse(word: str) -> tuple[list[str | int], object]:
    match = _ASSIGNMENT.fullmatch(word)
    if match is None:
        raise click.UsageError(f"{word!r} is no FIELD=VALUE")
    steps = list(_STEP.finditer(match["path"]))
    path = [one["name"].replace("_", "-") if one["name"] else int(one["index"]) for one in steps]
    if "".join(one[0] for one in steps) != match["path"]:
        raise click.UsageError(f"{match['path']!r} is no field: write a.b=1 or a[0].b=1")
    return path, _value(match["value"])


def _value(text: str) -> object:
    """Return the text; ``@FILE`` is the JSON in that file, ``@@`` stands for one ``@``."""
    if not text.startswith("@") or text.startswith("@@"):
        return text.removeprefix("@")
    try:
        return json.loads(Path(text[1:]).read_text(encoding="utf-8"))
    except OSError as error:
        raise click.FileError(text[1:], error.strerror) from None
    except ValueError as error:
        raise click.UsageError(f"{text[1:]}: not JSON: {error}") from None


def _put(fields: dict[str | int, object], path: list[str | int], value: object, word: str) -> None:
    here = fields
    for step in path[:-1]:
        inner = here.setdefault(step, {})
        if not isinstance(inner, dict):
            raise click.UsageError(f"{word!r}: that field has a value already")
        here = inner
    if path[-1] in here:
        raise click.UsageError(f"{word!r}: that field has a value already")
    here[path[-1]] = value


def _lists(value: object, where: str) -> object:
    """Turn what has numbers for keys into lists."""
    if not isinstance(value, dict):
        return value
    inside = {key: _lists(item, _below(where, key)) for key, item in value.items()}
    if not any(isinstance(key, int) for key in inside):
        return inside
    wanted = range(min(len(inside), _MOST_ITEMS))
    if set(inside) != set(wanted):
        raise click.UsageError(f"{where}: items are counted from [0], without gaps")
    return [inside[index] for index in wanted]


def _below(where: str, key: str | int) -> str:
    return f"{where}[{key}]" if isinstance(key, int) else f"{where}.{key}".lstrip(".")
