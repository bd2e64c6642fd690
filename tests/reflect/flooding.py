# SPDX-License-Identifier: GPL-2.0-or-later
"""A reflector in a process of its own, strangers that flood it, and what it takes of memory."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qmiprobe.reflect import new_token, token_text
from qmiprobe.reflect._frame import Frame, seal
from qmiprobe.reflect._held import Greeting
from qmiprobe.reflect._keys import master_key

HOST = "127.0.0.1"
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Running:
    """A reflector that runs."""

    process: subprocess.Popen[str]
    port: int
    other_port: int
    token: bytes

    def memory(self) -> int:
        """Bytes that it has in memory."""
        words = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()
        return int(words[1]) * _PAGE


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """Run `qmiprobe reflect` on a free port of loopback."""
    token = new_token()
    file = folder / "token"
    file.write_text(token_text(token), encoding="ascii")
    command = [sys.executable, "-c", "from qmiprobe.cli import main; main()", "reflect", "--json"]
    command += ["--port", "0", "--address", HOST, "--no-raw", "--token-file", str(file), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        yield Running(process, where["port"], where["other_port"], token)
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def strange_packets(running: Running, seed: int) -> Iterator[bytes]:
    """Whatever a stranger may think of; the last kinds know the form, and not the token."""
    chance = random.Random(seed)
    greeting = Greeting(running.token, family=4).to_send()
    wrong = master_key(new_token())
    while True:
        kind = chance.randrange(7)
        if kind == 0:
            yield chance.randbytes(chance.randrange(1400))
        elif kind == 1:
            yield b"QPR1" + chance.randbytes(chance.randrange(300))
        elif kind == 2:
            yield greeting[: chance.randrange(len(greeting) - 100)]
        elif kind == 3:
            changed = bytearray(greeting)
            changed[chance.randrange(60)] ^= 1 << chance.randrange(8)
            yield bytes(changed)
        elif kind == 4:
            yield Greeting(new_token(), family=4).to_send()
        elif kind == 5:
            yield b"QPRD" + chance.randbytes(chance.randrange(40))
        else:
            session, body = chance.randbytes(8), chance.randbytes(chance.choice([4, 22, 32]))
            frame = Frame(op=chance.randrange(16), session=session, sequence=1, body=body)
            yield seal(frame, key=wrong, size=200)


def flood(running: Running, *, seconds: float, seed: int = 1) -> tuple[int, list[bytes]]:
    """Send strange packets from changing ports; return how many, and what came back."""
    packets = strange_packets(running, seed)
    back: list[bytes] = []
    sent = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.connect((HOST, running.other_port if sent % 7 == 0 else running.port))
            sock.setblocking(False)
            for _ in range(200):
                with suppress(BlockingIOError):
                    sock.send(next(packets))
                    sent += 1
            time.sleep(0.002)
            with suppress(BlockingIOError):
                back.append(sock.recv(2000))
    return sent, back


def knock(running: Running, *, times: int, seed: int = 2) -> bytes:
    """Connect by TCP and talk nonsense, many at once; return all that was said."""
    packets = strange_packets(running, seed)
    said = b""
    socks = []
    for _ in range(times):
        sock = socket.create_connection((HOST, running.port), timeout=20)
        socks.append(sock)
        data = next(packets)
        with suppress(OSError):
            sock.sendall(len(data).to_bytes(2, "big") + data)
    for sock in socks:
        with sock, suppress(OSError):
            sock.settimeout(20)
            said += sock.recv(1000)
    return said
