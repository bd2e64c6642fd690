# SPDX-License-Identifier: GPL-2.0-or-later
"""What would be lost by a rebind is seen beforehand: routes, sessions, programs at the port."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmiprobe import host, rebind
from qmiprobe.rebind import NoHelp
from qmiprobe.rebind._refusals import refusals
from qmiprobe.sim._profile import load_profile
from qmiprobe.sim._sysroot import write_sysroot

_HEAD = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n"
_ZERO = "0" * 32


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    write_sysroot(load_profile("ec25"), tmp_path)
    (tmp_path / "proc/net").mkdir()
    return tmp_path


def found(root: Path) -> tuple[str, ...]:
    (modem,) = host.usb_modems(str(root))
    return refusals(modem, sysroot=str(root))


def test_an_idle_modem_may_be_taken(root: Path):
    (root / "proc/net/route").write_text(
        f"{_HEAD}eth0 00000000 0102000A 0003 0 0 0 00000000 0 0 0\n"
    )
    (root / "proc/net/if_inet6").write_text(
        f"fe800000000000000000000000000001 03 40 20 80 wwan0\n{_ZERO[:-1]}1 01 80 10 80 lo\n"
    )
    (root / "proc/net/ipv6_route").write_text(
        f"{_ZERO} 00 {_ZERO} 00 {_ZERO} ffffffff 00000001 00000000 00200200 lo\n"
    )
    assert found(root) == ()


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        ("route", f"{_HEAD}wwan0 00000000 0102000A 0003 0 0 0 00000000 0 0 0\n", "default route"),
        ("route", f"{_HEAD}wwan0 0000000A 00000000 0001 0 0 0 00FFFFFF 0 0 0\n", "an address"),
        (
            "ipv6_route",
            f"{_ZERO} 00 {_ZERO} 00 {_ZERO} 00000400 00000001 00000000 00000003 wwan0\n",
            "default route",
        ),
        ("if_inet6", "20010db8000000000000000000000001 03 40 00 80 wwan0\n", "an address"),
    ],
)
def test_a_netdev_in_use_speaks_against_it(root: Path, file: str, line: str, word: str):
    (root / f"proc/net/{file}").write_text(line)
    (said,) = found(root)
    assert "wwan0" in said
    assert word in said


@pytest.mark.parametrize(("program", "held"), [("cat", True), ("ModemManager", False)])
def test_a_program_at_the_port_speaks_against_it_but_for_those_that_let_go(
    root: Path, program: str, *, held: bool
):
    (root / "proc/700/fd").mkdir(parents=True)
    (root / "proc/700/comm").write_text(f"{program}\n")
    (root / "proc/700/fd/4").symlink_to("/dev/cdc-wdm0")
    assert bool(found(root)) is held
    (modem,) = host.usb_modems(str(root))
    situation = rebind.look(modem, sysroot=str(root))
    assert not isinstance(situation, NoHelp)
    plan = rebind.plan_for(situation, wanted=rebind.Wanted())
    assert isinstance(plan, NoHelp) is held
