# SPDX-License-Identifier: GPL-2.0-or-later
"""A control port that is a character device: cdc-wdm, a wwan port, a tty or a pty.

What is peculiar about cdc-wdm (drivers/usb/class/cdc-wdm.c), and what is done about it:

* one write is one command, and what is longer than the driver's buffer is cut off in
  silence: the size is asked for, a longer command refused, the count of a write compared;
* a write returns before the command has left; that it failed is told to the next write;
* an answer that does not fit is dropped, and only a read that finds nothing else says so
  (ENOBUFS): reading goes on until there is nothing, and only then waits;
* after a failed transfer a read may return nothing, once: that is no end of the port;
* after a failed command poll says ERR until the next write, and after an unplug HUP for
  ever: a wake-up that brought nothing is followed by a look at HUP and a pause.

A tty is a byte stream: a short write there is continued.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import trio

from qmiprobe.errors import AnswerLost, DeviceGone, TransportError
from qmiprobe.transport._failures import GONE_TEXT, read_failure, write_failure
from qmiprobe.transport._inbox import Inbox
from qmiprobe.transport._open import open_port
from qmiprobe.transport._system import Linux

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from qmiprobe._framing import Frame, Framer, Garbage
    from qmiprobe.transport._open import OpenPort
    from qmiprobe.transport._system import System

    RawTrace = Callable[[Literal["to-device", "from-device"], bytes], None]

LINUX = Linux()
READ_AT_LEAST = 4096
READ_UNKNOWN = 0x10000
PAUSE = 0.01
"""Seconds after a wake-up that brought nothing, or after a failed read."""
REST_PATIENCE = 5.0
"""Seconds that the rest of a message may take once a tty took its beginning."""
CLOSE_PATIENCE = 2.0
"""Seconds that closing may take; the driver itself waits 30 s for a command that is stuck."""


async def open_wdm(
    path: str, framer: Framer, *, trace: RawTrace | None = None, system: System = LINUX
) -> WdmTransport:
    """Opens the control port at ``path``; a tty is set to raw until it is closed.

    ``trace`` sees what each read and write carried, before framing.
    Raises PortMissing, PortPermission, PortBusy, DeviceGone, DeviceReset or TransportError,
    whose texts say what can be done.
    """
    port = await trio.to_thread.run_sync(open_port, path, system)
    return WdmTransport(port, framer=framer, trace=trace)


class WdmTransport:
    """A :class:`~qmiprobe.transport.ControlTransport` over an open character device."""

    def __init__(self, port: OpenPort, *, framer: Framer, trace: RawTrace | None = None) -> None:
        self._port = port
        self._system = port.system
        self._trace = trace
        self._inbox = Inbox(framer, port=port.path)
        self._sending = trio.Lock()
        self._closed = False
        self._read_failed = False

    @property
    def name(self) -> str:
        """The path that was opened."""
        return self._port.path

    @property
    def max_command(self) -> int | None:
        """What the cdc-wdm driver says it takes, in bytes; None for other drivers."""
        return self._port.max_command

    async def send(self, message: bytes) -> None:
        """Writes one message; see :class:`~qmiprobe.transport.ControlTransport`.

        That it returns does not say that the device has it: on cdc-wdm the failure of a
        command is raised by the next send, whose own message is then not sent.
        """
        self._refuse_impossible(message)
        async with self._sending:
            written = await self._write(message)
            if written == len(message):
                return
            if not self._port.is_terminal:
                raise self._error(
                    f"the driver took {written} of {len(message)} bytes: the device got a "
                    "command without its end; send shorter messages"
                )
            await self._write_rest(message, written)

    async def receive(self) -> Frame | Garbage:
        """The next message; see :class:`~qmiprobe.transport.ControlTransport`."""
        return await self._inbox.take(self._fill)

    async def drain(self, seconds: float) -> list[Frame | Garbage]:
        """What comes unasked within ``seconds``: answers to a reader before us, indications.

        To be called before the first request, or the port may stay one answer behind.
        A message that is not whole by then is given up, and that older answers were lost
        is of no concern. Raises as ``receive``; what was read can then still be received.
        """
        found: list[Frame | Garbage] = []
        try:
            with trio.move_on_after(seconds):
                while True:
                    try:
                        found.append(await self.receive())
                    except AnswerLost:
                        continue
        except BaseException:
            self._inbox.put_back(found)
            raise
        return found + self._inbox.take_rest()

    async def aclose(self) -> None:
        """Closes the port and puts a tty's settings back. Never raises; takes 2 s at most."""
        if self._closed:
            return
        self._closed = True
        self._inbox.clear()
        self._inbox.end("closed by this program")
        self._system.notify_closing(self._port.fd)
        with trio.move_on_after(CLOSE_PATIENCE, shield=True):
            # A limiter of its own: a close that waits for a slot could be given up unborn.
            limiter = trio.CapacityLimiter(1)
            await trio.to_thread.run_sync(self._port.close, abandon_on_cancel=True, limiter=limiter)

    async def _fill(self) -> None:
        """Carries one read, waited for if need be, or its failure into the inbox."""
        if self._read_failed:
            self._read_failed = False
            await trio.sleep(PAUSE)
        woken = False
        while not self._inbox.ended:
            try:
                data = self._system.read(self._port.fd, self._read_size)
            except BlockingIOError:
                await self._wait(self._system.wait_readable, again=woken)
                woken = True
            except OSError as error:
                self._note_failed_read(error)
                return
            else:
                if not data and not self._is_at_end():
                    self._read_failed = True
                    return
                self._note_read(data)
                return

    async def _write(self, data: bytes) -> int:
        """One write, waited for if need be; returns the count. Cancelled: nothing written."""
        woken = False
        while True:
            self._inbox.check_open()
            try:
                written = self._system.write(self._port.fd, data)
            except BlockingIOError:
                await self._wait(self._system.wait_writable, again=woken)
                woken = True
            except OSError as error:
                raise self._note_failed_write(error) from error
            else:
                if self._trace:
                    self._trace("to-device", data[:written])
                return written

    async def _write_rest(self, message: bytes, written: int) -> None:
        """Shielded: half a message on a stream would swallow the one after it."""
        with trio.move_on_after(REST_PATIENCE, shield=True):
            while written < len(message):
                written += await self._write(message[written:])
        if written < len(message):
            raise self._error(
                f"{written} of {len(message)} bytes went out, then {REST_PATIENCE:g} s nothing: "
                "the other end does not read; close and open the port again"
            )

    async def _wait(self, ready: Callable[[int], Awaitable[None]], *, again: bool) -> None:
        """Waits for ``ready``; ``again``: it has said so before, and there was nothing."""
        if again:
            if self._system.hung_up(self._port.fd):
                self._end("the port hung up: unplugged, or its driver was unbound")
                return
            await trio.sleep(PAUSE)
            if self._inbox.ended:
                return
        try:
            await ready(self._port.fd)
        except trio.ClosedResourceError:
            return  # whoever closed has ended the inbox

    @property
    def _read_size(self) -> int:
        return max(READ_AT_LEAST, self._port.max_command or READ_UNKNOWN)

    def _refuse_impossible(self, message: bytes) -> None:
        limit = self._port.max_command
        if not message:
            raise self._error("an empty message cannot be sent")
        if limit is not None and len(message) > limit:
            raise self._error(
                f"a message of {len(message)} bytes was not sent: the driver takes {limit} and "
                "would cut off the rest in silence; use fragments or ask for less"
            )

    def _note_read(self, data: bytes) -> None:
        if not data:
            self._end("the other end closed the port")
            return
        if self._trace:
            self._trace("from-device", data)
        self._inbox.feed(data)

    def _note_failed_read(self, error: OSError) -> None:
        failure = read_failure(error, port=self.name, is_at_end=self._is_at_end)
        if isinstance(failure, DeviceGone):
            self._end(GONE_TEXT, failure.errno)
        else:
            self._read_failed = True
            self._inbox.fail(failure)

    def _note_failed_write(self, error: OSError) -> TransportError:
        failure = write_failure(error, port=self.name, is_at_end=self._is_at_end)
        if isinstance(failure, DeviceGone):
            self._end(GONE_TEXT, failure.errno)
        return failure

    def _is_at_end(self) -> bool:
        """Whether EIO means the end: always on a tty; a removed wwan port says HUP with it."""
        return self._port.is_terminal or self._system.hung_up(self._port.fd)

    def _end(self, text: str, number: int | None = None) -> None:
        self._inbox.end(text, errno=number)
        self._system.notify_closing(self._port.fd)

    def _error(self, text: str) -> TransportError:
        return TransportError(text, port=self.name)
