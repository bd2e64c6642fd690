# SPDX-License-Identifier: GPL-2.0-or-later
"""Places of the bed: a network namespace each, held by a thread that runs what it is given."""

from __future__ import annotations

import ctypes
import fcntl
import os
import queue
import socket
import struct
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qmiprobe.sim.dataplane._interface import set_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Made = TypeVar("Made")

_CLONE_NEWNET = 0x40000000
_SIOCETHTOOL = 0x8946
# ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO: veth would hand over aggregates that no path carries
_OFFLOADS = (0x17, 0x19, 0x1F, 0x24, 0x2C)
_PATH = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"}


class Place:
    """A network namespace; the client's is that of the process itself."""

    def __init__(self, name: str, *, own: bool = False) -> None:
        self.name = name
        self.number = os.getpid()
        """Thread id, which ``ip link ... netns`` takes."""
        self._work: queue.SimpleQueue[Callable[[], None] | None] | None = None
        if not own:
            self._start()

    def _start(self) -> None:
        ready: queue.SimpleQueue[int | BaseException] = queue.SimpleQueue()
        work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._work = work

        def serve() -> None:
            try:
                libc = ctypes.CDLL(None, use_errno=True)
                if libc.unshare(_CLONE_NEWNET) != 0:
                    number = ctypes.get_errno()
                    raise OSError(number, f"unshare: {os.strerror(number)}")
                set_up("lo")
            except BaseException as error:
                ready.put(error)
                return
            ready.put(threading.get_native_id())
            while (act := work.get()) is not None:
                act()

        threading.Thread(target=serve, name=f"bed-{self.name}", daemon=True).start()
        answer = ready.get()
        if isinstance(answer, BaseException):
            raise answer
        self.number = answer

    def close(self) -> None:
        """End the thread; sockets that live on keep the namespace."""
        if self._work is not None:
            self._work.put(None)

    def call(self, function: Callable[[], Made]) -> Made:
        """Run ``function`` there and return what it returns; its exception comes through."""
        if self._work is None:
            return function()
        answers: queue.SimpleQueue[tuple[Made | None, BaseException | None]] = queue.SimpleQueue()

        def act() -> None:
            try:
                answers.put((function(), None))
            except BaseException as error:
                answers.put((None, error))

        self._work.put(act)
        made, error = answers.get()
        if error is not None:
            raise error
        return made  # type: ignore[return-value]

    def run(self, *command: str, text: str = "") -> str:
        """Run a program there and return what it wrote; AssertionError when it fails."""

        def act() -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                command, input=text, capture_output=True, text=True, check=False, env=_PATH
            )

        done = self.call(act)
        assert done.returncode == 0, f"{self.name}: {' '.join(command)}: {done.stderr}\n{text}"
        return done.stdout

    def ip(self, lines: Iterable[str]) -> None:
        """Run lines of ``ip``, as ``link set dev wwan0 mtu 1430``."""
        self.run("ip", "-batch", "-", text="\n".join(lines) + "\n")

    def nft(self, script: str) -> None:
        """Load rules of nftables."""
        self.run("nft", "-f", "-", text=script)

    def shell(self, lines: Iterable[str]) -> None:
        """Run commands by a shell that stops at the first one that fails."""
        self.run("sh", "-e", text="\n".join(lines) + "\n")

    def sysctl(self, **settings: int | str) -> None:
        """Write settings below /proc/sys/net; ``__`` stands for a slash."""

        def act() -> None:
            for name, value in settings.items():
                file = Path("/proc/sys/net", name.replace("__", "/"))
                file.write_text(str(value), encoding="ascii")

        self.call(act)

    def plain(self, *names: str) -> None:
        """Switch the offloads of veth netdevs off: packets are then as long as on a wire."""

        def act() -> None:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
                for name in names:
                    for number in _OFFLOADS:
                        _switch_off(control, name, number)

        self.call(act)


def _switch_off(control: socket.socket, name: str, number: int) -> None:
    value = ctypes.create_string_buffer(struct.pack("=II", number, 0))
    request = struct.pack("@16sP", name.encode(), ctypes.addressof(value)).ljust(40, b"\0")
    try:
        fcntl.ioctl(control, _SIOCETHTOOL, request)
    except OSError as error:
        raise OSError(error.errno, f"{name}: offload {number:#x}: {error.strerror}") from error
