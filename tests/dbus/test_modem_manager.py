# SPDX-License-Identifier: GPL-2.0-or-later
"""What is asked of ModemManager, of one that answers as it does, on a bus of the test's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_address, ip_interface

import pytest
import trio
import trio.testing

from qmiprobe.dbus import Bus, NoBus, NoService, inhibited, open_bus, open_modem_manager
from qmiprobe.dbus import _bus as bus_module
from qmiprobe.dbus import _inhibition as inhibition_module
from qmiprobe.errors import CannotTest
from tests.dbus.fake_modem_manager import FOLDER, SERVICE, FakeModemManager, running
from tests.dbus.private_bus import private_bus, private_daemon, was_started

pytestmark = pytest.mark.needs("dbus-daemon")

HOLD = """
import sys, trio
from qmiprobe.dbus import inhibited
async def main():
    async with inhibited(sys.argv[2], address=sys.argv[1]) as inhibition:
        print(inhibition.uid, flush=True)
        await trio.sleep_forever()
trio.run(main)
"""


@pytest.fixture(name="address", scope="module")
def _address() -> Iterator[str]:
    with private_bus(activatable=SERVICE) as address:
        yield address


async def test_a_modem_is_left_alone_until_the_block_ends(address: str):
    async with running(address, FakeModemManager()) as manager:
        async with inhibited(FOLDER, address=address) as inhibition:
            assert inhibition.held
            assert inhibition.why_not is None
            assert list(manager.inhibited_by.values()) == [FOLDER]
        assert not manager.inhibited_by
        assert not inhibition.held
        assert manager.calls[-1] == ("InhibitDevice", (FOLDER, False))


async def test_it_is_given_back_when_the_block_fails_or_is_cancelled(address: str):
    async with running(address, FakeModemManager()) as manager:
        with pytest.raises(ZeroDivisionError):
            async with inhibited(FOLDER, address=address):
                raise ZeroDivisionError
        assert not manager.inhibited_by
        with trio.CancelScope() as scope:
            async with inhibited(FOLDER, address=address):
                scope.cancel()
                await trio.sleep_forever()
        assert scope.cancelled_caught
        assert manager.calls[-1] == ("InhibitDevice", (FOLDER, False))
        assert not manager.inhibited_by


async def test_a_modem_with_a_name_of_udevs_is_known_by_its_ports(address: str):
    async with (
        running(address, FakeModemManager(uid="the-modem-in-slot-3")) as manager,
        inhibited(FOLDER, ports=["/dev/cdc-wdm0"], address=address) as inhibition,
    ):
        assert inhibition.uid == "the-modem-in-slot-3"
        assert list(manager.inhibited_by.values()) == ["the-modem-in-slot-3"]


async def test_a_modem_that_is_still_probed_is_known_by_its_folder(address: str):
    async with (
        running(address, FakeModemManager(exported=False)) as manager,
        inhibited(FOLDER, address=address) as inhibition,
    ):
        assert inhibition.held
        assert list(manager.inhibited_by.values()) == [FOLDER]


async def test_a_device_that_it_does_not_know_is_not_held_until_it_knows_it(address: str):
    async with running(address, FakeModemManager(known=False, exported=False)) as manager:
        async with inhibited(FOLDER, address=address) as inhibition:
            assert not inhibition.held
            assert "does not know" in (inhibition.why_not or "")
            manager.known = True
            assert await inhibition.again()
            assert inhibition.why_not is None
            assert list(manager.inhibited_by.values()) == [FOLDER]
        assert not manager.inhibited_by


async def test_a_modem_that_is_still_brought_up_is_waited_for(
    address: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inhibition_module, "_LOOK_AGAIN_S", 0.01)
    async with (
        running(address, FakeModemManager(starting=3)) as manager,
        inhibited(FOLDER, address=address) as inhibition,
    ):
        assert inhibition.held
        assert manager.starting == 0


async def test_one_that_is_brought_up_for_too_long_is_told_of(
    address: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inhibition_module, "PATIENCE_S", 0.0)
    async with running(address, FakeModemManager(starting=3)):
        with pytest.raises(CannotTest, match="still brings this modem up"):
            async with inhibited(FOLDER, address=address):
                raise AssertionError("the block was run")


async def test_a_second_try_in_the_middle_of_the_work_never_raises(address: str):
    async with (
        running(address, FakeModemManager(known=False)) as manager,
        inhibited(FOLDER, address=address) as inhibition,
    ):
        manager.known, manager.starting = True, 1
        assert not await inhibition.again()
        assert "still brings" in (inhibition.why_not or "")
        assert await inhibition.again()


async def test_without_modem_manager_nothing_is_held_and_it_is_not_started(address: str):
    async with inhibited(FOLDER, address=address) as inhibition:
        assert not inhibition.held
        assert inhibition.why_not == "ModemManager does not run"
        assert not await inhibition.again()
    with pytest.raises(NoService):
        async with open_modem_manager(address):
            pass
    async with open_bus(address) as bus:
        with pytest.raises(NoService):
            await bus.call(SERVICE, "/x", SERVICE, "ScanDevices")
    assert not was_started(address)


async def test_without_a_bus_nothing_is_held():
    async with inhibited(FOLDER, address="unix:path=/nonexistent/bus") as inhibition:
        assert "no D-Bus at" in (inhibition.why_not or "")
    with pytest.raises(NoBus, match="no D-Bus address"):
        async with open_bus("tcp:host=localhost,port=1"):
            pass


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (f"{SERVICE}.Error.Core.Unauthorized", "run as root"),
        (f"{SERVICE}.Error.Core.InProgress", "another program"),
        (f"{SERVICE}.Error.Core.Failed", "systemctl stop"),
    ],
)
async def test_a_modem_manager_that_refuses_is_no_reason_to_go_on(
    address: str, name: str, says: str
):
    async with running(address, FakeModemManager(refuses=name)):
        with pytest.raises(CannotTest, match=says):
            async with inhibited(FOLDER, address=address):
                raise AssertionError("the block was run")


async def test_one_that_does_not_answer_is_not_waited_for(
    address: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bus_module, "TIMEOUT_S", 0.2)
    async with running(address, FakeModemManager(silent=True)):
        with pytest.raises(CannotTest, match="did not answer"):
            async with inhibited(FOLDER, address=address):
                raise AssertionError("the block was run")


async def test_the_inhibition_ends_with_a_program_that_is_killed(address: str):
    async with running(address, FakeModemManager()) as manager:
        command = [sys.executable, "-c", HOLD, address, FOLDER]
        with subprocess.Popen(  # noqa: ASYNC220  # its pipe is read in a thread
            command, stdout=subprocess.PIPE, text=True
        ) as program:
            try:
                assert program.stdout is not None
                line = await trio.to_thread.run_sync(program.stdout.readline)
                assert line.strip() == FOLDER
                assert manager.inhibited_by
                manager.changed = trio.Event()
                os.kill(program.pid, signal.SIGKILL)
                with trio.fail_after(30):
                    await manager.changed.wait()
                assert not manager.inhibited_by
            finally:
                program.kill()


async def test_modems_and_bearers_are_read_as_they_are(address: str):
    async with running(address, FakeModemManager()), open_modem_manager(address) as manager:
        (modem,) = await manager.modems()
        assert (modem.uid, modem.folder, modem.state) == (FOLDER, FOLDER, "connected")
        assert modem.ports == ("cdc-wdm0", "wwan0", "ttyUSB2")
        assert modem.drivers == ("option1", "qmi_wwan")
        (bearer,) = await manager.bearers(modem)
        assert bearer.apn == "internet.example"
        assert bearer.facts is not None
        assert bearer.facts.netdev == "wwan0"
        (family,) = bearer.facts.families
        assert family.interface == ip_interface("10.64.0.2/30")
        assert family.gateway == ip_address("10.64.0.1")
        assert family.dns == (ip_address("203.0.113.53"),)
        assert family.mtu == 1430


async def test_a_bearer_that_is_not_up_has_no_facts(address: str):
    fake = FakeModemManager(connected=False)
    async with running(address, fake), open_modem_manager(address) as manager:
        (modem,) = await manager.modems()
        (bearer,) = await manager.bearers(modem)
        assert (bearer.connected, bearer.facts) == (False, None)


async def test_a_bus_that_hung_up_before_a_call_is_told_of():
    with private_daemon() as (address, daemon):
        async with open_bus(address) as bus:
            assert not await bus.has_owner(SERVICE)
            await _ended(daemon)
            with pytest.raises(NoBus, match="hung up"):
                await bus.has_owner(SERVICE)


async def test_a_bus_that_hangs_up_during_a_call_is_told_of():
    with private_daemon() as (address, daemon):
        async with open_bus(address) as bus, trio.open_nursery() as nursery:
            daemon.send_signal(signal.SIGSTOP)  # what is called now gets no answer
            nursery.start_soon(_hear_it_hang_up, bus)
            await trio.testing.wait_all_tasks_blocked()
            await _ended(daemon)


async def _hear_it_hang_up(bus: Bus) -> None:
    with pytest.raises(NoBus, match="hung up"):
        await bus.has_owner(SERVICE)


async def _ended(daemon: subprocess.Popen[str]) -> None:
    """Kill it and wait until it is gone: one that is only told to end may answer once more."""
    daemon.kill()
    with trio.fail_after(30):
        await trio.to_thread.run_sync(daemon.wait)
