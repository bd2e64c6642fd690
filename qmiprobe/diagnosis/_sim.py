# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the SIM: absent, in another slot, locked, refused."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import tool
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule


@rule(id="sim/absent", explains=("sim.ready",))
def absent(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """There is no card, in no slot that is known."""
    if facts.text("sim.state") != "absent" or facts.integer("sim.other_slot") is not None:
        return None
    return Cause(
        "no SIM card in the slot",
        Remedy(
            "Insert a SIM card, contacts clean and the right way round, and restart the modem: "
            "many do not notice a card that comes later. Then see whether it is read.",
            commands=tool(
                facts, qmi="--uim-get-card-status", mbim="--query-subscriber-ready-status"
            ),
        ),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.slot", "slot")),
    )


@rule(id="sim/other-slot", explains=("sim.ready",))
def other_slot(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The card is in a slot that is not the active one."""
    slot = facts.integer("sim.other_slot")
    if facts.text("sim.state") != "absent" or slot is None:
        return None
    back = facts.integer("sim.slot")
    return Cause(
        f"the SIM card is in slot {slot}, which is not the active one",
        Remedy(
            "Switch to that slot. With ModemManager running, use "
            f"`mmcli -m any --set-primary-sim-slot={slot}`.",
            commands=tool(facts, **_switch(slot)),
            undo=tool(facts, **_switch(back)) if back is not None else (),
        ),
        (
            observed(facts, "sim.slot", "active slot"),
            observed(facts, "sim.other_slot", "slot with a card"),
        ),
    )


def _switch(slot: int) -> dict[str, str]:
    # MBIM counts slots from 0.
    return {
        "qmi": f"--uim-switch-slot={slot}",
        "mbim": f"--ms-set-device-slot-mappings={slot - 1}",
    }


# PIN and PUK come from the shell, which refuses empty ones: an example would cost a try.
@rule(id="sim/pin-required", explains=("sim.ready",))
def pin_required(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The card wants its PIN."""
    if facts.text("sim.state") != "pin-required":
        return None
    tries = facts.integer("sim.pin.tries")
    left = "" if tries is None else f" ({tries} {'try' if tries == 1 else 'tries'} left)"
    return Cause(
        f"the SIM card wants its PIN{left}",
        Remedy(
            "Type the PIN into a shell variable (`read -rs PIN`), then enter it. A wrong one costs "
            "a try, and after the last try the card wants its PUK. With ModemManager running: "
            '`mmcli -i any --pin="${PIN:?}"`.',
            commands=tool(
                facts, qmi='--uim-verify-pin=PIN1,"${PIN:?}"', mbim='--enter-pin="${PIN:?}"'
            ),
            lasting=tool(
                facts,
                qmi='--uim-set-pin-protection=PIN1,disable,"${PIN:?}"',
                mbim='--disable-pin="${PIN:?}"',
            ),
        ),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.pin.tries", "tries left")),
    )


@rule(id="sim/puk-required", explains=("sim.ready",))
def puk_required(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The PIN was wrong too often."""
    if facts.text("sim.state") != "puk-required":
        return None
    tries = facts.integer("sim.puk.tries")
    left = "" if tries is None else f" ({tries} {'try' if tries == 1 else 'tries'} left)"
    return Cause(
        f"the SIM card wants its PUK{left}: the PIN was wrong too often",
        Remedy(
            "Type the PUK, which came with the card or from the operator, and a new PIN into shell "
            "variables (`read -rs PUK`, `read -rs PIN`), then enter both. After the last try the "
            "card is lost for good.",
            commands=tool(
                facts,
                qmi='--uim-unblock-pin=PIN1,"${PUK:?}","${PIN:?}"',
                mbim='--enter-puk="${PUK:?}","${PIN:?}"',
            ),
        ),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.puk.tries", "tries left")),
    )


@rule(id="sim/blocked", explains=("sim.ready",))
def blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The PUK is used up as well."""
    if facts.text("sim.state") != "blocked":
        return None
    return Cause(
        "the SIM card is blocked for good: the PUK was wrong too often",
        Remedy("Only the operator can help: ask for another card."),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.puk.tries", "tries left")),
    )


@rule(id="sim/illegal", explains=("sim.ready",))
def illegal(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network has refused the card, or the modem holds it to be refused."""
    if facts.text("sim.state") != "illegal":
        return None
    return Cause(
        "the network does not accept the SIM card",
        Remedy(
            "The card is not activated, cancelled, or barred: ask the operator, and try it in a "
            "phone. The modem keeps this in mind until card or modem are restarted.",
            commands=(
                *tool(facts, qmi="--uim-sim-power-off=1", mbim="--set-radio-state=off"),
                *tool(facts, qmi="--uim-sim-power-on=1", mbim="--set-radio-state=on"),
            ),
        ),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.error", "card error")),
    )


@rule(id="sim/not-read", explains=("sim.ready",))
def not_read(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """There is a card, but it cannot be used."""
    if facts.text("sim.state") not in ("error", "not-initialised"):
        return None
    # MBIM has one word for a card that does not answer and for one whose PUK was used up.
    bad = facts.text("sim.error") == "bad-sim"
    return Cause(
        "the SIM card cannot be read" + (", or its PUK was wrong too often" if bad else ""),
        Remedy(
            "Take it out, clean the contacts, put it back and restart the modem; then try the "
            "card in a phone. Some modems need to be cut off their power after a cold start.",
            commands=tool(
                facts, qmi="--uim-get-card-status", mbim="--query-subscriber-ready-status"
            ),
        ),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.error", "card error")),
    )


@rule(id="sim/network-locked", explains=("sim.ready",))
def network_locked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem is locked to another operator's cards."""
    if facts.text("sim.state") != "locked":
        return None
    return Cause(
        "the modem is locked to the cards of another operator",
        Remedy(
            "Use a card of that operator, or ask who sold the modem for the unlock code.",
            commands=tool(facts, qmi="--uim-get-configuration", mbim="--query-pin-state"),
        ),
        (observed(facts, "sim.state", "card"), observed(facts, "sim.error", "lock")),
    )
