# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe report`` that examines the modems and writes the file."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

import trio

from qmiprobe import __version__, host
from qmiprobe.address import Address, ControlPort, resolve
from qmiprobe.check import (
    DOCTOR,
    LADDER,
    Check,
    CheckContext,
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
from qmiprobe.cli._whole_file import whole_file
from qmiprobe.errors import CannotTest, QmiprobeError
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

    copy: host.MachineCopy | None = None
    """The machine as it was before it was examined; None for a page."""
    check: list[Report] = field(default_factory=list)
    doctor: list[Report] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Why a modem could not be examined."""
    trace: bytes = b""


def examine(device: Address | None, options: Options, *, page: bool) -> Examined | int:
    """Save the machine, climb both ladders for every modem.

    Returns what came of it, or the status of a signal. What a modem does not answer in its share
    of the time is missing, and said.
    """
    found = Examined()
    with tempfile.TemporaryDirectory(prefix="qmiprobe-report-") as folder:
        trace = os.path.join(folder, "trace")
        traced = replace(options, trace=None if page else trace)

        async def main() -> int:
            if not page:
                found.copy = await _copied(options)
            await _all(device, traced, found)
            return 0

        status = run(main, timeout=options.timeout)
        if os.path.exists(trace):
            with open(trace, "rb") as file:
                found.trace = file.read()
    return status or found


async def _copied(options: Options) -> host.MachineCopy:
    # In a thread that is left behind if need be: sysfs may keep a reader waiting for a modem.
    return await trio.to_thread.run_sync(
        lambda: host.copy_machine(options.sysroot, keep_personal=options.keep_personal),
        abandon_on_cancel=True,
    )


async def _all(device: Address | None, options: Options, found: Examined) -> None:
    asked = patients(device, sysroot=options.sysroot)
    ladders = ((DOCTOR, found.doctor), (LADDER, found.check))
    share = (options.timeout or 90.0) * _SHARE / (len(asked) * len(ladders))
    with trace_to(options) as wrap:
        for one in asked:
            try:
                for ladder, reports in ladders:
                    with trio.fail_after(share):
                        async with resolve(one, sysroot=options.sysroot, wrap=wrap) as port:
                            reports.append(await _climbed(ladder, port, options, share))
            except trio.TooSlowError:
                name = "the modem" if one is None else str(one)
                found.failures.append(f"{name}: not done in {share:.0f} s; --timeout gives it more")
            except QmiprobeError as error:
                found.failures.append(str(error))


async def _climbed(
    ladder: Sequence[Check[CheckContext]], port: ControlPort, options: Options, share: float
) -> Report:
    shown = nullcontext() if options.json else progress(sys.stderr, color=options.color)
    with shown as observer:
        async with open_context(port, CheckOptions(sysroot=options.sysroot)) as context:
            return await climb(ladder, context, timeout=share * _SHARE, observer=observer)


def write_page(file: str, found: Examined, options: Options) -> None:
    """Write the verdicts of every modem as a page. Raises CannotTest where there are none."""
    if not found.check:
        raise CannotTest("; ".join(found.failures) or "no modem could be examined")
    text = html_page(_whole(found.check), name="qmiprobe", keep_personal=options.keep_personal)
    with whole_file(file) as out:
        out.write(text.encode())


def _whole(reports: list[Report]) -> Report | DoctorReport:
    return reports[0] if len(reports) == 1 else merged(reports)


def write_archive(file: str, found: Examined, options: Options) -> dict[str, object]:
    """Write the archive, whole or not at all; return what it says of itself."""
    copy = found.copy or host.MachineCopy()
    said = about(found, copy, options)
    modems = host.modems(options.sysroot)
    documents: dict[str, object] = {
        "about.json": said,
        "list.json": document(modems, holders_of(modems, options.sysroot)),
    }
    for name, reports in (("doctor", found.doctor), ("check", found.check)):
        if reports:
            whole = report_json(_whole(reports), keep_personal=options.keep_personal)
            documents[f"{name}.json"] = whole
    texts = {name: _json(one, copy.mask) for name, one in documents.items()}
    if found.trace:
        texts["control.trace"] = found.trace
    if file == "-":
        host.write_bundle(_stdout(), copy, documents=texts, made=time.time())
        return said
    with whole_file(file) as out:
        host.write_bundle(out, copy, documents=texts, made=time.time())
    return said


def _stdout() -> BinaryIO:
    return sys.stdout.buffer


def _json(value: object, mask: Callable[[str], str]) -> bytes:
    return (mask(json.dumps(value, indent=2, ensure_ascii=False)) + "\n").encode()


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
        denied = {os.strerror(errno.EACCES), os.strerror(errno.EPERM)}
        root = "; root may read them" if any(one["why"] in denied for one in unread) else ""
        yield f"not readable: {shown}{more}{root}"
