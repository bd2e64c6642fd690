# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the lab ready: Debian's kernel, what boots it, and the programs the machine lacks.

All of it is kept in ``$XDG_CACHE_HOME/qmiprobe-lab``, a folder for each kernel and each set of
packages; ``prepared()`` finds what the last ``prepare()`` made. Nothing is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lab._archive import initramfs, unpacked_kernel
from tests.lab._debian import CannotPrepare, candidate, dependency, lacking, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QEMU = "qemu-system-x86_64"
HERE = Path(__file__).resolve().parent

_FORM = 1
"""Raised when what is cached is made differently."""
_KERNEL = "linux-image-amd64"
_TOOLS = ("busybox-static", "kmod", "libkmod2")
_GUEST = ("dbus-daemon", "iproute2", "iputils-ping", "kmod", "modemmanager", "udev")
_LEFT_OUT = tuple(
    f"*/kernel/{folder}"
    for folder in ("drivers/gpu", "drivers/media", "drivers/infiniband", "drivers/iio", "sound")
)
_BOOT_MODULES = ("virtio_pci", "9pnet_virtio", "9p", "overlay")


@dataclass(frozen=True)
class Prepared:
    """What a virtual machine is started from."""

    kernel: Path
    initramfs: Path
    modules: Path
    """A tree with lib/modules."""
    guest: Path
    """A tree with the programs that this machine lacks."""
    release: str


def cache() -> Path:
    """Return the folder where the lab keeps what it fetched and made."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "qmiprobe-lab"


def missing() -> str | None:
    """Return why no machine can be started here, and how to get there, or None."""
    if platform.machine() != "x86_64":
        return "the lab's machine is an x86-64 one that shares this system's programs"
    if shutil.which(QEMU) is None:
        return f"{QEMU} is not installed: `make deps` installs it"
    if prepared() is None:
        return f"no kernel in {cache()}: `python3 -m tests.lab --prepare` fetches it"
    return None


def prepared() -> Prepared | None:
    """Return what the last ``prepare()`` made, or None."""
    try:
        made = json.loads((cache() / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if made["form"] != str(_FORM):
        return None
    kernel, guest = cache() / made["kernel"], cache() / made["guest"]
    if not (kernel / "initramfs").exists() or not guest.exists():
        return None
    return Prepared(
        kernel / "vmlinux", kernel / "initramfs", kernel / "tree", guest, made["release"]
    )


def prepare(say: Callable[[str], None]) -> Prepared:
    """Fetch and make what is not there yet, for the kernel that apt would install today.

    Raises CannotPrepare with the reason and what to do.
    """
    if platform.machine() != "x86_64":
        raise CannotPrepare(str(missing()))
    package = dependency(_KERNEL, "linux-image-")
    release = package.removeprefix("linux-image-")
    packages = lacking(_GUEST)
    parts: dict[str, str] = {
        "form": str(_FORM),
        "release": release,
        "kernel": f"kernel-{_plain(candidate(package))}-{release}-{_digest(_init())}",
        "guest": f"guest-{_digest(' '.join(packages).encode())}",
    }
    with _alone():
        if not (cache() / parts["kernel"]).exists():
            say(f"fetching {package}")
            with _fresh(parts["kernel"]) as folder:
                _make_kernel(folder, package, release)
        if not (cache() / parts["guest"]).exists():
            say(f"fetching for the machine only: {' '.join(packages) or 'nothing'}")
            with _fresh(parts["guest"]) as folder:
                unpack(packages, folder)
        (cache() / "current.json").write_text(json.dumps(parts), encoding="utf-8")
    made = prepared()
    if made is None:
        raise CannotPrepare(f"{cache()} is damaged: remove it")
    return made


def _plain(version: str) -> str:
    return version.replace(":", "_").replace("/", "_")


def _digest(data: bytes) -> str:
    return hashlib.sha256(bytes([_FORM]) + data).hexdigest()[:12]


def _init() -> bytes:
    return (HERE / "init.sh").read_bytes()


@contextmanager
def _alone() -> Iterator[None]:
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _fresh(name: str) -> Iterator[Path]:
    """Give a folder that gets its name when it is complete."""
    for unfinished in cache().glob("new-*"):
        shutil.rmtree(unfinished)
    folder = cache() / f"new-{name}"
    folder.mkdir()
    yield folder
    folder.rename(cache() / name)


def _make_kernel(folder: Path, package: str, release: str) -> None:
    tree, tools = folder / "tree", folder / "tools"
    unpack([package], tree, without=_LEFT_OUT)
    unpack(_TOOLS, tools)
    (folder / "vmlinux").write_bytes(
        unpacked_kernel((tree / "boot" / f"vmlinuz-{release}").read_bytes())
    )
    libraries = next((tools / "usr" / "lib").glob("*/libkmod.so.2")).parent
    subprocess.run(
        ["depmod", "-b", tree, release],
        executable=tools / "bin" / "kmod",
        env={**os.environ, "LD_LIBRARY_PATH": str(libraries)},
        timeout=120,
        check=True,
    )
    modules = tree / "lib" / "modules" / release
    ordered = _with_dependencies(_BOOT_MODULES, (modules / "modules.dep").read_text())
    files = {f"modules/{path.name}": (modules / path).read_bytes() for path in ordered}
    files["order"] = "".join(f"/modules/{path.name}\n" for path in ordered).encode()
    files["busybox"] = (tools / "bin" / "busybox").read_bytes()
    files["init"] = _init()
    folders = ("modules", "proc", "dev", "host", "guest", "kernel", "upper", "root")
    (folder / "initramfs").write_bytes(initramfs(files, folders))


def _with_dependencies(names: tuple[str, ...], text: str) -> list[Path]:
    """Return the modules' files in the order to load them, read from modules.dep."""
    needed: dict[str, list[str]] = {}
    for line in text.splitlines():
        path, _, others = line.partition(":")
        needed[path] = others.split()
    by_name = {Path(path).name.partition(".")[0]: path for path in needed}
    ordered: list[str] = []
    for name in names:
        wanted = by_name.get(name)
        if wanted is not None:  # else built in
            files = (*reversed(needed[wanted]), wanted)
            ordered += [file for file in files if file not in ordered]
    return [Path(path) for path in ordered]
