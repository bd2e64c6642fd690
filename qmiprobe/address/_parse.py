# SPDX-License-Identifier: GPL-2.0-or-later
"""From text to a device address. Nothing is opened; only whether a bare path exists is asked."""

from __future__ import annotations

import difflib
import os
import re
from typing import TYPE_CHECKING

from qmiprobe.address._model import (
    Address,
    NetdevAddress,
    NodeAddress,
    Protocol,
    ProxyAddress,
    QrtrAddress,
    ReplayAddress,
    SimAddress,
    TunnelAddress,
    UsbAddress,
)
from qmiprobe.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMES = {
    "wdm": "PATH, a control port",
    "qmi-proxy": "PATH, through the qmi-proxy",
    "mbim-proxy": "PATH, through the mbim-proxy",
    "mbim-tunnel": "PATH, QMI inside MBIM",
    "qrtr": "NODE, a number",
    "sim": "PROFILE, a simulated modem: sim:ec25",
    "replay": "TRACE, a recorded trace",
}
"""What may stand before a colon, and what follows it. Before them: ``qmi:`` or ``mbim:``."""

_WANTED: dict[str, Protocol] = {"qmi": "qmi", "mbim": "mbim"}
_USB_NAME = re.compile(r"[0-9]+-[0-9]+(\.[0-9]+)*")
_USB_ID = re.compile(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}")
_NETDEV = re.compile(r"[^\s/:]{1,15}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NODE_MAX = 0xFFFFFFFF


def parse(text: str, *, exists: Callable[[str], bool] = os.path.exists) -> Address:
    """Return the address that ``text`` names.

    A word without a scheme is a path where it exists or holds a slash, else a USB name (``2-6``)
    or id (``03f0:581d``), else a netdev. Raises AddressError with what is wrong and what to write.
    """
    rest = text.strip()
    head, colon, tail = rest.partition(":")
    wanted = _WANTED.get(head) if colon else None
    if wanted is not None:
        rest = tail.strip()
    if not rest:
        raise AddressError(
            f"address {text!r} names no device: write a path (/dev/cdc-wdm0), a netdev (wwan0), "
            "a USB name (2-6) or sim:PROFILE"
        )
    address = _without_prefix(rest, text, wanted, exists)
    if wanted is not None and address.wanted != wanted:
        raise AddressError(
            f"address {text!r} wants {wanted.upper()} where only {str(address.wanted).upper()} "
            f"is spoken: leave out '{wanted}:'"
        )
    return address


def _without_prefix(
    rest: str, text: str, wanted: Protocol | None, exists: Callable[[str], bool]
) -> Address:
    if rest.startswith(("/", "./", "../")) or exists(rest):
        return NodeAddress(path=rest, wanted=wanted)
    if _USB_ID.fullmatch(rest):
        return UsbAddress(id=rest.lower(), wanted=wanted)
    scheme, colon, value = rest.partition(":")
    if colon:
        return _with_scheme(scheme, value, text, wanted)
    if "/" in rest:
        return NodeAddress(path=rest, wanted=wanted)
    if _USB_NAME.fullmatch(rest):
        return UsbAddress(name=rest, wanted=wanted)
    if _NETDEV.fullmatch(rest):
        return NetdevAddress(name=rest, wanted=wanted)
    raise AddressError(
        f"address {text!r} is neither a path nor a possible netdev name (at most 15 characters, "
        "no spaces): write the whole path, or see `qmiprobe list`"
    )


def _with_scheme(scheme: str, value: str, text: str, wanted: Protocol | None) -> Address:
    if scheme not in SCHEMES:
        raise AddressError(_unknown_scheme(scheme, text))
    if not value:
        raise AddressError(f"address {text!r}: '{scheme}:' wants {SCHEMES[scheme]}")
    match scheme:
        case "wdm":
            return NodeAddress(path=value, wanted=wanted)
        case "qmi-proxy":
            return ProxyAddress(kind="qmi", path=value)
        case "mbim-proxy":
            return ProxyAddress(kind="mbim", path=value)
        case "mbim-tunnel":
            return TunnelAddress(path=value)
        case "qrtr":
            return QrtrAddress(node=_node(value, text))
        case "sim":
            return _sim(value, text, wanted)
        case _:
            return ReplayAddress(path=value, wanted=wanted)


def _node(value: str, text: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:11]) <= _NODE_MAX):
        raise AddressError(
            f"address {text!r}: {value!r} is no QRTR node: a decimal number is, as "
            "`qrtr-lookup` shows it"
        )
    return int(value)


def _sim(value: str, text: str, wanted: Protocol | None) -> SimAddress:
    profile, question, query = value.partition("?")
    if not _SLUG.fullmatch(profile):
        raise AddressError(
            f"address {text!r}: {profile!r} is no profile name: write sim:ec25 or sim:em7455"
        )
    faults = [_fault(part, text) for part in query.split("&")] if question else []
    # The same fault twice is the same fault.
    return SimAddress(profile=profile, faults=tuple(dict.fromkeys(faults)), wanted=wanted)


def _fault(part: str, text: str) -> str:
    key, _, name = part.partition("=")
    if key != "fault" or not _SLUG.fullmatch(name):
        raise AddressError(
            f"address {text!r}: {part!r} is not understood: faults are written "
            f"sim:PROFILE?fault=NAME&fault=NAME (in quotes, for the shell)"
        )
    return name


def _unknown_scheme(scheme: str, text: str) -> str:
    known = [*SCHEMES, *_WANTED]
    near = difflib.get_close_matches(scheme, known, n=1)
    hint = f"did you mean '{near[0]}:'?" if near else "known are " + ", ".join(known)
    return f"address {text!r}: unknown scheme '{scheme}:': {hint}"
