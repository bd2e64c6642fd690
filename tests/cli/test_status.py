# SPDX-License-Identifier: GPL-2.0-or-later
"""Exit statuses: each kind of error has its own, and says one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from qmiprobe import errors
from qmiprobe.cli._status import ExitStatus, status_of
from tests.cli.program import python

_FAILING = """
import sys, types, click
from qmiprobe import errors
@click.command()
@click.option("-v", "--verbose", count=True)
def command(verbose):
    {body}
sys.modules["qmiprobe.cli.check"] = types.SimpleNamespace(command=command)
from qmiprobe.cli import main; main()
"""


def _end(body: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(_FAILING.format(body=body), *arguments)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.AddressError("x"), 2),
        (errors.EncodeError("x"), 2),
        (errors.CannotTest("x"), 3),
        (errors.PortMissing("x", port="p"), 3),
        (errors.PortPermission("x", port="p"), 3),
        (errors.PortBusy("x", port="p"), 3),
        (errors.NoAnswer("x"), 4),
        (errors.OtherProtocol("x", heard="mbim"), 5),
        (errors.DecodeError("x"), 1),
        (errors.DeviceGone("x", port="p"), 1),
        (errors.QmiError("x", error=3), 1),
        (errors.DefinitionError("x"), 70),
        (ValueError("x"), 70),
        (KeyboardInterrupt(), 130),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_each_error_has_its_status(error: BaseException, status: int):
    assert status_of(error) == status
    assert status_of(BaseExceptionGroup("several", [error])) == status


def test_group_has_the_status_of_its_gravest_member():
    several = [errors.NoAnswer("x"), errors.DecodeError("y")]
    assert status_of(ExceptionGroup("two", several)) == ExitStatus.DEFECT
    assert status_of(ExceptionGroup("bug", [*several, KeyError("z")])) == ExitStatus.FAILED
    nested = ExceptionGroup("outer", [ExceptionGroup("inner", [errors.CannotTest("x")])])
    assert status_of(nested) == ExitStatus.CANNOT_TEST


def test_error_of_ours_is_one_line_without_a_traceback():
    done = _end("raise errors.NoAnswer('sim:x: no answer within 5 s')")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "qmiprobe: sim:x: no answer within 5 s\n"


def test_verbose_adds_the_traceback():
    done = _end("raise errors.NoAnswer('nothing came')", "-v")
    assert done.returncode == 4
    assert "Traceback" in done.stderr
    assert done.stderr.endswith("qmiprobe: nothing came\n")


def test_errors_of_a_group_are_a_line_each():
    done = _end("raise ExceptionGroup('x', [errors.DecodeError('a'), errors.CannotTest('b')])")
    assert (done.returncode, done.stderr) == (
        1,
        "qmiprobe: a (at byte 0)\nqmiprobe: b\n",
    )


def test_bug_is_70_and_asks_for_a_report():
    done = _end("raise ValueError('unforeseen')")
    assert done.returncode == 70
    assert "ValueError: unforeseen" in done.stderr
    assert "Please report" in done.stderr


def test_interrupt_is_130_without_a_traceback():
    done = _end("raise KeyboardInterrupt")
    assert (done.returncode, done.stderr.strip()) == (130, "")


def test_status_that_a_command_returns_is_the_exit_status():
    assert _end("return 5").returncode == 5
    assert _end("return None").returncode == 0


def test_reader_that_goes_away_is_no_bug():
    code = _FAILING.format(body="[click.echo('x' * 99) for _ in range(9999)]")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=30) == ExitStatus.PIPE_CLOSED


_ASYNC = """
import sys, trio
from qmiprobe.cli._run import run
async def main():
    try:
        print("up", flush=True)
        await trio.sleep({sleep})
    finally:
        with trio.move_on_after(5, shield=True):
            await trio.sleep({cleanup})
            print("put back", flush=True)
    return 0
sys.exit(run(main, timeout=None))
"""


def _signalled(number: int, *, cleanup: float = 0.05, times: int = 1) -> tuple[int, str, str]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", _ASYNC.format(sleep=30, cleanup=cleanup)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    for _ in range(times):
        os.kill(process.pid, number)
        try:
            process.wait(timeout=0.5 if times > 1 else 20)
        except subprocess.TimeoutExpired:
            continue
    output, complaints = process.communicate(timeout=20)
    return process.returncode, output, complaints


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_ends_the_run_after_it_was_put_back(number: int, status: int):
    assert _signalled(number) == (status, "put back\n", "")


def test_second_signal_does_not_wait():
    assert _signalled(signal.SIGINT, cleanup=4, times=2) == (130, "", "")
