# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the control channel: silence, another protocol, lost step, used-up clients."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import address, direct, port, protocol, replug, tool
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Reason, Remedy
from qmiprobe.diagnosis._refusals import refusal_evidence, refusal_text, refusals_of
from qmiprobe.diagnosis._rules import (
    Cause,
    Verdicts,
    failed,
    failed_over_the_port,
    observed,
    passed,
    rule,
    unanswered,
)

_OUT_OF_STEP = frozenset(
    {"wrong-transaction", "wrong-message", "wrong-service", "wrong-client", "stale"}
)
_SPOILT = frozenset({"lost", "malformed", "garbage", "reset"})
_NAMES = {"qmi": "QMI", "mbim": "MBIM", "at": "AT commands"}


@rule(
    id="control/no-answer",
    explains=("control.protocol", "control.answers"),
    tell_apart="it stays silent while no other program has the port open",
)
def no_answer(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Nothing at all comes back."""
    silent = unanswered(verdicts, "control.protocol") or facts.integer("control.answered") == 0
    heard_nothing = not facts.text("device.protocol.heard") and not facts.get("control.anomalies")
    held = facts.records("port.holders") and facts.flag("port.proxy") is not True
    if not (silent and heard_nothing) or held or facts.text("port.error"):
        return None
    if _called_other_protocol(verdicts):
        return None
    wanted = _NAMES.get(facts.text("device.protocol.wanted") or "", "the control protocol")
    return Cause(
        f"the modem does not answer {wanted} on {port(facts)}",
        Remedy(
            "A modem that has just started needs up to 45 s. One that has hung comes back after "
            "it was cut off its port; one that never answers speaks another protocol there, or "
            f"this is not its control port.{_behind(facts)}",
            commands=(*replug(facts), f"qmiprobe check {address(facts)}"),
        ),
        (
            observed(facts, "device.protocol.wanted", "protocol that was asked"),
            observed(facts, "device.protocol.driver", "protocol of the driver"),
            Evidence("not one byte came back", source=facts.source("control.asked")),
        ),
    )


@rule(id="control/other-protocol", explains=("control.protocol", "control.answers"))
def other_protocol(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The port answers, in another protocol than the wanted one."""
    wanted, heard = facts.text("device.protocol.wanted"), facts.text("device.protocol.heard")
    if heard is None and _called_other_protocol(verdicts):
        heard = facts.text("device.protocol.driver")  # known without asking
    if wanted is None or heard is None or wanted == heard:
        return None
    bare = address(facts).removeprefix(f"{wanted}:").replace(f"'{wanted}:", "'", 1)
    text = f"Ask it in {_NAMES.get(heard, heard)}."
    if heard == "at":
        text = "This is a serial port for AT commands; the control port is another one."
    return Cause(
        f"{port(facts)} speaks {_NAMES.get(heard, heard)}, not {_NAMES.get(wanted, wanted)}",
        Remedy(
            f"{text} To have {_NAMES.get(wanted, wanted)}, the modem must be switched to a "
            "configuration with it; the second command shows the plan.",
            commands=(
                "qmiprobe list" if heard == "at" else f"qmiprobe check {bare}",
                f"qmiprobe rebind {bare}",
            ),
        ),
        (
            observed(facts, "device.protocol.heard", "heard"),
            observed(facts, "device.protocol.driver", "protocol of the driver"),
        ),
    )


@rule(
    id="control/out-of-step",
    explains=("control.protocol", "control.answers"),
    tell_apart="it goes on while no other program has the port open",
)
def out_of_step(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Answers come that belong to other requests."""
    anomalies = _anomalies(facts, _OUT_OF_STEP)
    if not anomalies and failed(verdicts, "control.answers"):
        anomalies = _anomalies(facts, frozenset({"late"}))  # to requests long given up
    if not anomalies:
        return None
    return Cause(
        "the modem's answers do not belong to the requests",
        Remedy(
            "Stop what else uses the port, then start afresh: the first command empties the port "
            "and, on QMI, takes all client ids back. If it does not help, reset the modem.",
            commands=(
                "systemctl stop ModemManager",
                *_afresh(facts),
                *replug(facts),
            ),
            undo=("systemctl start ModemManager",),
        ),
        anomalies,
    )


@rule(id="control/open-refused", explains=("control.protocol",))
def open_refused(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The port speaks the protocol, and refuses the first question, MBIM OPEN."""
    refusals = refusals_of(facts, "control.protocol")
    if not refusals or not failed(verdicts, "control.protocol"):
        return None
    busy = refusals[0].get("name") == "busy"
    why = "it is busy" if busy else refusal_text(refusals[0])
    text = (
        "Some modems are busy while they start, or as long as another program has them open, and "
        "stay so after one that was killed. Wait a minute and stop what else uses the port; if it "
        "stays busy, cut the modem off its port and let it come back."
    )
    if not busy:
        text = "Cut the modem off its port and let it come back; a newer firmware may be the cure."
    stop = ("systemctl stop ModemManager",) if busy else ()
    return Cause(
        f"the modem refuses to open its control channel: {why}",
        Remedy(
            text,
            commands=(*stop, *replug(facts), f"qmiprobe check {address(facts)}"),
            undo=("systemctl start ModemManager",) if busy else (),
        ),
        (*map(refusal_evidence, refusals), *_anomalies(facts, frozenset({"open-busy"}))),
    )


@rule(id="control/answers-spoilt", explains=("control.protocol", "control.answers"))
def answers_spoilt(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Answers get lost or arrive as bytes that mean nothing, though nobody else reads."""
    anomalies = _anomalies(facts, _SPOILT)
    if not anomalies or _anomalies(facts, _OUT_OF_STEP):
        return None
    return Cause(
        "answers are lost or broken on their way from the modem",
        Remedy(
            "Look for USB errors, then cut the modem off its port and let it come back; a newer "
            "firmware or kernel may be the lasting cure.",
            commands=("dmesg | grep -iE 'usb|wdm|wwan' | tail -n 30", *replug(facts)),
        ),
        anomalies,
    )


@rule(id="control/client-ids-exhausted", explains=("control.clients",))
def client_ids_exhausted(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem has no client id left for a service."""
    if facts.text("control.clients.error") != "client-ids-exhausted":
        return None
    service = facts.text("control.clients.service") or "a service"
    later = tuple(
        str(one.get("check"))
        for one in facts.records("control.refused")
        if one.get("name") == "client-ids-exhausted"
    )
    return Cause(
        f"the modem has no client id left for {service}",
        Remedy(
            "Programs that were killed have left theirs behind. With ModemManager stopped, a sync "
            "gives all of them back (and takes them from every program that still runs).",
            commands=("systemctl stop ModemManager", *_afresh(facts)),
            undo=("systemctl start ModemManager",),
        ),
        (
            observed(facts, "control.clients.service", "service"),
            observed(facts, "control.clients.error", "error"),
        ),
        also_explains=later,
    )


@rule(id="control/leftover-client-ids", explains=("control.clients",), of_warning=True)
def leftover_client_ids(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A run that was killed could not give back its client ids; this one did."""
    left = facts.records("control.clients.given_back")
    if not left:
        return None
    pids = ", ".join(dict.fromkeys(str(one.get("pid")) for one in left))
    ids = ", ".join(f"{one.get('service')} {one.get('client')}" for one in left)
    return Cause(
        "a run of qmiprobe that was killed had left client ids behind",
        Remedy(
            "Nothing needs to be done: they have been given back. A run that is to end early gives "
            "them back by itself on Ctrl-C and on `kill`, but not on `kill -9`."
        ),
        (
            Evidence(
                f"given back: {ids} (of process {pids})",
                source=facts.source("control.clients.given_back"),
            ),
        ),
    )


@rule(id="control/went-silent", explains=())
def went_silent(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem answered at first and then no more."""
    asked = ("control.answers", *failed_over_the_port(verdicts))
    silent = tuple(check for check in asked if unanswered(verdicts, check))
    if not silent or not passed(verdicts, "control.protocol") or facts.text("port.error"):
        return None
    return Cause(
        "the modem stopped answering in time",
        Remedy(
            "Some requests take minutes while a modem starts or has no network. If it stays "
            f"silent, cut it off its port and let it come back.{_behind(facts)}",
            commands=(*replug(facts), f"qmiprobe check {address(facts)} --timeout 180"),
        ),
        tuple(Evidence(f"{check}: {verdicts[check].summary}") for check in silent),
        also_explains=silent,
    )


def _behind(facts: Facts) -> str:
    if facts.flag("port.proxy") is not True:
        return ""
    return (
        " The proxy drops answers that it cannot read or that fit no question: without the "
        f"programs that use it, `qmiprobe check {direct(facts)}` may see more."
    )


def _called_other_protocol(verdicts: Verdicts) -> bool:
    verdict = verdicts.get("control.protocol")
    return verdict is not None and verdict.reason is Reason.OTHER_PROTOCOL


def _afresh(facts: Facts) -> tuple[str, ...]:
    if protocol(facts) == "mbim":
        return tool(facts, mbim="--query-device-caps")
    return tool(facts, qmi="--device-open-sync --dms-noop")


def _anomalies(facts: Facts, kinds: frozenset[str]) -> tuple[Evidence, ...]:
    """Each thing of these kinds that did not fit, as evidence."""
    source = facts.source("control.anomalies")
    return tuple(
        Evidence(str(entry.get("text", entry["kind"])), value=entry["kind"], source=source)
        for entry in facts.records("control.anomalies")
        if str(entry.get("kind")) in kinds
    )
