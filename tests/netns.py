# SPDX-License-Identifier: GPL-2.0-or-later
"""Run a test's body in a network namespace of its own: a forked child under trio.

The namespace, its netdevs and whatever the body leaves running end with the child, which is
killed when the time is up and when the parent dies.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import select
import signal
import struct
import sys
import time
import traceback
import warnings
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

import pytest
import trio

from qmiprobe.errors import CannotTest
from qmiprobe.sim.dataplane import enter_namespace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_PR_SET_PDEATHSIG = 1
_GRACE_SECONDS = 3.0

Result = TypeVar("Result")


class BodyFailed(AssertionError):
    """The body raised in the child; the text is the child's traceback."""


def run_in_netns(
    async_fn: Callable[..., Awaitable[Result]], *args: object, timeout: float = 30
) -> Result:
    """Call ``async_fn(*args)`` under trio in a new network namespace and return its result.

    Call it from a plain test function, not from an ``async`` one. ``args`` may be anything, the
    result must be picklable. Raises BodyFailed with the child's traceback when the body raises or
    does not finish within ``timeout`` seconds; pytest.skip() in the body skips the test.
    """
    kind, value = _run_child(lambda: _run_body(async_fn, args, timeout), timeout + _GRACE_SECONDS)
    if kind == "result":
        return cast("Result", value)
    if kind == "skipped":
        pytest.skip(str(value))
    raise BodyFailed(f"in the namespace of the test:\n{value}")


def _run_child(act: Callable[[], tuple[str, object]], seconds: float) -> tuple[str, object]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside idle worker threads
        child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(act, writing)
    os.close(writing)
    try:
        answer = _read_answer(reading, seconds)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if answer is None:
        return "failed", f"nothing came back within {seconds:g} s"
    if not answer:
        return "failed", f"the child died with wait status {status}"
    kind, value = pickle.loads(answer)
    return kind, value


def _be_child(act: Callable[[], tuple[str, object]], writing: int) -> NoReturn:
    answer: tuple[str, object] = ("failed", "the child ended early")
    try:
        os.setpgid(0, 0)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        answer = act()
    except BaseException:
        answer = ("failed", traceback.format_exc())
    finally:
        try:
            data = pickle.dumps(answer)
        except Exception as error:
            data = pickle.dumps(("failed", f"the result cannot be pickled: {error}"))
        sys.stdout.flush()
        sys.stderr.flush()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(struct.pack("=Q", len(data)) + data)
        os._exit(0)


def _run_body(
    async_fn: Callable[..., Awaitable[Result]], args: tuple[object, ...], timeout: float
) -> tuple[str, object]:
    async def bounded() -> Result:
        with trio.fail_after(timeout):
            return await async_fn(*args)

    try:
        enter_namespace()
    except CannotTest as error:
        return "skipped", f"netns: {error}"
    try:
        return "result", trio.run(bounded)
    except pytest.skip.Exception as skipped:
        return "skipped", str(skipped)


def _read_answer(reading: int, seconds: float) -> bytes | None:
    """Return the child's answer, empty where it died without one, None when time was up.

    The answer has a length because processes that the child leaves behind hold the pipe open.
    """
    deadline = time.monotonic() + seconds
    data = b""
    while len(data) < 8 or len(data) < 8 + struct.unpack_from("=Q", data)[0]:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return None
        part = os.read(reading, 1 << 20)
        if not part:
            return b""
        data += part
    return data[8:]
