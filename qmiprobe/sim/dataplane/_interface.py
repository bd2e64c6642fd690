# SPDX-License-Identifier: GPL-2.0-or-later
"""Network interfaces by plain ioctls: open a TUN or TAP, set it up, set its MTU.

Everything acts on the network namespace of the calling thread. Numbers and layouts are those of
``linux/if.h``, ``linux/sockios.h`` and ``linux/if_tun.h``.
"""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct

from qmiprobe.errors import CannotTest

TUN_NODE = "/dev/net/tun"
TUN = 0x0001
TAP = 0x0002

_NO_PI = 0x1000
_TUNSETIFF = 0x400454CA
_SIOCGIFFLAGS = 0x8913
_SIOCSIFFLAGS = 0x8914
_SIOCGIFMTU = 0x8921
_SIOCSIFMTU = 0x8922
_SIOCGIFHWADDR = 0x8927
_UP = 0x1
_NAME_LIMIT = 15

_OPEN_ADVICE = {
    errno.ENOENT: f"there is no {TUN_NODE}: load the kernel module tun, or give the container it",
    errno.ENODEV: "the kernel has no TUN driver: load the kernel module tun",
    errno.EACCES: f"{TUN_NODE} is not open to this user: run as root, or chmod 0666 {TUN_NODE}",
    errno.EPERM: f"{TUN_NODE} is forbidden here: let the container use the device 10:200",
}
_ATTACH_ADVICE = {
    errno.EPERM: "CAP_NET_ADMIN is missing in this network namespace: run as root",
    errno.EBUSY: "an interface of this name is held by another program",
    errno.EINVAL: "an interface of this name and another kind is there already",
}


def open_tun(name: str, *, kind: int = TUN) -> int:
    """Make the netdev ``name`` (``kind`` TUN: bare IP packets, TAP: Ethernet frames), still down.

    Returns its descriptor, non-blocking; closing it removes the netdev. Raises CannotTest with
    the step that failed and what to do.
    """
    if not 0 < len(name.encode()) <= _NAME_LIMIT:
        raise ValueError(f"netdev name {name!r}: must have 1 to {_NAME_LIMIT} bytes")
    try:
        descriptor = os.open(TUN_NODE, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _cannot(f"open {TUN_NODE}", error, _OPEN_ADVICE) from error
    try:
        request = struct.pack("16sH22x", name.encode(), kind | _NO_PI)
        fcntl.ioctl(descriptor, _TUNSETIFF, request)
    except OSError as error:
        os.close(descriptor)
        raise _cannot(f"make netdev {name} (TUNSETIFF)", error, _ATTACH_ADVICE) from error
    return descriptor


def set_up(name: str) -> None:
    """Bring interface ``name`` up. OSError when there is none or it is not allowed."""
    flags = struct.unpack_from("H", _interface_ioctl(name, _SIOCGIFFLAGS), 16)[0]
    _interface_ioctl(name, _SIOCSIFFLAGS, struct.pack("H", flags | _UP))


def set_mtu(name: str, mtu: int) -> None:
    """Set the MTU of interface ``name`` in bytes. OSError when it is refused."""
    _interface_ioctl(name, _SIOCSIFMTU, struct.pack("i", mtu))


def read_mtu(name: str) -> int:
    """Return the MTU of interface ``name`` in bytes. OSError when there is none."""
    value: int = struct.unpack_from("i", _interface_ioctl(name, _SIOCGIFMTU), 16)[0]
    return value


def read_hardware_address(name: str) -> bytes:
    """Return the six octets of an Ethernet interface's address. OSError when there is none."""
    return _interface_ioctl(name, _SIOCGIFHWADDR)[18:24]


def _interface_ioctl(name: str, number: int, value: bytes = b"") -> bytes:
    request = struct.pack("16s24s", name.encode(), value)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as control:
        return fcntl.ioctl(control, number, request)


def _cannot(step: str, error: OSError, advice: dict[int, str]) -> CannotTest:
    hint = advice.get(error.errno or 0, "run as root, or see what the kernel log says")
    return CannotTest(f"cannot {step}: {error.strerror}; {hint}")
