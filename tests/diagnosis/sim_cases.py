# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about the SIM."""

from __future__ import annotations

from tests.diagnosis.cases import ABSENT, MBIM, Case

SIM = (
    Case(
        rule="sim/absent",
        known={"sim.state": "absent", "sim.slot": 1},
        fails="sim.ready",
        near=({"sim.state": "not-initialised"}, {"sim.other_slot": 2}, {"sim.state": ABSENT}),
        says=("no SIM card", "--uim-get-card-status"),
    ),
    Case(
        rule="sim/other-slot",
        known={"sim.state": "absent", "sim.slot": 1, "sim.other_slot": 2},
        fails="sim.ready",
        near=({"sim.other_slot": ABSENT}, {"sim.state": "ready"}),
        says=("slot 2", "--uim-switch-slot=2", "--uim-switch-slot=1"),
    ),
    Case(
        rule="sim/other-slot",
        known={"sim.state": "absent", "sim.slot": 1, "sim.other_slot": 2},
        base=MBIM,
        fails="sim.ready",
        near=({"sim.other_slot": ABSENT},),
        says=("--ms-set-device-slot-mappings=1", "--ms-set-device-slot-mappings=0"),
    ),
    Case(
        rule="sim/pin-required",
        known={"sim.state": "pin-required", "sim.pin.tries": 3},
        fails="sim.ready",
        near=({"sim.state": "puk-required"}, {"sim.state": "ready"}),
        says=("3 tries left", '--uim-verify-pin=PIN1,"${PIN:?}"', 'mmcli -i any --pin="${PIN:?}"'),
    ),
    Case(
        rule="sim/pin-required",
        known={"sim.state": "pin-required", "sim.pin.tries": 1},
        base=MBIM,
        fails="sim.ready",
        near=({"sim.state": "ready"},),
        says=("(1 try left)", '--enter-pin="${PIN:?}"', '--disable-pin="${PIN:?}"'),
    ),
    Case(
        rule="sim/puk-required",
        known={"sim.state": "puk-required", "sim.puk.tries": 10},
        fails="sim.ready",
        near=({"sim.state": "pin-required"}, {"sim.state": "blocked"}),
        says=("10 tries left", '--uim-unblock-pin=PIN1,"${PUK:?}","${PIN:?}"'),
    ),
    Case(
        rule="sim/blocked",
        known={"sim.state": "blocked", "sim.puk.tries": 0},
        fails="sim.ready",
        near=({"sim.state": "puk-required"},),
        says=("operator",),
        never=("qmicli",),
    ),
    Case(
        rule="sim/illegal",
        known={"sim.state": "illegal"},
        fails="sim.ready",
        near=({"sim.state": "error"}, {"sim.state": "absent"}),
        says=("ask the operator", "--uim-sim-power-off=1", "--uim-sim-power-on=1"),
    ),
    Case(
        rule="sim/not-read",
        known={"sim.state": "not-initialised"},
        fails="sim.ready",
        near=({"sim.state": "illegal"}, {"sim.state": "ready"}),
        says=("contacts",),
        never=("PUK",),
    ),
    Case(
        rule="sim/not-read",
        known={"sim.state": "error", "sim.error": "bad-sim"},
        base=MBIM,
        fails="sim.ready",
        near=({"sim.state": "blocked"},),
        says=("cannot be read, or its PUK was wrong too often",),
    ),
    Case(
        rule="sim/network-locked",
        known={"sim.state": "locked"},
        fails="sim.ready",
        near=({"sim.state": "pin-required"},),
        says=("another operator",),
    ),
)
