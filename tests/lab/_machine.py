# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a command in the virtual machine: one boot, one command, its output and exit status.

The machine is emulated in software, so it needs no rights and nothing of the processor. It sees
this system's files, may change them only for itself, and is gone after the command.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lab._prepare import HERE, QEMU, Prepared, missing, prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MEMORY_MB = 1536
SHARE = Path("/run/lab")
"""Inside the machine: the folder that both sides read and write."""
_ALWAYS = {"QMIPROBE_LAB": "inside", "LC_ALL": "C.UTF-8", "HOME": "/root", "PYTHONUNBUFFERED": "1"}
_NOISE = re.compile(r"vhci_hcd: (unlink->seqnum|urb->status) ")
_PASSED_ON = ("CI", "QMIPROBE_VECTORS")


class CannotStart(Exception):
    """No machine can be started here; the text says why and what to do."""


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int | None
    """Its exit status; None when the machine did not get as far before its time was up."""
    output: str
    """Standard output and standard error."""
    kernel_log: str
    seconds: float

    def explain(self, *, lines: int = 40) -> str:
        """Return the end of the output and of the kernel's log, for the text of a failure."""
        end = "exit status " + str(self.status) if self.status is not None else "did not finish"
        tail = "\n".join(self.output.splitlines()[-lines:])
        log = self.last_said(lines)
        return f"{end} after {self.seconds:.0f} s\n{tail}\n--- kernel log of the machine\n{log}"

    def last_said(self, lines: int) -> str:
        """Return the end of the kernel's log, without what vhci_hcd says of each transfer."""
        told = [line for line in self.kernel_log.splitlines() if not _NOISE.search(line)]
        return "\n".join(told[-lines:])


def run(
    command: Sequence[str],
    *,
    folder: Path,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    share: Path | None = None,
    watch: Callable[[Path], None] | None = None,
) -> Ran:
    """Run ``command`` in ``folder`` of a new machine for at most ``seconds``, boot included.

    ``share`` is seen in the machine as SHARE; ``watch`` is called again and again meanwhile with
    the file that the output grows in. Raises CannotStart.
    """
    made = prepared()
    reason = missing()
    if made is None or reason is not None:
        raise CannotStart(reason or "not prepared")
    with _folder(share) as shared:
        _write_orders(shared, command, folder, environment or {})
        begun = time.monotonic()
        failure = _run_machine(made, shared, begun + seconds, watch)
        return Ran(
            status=_status(shared),
            output=_text(shared / "output") + failure,
            kernel_log=_text(shared / "dmesg") or _text(shared / "console"),
            seconds=time.monotonic() - begun,
        )


@contextmanager
def _folder(share: Path | None) -> Iterator[Path]:
    if share is not None:
        yield share
        return
    with tempfile.TemporaryDirectory(prefix="qmiprobe-lab-") as name:
        yield Path(name)


def _write_orders(
    shared: Path, command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> None:
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    kept = [str(folder)]
    variables = {
        **_ALWAYS,
        **passed_on,
        **environment,
        "LAB_FOLDER": str(folder),
        "LAB_KEPT": " ".join(kept),
    }
    lines = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    (shared / "environment").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (shared / "command").write_text(shlex.join(command) + "\n", encoding="utf-8")
    shutil.copy(HERE / "guest.sh", shared)
    (shared / "status").unlink(missing_ok=True)


def _run_machine(
    made: Prepared, shared: Path, deadline: float, watch: Callable[[Path], None] | None
) -> str:
    """Run the machine to its end or the deadline; return what QEMU itself complained about."""
    with (shared / "qemu").open("w+") as complaints:
        machine = subprocess.Popen(
            _command_line(made, shared),
            stdin=subprocess.DEVNULL,
            stdout=complaints,
            stderr=complaints,
        )
        try:
            while machine.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
                if watch is not None:
                    watch(shared / "output")
        finally:
            machine.kill()
            machine.wait()
        if watch is not None:
            watch(shared / "output")
        return _text(shared / "qemu")


def _command_line(made: Prepared, shared: Path) -> list[str]:
    line = ["setpriv", "--pdeathsig", "KILL", QEMU, "-accel", "tcg", "-machine", "pc"]
    line += ["-cpu", "max", "-m", str(MEMORY_MB), "-nodefaults", "-no-user-config", "-no-reboot"]
    line += ["-display", "none", "-serial", f"file:{shared / 'console'}"]
    line += ["-kernel", str(made.kernel), "-initrd", str(made.initramfs)]
    # A timer that a loaded host lets come late is no reason to panic: it is there.
    line += ["-append", "console=ttyS0 loglevel=4 panic=-1 no_timer_check"]
    read_only = {"host": Path("/"), "guest": made.guest, "kernel": made.modules}
    for tag, path in read_only.items():
        line += ["-virtfs", f"local,path={path},mount_tag={tag},{_NINE},readonly=on"]
    return [*line, "-virtfs", f"local,path={shared},mount_tag=share,{_NINE}"]


_NINE = "security_model=none,multidevs=remap"


def _status(shared: Path) -> int | None:
    text = _text(shared / "status").strip()
    return int(text) if text else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
