# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test may need from the machine, each found out once by really doing it.

``missing(name)`` returns None where the requirement is there, else a sentence that says what is
missing and how to get it. ``in_ci()`` and ``excused()`` say what a missing one means.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lab import INSIDE, _prepare

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT = Path(__file__).resolve().parent.parent
DEPS = "`make deps` installs it"

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x1001
_PROXY_FOLDERS = ("/usr/libexec", "/usr/lib/libqmi", "/usr/lib/libmbim", "/usr/local/libexec")


def vectors_folder() -> Path:
    """Return where messages of real modems are looked for: QMIPROBE_VECTORS, or the default."""
    named = os.environ.get("QMIPROBE_VECTORS")
    return Path(named) if named else CHECKOUT.parent / "shared" / "vectors"


def proxy_path(name: str) -> str | None:
    """Return the path of the stock ``qmi-proxy`` or ``mbim-proxy``, or None."""
    return shutil.which(name, path=os.pathsep.join((os.environ["PATH"], *_PROXY_FOLDERS)))


def missing(name: str) -> str | None:
    """Return None when requirement ``name`` is there, else why not and how to get it.

    Raises KeyError for a name that no probe knows.
    """
    return _probe(name)


def in_ci() -> bool:
    """Return whether a missing requirement is a failure (CI=true)."""
    return os.environ.get("CI") == "true"


def read_excuses(text: str) -> dict[str, str]:
    """Return requirement -> reason from the lines of ``ci-cannot.txt``."""
    excuses = {}
    for line in text.splitlines():
        name, _, reason = line.partition("#")[0].strip().partition(" ")
        if not name:
            continue
        if name not in _PROBES or not reason.strip():
            raise ValueError(f"tests/ci-cannot.txt: {line!r}: want a known requirement, a reason")
        excuses[name] = reason.strip()
    return excuses


@cache
def excused() -> dict[str, str]:
    """Return what the CI machine cannot do, as ``tests/ci-cannot.txt`` names it."""
    return read_excuses((CHECKOUT / "tests" / "ci-cannot.txt").read_text(encoding="utf-8"))


@cache
def _probe(name: str) -> str | None:
    return _PROBES[name]()


def _root() -> str | None:
    return None if os.geteuid() == 0 else "needs root: run the tests with sudo"


def _runs(*command: str) -> Callable[[], str | None]:
    def probe() -> str | None:
        return _run_failure(command)

    return probe


def _programs(*names: str) -> Callable[[], str | None]:
    def probe() -> str | None:
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        gone = [name for name in names if shutil.which(name, path=path) is None]
        return f"{', '.join(gone)} not installed: {DEPS}" if gone else None

    return probe


def _run_failure(command: tuple[str, ...], *, failed: str = DEPS) -> str | None:
    program = shutil.which(command[0], path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if program is None:
        return f"{command[0]} is not installed: {DEPS}"
    try:
        done = subprocess.run(
            [program, *command[1:]], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]} does not run ({error}): {DEPS}"
    if done.returncode == 0:
        return None
    return f"`{' '.join(command)}` failed ({done.stderr.strip()[-200:]}): {failed}"


def _proxy(name: str) -> Callable[[], str | None]:
    def probe() -> str | None:
        path = proxy_path(name)
        return f"{name} is not installed: {DEPS}" if path is None else _run_failure((path, "-V"))

    return probe


def _introspection(module: str) -> Callable[[], str | None]:
    code = f"import gi; gi.require_version({module!r}, '1.0'); from gi.repository import {module}"
    return _runs("/usr/bin/python3", "-W", "ignore", "-c", code)


def _vectors() -> str | None:
    folder = vectors_folder()
    if folder.is_dir():
        return None
    return f"no folder {folder}: QMIPROBE_VECTORS names the one with messages of real modems"


def _namespace() -> str | None:
    return _in_child(enter_throwaway_namespace)


def _tun() -> str | None:
    def act() -> None:
        enter_throwaway_namespace()
        with open("/dev/net/tun", "r+b", buffering=0) as tun:
            fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH22x", b"probe0", _IFF_TUN_NO_PI))

    return _in_child(act)


def _nft() -> str | None:
    def act() -> None:
        enter_throwaway_namespace()
        failure = _run_failure(("nft", "add", "table", "inet", "probe"))
        if failure is not None:
            raise OSError(failure)

    return _in_child(act)


def _vlan() -> str | None:
    def act() -> None:
        enter_throwaway_namespace()
        for words in ("add probe0 type veth peer name probe1", "add link probe0 type vlan id 9"):
            no = "the kernel here may lack it (module 8021q)"
            failure = _run_failure(("ip", "link", *words.split()), failed=no)
            if failure is not None:
                raise OSError(failure)

    return _in_child(act)


def _lab() -> str | None:
    return None if INSIDE else _prepare.missing()


def enter_throwaway_namespace() -> None:
    """Move this process, a forked child, into new namespaces of its own; OSError when refused."""
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"unshare: {os.strerror(number)}")
    if flags & _CLONE_NEWUSER:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1", encoding="ascii")


def _in_child(act: Callable[[], None]) -> str | None:
    """Run ``act`` in a forked child and return its failure as text, or None."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        text = b"died"
        try:
            act()
            text = b""
        except OSError as error:
            text = str(error).encode()
        finally:
            with contextlib.suppress(OSError):
                os.write(writing, text or b"-")
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    if answer == "-":
        return None
    hint = "run as root, or allow user namespaces" if f"Errno {errno.EPERM}" in answer else ""
    return f"not possible here: {answer or 'the child died'}{': ' + hint if hint else ''}"


def _udevadm() -> str | None:
    from tests.udev import what_udev_says

    with tempfile.TemporaryDirectory() as folder:
        try:
            said = what_udev_says({"50-x.rules": 'NOKEY=="x"\n'}, Path(folder))
        except OSError as error:
            return f"udev cannot be asked about rules: {error}; {DEPS}"
    return None if said else "udevadm says nothing of a rule that is wrong"


_PROBES: dict[str, Callable[[], str | None]] = {
    "root": _root,
    "netns": _namespace,
    "tun": _tun,
    "nft": _nft,
    "vlan": _vlan,
    "qmicli": _runs("qmicli", "--version"),
    "mbimcli": _runs("mbimcli", "--version"),
    "qmi-proxy": _proxy("qmi-proxy"),
    "mbim-proxy": _proxy("mbim-proxy"),
    "tcpdump": _runs("tcpdump", "--version"),
    "tshark": _runs("tshark", "--version"),
    "libqmi-gi": _introspection("Qmi"),
    "libmbim-gi": _introspection("Mbim"),
    "wireguard-go": _programs("wireguard-go", "wg"),
    "openvpn": _programs("openvpn", "openssl"),
    "openconnect": _programs("openconnect", "ocserv", "ocpasswd"),
    "strongswan": _programs("swanctl", "/usr/lib/ipsec/charon"),
    "vectors": _vectors,
    "machine": _prepare.missing,
    "lab": _lab,
    "git": _runs("git", "--version"),
    "dbus-daemon": _runs("dbus-daemon", "--version"),
    "udevadm": _udevadm,
    "usb_modeswitch": _runs("usb_modeswitch", "--version"),
    "systemd-analyze": _runs("systemd-analyze", "--version"),
}
NAMES = tuple(_PROBES)


def main() -> None:
    """Print what is missing here and how to get it: ``python -m tests.requirements``."""
    for name in NAMES:
        reason = missing(name)
        if reason is not None:
            print(f"missing for some tests: {name}: {reason}")


if __name__ == "__main__":
    main()
