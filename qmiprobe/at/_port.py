# SPDX-License-Identifier: GPL-2.0-or-later
"""A tty that may speak AT: opened, asked, and left as it was; every step is bounded in time."""

from __future__ import annotations

import errno
import os
import termios
import tty
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

import trio

from qmiprobe.at._recognise import FINAL
from qmiprobe.errors import (
    CannotTest,
    DeviceGone,
    NoAnswer,
    PortBusy,
    PortMissing,
    PortPermission,
    TransportError,
)

OPEN_S = 5.0
CLOSE_S = 2.0
ASK_S = 2.0
_BAUD = 115200
"""USB does not care; a real serial line of a modem has this one."""
_MOST = 1 << 16
"""Bytes of one answer; more is no answer to a command that only reads."""
_GONE = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.EPIPE)
_KINDS: dict[int, type[TransportError]] = {
    errno.ENOENT: PortMissing,
    errno.ENXIO: PortMissing,
    errno.ENODEV: PortMissing,
    errno.EACCES: PortPermission,
    errno.EPERM: PortPermission,
    errno.EBUSY: PortBusy,
    errno.EAGAIN: PortBusy,
}


class _Serial(Protocol):
    """As much of pyserial's port as is used: it has no types of its own."""

    def fileno(self) -> int: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class AtAnswer:
    """What came back on a command."""

    command: str
    lines: tuple[str, ...]
    """Without the echo of the command and without the result."""
    result: str
    """``OK``, ``ERROR``, ``+CME ERROR: 10``, ..."""
    data: bytes
    """All of it as it came."""

    @property
    def ok(self) -> bool:
        """Whether the command was carried out."""
        return self.result == "OK"


class AtPort:
    """An open port; made by :func:`open_at`."""

    def __init__(self, serial: _Serial, path: str) -> None:
        self.path = path
        self._fd = serial.fileno()

    async def ask(self, command: str, *, timeout: float = ASK_S) -> AtAnswer:
        """Send one command and return its answer.

        Raises NoAnswer where no result comes within ``timeout`` seconds; what came in its place is
        its ``observed``. Raises DeviceGone where the port is gone.
        """
        data = bytearray()
        with trio.move_on_after(timeout):
            await self._send(f"{command}\r".encode("ascii"))
            while len(data) < _MOST:
                data += await self._receive()
                answer = _parsed(command, bytes(data))
                if answer is not None:
                    return answer
        error = NoAnswer(f"{self.path}: no answer to {command} within {timeout:g} s")
        error.observed = bytes(data)
        raise error

    async def listen(
        self, seconds: float, *, until: Callable[[bytes], bool] = lambda _: False
    ) -> bytes:
        """Return what the port sends by itself within ``seconds``, or up to what was waited for."""
        data = bytearray()
        with trio.move_on_after(seconds):
            while len(data) < _MOST and not until(bytes(data)):
                data += await self._receive()
        return bytes(data)

    async def _send(self, data: bytes) -> None:
        while data:
            await trio.lowlevel.wait_writable(self._fd)
            try:
                sent = os.write(self._fd, data)
            except BlockingIOError:
                continue
            except OSError as error:
                raise _failure(error, self.path) from error
            data = data[sent:]

    async def _receive(self) -> bytes:
        while True:
            await trio.lowlevel.wait_readable(self._fd)
            try:
                data = os.read(self._fd, 4096)
            except BlockingIOError:
                continue
            except OSError as error:
                raise _failure(error, self.path) from error
            if not data:
                raise DeviceGone("the other end closed the port", port=self.path)
            return data


@asynccontextmanager
async def open_at(path: str) -> AsyncIterator[AtPort]:
    """Open a tty while the block runs; its settings are put back after it.

    Raises PortMissing, PortPermission, PortBusy or TransportError where it cannot be opened,
    CannotTest for what is no tty or does not open within :data:`OPEN_S` seconds.
    """
    serial, before = await _opened(path)
    try:
        yield AtPort(serial, path)
    finally:
        # What was not sent would make closing wait for the modem to take it.
        with trio.CancelScope(shield=True), trio.move_on_after(CLOSE_S):
            await trio.to_thread.run_sync(_close, serial, before, abandon_on_cancel=True)


async def _opened(path: str) -> tuple[_Serial, list[object]]:
    with trio.move_on_after(OPEN_S):
        return await trio.to_thread.run_sync(_open, path, abandon_on_cancel=True)
    raise CannotTest(f"{path}: opening it takes longer than {OPEN_S:g} s: does the modem hang?")


def _open(path: str) -> tuple[_Serial, list[object]]:
    import serial

    try:
        # First without pyserial: only so are the settings seen that are to be put back.
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _failure(error, path, opening=True) from error
    try:
        before: list[object] = termios.tcgetattr(fd)
        # As it stands a tty may send back to the modem whatever comes from there.
        tty.setraw(fd, termios.TCSANOW)
        port: _Serial = serial.Serial(path, _BAUD, timeout=0, write_timeout=0, exclusive=True)
    except termios.error as error:
        raise CannotTest(f"{path} is no serial port: {error.args[-1]}") from error
    except serial.SerialException as error:
        number = error.errno or errno.EBUSY
        raise _failure(OSError(number, str(error)), path, opening=True) from error
    finally:
        os.close(fd)
    return port, before


def _close(port: _Serial, before: list[object]) -> None:
    with suppress(OSError, termios.error):
        termios.tcflush(port.fileno(), termios.TCIOFLUSH)
        termios.tcsetattr(port.fileno(), termios.TCSANOW, before)  # type: ignore[arg-type]
    with suppress(OSError):
        port.close()


def _failure(error: OSError, path: str, *, opening: bool = False) -> TransportError:
    number = error.errno or 0
    if not opening and number in _GONE:
        return DeviceGone("the port is gone", port=path, errno=number)
    kind = _KINDS.get(number, TransportError)
    if kind is PortBusy:
        return PortBusy("another program has it to itself", port=path, errno=number)
    text = error.strerror or str(error)
    return kind(f"cannot be {'opened' if opening else 'used'}: {text}", port=path, errno=number)


def _parsed(command: str, data: bytes) -> AtAnswer | None:
    """Return the answer once its result is there as a whole line."""
    text = data.decode("ascii", "replace")
    whole = text[: max(text.rfind("\r"), text.rfind("\n")) + 1]
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if FINAL.fullmatch(line):
            said = tuple(one for one in lines[:number] if one != command)
            return AtAnswer(command, said, line, data)
    return None
