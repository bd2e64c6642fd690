# SPDX-License-Identifier: GPL-2.0-or-later
"""What goes into a copy of the machine beside sysfs: log, modules, settings, who holds what."""

from __future__ import annotations

import os
import re

from qmiprobe.host._aliases import module_folder
from qmiprobe.host._copy import Copier
from qmiprobe.host._files import read_text
from qmiprobe.host._holders import CLIENTS, Holder, clients_of, holders, open_files
from qmiprobe.host._kmsg import records
from qmiprobe.host._modems import modems

_MODPROBE = ("/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d")
_UDEV = ("/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d")
_OF_MODEMS = re.compile(
    rb"bConfigurationValue|authorized|cdc-wdm|wwan|ID_MM_|usb_modeswitch|new_id|qmi|mbim|option1"
)
_NODES = re.compile(r"/dev/(?:cdc-wdm|wwan|ttyUSB|ttyACM|qcqmi|bus/usb/|gobi|mhi)")
_PROGRAMS = frozenset(
    {
        *("ModemManager", "NetworkManager", "qmi-proxy", "mbim-proxy", "uqmi", "umbim", "qmicli"),
        *("mbimcli", "netifd", "ofonod", "connmand", "pppd", "wvdial", "quectel-CM", "gpsd"),
        *("dhclient", "dhcpcd", "udhcpc", "systemd-network", "systemd-networkd", "usbguard-daemon"),
        *("usb_modeswitch", "chat", "minicom", "picocom", "screen", "systemd-udevd"),
    }
)
_PLAIN = (
    *("/proc/version", "/proc/uptime", "/proc/modules", "/proc/sys/kernel/osrelease"),
    *("/proc/sys/kernel/tainted", "/proc/self/cgroup", "/proc/1/cgroup", "/etc/os-release"),
    *("/run/systemd/container", "/proc/device-tree/model"),
    *("/etc/usb_modeswitch.conf", "/usr/share/usb_modeswitch/configPack.tar.gz"),
)


def copy_system(copier: Copier) -> None:
    """Take the kernel's log and lists, settings that concern modems, and the holders of nodes."""
    for path in _PLAIN:
        copier.file(path)
    for path in ("/run/.containerenv", "/.dockerenv"):
        if os.path.exists(copier.tree.real(path)):
            copier.text(path, b"")
    copier.file("/proc/cmdline", part=_about_modules)
    copier.file("/proc/mounts", part=_about_sysfs)
    copier.file("/proc/self/status", part=_about_rights)
    copier.file("/proc/net/unix", part=_about_proxies, most=8 << 20)
    for folder in _MODPROBE:
        copier.folder(folder, wanted=lambda name, _: name.endswith(".conf"))
    for folder in _UDEV:
        copier.folder(folder, wanted=lambda _, data: _OF_MODEMS.search(data) is not None)
    copier.folder("/etc/usb_modeswitch.d")
    copier.folder("/usr/share/usb_modeswitch", wanted=_is_entry)
    _modules(copier)
    _udev_data(copier)
    _log(copier)
    _nodes(copier)
    _processes(copier)


def _is_entry(name: str, _: bytes) -> bool:
    return re.match(r"[0-9a-f]{4}:[0-9a-f]{4}", name) is not None


def _lines(data: bytes, wanted: str) -> bytes:
    pattern = re.compile(wanted.encode())
    kept = [line for line in data.splitlines(keepends=True) if pattern.search(line)]
    return b"".join(kept)


def _about_sysfs(data: bytes) -> bytes:
    return _lines(data, r"^\S+ \S+ (?:sysfs|proc|devtmpfs|cgroup2?|securityfs|overlay) ")


def _about_rights(data: bytes) -> bytes:
    return _lines(data, r"^(?:Cap\w+|Uid|Gid|Seccomp|NoNewPrivs):")


def _about_proxies(data: bytes) -> bytes:
    return _lines(data, r"^Num|@(?:qmi|mbim)-proxy")


def _about_modules(data: bytes) -> bytes:
    words = (word for word in data.split() if re.match(rb"(?:usb|cdc_|qmi|option|module)", word))
    return b" ".join(words) + b"\n"


def _modules(copier: Copier) -> None:
    folder = module_folder(copier.tree)
    if folder is None:
        return
    release = read_text(copier.tree.real("/proc/sys/kernel/osrelease"))
    base = f"/lib/modules/{release}"
    most = 64 << 20
    copier.file(f"{base}/modules.alias", most=most, part=lambda data: _lines(data, "^alias usb:"))
    copier.file(f"{base}/modules.dep", most=most, part=_paths)
    copier.file(f"{base}/modules.builtin", most=most)
    copier.file(f"{base}/modules.builtin.modinfo", most=most, part=_usb_records)


def _paths(data: bytes) -> bytes:
    """Return which modules there are, without what they need."""
    return b"".join(line.partition(b":")[0] + b":\n" for line in data.splitlines())


def _usb_records(data: bytes) -> bytes:
    return b"".join(one + b"\0" for one in data.split(b"\0") if b".alias=usb:" in one)


def _udev_data(copier: Copier) -> None:
    """Take what udev keeps of the modems' devices, interfaces and nodes."""
    names = set()
    for path, data in list(copier.copy.files.items()):
        folder, _, name = path.rpartition("/")
        own = os.path.basename(folder)
        if name == "dev" and path.startswith("sys/devices/"):
            kind = "b" if "/block/" in path else "c"
            names.add(f"{kind}{data.decode(errors='replace').strip()}")
        elif name == "ifindex":
            names.add(f"n{data.decode(errors='replace').strip()}")
        elif name in ("idVendor", "bInterfaceNumber"):
            names.add(f"+usb:{own}")
    for name in sorted(names):
        if os.path.isfile(copier.tree.real(f"/run/udev/data/{name}")):
            copier.file(f"/run/udev/data/{name}")


def _log(copier: Copier) -> None:
    try:
        lines = records(copier.tree.sysroot)
    except OSError as error:
        copier.copy.unread["/dev/kmsg"] = error.strerror or str(error)
        return
    copier.text("/dev/kmsg", "".join(f"{line}\n" for line in lines).encode())


def _nodes(copier: Copier) -> None:
    """Say which nodes are there: an empty file stands for each."""
    found = modems(copier.tree.sysroot)
    nodes = [(one.path, *one.also) for modem in found for one in modem.ports]
    nodes += [(one.path,) for modem in found for one in modem.serial]
    for path in (path for names in nodes for path in names):
        if os.path.lexists(copier.tree.real(path)):
            copier.text(path, b"")


def _processes(copier: Copier) -> None:
    tree = copier.tree
    for name in tree.names("/proc"):
        if name.isdecimal():
            _process(copier, f"/proc/{name}")
    proxies: dict[int, Holder] = {}
    for modem in modems(tree.sysroot):
        for port in modem.ports:
            held = holders(port.path, sysroot=tree.sysroot).found
            proxies |= {one.pid: one for one in held if one.is_proxy}
    lines = [
        f"{proxy.pid} {client.pid} {client.program}\n"
        for proxy in proxies.values()
        for client in clients_of(proxy, sysroot=tree.sysroot)
    ]
    if lines:
        copier.text(CLIENTS, "".join(lines).encode())


def _process(copier: Copier, path: str) -> None:
    tree = copier.tree
    folder = tree.real(f"{path}/fd")
    if not os.path.exists(folder):
        return
    opened = open_files(folder)
    if opened is None:
        # A file in place of the folder: nobody can look into it there either.
        copier.text(f"{path}/fd", b"")
        return
    nodes = enumerate(target for target in opened if _NODES.match(target))
    held = {f"{path}/fd/{number}".lstrip("/"): target for number, target in nodes}
    program = read_text(tree.real(path), "comm")
    if held or program in _PROGRAMS:
        copier.copy.links.update(held)
        copier.file(f"{path}/comm")
        # What a connection manager or a DHCP client was called with says what it does to whom.
        copier.file(f"{path}/cmdline")
