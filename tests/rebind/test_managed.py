# SPDX-License-Identifier: GPL-2.0-or-later
"""ModemManager is kept off during a rebind, waited for a little, and asked for sessions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import trio

from qmiprobe.errors import CannotTest
from qmiprobe.rebind._managed import kept_off, sessions_of_modem_manager
from tests.dbus.fake_modem_manager import FOLDER, SERVICE, FakeModemManager, running
from tests.dbus.private_bus import private_bus

pytestmark = pytest.mark.needs("dbus-daemon")
WRONG_STATE = f"{SERVICE}.Error.Core.WrongState"


@pytest.fixture(name="address", scope="module")
def _address() -> Iterator[str]:
    with private_bus(activatable=SERVICE) as address:
        yield address


@pytest.fixture(autouse=True)
def _bus(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)


async def test_it_is_kept_off_until_the_block_ends(address: str):
    async with running(address, FakeModemManager()) as manager:
        async with kept_off(FOLDER) as kept:
            assert kept.why_not is None
            assert await kept.again()
            assert list(manager.inhibited_by.values()) == [FOLDER]
        assert not manager.inhibited_by


async def test_one_that_has_made_no_modem_of_it_yet_is_waited_for(address: str):
    async with running(address, FakeModemManager(refuses=WRONG_STATE)) as manager:

        async def made() -> None:
            while not manager.calls:  # noqa: ASYNC110
                await trio.sleep(0.01)
            manager.refuses = None

        async with trio.open_nursery() as nursery:
            nursery.start_soon(made)
            async with kept_off(FOLDER, patience=20) as kept:
                assert kept.why_not is None
                assert manager.inhibited_by
        assert not manager.inhibited_by


async def test_one_that_makes_none_does_not_keep_a_broken_modem_broken(address: str):
    async with running(address, FakeModemManager(refuses=WRONG_STATE)) as manager:
        async with kept_off(FOLDER, patience=0) as kept:
            assert "made no modem of it" in (kept.why_not or "")
            assert not await kept.again()
            assert len([one for one, _ in manager.calls if one == "InhibitDevice"]) == 2
            manager.refuses = None
            assert await kept.again()
            assert manager.inhibited_by
        assert not manager.inhibited_by


async def test_one_that_has_the_modem_and_does_not_let_go_ends_it(address: str):
    refuses = "org.freedesktop.DBus.Error.AccessDenied"
    async with running(address, FakeModemManager(refuses=refuses)):
        with pytest.raises(CannotTest):
            async with kept_off(FOLDER):
                pass


async def test_without_one_there_is_nobody_to_be_kept_off():
    async with kept_off(FOLDER) as kept:
        assert kept.why_not
        assert not await kept.again()
    assert await sessions_of_modem_manager(FOLDER) == ()


async def test_a_session_of_its_own_is_seen(address: str):
    async with running(address, FakeModemManager()):
        (said,) = await sessions_of_modem_manager(FOLDER)
        assert "connected" in said
        assert await sessions_of_modem_manager("/x", ports=["/dev/cdc-wdm0"]) == (said,)
        assert await sessions_of_modem_manager("/x", ports=["/dev/cdc-wdm7"]) == ()
