# SPDX-License-Identifier: GPL-2.0-or-later
"""What host and modem agree to speak: on a netdev as qmi_wwan's, its files in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qmiprobe.device import qmi_device
from qmiprobe.errors import CannotTest
from qmiprobe.session import _framing
from qmiprobe.session._framing import Host, agree_framing, restore_data_format
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import DataFormat
from qmiprobe.sim import SimulatedModem, open_simulated


@dataclass
class Netdev:
    """The kernel's side, as far as it is asked."""

    raw_ip: bool = False
    switchable: bool = True
    in_use: bool = False
    changes: list[str] = field(default_factory=list)

    def look(self, _netdev: str) -> Host:
        return Host(3, self.raw_ip, self.switchable, self.in_use)

    def set_host(self, _netdev: str, _ledger: Ledger, raw_ip: bool, muxed: bool) -> None:
        self.raw_ip = raw_ip
        self.changes.append(f"{'raw-ip' if raw_ip else '802.3'}{', mux' if muxed else ''}")

    def add_mux(self, _netdev: str, mux_id: int, _ledger: Ledger) -> str:
        self.changes.append(f"add {mux_id}")
        return "qmimux0"


@pytest.fixture(name="netdev")
def _netdev(monkeypatch: pytest.MonkeyPatch) -> Netdev:
    netdev = Netdev()
    monkeypatch.setattr(_framing, "_look", netdev.look)
    monkeypatch.setattr(_framing, "_set_host", netdev.set_host)
    monkeypatch.setattr(_framing, "_add_mux", netdev.add_mux)
    return netdev


async def _agree(modem: SimulatedModem, ledger: Ledger | None = None, **options: object) -> str:
    async with open_simulated(modem) as open_port, qmi_device(open_port()) as device:
        given = Ledger() if ledger is None else ledger
        found = await agree_framing(device, "wwan0", ledger=given, **options)  # type: ignore[arg-type]
        assert device.held == set()
        return found


async def _restore(modem: SimulatedModem, step: DataFormat) -> None:
    async with open_simulated(modem) as open_port, qmi_device(open_port()) as device:
        await restore_data_format(step, device)


def _spoken(modem: SimulatedModem) -> tuple[str, str, str]:
    framing = modem.state.framing
    return framing.format, framing.uplink, framing.downlink


async def test_the_host_follows_the_modem(netdev: Netdev):
    modem = SimulatedModem("ec25")
    assert await _agree(modem) == "wwan0"
    assert netdev.changes == ["raw-ip"]


async def test_what_agrees_is_left_alone(netdev: Netdev):
    netdev.raw_ip = True
    ledger = Ledger()
    await _agree(SimulatedModem("ec25"), ledger)
    assert netdev.changes == []
    assert ledger.steps == ()


async def test_a_netdev_in_use_is_not_taken_down_unless_forced(netdev: Netdev):
    netdev.in_use = True
    with pytest.raises(CannotTest, match="is in use"):
        await _agree(SimulatedModem("ec25"))
    assert netdev.changes == []
    await _agree(SimulatedModem("ec25"), force=True)
    assert netdev.changes == ["raw-ip"]


async def test_the_modem_follows_a_netdev_that_cannot_change(netdev: Netdev):
    netdev.switchable, netdev.raw_ip = False, True
    modem, ledger = SimulatedModem("lm960"), Ledger()
    assert _spoken(modem)[0] == "802.3"
    await _agree(modem, ledger)
    assert _spoken(modem)[0] == "raw-ip"
    (step,) = ledger.steps
    assert isinstance(step, DataFormat)
    await _restore(modem, step)
    assert _spoken(modem)[0] == "802.3"


async def test_what_is_asked_for_both_are_told(netdev: Netdev):
    modem = SimulatedModem("lm960")
    await _agree(modem, framing="raw-ip")
    assert netdev.changes == ["raw-ip"]
    assert _spoken(modem)[0] == "raw-ip"


async def test_what_the_modem_does_not_take_is_no_agreement(netdev: Netdev):
    with pytest.raises(CannotTest, match="the modem does not take 802-3: it speaks raw-ip"):
        await _agree(SimulatedModem("ec25"), framing="802.3")


async def test_what_the_driver_does_not_speak_is_told_before_anything_is_changed(netdev: Netdev):
    netdev.switchable = False
    modem = SimulatedModem("lm960")
    with pytest.raises(CannotTest, match=r"speaks 802.3 only"):
        await _agree(modem, framing="raw-ip")
    assert _spoken(modem)[0] == "802.3"


async def test_qmap_is_agreed_on_after_the_netdev_is_ready_and_switched_off_again(netdev: Netdev):
    modem, ledger = SimulatedModem("ec25"), Ledger()
    assert await _agree(modem, ledger, mux_id=5, endpoint=(2, 4)) == "qmimux0"
    assert netdev.changes == ["raw-ip, mux", "add 5"]
    assert _spoken(modem) == ("raw-ip", "qmap", "qmap")
    assert modem.state.framing.downlink_size == _framing.AGGREGATE_SIZE
    (step,) = ledger.steps
    assert isinstance(step, DataFormat)
    await _restore(modem, step)
    assert _spoken(modem) == ("raw-ip", "disabled", "disabled")


async def test_aggregation_that_nobody_asked_for_is_switched_off(netdev: Netdev):
    netdev.raw_ip = True
    modem = SimulatedModem("ec25")
    modem.state.set_aggregation(uplink="qmap", downlink="qmap", size=4096, datagrams=16)
    ledger = Ledger()
    await _agree(modem, ledger)
    assert _spoken(modem) == ("raw-ip", "disabled", "disabled")
    (step,) = ledger.steps
    assert isinstance(step, DataFormat)
    await _restore(modem, step)
    assert _spoken(modem) == ("raw-ip", "qmap", "qmap")
    assert modem.state.framing.downlink_size == 4096


async def test_what_another_program_has_changed_since_stays(netdev: Netdev):
    netdev.switchable, netdev.raw_ip = False, True
    modem, ledger = SimulatedModem("lm960"), Ledger()
    await _agree(modem, ledger)
    modem.state.set_framing("802.3")
    modem.state.set_framing("raw-ip")
    modem.state.set_aggregation(uplink="qmap", downlink="qmap", size=0, datagrams=0)
    (step,) = ledger.steps
    assert isinstance(step, DataFormat)
    await _restore(modem, step)
    assert _spoken(modem) == ("raw-ip", "qmap", "qmap")


async def test_mux_ids_need_a_driver_that_has_them(netdev: Netdev):
    netdev.switchable = False
    with pytest.raises(CannotTest, match="leave --mux out"):
        await _agree(SimulatedModem("ec25"), mux_id=1)


def test_the_files_are_qmi_wwans_only_for_the_netdev_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from qmiprobe.session import _sysfs

    monkeypatch.setattr(_sysfs, "NET", tmp_path)
    (tmp_path / "wwan0/qmi").mkdir(parents=True)
    (tmp_path / "wwan0/qmi/raw_ip").write_text("N\n")
    (tmp_path / "wwan0/ifindex").write_text("3\n")
    assert _sysfs.qmi_folder("wwan0", index=3) == tmp_path / "wwan0/qmi"
    assert _sysfs.qmi_folder("wwan0", index=4) is None, "of another network namespace"
    assert _sysfs.qmi_folder("wwan1", index=3) is None
