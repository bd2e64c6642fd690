# SPDX-License-Identifier: GPL-2.0-or-later
"""The thread of libqmi-devel of October 2015 about the HP lt4112, replayed on the real kernel.

What its writers did by hand, each step with the state after it; what the kernel of then did
otherwise is said where it matters.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest
import trio

from qmiprobe.sim.usb import _vhci
from tests.lab import slow
from tests.lab.online import Judge, Report, judge_process, online, write_targets
from tests.lab.plugged import DRIVERS, KernelLog, Plugged, plugged, run, write
from tests.lab.stock import peer_at

pytestmark = [pytest.mark.needs("lab", "qmicli", "mbimcli"), pytest.mark.time_limit(200)]

ID = "03f0 581d"
QMI_WWAN, CDC_MBIM = DRIVERS / "qmi_wwan", DRIVERS / "cdc_mbim"
RAW_IP = "/sys/class/net/wwan0/qmi/raw_ip"
IN_1 = {
    **dict.fromkeys(("1.0", "1.1", "1.2", "1.4"), "qcserial"),
    "1.3": "qmi_wwan",
}
IN_2 = {
    **dict.fromkeys(("2.0", "2.1"), "cdc_ether"),
    **dict.fromkeys(("2.2", "2.3", "2.4"), "qcserial"),
}
IN_3 = {**dict.fromkeys(("3.0", "3.1"), "cdc_mbim"), "3.2": "qcserial"}


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


async def _error(path: Path, text: str) -> int:
    """Write to a file of sysfs that refuses; return the errno."""
    with pytest.raises(OSError, match="Errno") as refused:
        await write(path, text)
    return refused.value.errno or 0


async def test_kernel_chooses_the_ethernet_configuration_and_each_other_one_is_a_write_away(
    judge: Judge,
):
    async with plugged("lt4112") as plug:
        assert await plug.drivers() == IN_2
        assert await plug.nodes() == {"2.0": ("usb0",)}
        report = await judge.check(plug.name)
        assert set(report.of("fail")) == {"usb.configuration"}, str(report)
        await _carry_out(report)
        await plug.settled()
        assert await plug.configuration() == 3
        assert (await judge.check(plug.name)).status == 0

        await plug.configure(1)
        assert await plug.drivers() == IN_1
        assert await plug.nodes() == {"1.3": ("/dev/cdc-wdm0", "wwan0")}
        peer = await peer_at(plug, "qmicli")
        assert (await peer.good("--dms-get-model")).fields()["Model"] == _model(plug)

        await plug.configure(3)
        assert await plug.drivers() == IN_3
        assert await plug.nodes() == {"3.0": ("/dev/cdc-wdm0", "wwan0")}
        peer = await peer_at(plug, "mbimcli")
        await peer.good("--query-device-caps")

        for value, drivers in ((1, IN_1), (2, IN_2), (3, IN_3), (2, IN_2)):
            await plug.configure(value)
            assert await plug.drivers() == drivers
        assert await _error(plug.folder / "bConfigurationValue", "4") == 22


def _model(plug: Plugged) -> str:
    return plug.modem.profile.identity.model


async def _carry_out(report: Report) -> None:
    """Do what the report's findings say."""
    findings = cast("list[dict[str, dict[str, list[str]]]]", report.document["findings"])
    commands = [one for finding in findings for one in finding["remedy"]["commands"]]
    assert commands, str(report)
    script = "\n".join(command.removeprefix("sudo ") for command in commands)
    status, output = await run("sh", "-ec", script)
    assert status == 0, (script, output)


async def test_new_id_takes_the_functions_of_other_drivers_until_it_is_removed(judge: Judge):
    async with plugged("lt4112") as plug:
        await plug.configure(1)
        await write(QMI_WWAN / "new_id", ID)
        try:
            await plug.settled()
            assert await plug.drivers() == IN_1, "all interfaces had a driver already"

            await plug.configure(3)
            poisoned = {**IN_3, "3.0": "qmi_wwan", "3.1": "qmi_wwan"}
            assert await plug.drivers() == poisoned
            assert await plug.nodes() == {"3.0": ("/dev/cdc-wdm0", "wwan0")}
            said = await (await peer_at(plug, "qmicli", "--device-open-qmi")).say("--dms-noop")
            assert said.status != 0, "it is no QMI that stands there"
            report = await judge.check(plug.name)
            assert set(report.of("fail")) == {"driver.bound"}, str(report)
            assert any("driver/" in finding for finding in report.findings), str(report)

            await plug.configure(2)
            # With three endpoints the modem's port will do too, bogus though its descriptors are.
            poisoned = {**IN_2, **dict.fromkeys(("2.0", "2.1", "2.2"), "qmi_wwan")}
            assert await plug.drivers() == poisoned
        finally:
            await write(QMI_WWAN / "remove_id", ID)
        await plug.configure(3)
        assert await plug.drivers() == IN_3


async def test_interface_is_unbound_and_bound_by_hand():
    async with plugged("lt4112") as plug:
        await plug.configure(3)
        interface = f"{plug.name}:3.0"
        await write(CDC_MBIM / "unbind", interface)
        assert await plug.drivers() == {**IN_3, "3.0": None, "3.1": None}
        assert await plug.nodes() == {}
        assert await _error(CDC_MBIM / "unbind", interface) == 19
        await write(CDC_MBIM / "bind", interface)
        assert await plug.drivers() == IN_3
        assert await plug.nodes() == {"3.0": ("/dev/cdc-wdm0", "wwan0")}
        await (await peer_at(plug, "mbimcli")).good("--query-radio-state")


async def test_thief_of_an_mbim_function_is_named_and_chased_away(judge: Judge):
    """What qcserial did in 2015 needs today's kernel to be told: by new_id, after an unbind."""
    async with plugged("lt4112") as plug:
        await plug.configure(3)
        interface = f"{plug.name}:3.0"
        await write(CDC_MBIM / "unbind", interface)
        await write(QMI_WWAN / "new_id", ID)
        await plug.settled()
        try:
            assert (await plug.drivers())["3.0"] == "qmi_wwan"
        finally:
            await write(QMI_WWAN / "remove_id", ID)
        report = await judge.check(plug.name)
        assert set(report.of("fail")) == {"driver.bound"}, str(report)
        await write(QMI_WWAN / "unbind", interface)
        await write(CDC_MBIM / "bind", interface)
        assert await plug.drivers() == IN_3


@pytest.mark.parametrize("layout", ["no-notify-endpoint", "only-notify-endpoint", "no-endpoints"])
async def test_probe_fails_with_minus_22_where_the_interface_lacks_endpoints(
    judge: Judge, layout: str, monkeypatch: pytest.MonkeyPatch
):
    """The message of 2015; of two bulk endpoints, as then, today's driver says nothing (-19)."""
    # Elsewhere than the others: one that comes and goes at one place is a fault of its own.
    monkeypatch.setattr(_vhci, "free_ports", lambda _speed: [3])
    with KernelLog() as log:
        async with plugged("lt4112", usb_faults=[layout]) as plug:
            await plug.configure(1)
            assert (await plug.drivers())["1.3"] is None
            interface = f"{plug.name}:1.3"
            assert f"qmi_wwan: probe of {interface} failed with error -22" in log.text
            assert await _error(QMI_WWAN / "bind", interface) == 22
            report = await judge.check(plug.name)
            assert set(report.of("fail")) == {"driver.bound"}, str(report)
            assert "-22" in str(report) or "-22" in json.dumps(report.document)


async def test_raw_ip_mismatch_is_named_and_cured_by_what_the_finding_says(
    judge: Judge, tmp_path: Path
):
    async with online("ec25") as modem:
        targets = write_targets(modem.plane.network.targets(), tmp_path / "targets.toml")
        options = ("/dev/cdc-wdm0", "--connect", "--targets", targets)
        assert await run("cat", RAW_IP) == (0, "N\n")
        report = await judge.check(*options)
        assert set(report.of("fail")) == {"netdev.format"}, str(report)
        assert report.findings == ["netdev/format-mismatch"]
        await _carry_out(report)
        assert await run("cat", RAW_IP) == (0, "Y\n")
        report = await judge.check(*options)
        assert report.status == 0, str(report)
        assert report.of("fail", "warn", "blocked") == {}, str(report)


async def test_replug_while_a_check_runs_ends_it_and_the_next_one_passes(judge: Judge):
    async with plugged("ec25") as plug:
        found = []

        async def check() -> None:
            found.append(await judge.check("/dev/cdc-wdm0"))

        async with trio.open_nursery() as nursery:
            nursery.start_soon(check)
            with trio.fail_after(slow(2)):
                while not plug.modem.client_ids:  # noqa: ASYNC110
                    await trio.sleep(0.01)
            plug.body.reboot()
        (report,) = found
        assert report.status == 1, str(report)
        assert "port/gone" in report.findings, str(report)
        await trio.sleep(slow(0.2))
        await plug.settled()
        report = await judge.check("/dev/cdc-wdm0")
        assert report.status == 0, str(report)
