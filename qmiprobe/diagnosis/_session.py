# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the data session: refused, or up in name only."""

from __future__ import annotations

from collections.abc import Callable

from qmiprobe.diagnosis._commands import address, tool
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, came_in, observed, rule, went_out
from qmiprobe.diagnosis._session_reasons import Trouble, sort_reason


@rule(id="session/refused", explains=("session.up",))
def refused(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem or the network refused to start the data session, and said why."""
    kind, name = facts.text("session.refused.type"), facts.text("session.refused.name")
    number = facts.integer("session.refused.number")
    if kind is None and number is None and name is None:
        return None
    reason = " ".join(str(part) for part in (kind, number, name) if part is not None)
    return Cause(
        f"the data session is refused: {reason}",
        _REMEDIES[sort_reason(kind, number, name)](facts),
        (
            observed(facts, "session.refused.type", "kind of reason"),
            observed(facts, "session.refused.number", "its number"),
            observed(facts, "session.refused.name", "its name"),
            observed(facts, "session.apn", "APN that was asked for"),
        ),
    )


def _connect(facts: Facts, options: str) -> str:
    return f"qmiprobe check {address(facts)} --connect {options}"


def _wrong_apn(facts: Facts) -> Remedy:
    return Remedy(
        "The network does not know the APN, or it needs one. Use the one that the operator names "
        "for this card, in place of APN.",
        commands=(_connect(facts, "--apn APN"),),
        lasting=("nmcli connection modify CONNECTION gsm.apn APN",),
    )


def _wrong_login(facts: Facts) -> Remedy:
    return Remedy(
        "User name or password are wrong or missing, or the APN is not open to this card. Use "
        "what the operator names; some expect any text, but not an empty one.",
        commands=(_connect(facts, "--apn APN --user USER --password PASSWORD"),),
        lasting=("nmcli connection modify CONNECTION gsm.username USER gsm.password PASSWORD",),
    )


def _throttled(facts: Facts) -> Remedy:
    return Remedy(
        "After refusals the modem holds back further attempts itself, for minutes to hours. Mend "
        "the cause of the first refusal (mostly the APN), then wait, or restart the radio.",
        commands=(
            *tool(facts, qmi="--dms-set-operating-mode=low-power", mbim="--set-radio-state=off"),
            *tool(facts, qmi="--dms-set-operating-mode=online", mbim="--set-radio-state=on"),
            _connect(facts, "--apn APN"),
        ),
    )


def _ip_family(facts: Facts) -> Remedy:
    return Remedy(
        "The network does not give this IP family on this APN: ask for the other one alone.",
        commands=(_connect(facts, "--ip-type 4"), _connect(facts, "--ip-type 6")),
        lasting=("nmcli connection modify CONNECTION ipv6.method disabled",),
    )


def _subscription(facts: Facts) -> Remedy:
    return Remedy(
        "The subscription does not include this service: the APN, the IP type or data as such. "
        "Try IPv4 alone, then ask the operator what the card is allowed.",
        commands=(_connect(facts, "--ip-type 4"),),
    )


def _roaming(facts: Facts) -> Remedy:
    return Remedy(
        "Data is not allowed in a foreign network. Allow it in the modem's profile and in the "
        "connection if you accept what it costs; else wait for the home network.",
        commands=("nmcli connection modify CONNECTION gsm.home-only no",),
        undo=("nmcli connection modify CONNECTION gsm.home-only yes",),
    )


def _radio(facts: Facts) -> Remedy:
    return Remedy(
        "The modem lost the network at that moment. See registration and signal.",
        commands=(
            *tool(facts, qmi="--nas-get-serving-system", mbim="--query-registration-state"),
            *tool(facts, qmi="--nas-get-signal-info", mbim="--query-signal-state"),
        ),
    )


def _in_use(facts: Facts) -> Remedy:
    return Remedy(
        "There is a data session already: another program's, or the modem has dialled by itself. "
        "End that one, and switch the automatic connection off.",
        commands=(
            "mmcli -m any --simple-disconnect",
            *tool(facts, qmi="--wds-set-autoconnect-settings=disabled", mbim="--disconnect=0"),
        ),
    )


def _network(facts: Facts) -> Remedy:
    return Remedy(
        "The network has trouble or no resources now. Wait a few minutes, then try again; if it "
        "stays so, ask the operator with type and number of the reason.",
        commands=(_connect(facts, "--apn APN"),),
    )


def _unknown(facts: Facts) -> Remedy:
    return Remedy(
        "Try the APN that the operator names, and one IP family alone; if it stays so, ask the "
        "operator with type and number of the reason.",
        commands=(_connect(facts, "--apn APN --ip-type 4"),),
    )


_REMEDIES: dict[Trouble, Callable[[Facts], Remedy]] = {
    Trouble.APN: _wrong_apn,
    Trouble.AUTHENTICATION: _wrong_login,
    Trouble.THROTTLED: _throttled,
    Trouble.IP_FAMILY: _ip_family,
    Trouble.SUBSCRIPTION: _subscription,
    Trouble.ROAMING: _roaming,
    Trouble.RADIO: _radio,
    Trouble.IN_USE: _in_use,
    Trouble.NETWORK: _network,
    Trouble.UNKNOWN: _unknown,
}


@rule(
    id="session/phantom",
    explains=("link.return",),
    tell_apart="a data session that is started anew carries packets",
)
def phantom(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The session is up, the modem sends, the network gives nothing back."""
    if facts.flag("session.up") is not True or facts.get("link.return.kinds"):
        return None
    if came_in(facts) or not went_out(facts):
        return None
    sent, received = facts.integer("session.sent"), facts.integer("session.received")
    if received or sent == 0:  # not known (None) does not speak against it
        return None
    return Cause(
        "the data session is up in name only: the modem sends, the network returns nothing",
        Remedy(
            "Start the session anew. If that does not help, restart the radio; if it stays so, "
            "the subscription may be out of data or barred: ask the operator.",
            commands=(
                "mmcli -m any --simple-disconnect",
                *tool(
                    facts, qmi="--dms-set-operating-mode=low-power", mbim="--set-radio-state=off"
                ),
                *tool(facts, qmi="--dms-set-operating-mode=online", mbim="--set-radio-state=on"),
                _connect(facts, "--wait 30"),
            ),
        ),
        _lost_after_the_modem(facts),
    )


def _lost_after_the_modem(facts: Facts) -> tuple[Evidence, ...]:
    return (
        observed(facts, "link.return.tap_out", "probes that left on the netdev"),
        observed(facts, "session.sent", "packets that the modem sent"),
        observed(facts, "session.received", "packets that the modem received"),
        observed(facts, "link.return.tap_in", "answers that arrived on the netdev"),
    )
