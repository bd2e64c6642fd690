# SPDX-License-Identifier: GPL-2.0-or-later
"""Sorts the reasons of a refused data session by what the user can do about them.

Numbers of 3GPP TS 24.008 and 24.301 (`3gpp`, and MBIM's `nw-error`) and of the modem's own lists
(`internal`, `cm`, `ppp`, `ehrpd`, `ipv6`).
"""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """What stands behind a refusal."""

    APN = "apn"
    AUTHENTICATION = "authentication"
    THROTTLED = "throttled"
    IP_FAMILY = "ip-family"
    SUBSCRIPTION = "subscription"
    ROAMING = "roaming"
    RADIO = "radio"
    IN_USE = "in-use"
    NETWORK = "network"
    UNKNOWN = "unknown"


_NETWORK = {
    Trouble.APN: {27, 66, 91, 112},
    Trouble.AUTHENTICATION: {29},
    Trouble.IP_FAMILY: {28, 50, 51, 52},
    Trouble.SUBSCRIPTION: {8, 32, 33},
    Trouble.IN_USE: {35, 55, 65},
    Trouble.NETWORK: {25, 26, 30, 31, 34, 38, 67, 69, 92},
}
_INTERNAL = {
    Trouble.APN: {220, 225, 230, 242, 247, 252, 253, 263, 268},
    Trouble.THROTTLED: {208, 209, 210, 211, 258, 259},
    Trouble.IP_FAMILY: {231, 238},
    Trouble.ROAMING: {239, 246, 255},
    Trouble.RADIO: {214, 218, 219, 234},
    Trouble.IN_USE: {228, 229, 236, 237, 241, 262},
}
_BY_TYPE = {
    "3gpp": _NETWORK,
    "nw-error": _NETWORK,
    "internal": _INTERNAL,
    "cm": {
        Trouble.THROTTLED: {524},
        Trouble.RADIO: {515, 518, *range(1003, 1032), 1053, 2001, 2500, 2504},
        Trouble.APN: {2510},
    },
    "ppp": {Trouble.AUTHENTICATION: {2, 31, 32}},
    "ehrpd": {Trouble.IP_FAMILY: {1, 2}, Trouble.APN: {7}, Trouble.SUBSCRIPTION: {14, 16}},
    "ipv6": {Trouble.IP_FAMILY: {1, 2, 3}},
}
# For reasons whose number is not known, or of a type without a list: part of a name -> trouble.
_BY_NAME = (
    ("throttl", Trouble.THROTTLED),
    ("roaming", Trouble.ROAMING),
    ("apn", Trouble.APN),
    ("auth", Trouble.AUTHENTICATION),
    ("pap-failure", Trouble.AUTHENTICATION),
    ("chap-failure", Trouble.AUTHENTICATION),
    ("ipv4-only", Trouble.IP_FAMILY),
    ("ipv6-only", Trouble.IP_FAMILY),
    ("ip-version", Trouble.IP_FAMILY),
    ("pdp-type", Trouble.IP_FAMILY),
    ("unknown-pdp", Trouble.IP_FAMILY),
    ("subscri", Trouble.SUBSCRIPTION),
    ("barring", Trouble.SUBSCRIPTION),
    ("no-service", Trouble.RADIO),
    ("not-registered", Trouble.RADIO),
    ("radio-power-off", Trouble.RADIO),
    ("in-use", Trouble.IN_USE),
    ("max-activated-contexts", Trouble.IN_USE),
    ("congestion", Trouble.NETWORK),
    ("insufficient-resources", Trouble.NETWORK),
)


def sort_reason(kind: str | None, number: int | None, name: str | None) -> Trouble:
    """What a refusal of this type, number and name comes down to."""
    for trouble, numbers in _BY_TYPE.get(kind or "", {}).items():
        if number in numbers:
            return trouble
    for part, trouble in _BY_NAME:
        if name is not None and part in name:
            return trouble
    return Trouble.UNKNOWN
