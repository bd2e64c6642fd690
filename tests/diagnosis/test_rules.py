# SPDX-License-Identifier: GPL-2.0-or-later
"""Every rule fires on its case, keeps silent on the near misses, and gives a usable remedy."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qmiprobe.diagnosis
from qmiprobe.diagnosis import Finding, JsonValue, Outcome, Reason, Verdict, explain
from qmiprobe.diagnosis._driver_facts import let_in
from qmiprobe.diagnosis._rules import Cause, Rule, all_rules, rule
from tests.diagnosis import (
    bus_cases,
    control_cases,
    data_cases,
    driver_cases,
    host_cases,
    link_cases,
    local_cases,
    passing_cases,
    pci_cases,
    sim_cases,
    usb_cases,
    vpn_cases,
    vpn_inside_cases,
    vpn_tls_cases,
)
from tests.diagnosis.cases import (
    ABSENT,
    MBIM,
    QMI,
    Case,
    Known,
    facts_of,
    failing,
    passing,
    rule_called,
    text_of,
)

CASES: tuple[Case, ...] = (
    *usb_cases.USB,
    *driver_cases.DRIVER,
    *bus_cases.BUS,
    *bus_cases.CHOICE,
    *host_cases.DRIVERS,
    *pci_cases.PCI,
    *host_cases.HOST,
    *host_cases.SETTINGS,
    *control_cases.PORT,
    *control_cases.CONTROL,
    *control_cases.DEVICE,
    *sim_cases.SIM,
    *data_cases.RADIO,
    *data_cases.SESSION,
    *data_cases.NETDEV,
    *data_cases.LINK,
    *data_cases.PATH,
    *passing_cases.PASSES,
    *passing_cases.NAT,
    *passing_cases.REFLECTOR,
    *passing_cases.QUALITY,
    *link_cases.HOST,
    *local_cases.LOCAL,
    *link_cases.REACH,
    *vpn_cases.HOST,
    *vpn_cases.ENDPOINT,
    *vpn_tls_cases.ROUTED_AND_TLS,
    *vpn_inside_cases.CARRIED,
)
OWN_TESTS = {"control/went-silent", "driver/no-dtr"}
by_rule = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)


def finding_of(case: Case, change: Known | None = None) -> Finding | None:
    return rule_called(case.rule)(case.facts(change), case.verdicts())


@by_rule
def test_a_rule_recognises_its_cause_and_explains_the_check_that_failed(case: Case):
    finding = finding_of(case)
    assert finding is not None
    assert finding.id == case.rule
    assert case.fails in finding.explains
    assert finding.modem == case.facts().text("device.path")
    assert finding.evidence


@by_rule
def test_a_rule_is_silent_on_each_near_miss(case: Case):
    assert [change for change in case.near if finding_of(case, change) is not None] == []


@by_rule
def test_a_finding_reads_as_it_should(case: Case):
    finding = finding_of(case)
    assert finding is not None
    text = text_of(finding)
    assert [part for part in case.says if part not in text] == []
    assert [part for part in case.never if part in text] == []
    assert not finding.title.endswith(".")
    assert finding.remedy.text.endswith(".")
    assert "None" not in text


@by_rule
def test_the_cause_is_the_only_one_that_is_named(case: Case):
    found = explain(case.facts(), case.verdicts().values())
    named = {finding.id for finding in found if not set(finding.explains) & set(case.beside)}
    allowed = {case.rule}
    if case.facts().get("device.usb_id") and case.facts().get("device.mode.cause") == "unknown":
        allowed = {"device/low-power", "device/fcc-locked"}
    assert named == allowed


def test_what_is_to_be_pasted_is_what_a_shell_understands():
    lines = []
    # What a VPN or a path needs is in part set elsewhere than in a shell.
    for case in (one for one in CASES if not one.rule.startswith(("path/", "vpn/"))):
        finding = finding_of(case)
        assert finding is not None
        remedy = finding.remedy
        lines += [*remedy.commands, *remedy.undo, *remedy.lasting]
    assert len(lines) > 100
    script = "\n".join(lines)
    done = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_lets_a_module_in_leaves_the_other_lines_of_the_file(tmp_path: Path):
    file = tmp_path / "wwan's.conf"
    rest = "options option x=1\nblacklist options_like\n# blacklist option\nblacklist qcserial\n"
    file.write_text(f"blacklist option\n  install option /bin/true\n{rest}blacklist option # no\n")
    subprocess.run(["sh", "-c", let_in("option", str(file))], check=True)
    assert file.read_text() == rest


def test_each_rule_has_a_case():
    assert {case.rule for case in CASES} | OWN_TESTS == {rule.id for rule in all_rules()}


@pytest.mark.parametrize(
    ("reason", "fires"),
    # Silence is all that there is to know of a mute modem.
    [(Reason.DEFECT, set()), (Reason.NO_ANSWER, {"control/no-answer"})],
)
def test_rules_are_silent_when_nothing_is_known(reason: Reason, fires: set[str]):
    verdicts = {check: failing(check, reason) for rule in all_rules() for check in rule.explains}
    ids = {rule.id for rule in all_rules() if rule(facts_of({}), verdicts) is not None}
    assert ids == fires


def test_a_modem_that_stops_answering_explains_each_check_that_met_silence():
    verdicts = [
        passing("control.protocol"),
        failing("sim.ready", Reason.NO_ANSWER),
        failing("radio.signal", Reason.NO_ANSWER),
    ]
    (finding,) = explain(facts_of(QMI), verdicts)
    assert (finding.id, finding.explains) == ("control/went-silent", ("sim.ready", "radio.signal"))
    refused = [passing("control.protocol"), failing("sim.ready", Reason.DEFECT)]
    assert [finding.id for finding in explain(facts_of(QMI), refused)] == ["unexplained"]


def test_a_modem_that_answers_once_has_gone_silent_and_one_that_never_did_has_not():
    verdicts = [passing("control.protocol"), failing("control.answers", Reason.NO_ANSWER)]
    facts = facts_of({**QMI, "control.answered": 0, "control.asked": 1})
    assert [finding.id for finding in explain(facts, verdicts)] == ["control/went-silent"]
    mute = facts_of({**QMI, "device.protocol.heard": ABSENT})
    never = [failing("control.protocol", Reason.NO_ANSWER)]
    assert [finding.id for finding in explain(mute, never)] == ["control/no-answer"]


def test_ids_that_ran_out_later_are_the_same_cause():
    record: Known = {"check": "session.up", "question": "ctl allocate-cid", "kind": "qmi-error",
              "number": 5, "name": "client-ids-exhausted"}  # fmt: skip
    known: Known = {"control.refused": [record], "control.clients.error": "client-ids-exhausted"}
    found = explain(facts_of({**QMI, **known}), [failing("session.up")])
    assert [(one.id, one.explains) for one in found] == [
        ("control/client-ids-exhausted", ("session.up",))
    ]


def test_a_modem_that_leaves_explains_what_failed_over_its_port():
    facts = facts_of({**QMI, "port.error": "gone"})
    failures = ("control.answers", "session.up", "netdev.format", "link.dns")
    (finding,) = explain(facts, [failing(check) for check in failures])
    assert (finding.id, finding.explains) == ("port/gone", failures)


def test_what_a_modem_came_back_as_is_told_where_it_is_another_one():
    known: Known = {"port.error": "gone", "device.usb_id": "2c7c:0125"}
    titles = [
        explain(facts_of({**QMI, **known, "usb.returned": back}), [failing("control.answers")])[
            0
        ].title
        for back in ("05c6:9008", "2c7c:0125", ABSENT)
    ]
    assert ["came back as 05c6:9008" in title for title in titles] == [True, False, False]


def test_a_switch_of_the_machine_explains_a_modem_at_low_power():
    switch: Known = {"name": "hp-wwan", "path": "/sys/class/rfkill/rfkill0", "soft": True}
    known: Known = {"device.mode": "low-power", "device.mode.cause": "software"}
    failure = [failing("device.mode")]
    found = explain(facts_of({**QMI, **known, "radio.switches": [switch]}), failure)
    assert [(one.id, one.follows) for one in found] == [
        ("radio/switched-off", ("device/low-power",))
    ]
    found = explain(facts_of({**QMI, **known, "radio.switches": []}), failure)
    assert [one.id for one in found] == ["device/low-power"]


def test_a_modem_that_comes_anew_gets_the_configuration_that_was_set_by_hand():
    chosen = [("1", False), ("2", True)]
    known: Known = {
        "device.usb": "2-6",
        "usb.log.errors": [{"kind": "stall", "count": 3, "most_in_a_second": 1, "text": "x"}],
        "usb.configurations": [
            {"value": int(value), "active": not kernel, "kernel": kernel, "functions": []}
            for value, kernel in chosen
        ],
    }
    finding = rule_called("usb/stalls")(facts_of({**QMI, **known}), {})
    assert finding is not None
    assert finding.remedy.commands[-1] == "echo 1 > /sys/bus/usb/devices/2-6/bConfigurationValue"


@pytest.mark.parametrize(
    ("driver", "form", "network", "taken"),
    [
        ("qmi_wwan", "raw-ip", 1024, 1023),
        ("qmi_wwan", "raw-ip", 1430, 1430),
        ("qmi_wwan", "802.3", 1024, 1024),
        ("qmi_wwan", "802.3", 1010, 1009),
        ("cdc_mbim", "raw-ip", 1024, 1024),
    ],
)
def test_no_mtu_is_named_that_usbnet_refuses(driver: str, form: str, network: int, taken: int):
    known: Known = {
        "netdev.driver": driver, "netdev.format": form, "netdev.mtu": 1500, "session.mtu": network,
    }  # fmt: skip
    finding = rule_called("netdev/mtu-above-network")(facts_of({**QMI, **known}), {})
    assert finding is not None
    assert finding.remedy.commands == (f"ip link set dev wwan0 mtu {taken}",)


def test_two_rules_with_one_id_are_refused():
    with pytest.raises(ValueError, match="two rules are called sim/absent"):

        @rule(id="sim/absent", explains=())
        def again(facts: object, verdicts: object) -> Cause | None:
            return None


def test_what_follows_from_what_is_never_a_circle():
    follows = {rule.id: set(rule.follows) for rule in all_rules()}
    assert set().union(*follows.values()) <= set(follows)
    while leaves := {name for name, others in follows.items() if not others & set(follows)}:
        for name in leaves:
            del follows[name]
    assert follows == {}


def _table() -> dict[str, str]:
    """Name -> type of each fact in a table of the package's docstrings, `vN` written out."""
    folder = Path(qmiprobe.diagnosis.__file__).parent
    table: dict[str, str] = {}
    for file in sorted(folder.glob("*.py")):
        said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")), clean=False) or ""
        parts = re.split(r"^==+ .*$", said, flags=re.MULTILINE)
        table |= _rows(parts[2]) if len(parts) == 4 else {}
    return table


def _rows(text: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith(" "):
            names, kind = re.split(r" +(?=(?:int|bool|text|number|list)\b)", line, maxsplit=1)
            for name in names.split(", "):
                for family in ("v4", "v6"):
                    rows[name.replace("vN", family)] = kind.split()[0]
    return rows


KINDS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "bool": (bool,),
    "text": (str,),
    "number": (int, float),
    "list": (list,),
}


def test_every_fact_that_rules_read_stands_in_the_table():
    folder = Path(qmiprobe.diagnosis.__file__).parent
    used: set[str] = set()
    for file in folder.glob("_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                at = 1 if called == "observed" else 0
                of_verdicts = ast.unparse(node.func).startswith("verdicts.")
                if called in _READERS and not of_verdicts and len(node.args) > at:
                    used |= _constants(node.args[at])
    assert len(used) > 50
    assert used - set(_table()) == set()


def test_the_cases_use_facts_as_the_table_has_them():
    table = _table()
    wrong = [
        (case.rule, name, value)
        for case in CASES
        for known in (case.known, *case.near)
        for name, value in known.items()
        if value != ABSENT and not isinstance(value, KINDS[table[name]])
    ]
    assert wrong == []


_READERS = ("observed", "text", "integer", "number", "flag", "texts", "records", "get", "source")


def _constants(node: ast.expr) -> set[str]:
    value = node.value if isinstance(node, ast.Constant) else None
    return {value} if isinstance(value, str) and re.match(r"[a-z]+\.[a-z]", value) else set()


NAMES = sorted({name for case in CASES for name in case.known})
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(("", "low-power", "denied", "802.3", "raw-ip", "192.0.2.2/30", "x/y", "at")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("address", "by", "status", "kind", "pid")), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES), st.sampled_from(list(Outcome)))
def test_no_rule_falls_over_facts_of_any_shape(known: dict[str, JsonValue], outcome: Outcome):
    facts = facts_of(known)
    verdicts = {
        check: Verdict(check, outcome, Reason.DEFECT if outcome is Outcome.FAIL else None)
        for rule in all_rules()
        for check in rule.explains
    }
    for each in all_rules():
        each(facts, verdicts)


@pytest.mark.parametrize(
    ("path", "node"),
    [
        ("/dev/wwan0qmi0", "/dev/wwan0qmi0"),
        ("sim:ec25?fault=no-sim", "/dev/cdc-wdm0"),
        ("replay:a.trace", "/dev/cdc-wdm0"),
        ("qrtr:7", "qrtr://7"),
    ],
)
def test_the_tools_are_given_a_port_of_their_kind(path: str, node: str):
    (case, *_) = [case for case in CASES if case.rule == "sim/absent"]
    finding = finding_of(case, {"device.path": path})
    assert finding is not None
    assert finding.remedy.commands == (f"qmicli -p -d {node} --uim-get-card-status",)


@pytest.mark.parametrize("program", ["qmicli", "mbimcli"])
def test_the_tools_have_the_options_that_remedies_use(program: str):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([program, "--help-all"], capture_output=True, text=True, check=True)
    known = set(re.findall(r"--[a-z0-9-]+", done.stdout))
    used = set()
    for case in CASES:
        for base in (QMI, MBIM):
            facts = facts_of({**base, **case.known})
            each: Rule = rule_called(case.rule)
            finding = each(facts, case.verdicts())
            for line in text_of(finding).splitlines() if finding else ():
                if line.startswith(program):
                    used |= {word.split("=")[0] for word in shlex.split(line)[4:]}
    assert used
    assert used - known == set()
