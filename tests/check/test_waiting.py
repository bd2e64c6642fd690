# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem is waited for until its port is there as wanted, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest
import trio

from qmiprobe.address import parse
from qmiprobe.check import Wish, came_again, is_ready, wait_until_ready
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot
from qmiprobe.uevents import Uevent, Uevents


def plug(folder: Path, profile: str = "ec25", *, configuration: int | None = None) -> None:
    machine = Machine(configuration=configuration)
    write_sysroot(load_profile(profile), folder, machine=machine)


def wish(folder: Path, address: str | None, **wanted: str) -> Wish:
    place = parse(address) if address is not None else None
    return Wish(address=place, sysroot=str(folder), **wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address", [None, "2-6", "2c7c:0125", "wwan0", "/dev/cdc-wdm0", "qmi-proxy:/dev/cdc-wdm0"]
)
def test_a_modem_is_ready_by_whatever_name_once_its_port_is_there(
    tmp_path: Path, address: str | None
):
    asked = wish(tmp_path, address)
    assert not is_ready(asked)
    plug(tmp_path)
    assert is_ready(asked)


@pytest.mark.parametrize("address", ["2-7", "12d1:1506", "wwan1", "/dev/cdc-wdm1"])
def test_another_modem_is_not_the_one(tmp_path: Path, address: str):
    plug(tmp_path)
    assert not is_ready(wish(tmp_path, address))


def test_without_a_control_port_it_is_not_ready(tmp_path: Path):
    plug(tmp_path, "lt4112")  # the kernel's own choice: ECM
    assert not is_ready(wish(tmp_path, None))
    assert not is_ready(wish(tmp_path, "03f0:581d"))


@pytest.mark.parametrize(
    ("wanted", "ready"),
    [
        ({"protocol": "mbim"}, True),
        ({"driver": "cdc_mbim"}, True),
        ({"protocol": "mbim", "driver": "cdc_mbim"}, True),
        ({"protocol": "qmi"}, False),
        ({"driver": "qmi_wwan"}, False),
    ],
)
@pytest.mark.parametrize("address", ["03f0:581d", "/dev/cdc-wdm0"])
def test_the_wrong_driver_is_waited_out(
    tmp_path: Path, address: str, wanted: dict[str, str], ready: bool
):
    plug(tmp_path, "lt4112", configuration=3)
    assert is_ready(wish(tmp_path, address, **wanted)) is ready


@pytest.mark.parametrize("address", ["sim:ec25", "qrtr:0"])
def test_what_does_not_come_and_go_is_not_waited_for(tmp_path: Path, address: str):
    assert is_ready(wish(tmp_path, address))


@pytest.mark.autojump
async def test_it_is_there_as_soon_as_it_comes_and_not_found_when_the_time_is_up(tmp_path: Path):
    deaf = Uevents(None, "no kernel here")
    assert not await wait_until_ready(wish(tmp_path, "2-6"), events=deaf, timeout=3)
    begun = trio.current_time()
    async with trio.open_nursery() as nursery:

        async def come() -> None:
            await trio.sleep(1.9)
            plug(tmp_path)

        nursery.start_soon(come)
        assert await wait_until_ready(wish(tmp_path, "2-6"), events=deaf, timeout=60)
    assert 1.9 <= trio.current_time() - begun < 3


def _event(action: str, name: str = "2-6", kind: str = "usb_device") -> Uevent:
    return Uevent(action, f"/devices/x/{name}", {"SUBSYSTEM": "usb", "DEVTYPE": kind})


@pytest.mark.parametrize(
    ("actions", "again"),
    [
        ([], 0),
        (["add", "bind"], 0),
        (["remove", "add"], 1),
        (["add", "remove", "add"], 1),
        (["unbind", "remove", "add", "remove", "add"], 2),
        (["remove"], 0),
    ],
)
def test_comings_after_the_first_are_counted(actions: list[str], again: int):
    events = [_event(action) for action in actions]
    events.append(_event("add", "2-6:1.4", "usb_interface"))
    events.append(_event("add", "2-7"))
    assert came_again(events, "2-6") == again
