# SPDX-License-Identifier: GPL-2.0-or-later
"""The name of a verbose call end reason: its number means something within its type only."""

from __future__ import annotations

from qmiprobe._enums import OpenEnum
from qmiprobe.qmi.services import wds

_REASONS: dict[str, type[OpenEnum]] = {
    "mip": wds.CallEndReasonVerboseMip,
    "internal": wds.CallEndReasonVerboseInternal,
    "cm": wds.CallEndReasonVerboseCm,
    "3gpp": wds.CallEndReasonVerbose3gpp,
    "ppp": wds.CallEndReasonVerbosePpp,
    "ehrpd": wds.CallEndReasonVerboseEhrpd,
    "ipv6": wds.CallEndReasonVerboseIpv6,
}


def call_end_reason(reason: wds.VerboseCallEndReason) -> OpenEnum | None:
    """Return the reason with its name; None where its type has no list of names."""
    names = _REASONS.get(reason.type.name or "")
    return None if names is None else names(reason.reason)
