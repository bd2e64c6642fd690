# SPDX-License-Identifier: GPL-2.0-or-later
"""What a plan consists of, and when there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe import host, rebind
from qmiprobe.rebind import NoHelp, Plan, Wanted, make_plan
from qmiprobe.rebind._model import Op
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.host.tree import (
    FakeDevice,
    FakeInterface,
    FakeTree,
    configuration_descriptor,
    device_descriptor,
    interface_descriptor,
)
from tests.rebind.around import modem_of, modules_of, plan_of, state_of
from tests.rebind.kernel import Kernel
from tests.rebind.starts import STARTS


def planned(kernel: Kernel, wanted: Wanted | None = None) -> Plan:
    plan = plan_of(kernel, wanted)
    assert isinstance(plan, Plan), plan
    return plan


def ops(plan: Plan) -> list[Op]:
    return [step.op for step in plan.steps]


HEALTHY = ["ec25", "em7455", "rm520n", "sim7600", "mc7455", "lm960", "l850", "dwm222"]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_modem_is_only_asked(name: str):
    plan = planned(Kernel.with_modem(name))
    assert plan.right
    assert set(ops(plan)) <= {"verify", "format"}
    assert "verify" in ops(plan)


@pytest.mark.parametrize("name", STARTS)
def test_every_change_says_why_and_knows_its_way_back(name: str):
    for step in planned(STARTS[name]()).steps:
        assert step.why
        assert step.command
        assert step.timeout_s > 0
        lost = step.op == "set" and step.expected is None
        forgotten = step.op == "remove-id" and "ours" not in step.why
        if step.op in ("set", "bind", "unbind", "add-id") and not lost:
            assert step.undo is not None, step
            assert step.undo.command.startswith("echo ")
        elif not forgotten:
            assert step.undo is None or step.undo.path


def test_the_order_is_fence_configuration_control_interface_others_and_the_fence_last():
    plan = planned(Kernel.with_modem("lt4112"))
    shown = [(step.op, step.path.rpartition("/")[2], step.value) for step in plan.steps]
    assert shown == [
        ("inhibit", "2-6", "/sys/devices/pci0000:00/0000:00:14.0/usb2/2-6"),
        ("set", "interface_authorized_default", "0"),
        ("set", "control", "on"),
        ("set", "bConfigurationValue", "3"),
        ("wait", "2-6:3.*", "interfaces 0, 1, 2"),
        ("set", "authorized", "1"),
        ("set", "authorized", "1"),
        ("bind", "bind", "2-6:3.0"),
        ("wait", "2-6:3.0", "control port and netdev"),
        ("set", "authorized", "1"),
        ("probe", "drivers_probe", "2-6:3.2"),
        ("set", "interface_authorized_default", "1"),
        ("set", "control", "auto"),
        ("verify", "2-6", "mbim"),
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), (3, 0, "cdc_mbim")),
        (Wanted(driver="qmi_wwan"), (1, 3, "qmi_wwan")),
        (Wanted(protocol="qmi"), (1, 3, "qmi_wwan")),
        (Wanted(configuration=1), (1, 3, "qmi_wwan")),
        (Wanted(configuration=3, driver="cdc_mbim"), (3, 0, "cdc_mbim")),
    ],
)
def test_what_is_wanted_decides_otherwise_mbim(wanted: Wanted, expected: tuple[int, int, str]):
    target = planned(Kernel.with_modem("lt4112"), wanted).target
    assert (target.configuration, target.control, target.driver) == expected


def test_a_port_that_is_there_is_kept_whatever_else_could_be_had():
    kernel = Kernel.with_modem("lt4112")
    kernel._choose(1)
    assert planned(kernel).target.driver == "qmi_wwan"
    assert planned(kernel).right
    assert not planned(kernel, Wanted(protocol="mbim")).right


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        (Wanted(configuration=2), "configuration 2"),
        (Wanted(configuration=9), "configuration 9"),
        (Wanted(configuration=1, driver="cdc_mbim"), "cdc_mbim"),
    ],
)
def test_what_it_does_not_have_is_said_with_what_it_has(wanted: Wanted, word: str):
    found = plan_of(Kernel.with_modem("lt4112"), wanted)
    assert isinstance(found, NoHelp)
    assert word in found.why
    assert "QMI by qmi_wwan on interface 3 of configuration 1" in found.instead


def test_without_a_control_function_only_the_modem_itself_can_help():
    found = plan_of(Kernel.with_modem("l850-ncm"))
    assert isinstance(found, NoHelp)
    assert "composition" in found.instead


def test_an_id_in_new_id_is_in_the_safe_form_and_taken_back_at_once():
    kernel = Kernel.with_modem("ec25")
    kernel._unbind(4)
    plan = planned(kernel)
    state = plan.state
    unknown = replace(plan.target, by_example=True)
    from qmiprobe.rebind._steps import by_example

    found = by_example(state, unknown, (2,))
    assert [step.op for step in found] == ["set", "add-id", "bind", "remove-id", "set"]
    assert found[1].value == "2c7c 0125 ff 1199 9071"
    assert found[3].value == "2c7c 0125"
    assert (found[0].path, found[0].value) == (found[4].path, "0")


def test_somebody_elses_fence_stays_up():
    kernel = STARTS["a fence of somebody else"]()
    plan = planned(kernel)
    assert not [step for step in plan.steps if step.path.endswith("authorized_default")]
    assert state_of(kernel).fence is True


def test_a_state_survives_the_journal():
    state = state_of(STARTS["a leftover id on the MBIM interfaces"]())
    from qmiprobe.rebind._state import state_from_json, state_json

    assert state_from_json(state_json(state)) == state
    for damage in ({}, {"name": "2-6"}, {**state_json(state), "more": 1}):
        with pytest.raises(ValueError, match="no state"):
            state_from_json(damage)


def test_every_difference_is_told():
    state = state_of(STARTS["unbound"]())
    assert rebind.differences(state, state) == ()
    changed = [
        replace(state, fence=True), replace(state, power="on"), replace(state, authorized=False),
        replace(state, configuration=0), replace(state, dynamic_ids=(("qmi_wwan", "2c7c 0125"),)),
        replace(state, interfaces=(replace(state.interfaces[0], driver=None),
                                   *state.interfaces[1:])),
        replace(state, interfaces=(replace(state.interfaces[0], authorized=False),
                                   *state.interfaces[1:])),
        replace(state, interfaces=state.interfaces[1:]),
    ]  # fmt: skip
    for one in changed:
        assert len(rebind.differences(one, state)) == 1, one


def unlisted(root: Path, *interfaces: FakeInterface) -> Plan | NoHelp:
    """Return the plan for a modem of a known maker that no table has, QMI wanted."""
    tree = FakeTree(root)
    described = configuration_descriptor(
        1,
        *(
            interface_descriptor(one.number, 0, one.cls, *(0x81, 0x01, 0x82)[: one.endpoints])
            for one in interfaces
        ),
    )
    device = FakeDevice(
        name="2-6", usb_id="1e0e:fffe", interfaces=list(interfaces),
        descriptors=device_descriptor(0x1E0E, 0xFFFE) + described,
    )  # fmt: skip
    tree.add_usb(device)
    (modem,) = host.usb_modems(tree.sysroot)
    situation = rebind.look(modem, sysroot=tree.sysroot)
    assert not isinstance(situation, NoHelp)
    return rebind.plan_for(situation, wanted=Wanted(driver="qmi_wwan"))


def test_one_that_no_table_has_is_told_to_the_driver_where_there_is_one_choice(tmp_path: Path):
    plan = unlisted(
        tmp_path, FakeInterface(0, "ff/ff/30", "option"), FakeInterface(4, "ff/00/00"),
        FakeInterface(5, "ff/ff/51", endpoints=2),
    )  # fmt: skip
    assert isinstance(plan, Plan), plan
    assert (plan.target.control, plan.target.by_example) == (4, True)
    assert "add-id" in ops(plan)


def old_kernel(folder: Path, **changed: object) -> Plan | NoHelp:
    """The plan of QMI on the lt4112 where Linux 4.2 knew it at interface 4 only, by mistake."""
    machine = Machine(kernel="4.2.3", configuration=1, **changed)  # type: ignore[arg-type]
    write_sysroot(load_profile("lt4112"), folder, machine=machine)
    aliases = folder / "lib/modules/4.2.3/modules.alias"
    aliases.write_text("alias usb:v03F0p581Dd*dc*dsc*dp*ic*isc*ip*in04* qmi_wwan\n")
    (modem,) = host.usb_modems(str(folder))
    situation = rebind.look(modem, sysroot=str(folder))
    assert not isinstance(situation, NoHelp)
    return rebind.plan_for(situation, wanted=Wanted(driver="qmi_wwan"))


def test_a_row_of_an_old_kernel_that_is_wrong_does_not_keep_the_id_from_being_told(tmp_path: Path):
    plan = old_kernel(tmp_path, drivers={3: None, 4: None})
    assert isinstance(plan, Plan), plan
    assert (plan.target.control, plan.target.by_example) == (3, True)
    assert [op for op in ops(plan) if "id" in op] == ["add-id", "remove-id"]


def test_a_port_that_is_there_only_because_the_driver_was_told_stays_one_of_those(tmp_path: Path):
    plan = old_kernel(tmp_path, drivers={4: None})
    assert isinstance(plan, Plan), plan
    assert plan.right
    assert plan.target.by_example  # so that what makes it last tells the driver again


def test_where_several_look_alike_none_is_guessed(tmp_path: Path):
    found = unlisted(tmp_path, FakeInterface(3, "ff/00/00"), FakeInterface(4, "ff/00/00"))
    assert isinstance(found, NoHelp)
    assert "interface 3 of 1; interface 4 of 1" in found.evidence


def test_an_id_that_is_not_needed_is_removed_from_a_port_that_is_right_otherwise():
    kernel = Kernel.with_modem("lt4112")
    kernel._choose(1)
    kernel.dynamic_ids = {"qmi_wwan": ["03f0 581d"]}
    plan = planned(kernel)
    assert plan.target.driver == "qmi_wwan"
    assert ops(plan)[:3] == ["inhibit", "set", "remove-id"]
    assert not {"bind", "unbind"} & set(ops(plan))


def test_a_kernel_without_a_fence_gets_none_and_no_authorization():
    kernel = Kernel.with_modem("lt4112")
    plan = planned(kernel)
    older = replace(plan.state, fence=None)
    found = make_plan(modem_of(kernel), state=older, target=plan.target, modules=modules_of(kernel))
    assert not [step for step in found.steps if "authorized" in step.path]
    assert "bind" in ops(found)
    assert "probe" not in ops(found)
