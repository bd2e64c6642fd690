# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder after a session that was refused: the same rungs and rules say why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.check._ladder import LADDER, Rung
from qmiprobe.check._rungs_session import refused_call
from qmiprobe.diagnosis import Evidence, JsonValue
from qmiprobe.errors import QmiprobeError

if TYPE_CHECKING:
    from qmiprobe.session import Refusal

SESSION = "session.up"
_TIMEOUT = 3.0


def ladder_after(refusals: tuple[Refusal, ...]) -> tuple[Rung, ...]:
    """Return the ladder up to the session, whose rung starts none: it was refused just now."""

    async def rung(context: CheckContext) -> Result:
        result = refused_call(context, refusals)
        return replace(result, evidence=(*result.evidence, *await _held_back(context)))

    found = next(number for number, one in enumerate(LADDER) if one.id == SESSION)
    return (*LADDER[:found], replace(LADDER[found], run=rung))


async def _held_back(context: CheckContext) -> list[Evidence]:
    """Ask which APNs the modem holds attempts back for, after refusals (QMI; newer firmware)."""
    from qmiprobe.check._modem_qmi import QmiModem

    modem = context.the_modem
    if not isinstance(modem, QmiModem):
        return []
    from qmiprobe.qmi.services import wds

    network = wds.DataSystemNetworkType._3GPP
    try:
        client = await modem.clients.of("wds")
        asked = wds.GetPdnThrottleInfo(network_type=network)
        got = await client.call(asked, timeout=_TIMEOUT)
    except QmiprobeError:  # few know the question, and it is no fault of theirs
        return []
    lines: list[Evidence] = []
    held: list[JsonValue] = []
    for one in got.info or ():
        for family, throttled, left_ms in (
            (4, one.ipv4_throttled, one.ipv4_throttle_time_left_ms),
            (6, one.ipv6_throttled, one.ipv6_throttle_time_left_ms),
        ):
            if throttled:
                seconds = left_ms / 1000
                text = f"IPv{family} of APN {one.apn or '(none)'} held back for"
                lines.append(measured(text, seconds, unit="s", source="WDS Get PDN Throttle Info"))
                held.append({"apn": one.apn, "family": family, "left_s": seconds})
    if held:
        context.facts.add("session.throttled", held, source="WDS Get PDN Throttle Info")
    return lines
