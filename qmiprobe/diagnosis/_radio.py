# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the network: denied, still searching, not attached."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import tool
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

# What the reject causes of 3GPP TS 24.008 and 24.301 ask of the user, by number.
_DENIED: tuple[tuple[frozenset[int], str], ...] = (
    (
        frozenset({2, 3, 4, 8, 9}),
        "The network does not know this subscription or does not allow it any service: the card "
        "is not activated, cancelled, or barred. Ask the operator.",
    ),
    (
        frozenset({5, 6}),
        "The network does not accept this modem (its IMEI): it is barred, or the operator admits "
        "approved models only. Ask the operator.",
    ),
    (
        frozenset({7, 14, 15}),
        "The subscription has no packet service here, or none in this radio technology. Ask the "
        "operator, or allow the modem other technologies.",
    ),
    (
        frozenset({11, 12, 13}),
        "This network or area is not open to the card: a foreign network without a roaming "
        "agreement, or a modem tied to the wrong network. Let it choose the network itself.",
    ),
    (
        frozenset({19, 26, 27, 28, 29, 33}),
        "The network refused the first data connection and with it the attach: mostly a wrong "
        "APN for the attach. Set the one that the operator names.",
    ),
    (
        frozenset({16, 17, 22, 42}),
        "The network has trouble or is overloaded. Wait, then try again.",
    ),
)
_ATTACH_APN = frozenset({19, 26, 27, 28, 29, 33})
_OTHER = "The network gives no reason that a setting here would change. Ask the operator."
_SET_ATTACH_APN = "mmcli -m any --3gpp-set-initial-eps-bearer-settings=apn=APN,ip-type=ipv4v6"


@rule(id="radio/denied", explains=("radio.registered",))
def denied(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network refused the registration."""
    if facts.text("radio.registration") != "denied":
        return None
    number = facts.integer("radio.reject.number")
    return Cause(
        f"the network refuses the registration{_cause(facts, 'radio.reject')}",
        Remedy(_advice(number), commands=_after_denial(number)),
        (
            observed(facts, "radio.registration", "registration"),
            observed(facts, "radio.reject.number", "reject cause"),
            observed(facts, "radio.reject.name", "its name"),
            observed(facts, "radio.plmn", "network"),
        ),
    )


def _cause(facts: Facts, root: str) -> str:
    """`: cause 11, plmn-not-allowed`, as far as it is known."""
    number, name = facts.integer(f"{root}.number"), facts.text(f"{root}.name")
    parts = [f"cause {number}"] if number is not None else []
    parts += [name] if name else []
    return f": {', '.join(parts)}" if parts else ""


def _advice(number: int | None) -> str:
    return next((text for numbers, text in _DENIED if number in numbers), _OTHER)


def _after_denial(number: int | None) -> tuple[str, ...]:
    if number in _ATTACH_APN:
        return (_SET_ATTACH_APN,)
    if number in (11, 12, 13, 15):
        return ("mmcli -m any --3gpp-register-home",)
    return ()


@rule(id="radio/searching", explains=("radio.registered",))
def searching(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No network has been found that would take the modem."""
    if facts.text("radio.registration") not in ("searching", "not-registered"):
        return None
    return Cause(
        "the modem finds no network that takes it",
        Remedy(
            "Check antennas and their connectors, go where a phone with the same operator has a "
            "signal, and see whether the technologies that the operator has here are allowed. "
            "The command lists the networks in reach; it takes minutes.",
            commands=tool(facts, qmi="--nas-network-scan", mbim="--query-visible-providers"),
        ),
        (
            observed(facts, "radio.registration", "registration"),
            observed(facts, "radio.signal.rssi", "signal (RSSI)", unit="dBm"),
        ),
    )


@rule(id="radio/not-attached", explains=("radio.registered",))
def not_attached(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Registered, but without packet service."""
    if (
        facts.text("radio.registration") != "registered"
        or facts.flag("radio.attached") is not False
    ):
        return None
    attach = tool(facts, mbim="--attach-packet-service")
    return Cause(
        f"registered, but without packet service{_cause(facts, 'radio.attach')}",
        Remedy(
            "On LTE and later the attach needs an APN that the network knows: set the one that "
            "the operator names, then register anew.",
            commands=(_SET_ATTACH_APN, *attach),
        ),
        (
            observed(facts, "radio.attached", "packet service attached"),
            observed(facts, "radio.attach.number", "cause"),
            observed(facts, "radio.technology", "technology"),
        ),
    )
