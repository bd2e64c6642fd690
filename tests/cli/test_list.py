# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe list``: text and JSON of fake machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmiprobe import host
from tests.cli.inside import run
from tests.cli.program import qmiprobe
from tests.host.devices import em7455, lt4112
from tests.host.tree import FakeDevice, FakeInterface, FakeTree

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path) -> FakeTree:
    tree = FakeTree(tmp_path)
    tree.add_usb(lt4112())
    tree.add_usb(em7455())
    tree.add_process(700, "ModemManager", "/dev/cdc-wdm0")
    return tree


def test_text_shows_everything_that_hangs_on_a_modem(machine: FakeTree):
    done = qmiprobe("list", "--sysroot", machine.sysroot)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[6:] == [
        "usb 2-6  03f0:581d  HP lt4112 Gobi 4G Module  480 Mbit/s",
        "  configuration 1: active",
        "    interface  0  ff/01/01  serial      qcserial",
        "    interface  3  ff/01/07  qmi         qmi_wwan",
        "    interface  4  ff/01/14  serial      qcserial",
        "  configuration 2: the kernel's own choice",
        "    interface  0  02/06/00  ecm",
        "  configuration 3",
        "    interface  0  02/0e/00  mbim",
        "    interface  1  0a/00/02  data",
        "  control port /dev/cdc-wdm0: QMI by qmi_wwan, interface 3, also /dev/wwan0qmi0, "
        "held by ModemManager (700)",
        "  netdev wwan0: qmi_wwan, raw-IP",
        "  tty /dev/ttyUSB0: qcserial, interface 0",
        "  tty /dev/ttyUSB1: qcserial, interface 4",
    ]


def test_json_is_the_contract(machine: FakeTree):
    done = qmiprobe("list", "--json", "--sysroot", machine.sysroot)
    document = json.loads(done.stdout)
    assert document["format"] == "qmiprobe-list/1"
    mbim, qmi = document["modems"]
    assert (qmi["bus"], qmi["name"], qmi["id"]) == ("usb", "2-6", "03f0:581d")
    assert qmi["configurations"][0]["interfaces"][1] == {
        "number": 3,
        "alternate": 0,
        "class": "ff/01/07",
        "function": "qmi",
        "driver": "qmi_wwan",
        "expected_driver": "qmi_wwan",
    }
    assert qmi["configurations"][1]["kernel_would_choose"] is True
    (port,) = qmi["ports"]
    assert port["path"] == "/dev/cdc-wdm0"
    assert port["holders"] == [{"pid": 700, "program": "ModemManager", "through": None}]
    assert port["holders_unread"] == 0
    assert qmi["netdevs"] == [
        {"name": "wwan0", "driver": "qmi_wwan", "interface": 3, "raw_ip": True}
    ]
    assert mbim["speed_mbit"] == 5000
    assert mbim["ports"][0]["protocol"] == "mbim"


def test_programs_behind_a_proxy_are_shown_with_it(
    machine: FakeTree, monkeypatch: pytest.MonkeyPatch
):
    found = host.modems(machine.sysroot)
    proxy, client = (
        host.Holder(pid=80, program="qmi-proxy"),
        host.Holder(pid=81, program="qmicli", through="qmi-proxy"),
    )
    modem = host.Holder(pid=82, program="ModemManager", through="qmi-proxy")
    seen = host.Holders(found=(proxy, host.Holder(pid=9, program="cat")), unread=12)
    monkeypatch.setattr(host, "modems", lambda _sysroot: found)
    monkeypatch.setattr(host, "holders", lambda _path, sysroot: seen)
    monkeypatch.setattr(
        host, "clients_of", lambda one, sysroot: (client, modem) if one == proxy else ()
    )
    ended = run("list")
    assert (
        "interface 3, also /dev/wwan0qmi0, "
        "held by qmi-proxy (80) for qmicli (81) and ModemManager (82), cat (9)"
    ) in ended.out
    assert "known in part only: 12 processes of other users" in ended.err
    port = json.loads(run("list", "--json").out)["modems"][1]["ports"][0]
    assert port["holders"] == [
        {"pid": 80, "program": "qmi-proxy", "through": None},
        {"pid": 9, "program": "cat", "through": None},
        {"pid": 81, "program": "qmicli", "through": "qmi-proxy"},
        {"pid": 82, "program": "ModemManager", "through": "qmi-proxy"},
    ]
    assert port["holders_unread"] == 12


def test_unbound_interface_names_the_driver_it_should_have(tmp_path: Path):
    tree = FakeTree(tmp_path)
    tree.add_usb(FakeDevice("1-1", "2c7c:0125", [FakeInterface(4, "ff/ff/ff")]))
    text = qmiprobe("list", "--sysroot", tree.sysroot).stdout
    assert "no driver (expected qmi_wwan)" in text
    assert "(no name)" in text


def test_machine_without_a_modem_is_said_on_stderr(tmp_path: Path):
    done = qmiprobe("list", "--sysroot", str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "")
    assert "no modem" in done.stderr
    empty = qmiprobe("list", "--json", "--sysroot", str(tmp_path))
    assert json.loads(empty.stdout)["modems"] == []
    assert empty.stderr == ""
