# SPDX-License-Identifier: GPL-2.0-or-later
"""``--trace``: every message of every port that a command opens, on its way into a file."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmiprobe.address import Protocol
    from qmiprobe.address._resolve import Wrap
    from qmiprobe.cli._options import Options
    from qmiprobe.transport import ControlTransport


@contextmanager
def trace_to(options: Options) -> Iterator[Wrap | None]:
    """Yield what writes a trace of every port that is opened, or None where none is wanted."""
    if options.trace is None:
        yield None
        return
    with _writable(options.trace) as file:
        yield partial(_traced, file=file, keep_personal=options.keep_personal)


def _writable(path: str) -> TextIO:
    try:
        return Path(path).open("w", encoding="utf-8")
    except OSError as error:
        raise click.FileError(path, error.strerror) from None


def _traced(
    transport: ControlTransport, protocol: Protocol, *, file: TextIO, keep_personal: bool
) -> ControlTransport:
    from qmiprobe.capture import redact, title
    from qmiprobe.transport import Tracing

    return Tracing(
        transport,
        file,
        protocol=protocol,
        redact=None if keep_personal else partial(redact, protocol=protocol),
        name_of=partial(title, protocol=protocol),
    )
