# SPDX-License-Identifier: GPL-2.0-or-later
"""The rooms of qmiprobe: what each may import. A new room gets its line here.

``base`` stands for the files directly in ``qmiprobe/`` (errors, wire types, bearer facts, ...).
The layers between the rooms stand in ``pyproject.toml`` too, where import-linter follows chains.
"""

from __future__ import annotations

from dataclasses import dataclass

_TIME_AND_SYSTEM = frozenset(
    {"logging", "os", "select", "selectors", "signal", "socket", "subprocess", "threading", "time"}
)


@dataclass(frozen=True)
class Room:
    """What the files of one folder under ``qmiprobe/`` may import."""

    rooms: frozenset[str]
    """Other rooms, beside ``base`` and itself."""
    libraries: frozenset[str] = frozenset()
    """Packages that are not in the standard library."""
    pure: bool = False
    """No clock, no system call, no log: bytes and facts in, values out."""
    when_called: frozenset[str] = frozenset()
    """Rooms and libraries that may be imported inside a function only."""

    @property
    def forbidden(self) -> frozenset[str]:
        """Modules of the standard library that this room goes without."""
        return (_TIME_AND_SYSTEM if self.pure else frozenset()) | {"asyncio"}


def _room(*rooms: str, libraries: str = "", pure: bool = False, when_called: str = "") -> Room:
    return Room(
        rooms=frozenset(rooms),
        libraries=frozenset(libraries.split()),
        pure=pure,
        when_called=frozenset(when_called.split()),
    )


_MESSAGES = ("qmi", "mbim")
_DEVICES = ("device", "host", *_MESSAGES)

ROOMS = {
    "base": _room(pure=True),
    "qmi": _room(pure=True),
    "mbim": _room(pure=True),
    "capture": _room(*_MESSAGES, pure=True),
    "diagnosis": _room(pure=True),
    "address": _room(when_called="trio host sim device transport capture qmi mbim"),
    "transport": _room(*_MESSAGES, libraries="trio"),
    "sockets": _room(libraries="trio"),
    "reflect": _room("sockets", libraries="trio"),
    "uevents": _room(libraries="trio"),
    "dbus": _room(libraries="trio", when_called="jeepney"),
    "device": _room("transport", *_MESSAGES, libraries="trio"),
    "host": _room(),
    "session": _room(*_DEVICES, "uevents", "dbus", libraries="trio", when_called="pyroute2"),
    "link": _room("reflect", "sockets", libraries="trio dns", when_called="pyroute2 scapy"),
    "vpn": _room(
        "link",
        "reflect",
        "sockets",
        libraries="trio dns",
        when_called="pyroute2 scapy cryptography",
    ),
    "at": _room(libraries="trio serial"),
    "sim": _room("transport", *_MESSAGES, libraries="trio dns", when_called="pyroute2"),
    "check": _room(
        *(
            "session",
            "link",
            "vpn",
            "reflect",
            "sockets",
            "at",
            "diagnosis",
            "address",
            "uevents",
            "dbus",
            *_DEVICES,
        ),
        libraries="trio",
    ),
    "rebind": _room("transport", "diagnosis", "uevents", "dbus", *_DEVICES, libraries="trio"),
    "report": _room("check", "rebind", "diagnosis", libraries="rich"),
    "cli": _room(
        *("address", "host"),
        libraries="click",
        when_called="trio capture check device diagnosis link rebind reflect report session sim "
        "transport vpn at qmi mbim uevents dbus",
    ),
    "scapy": _room(*_MESSAGES, libraries="scapy"),
    "_codegen": _room(),
}

ONLY_IN_FILES = {
    "rich": ("report/_terminal.py", "report/_progress.py"),
}
"""Libraries that even in their room stand in these files only."""

LOADED_LATE = (
    "cli/_check.py",
    "cli/_connect.py",
    "cli/_connect_output.py",
    "cli/_connect_refused.py",
    "cli/_disconnect.py",
    "cli/_doctor.py",
    "cli/_report_bundle.py",
    "cli/_link.py",
    "cli/_managed.py",
    "cli/_rebind.py",
    "cli/_rebind_output.py",
    "cli/_reflect.py",
    "cli/_vpn.py",
)
"""Files that are themselves imported only inside a function: there `when_called` holds on top."""

TRANSPORT_MAY_SEE = ("qmiprobe.qmi._frame", "qmiprobe.mbim._frame")
"""What ``transport`` may import of the protocols: framing, never messages."""

GENERATED = ("qmi/services", "mbim/services")
"""Folders under ``qmiprobe/`` that are written by the code generator."""
