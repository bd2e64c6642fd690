# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem that ModemManager has: its bearer is shown and left to it, unless it is to be taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qmiprobe.address import ControlPort
from qmiprobe.cli._managed import Managed, kept_away, managed
from qmiprobe.host import Modem
from tests.dbus.fake_modem_manager import FakeModemManager, running
from tests.dbus.private_bus import private_bus

pytestmark = pytest.mark.needs("dbus-daemon")


@pytest.fixture(name="address", autouse=True, scope="module")
def _address() -> Iterator[str]:
    with private_bus() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address


def _port(path: str = "/dev/cdc-wdm0", **more: object) -> ControlPort:
    return ControlPort(name=path, open=None, path=path, **more)  # type: ignore[arg-type]


async def test_its_bearer_is_found_by_the_name_of_the_port_or_netdev(address: str):
    async with running(address, FakeModemManager()):
        for port in (_port(), _port("/dev/other", netdev="wwan0")):
            found = await managed(port)
            assert found is not None
            assert found.bearer is not None
            assert str(found.bearer.families[0].interface) == "10.64.0.2/30"


async def test_another_modem_is_not_taken_for_it(address: str):
    async with running(address, FakeModemManager()):
        assert await managed(_port("/dev/cdc-wdm7", netdev="wwan7")) is None


async def test_a_simulated_modem_or_a_pty_is_none_of_its(address: str):
    async with running(address, FakeModemManager()) as manager:
        assert await managed(_port(simulated=True)) is None
        assert await managed(_port("/dev/pts/3", netdev="wwan0")) is None
        assert manager.calls == []


async def test_without_it_there_is_nothing_to_respect(address: str):
    assert await managed(_port()) is None


async def test_a_modem_without_a_bearer_is_refused_with_what_to_do(address: str):
    async with running(address, FakeModemManager(connected=False)):
        found = await managed(_port())
        assert found is not None
        assert found.bearer is None
        text = str(found.refusal(hold=False))
        assert "mmcli -m 0 --simple-connect=apn=APN" in text
        assert "--force" in text


async def test_holding_its_bearer_is_left_to_it(address: str):
    async with running(address, FakeModemManager()):
        found = await managed(_port())
        assert isinstance(found, Managed)
        assert "leave --hold out" in str(found.refusal(hold=True))


async def test_with_force_it_is_kept_from_the_modem_until_the_end(address: str):
    modem = Modem(bus="usb", name="1-1", id="2c7c:0125")
    async with running(address, FakeModemManager()) as manager:
        async with kept_away(_port(modem=modem, netdev="wwan0")) as held:
            assert held
            assert manager.inhibited_by
        assert not manager.inhibited_by
