# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the data session: what it would be started with, and whether it is up."""

from __future__ import annotations

from qmiprobe.bearer import BearerFacts
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.errors import CannotTest
from qmiprobe.session import DataSession, Refusal, SessionRefused, configured


async def session_settings(context: CheckContext) -> Result:
    """What decides about a session: stored APN, profiles, autoconnect."""
    found = await context.the_modem.settings()
    shown = ", ".join(f"{name} {value or 'empty'}" for name, value in found.items())
    asked = context.options.session
    context.facts.add("session.apn", asked.apn, source="--apn")
    evidence = [measured(name, value, source="modem") for name, value in found.items()]
    if found.get("autoconnect") == "enabled" and context.options.connect:
        return Result.warned("the modem connects by itself: it may refuse a second call", *evidence)
    return Result.passed(shown or "nothing stored", *evidence)


async def session_up(context: CheckContext) -> Result:
    """With --connect a session is started; else what is up already is looked at."""
    context.facts.add("session.asked", context.options.connect, source="--connect")
    if not context.options.connect:
        return await _look(context)
    manager = context.the_modem.open_session(context.options.session)
    try:
        session = await context.stack.enter_async_context(manager)
    except SessionRefused as refused:
        if context.netdev is not None and all(one.type == "no-address" for one in refused.refusals):
            return await _without_address(context, refused.refusals)
        return refused_call(context, refused.refusals)
    await _use(context, session)
    shown = ", ".join(f"IPv{facts.family} {facts.interface}" for facts in session.families)
    if session.refusals:
        lacks = "; ".join(f"IPv{one.family}: {one}" for one in session.refusals)
        return Result.warned(f"{shown}; refused: {lacks}", *_evidence(session.refusals))
    return Result.passed(shown, *_settings_evidence(session))


async def _look(context: CheckContext) -> Result:
    session = await context.the_modem.find_session()
    context.facts.add("session.up", session is not None, source="modem")
    if session is None:
        return Result.skipped("no data session is up, and --connect was not given")
    context.facts.add("session.owner", session.owner, source="modem")
    await _use(context, session)
    return Result.passed("a session is up that another program or the modem itself started")


async def _use(context: CheckContext, session: DataSession) -> None:
    """Keep the session's facts, and put its addresses on the netdev where it is ours."""
    context.session = session
    facts = context.facts
    settings: list[JsonValue] = [
        {
            "family": family.family,
            "address": str(family.interface),
            "gateway": str(family.gateway) if family.gateway is not None else None,
            "dns": [str(server) for server in family.dns],
            "mtu": family.mtu,
        }
        for family in session.families
    ]
    families: list[JsonValue] = [family.family for family in session.families]
    facts.add("session.up", True, source="modem")
    facts.add("session.families", families, source="modem")
    facts.add("session.settings", settings, source="modem")
    if context.netdev is None:
        return
    bearer = BearerFacts(
        netdev=context.netdev, families=session.families, session_id=session.session_id
    )
    context.bearer = bearer
    if bearer.mtu is not None:
        facts.add("session.mtu", bearer.mtu, source="modem")
    if session.owner != "other":
        facts.add("session.owner", "qmiprobe", source="--connect")
        await _configure(context, bearer)


async def _without_address(context: CheckContext, lacking: tuple[Refusal, ...]) -> Result:
    """The call came up, but the network gave no address: netdev.address judges that."""
    families: list[JsonValue] = [one.family for one in lacking]
    context.facts.add("session.up", True, source="modem")
    context.facts.add("session.owner", "qmiprobe", source="--connect")
    context.facts.add("session.families", [], source="modem")
    context.facts.add("session.no_address", families, source="modem")
    context.bearer = BearerFacts(netdev=context.netdev or "", families=())
    await _configure(context, context.bearer)
    names = " and ".join(f"IPv{family}" for family in families)
    return Result.passed(f"{names} came up, without an address", *_evidence(lacking))


async def _configure(context: CheckContext, bearer: BearerFacts) -> None:
    try:
        await context.stack.enter_async_context(configured(bearer))
    except CannotTest as error:  # the netdev rungs say what is missing, and why it matters
        context.facts.add("netdev.not_configured", str(error), source="rtnetlink")


def refused_call(context: CheckContext, refusals: tuple[Refusal, ...]) -> Result:
    first = refusals[0]
    facts = context.facts
    facts.add("session.up", False, source="modem")
    facts.add("session.refused.type", first.type, source="modem")
    facts.add("session.refused.number", first.number, source="modem")
    facts.add("session.refused.name", first.name, source="modem")
    if first.family:
        facts.add("session.refused.family", first.family, source="modem")
    text = "; ".join(f"IPv{one.family}: {one}" if one.family else str(one) for one in refusals)
    return Result.failed(Reason.DEFECT, f"the call was refused: {text}", *_evidence(refusals))


def _evidence(refusals: tuple[Refusal, ...]) -> list[Evidence]:
    return [measured(one.name, one.number, source=one.type) for one in refusals]


def _settings_evidence(session: DataSession) -> list[Evidence]:
    found = []
    for family in session.families:
        servers = ", ".join(str(server) for server in family.dns) or "none"
        found.append(Evidence(f"IPv{family.family} DNS: {servers}", source="modem"))
        if family.mtu is not None:
            text = f"IPv{family.family} MTU"
            found.append(measured(text, family.mtu, unit="bytes", source="modem"))
    return found
