# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports for the tests of the views: a healthy one, a failed one, one of every outcome."""

from __future__ import annotations

from qmiprobe.check import Report
from qmiprobe.diagnosis import Evidence, Facts, Finding, Outcome, Reason, Remedy, Verdict, explain

IMSI = "001010123456789"
ICCID = "8988211000000123456"

_DEVICE = {
    "address": "/dev/cdc-wdm0",
    "path": "/dev/cdc-wdm0",
    "usb": "2-6",
    "protocol": "qmi",
    "manufacturer": "Quectel",
    "model": "EC25",
    "revision": "EC25EFAR06A08M4G",
}


def facts() -> Facts:
    """Facts of a modem without a SIM card, but with personal values from earlier."""
    known = Facts()
    known.add("device.path", "/dev/cdc-wdm0", source="the command line")
    known.add("device.protocol.heard", "qmi", source="the driver")
    known.add("sim.state", "absent", source="uim get-card-status")
    known.add("sim.slot", 1, source="uim get-card-status")
    known.add("sim.imsi", IMSI, source=f"IMSI file of {ICCID}", personal=True)
    known.add("sim.iccid", ICCID, source="dms uim-get-iccid", personal=True)
    return known


def report_of(*verdicts: Verdict, findings: tuple[Finding, ...] | None = None) -> Report:
    """A report with these verdicts; findings as the rules give them, unless given."""
    known = facts()
    return Report(
        device=dict(_DEVICE),
        started="2024-05-01T12:00:00.000Z",
        duration_s=3.14159,
        verdicts=verdicts,
        findings=explain(known, verdicts) if findings is None else findings,
        facts=known,
    )


OPENED = Verdict("port.open", Outcome.PASS, summary="opened; commands up to 4096 bytes")
SIM_FAILS = Verdict(
    "sim.ready",
    Outcome.FAIL,
    Reason.DEFECT,
    "no SIM card in slot 1",
    (Evidence("card state: absent", "absent", source="uim get-card-status"),),
    duration_s=0.0213,
)


def blocked(check: str) -> Verdict:
    """A check that needs the SIM card."""
    summary = "needs sim.ready, which failed"
    return Verdict(check, Outcome.BLOCKED, summary=summary, blocked_by="sim.ready")


BLOCKED_CHECKS = ("radio.registered", "session.settings", "session.up", "link.route", "link.return")


def healthy() -> Report:
    """Everything passes."""
    return report_of(OPENED, Verdict("sim.ready", Outcome.PASS, summary="ready"))


def no_sim() -> Report:
    """The SIM card is absent; the rest is blocked."""
    return report_of(OPENED, SIM_FAILS, *map(blocked, BLOCKED_CHECKS))


def every_outcome() -> Report:
    """One check of each outcome, with a failure that no rule explains."""
    return report_of(
        Verdict("usb.enumerated", Outcome.SKIPPED, summary="a simulated modem has no USB side"),
        OPENED,
        Verdict(
            "control.answers",
            Outcome.WARN,
            summary="slow",
            evidence=(Evidence("median 812 ms", 812, "ms", "10 round trips"),),
            duration_s=8.5,
        ),
        Verdict(
            "device.identity",
            Outcome.FAIL,
            Reason.CANNOT_TEST,
            "does not say who it is",
            (Evidence("asked 3 times", 3),),
        ),
        Verdict(
            "device.mode",
            Outcome.BLOCKED,
            summary="needs device.identity, which failed",
            blocked_by="device.identity",
        ),
        Verdict(
            "radio.signal",
            Outcome.BROKEN,
            summary="KeyError: 'rssi'",
            evidence=(Evidence("raised in read, _radio.py line 12", source="qmiprobe"),),
        ),
    )


def personal() -> Report:
    """Personal values in evidence, summaries, sources, findings and the device."""
    evidence = (
        Evidence(f"IMSI {IMSI}", IMSI, source=f"file of {ICCID}", personal=True),
        Evidence("ICCID 8988 2110 0000 0123 456", ICCID, personal=True),
        Evidence("position", {"latitude": 52.51631, "near": "Nowhere"}, personal=True),
        Evidence(f"profile of {IMSI}", [IMSI, 7], source="wds"),
    )
    finding = Finding(
        "sim/illegal",
        f"card {ICCID} is barred",
        ("sim.ready",),
        Remedy(f"Ask about {IMSI}.", (f"echo {IMSI}",), (f"echo {ICCID}",), (f"log {IMSI}",)),
        evidence[:1],
        modem=f"modem with {ICCID}",
    )
    verdict = Verdict("sim.ready", Outcome.FAIL, Reason.DEFECT, f"card {ICCID}", evidence)
    report = report_of(verdict, findings=(finding,))
    return Report(**{**vars(report), "device": {**_DEVICE, "model": f"of {IMSI}"}})
