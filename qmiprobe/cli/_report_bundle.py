# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe report`` that examines the modems and writes the file."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from qmiprobe import __version__, host
from qmiprobe.address import Address, resolve
from qmiprobe.check import (
    DOCTOR,
    LADDER,
    CheckOptions,
    Report,
    climb,
    merged,
    open_context,
    patients,
)
from qmiprobe.cli._list_document import document, holders_of
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.cli._tracing import trace_to
from qmiprobe.errors import QmiprobeError
from qmiprobe.report import html_page, progress, report_json

if TYPE_CHECKING:
    from qmiprobe.check import DoctorReport

FORMAT = "qmiprobe-bundle/1"
_SHARE = 0.8
"""Of the whole time, for the climbs."""
_SHOWN = 4


@dataclass
class Examined:
    """What was found out before anything is written."""

    check: list[Report] = field(default_factory=list)
    doctor: list[Report] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Why a modem could not be examined, or that there is none."""
    trace: bytes = b""


def examine(device: Address | None, options: Options, *, page: bool) -> Examined | int:
    """Climb both ladders for every modem; return what came of it, or the status of a signal."""
    found = Examined()
    with tempfile.TemporaryDirectory(prefix="qmiprobe-report-") as folder:
        trace = os.path.join(folder, "trace")
        traced = replace(options, trace=None if page else trace)

        async def main() -> int:
            await _all(device, traced, found)
            return 0

        status = run(main, timeout=options.timeout)
        if os.path.exists(trace):
            with open(trace, "rb") as file:
                found.trace = file.read()
    return status or found


async def _all(device: Address | None, options: Options, found: Examined) -> None:
    asked = patients(device, sysroot=options.sysroot)
    share = (options.timeout or 90.0) * _SHARE / len(asked)
    with trace_to(options) as wrap:
        for one in asked:
            try:
                for ladder, reports in ((DOCTOR, found.doctor), (LADDER, found.check)):
                    async with resolve(one, sysroot=options.sysroot, wrap=wrap) as port:
                        shown = progress(sys.stderr, color=options.color)
                        with nullcontext() if options.json else shown as observer:
                            wanted = CheckOptions(sysroot=options.sysroot)
                            async with open_context(port, wanted) as context:
                                reports.append(
                                    await climb(ladder, context, timeout=share, observer=observer)
                                )
            except QmiprobeError as error:
                found.failures.append(str(error))


def write_page(file: str, found: Examined, options: Options) -> None:
    """Write the verdicts of every modem as a page."""
    text = html_page(_whole(found.check), name="qmiprobe", keep_personal=options.keep_personal)
    with open(file, "w", encoding="utf-8") as out:
        out.write(text)


def _whole(reports: list[Report]) -> Report | DoctorReport:
    return reports[0] if len(reports) == 1 else merged(reports)


def write_archive(file: str, found: Examined, options: Options) -> dict[str, object]:
    """Write the archive, whole or not at all; return what it says of itself."""
    copy = host.copy_machine(options.sysroot, keep_personal=options.keep_personal)
    said = about(found, copy, options)
    documents = {"about.json": _json(said)}
    modems = host.modems(options.sysroot)
    documents["list.json"] = _json(document(modems, holders_of(modems, options.sysroot)))
    for name, reports in (("doctor", found.doctor), ("check", found.check)):
        if reports:
            whole = report_json(_whole(reports), keep_personal=options.keep_personal)
            documents[f"{name}.json"] = _json(whole)
    if found.trace:
        documents["control.trace"] = found.trace
    if file == "-":
        host.write_bundle(_stdout(), copy, documents=documents, made=time.time())
        return said
    unfinished = f"{file}.part"
    try:
        with open(unfinished, "wb") as out:
            host.write_bundle(out, copy, documents=documents, made=time.time())
        os.replace(unfinished, file)
    finally:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
    return said


def _stdout() -> BinaryIO:
    return sys.stdout.buffer


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def about(found: Examined, copy: host.MachineCopy | None, options: Options) -> dict[str, object]:
    """Return what a report says of itself."""
    unread = {} if copy is None else copy.unread
    return {
        "format": FORMAT,
        "tool": {"name": "qmiprobe", "version": __version__},
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "kernel": host.kernel_release(options.sysroot),
        "personal": "kept" if options.keep_personal else "masked",
        "modems": [f"{one.name} {one.id}".strip() for one in host.modems(options.sysroot)],
        "files": 0 if copy is None else len(copy.files) + len(copy.links),
        "bytes": 0 if copy is None else copy.size,
        "unread": [{"path": path, "why": why} for path, why in sorted(unread.items())],
        "failures": found.failures,
    }


def said(about: dict[str, object], file: str, found: Examined) -> Iterator[str]:
    """Give the lines that tell a person what was written and what is missing in it."""
    name = "standard output" if file == "-" else file
    modems, unread = about["modems"], about["unread"]
    count = len(modems) if isinstance(modems, list) else 0
    what = f"{count or 'no'} modem{'' if count == 1 else 's'} on this machine"
    yield f"{name}: {what}, personal values {about['personal']}"
    for text in found.failures:
        yield f"not examined: {text}"
    if isinstance(unread, list) and unread:
        shown = ", ".join(f"{one['path']} ({one['why']})" for one in unread[:_SHOWN])
        more = f" and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
        yield f"not readable: {shown}{more}; root may read them"
