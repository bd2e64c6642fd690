# SPDX-License-Identifier: GPL-2.0-or-later
"""Real VPN daemons in the places of the bed: wireguard-go, OpenVPN, strongSwan."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qmiprobe.vpn import Answer, Initiation, PeerKeys
from tests.bed.place import Place
from tests.bed.world import Bed

_NEW_MOUNTS = 0x00020000
_PRIVATE = 1 << 18 | 1 << 14  # MS_PRIVATE | MS_REC
_PATH = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/lib/ipsec"}
_PATIENCE = 20.0


def own_run() -> None:
    """Give this process, and places that begin after, a /run of their own."""
    libc = ctypes.CDLL(None, use_errno=True)
    for result in (
        libc.unshare(_NEW_MOUNTS),
        libc.mount(b"none", b"/", None, _PRIVATE, None),
        libc.mount(b"tmpfs", b"/run", b"tmpfs", 0, None),
    ):
        if result != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    var_run = Path("/var/run")
    if not var_run.is_symlink():
        libc.mount(b"/run", b"/var/run", None, 4096, None)


@dataclass
class Daemons:
    """Programs that were started, and where their files are."""

    bed: Bed
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, place: Place, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Run a program at a place until the test ends; its words go to a file."""
        log = (self.folder / f"{place.name}-{Path(command[0]).name}.log").open("wb")

        def act() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**_PATH, **environment},
            )

        with log:
            process = place.call(act)
        self.processes.append(process)
        return process

    def said(self) -> str:
        """What all programs have written."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')}" for file in files)

    def stop(self) -> None:
        """End them."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()

    def until(self, condition: object, what: str) -> None:
        """Wait until a function gives something true."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError, AssertionError):
                if condition():  # type: ignore[operator]
                    return
            time.sleep(0.02)
        raise AssertionError(f"{what} did not come about\n{self.said()}")


@contextlib.contextmanager
def daemons(bed: Bed, folder: Path) -> Iterator[Daemons]:
    """Start programs in a bed; all of them end with the block."""
    made = Daemons(bed, folder)
    try:
        yield made
    finally:
        made.stop()


def keys() -> tuple[str, str]:
    """Return a private key of WireGuard and its public key, both in hex."""
    import base64

    def run(command: str, given: str = "") -> str:
        done = subprocess.run(
            ["wg", command], input=given, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    private = run("genkey")
    public = run("pubkey", private)
    return base64.b64decode(private).hex(), base64.b64decode(public).hex()


def tell_wireguard(netdev: str, *lines: str) -> None:
    """Configure wireguard-go by its socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(10)
        sock.connect(f"/run/wireguard/{netdev}.sock")
        sock.sendall("\n".join(["set=1", *lines, "", ""]).encode())
        answer = sock.recv(4096)
    assert b"errno=0" in answer, answer


@dataclass(frozen=True, kw_only=True)
class WireGuard:
    """How a WireGuard tunnel through the bed is set up."""

    endpoint: str = "203.0.113.10:51820"
    allowed: tuple[str, ...] = ("10.9.0.0/24", "fd09::/64")
    addresses: tuple[str, ...] = ("10.9.0.2/24", "fd09::2/64")
    mtu: int = 1420
    keepalive: int = 0
    fwmark: int = 0
    known: bool = True
    """Whether the server knows the client's key."""
    served: tuple[str, ...] = ("10.9.0.1/24", "fd09::1/64")
    secret: str = ""
    """Pre-shared key that the client alone has, in hex."""
    seen_s: float | None = None
    """The server has had a handshake of the client's that was stamped so many seconds from now."""


def wireguard(made: Daemons, how: WireGuard = WireGuard()) -> None:
    """Bring a tunnel up: wg0 at the client, wgs at the server."""
    client, server = made.bed.places["client"], made.bed.places["server"]
    quiet = {"WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD": "1", "LOG_LEVEL": "error"}
    made.start(client, "wireguard-go", "-f", "wg0", **quiet)
    made.start(server, "wireguard-go", "-f", "wgs", **quiet)
    for name in ("wg0", "wgs"):
        made.until(Path(f"/run/wireguard/{name}.sock").exists, f"the socket of {name}")
    (mine, my_public), (its, its_public) = keys(), keys()
    known = my_public if how.known else keys()[1]
    tell_wireguard(
        "wgs",
        *(f"private_key={its}", "listen_port=51820", f"public_key={known}"),
        *(f"allowed_ip={one.partition('/')[0]}/{_whole(one)}" for one in how.addresses),
    )
    tell_wireguard(
        "wg0",
        *(f"private_key={mine}", f"fwmark={how.fwmark}"),
        *(f"public_key={its_public}", f"endpoint={how.endpoint}"),
        f"persistent_keepalive_interval={how.keepalive}",
        *([f"preshared_key={how.secret}"] if how.secret else []),
        *(f"allowed_ip={one}" for one in how.allowed),
    )
    server.ip([*(f"addr add {one} dev wgs{_nodad(one)}" for one in how.served), "link set wgs up"])
    client.ip(
        [
            *(f"addr add {one} dev wg0{_nodad(one)}" for one in how.addresses),
            f"link set wg0 mtu {how.mtu}",
            "link set wg0 up",
        ]
    )
    if how.seen_s is not None:
        _shake_hands(PeerKeys(bytes.fromhex(mine), bytes.fromhex(its_public)), how.seen_s)


def _shake_hands(keys: PeerKeys, ahead_s: float) -> None:
    """Shake hands as this client at another time: it was right then, and has lost it since."""
    asked = Initiation(keys, now=time.time() + ahead_s)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        sock.sendto(asked.message, ("203.0.113.10", 51820))
        assert asked.answer(sock.recv(2048)) is Answer.AGREES


def _whole(interface: str) -> int:
    return 128 if ":" in interface else 32


def _nodad(interface: str) -> str:
    return " nodad" if ":" in interface else ""
