# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe report``: everything there is to see, in one file for a bug report."""

from __future__ import annotations

import json
import os

import click

from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus

_ARCHIVES = (".tar.gz", ".tgz")
_PAGES = (".html", ".htm")


@click.command(
    "report",
    epilog="\b\nExamples:\n  qmiprobe report modem.tar.gz                everything, to send\n"
    "  qmiprobe report modem.html                  verdicts alone, to look at\n"
    "  qmiprobe report - | ssh desk 'cat > m.tar.gz'\n"
    "  qmiprobe doctor --sysroot modem.tar.gz      what was wrong there",
)
@click.argument("file", type=click.Path(dir_okay=False, writable=True, allow_dash=True))
@click.argument("device", type=DeviceType(), required=False)
@shared("json", "keep_personal", "sysroot", timeout=90.0)
def command(file: str, device: Address | None, options: Options) -> int:
    """Save what the machine shows of its modems, and what a check says of them, into FILE.

    A name in .tar.gz: an archive with the machine's files as --sysroot reads them, the reports
    of `check` and `doctor`, and a trace of what was asked meanwhile. A name in .html: the reports
    alone, as a page. `-`: the archive on standard output.

    Serial numbers, IMEI, IMSI, ICCID, phone numbers, Ethernet addresses and the host's name are
    masked unless --keep-personal is given. Nothing is changed.
    """
    if file != "-" and not file.endswith((*_ARCHIVES, *_PAGES)):
        raise click.UsageError(f"{file}: give it a name in .tar.gz or .html, or - for a pipe")
    if file == "-" and options.json:
        raise click.UsageError("the archive goes to standard output: --json has no place there")
    folder = os.path.dirname(os.path.abspath(file))
    if file != "-" and not os.access(folder, os.W_OK | os.X_OK):
        raise click.UsageError(f"{file}: no file can be written in {folder}")
    from qmiprobe.cli import _report_bundle as bundle

    found = bundle.examine(device, options, page=file.endswith(_PAGES))
    if isinstance(found, int):
        return found
    if file.endswith(_PAGES):
        bundle.write_page(file, found, options)
        about = bundle.about(found, None, options)
    else:
        about = bundle.write_archive(file, found, options)
    if options.json:
        click.echo(json.dumps({**about, "file": file}, indent=2, ensure_ascii=False))
        return ExitStatus.OK
    for line in bundle.said(about, file, found):
        click.echo(line, err=True)
    return ExitStatus.OK
