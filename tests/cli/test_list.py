# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe list``: text and JSON of fake machines."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema
import pytest

from qmiprobe import host
from qmiprobe.cli._list_lines import fitted
from qmiprobe.errors import CannotTest
from qmiprobe.report import schema
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
    tree.add_process(700, "ModemManager", "/dev/cdc-wdm0", "/dev/ttyUSB1")
    return tree


def test_text_shows_everything_that_hangs_on_a_modem(machine: FakeTree):
    done = qmiprobe("list", "--sysroot", machine.sysroot)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[7:] == [
        "usb 2-6  03f0:581d  HP lt4112 Gobi 4G Module  480 Mbit/s",
        "  configuration 1: active",
        "    interface  0  ff/01/01  serial      qcserial",
        "    interface  3  ff/01/07  qmi         qmi_wwan",
        "    interface  4  ff/01/14  serial      qcserial",
        "  configuration 2: the kernel's own choice",
        "    interface  0  02/06/00  ecm         would be cdc_ether",
        "  configuration 3",
        "    interface  0  02/0e/00  mbim        would be cdc_mbim",
        "    interface  1  0a/00/02  data",
        "  control port /dev/cdc-wdm0: QMI by qmi_wwan, interface 3, also /dev/wwan0qmi0, "
        "held by ModemManager (700)",
        "  netdev wwan0: qmi_wwan, raw-IP",
        "  tty /dev/ttyUSB0: qcserial, interface 0",
        "  tty /dev/ttyUSB1: qcserial, interface 4, held by ModemManager (700)",
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
        "predicted_driver": "qmi_wwan",
        "authorized": None,
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
    nobody = host.Holders(found=(), unread=12)
    monkeypatch.setattr(
        host,
        "holders_of_each",
        lambda paths, sysroot: {path: seen if "wdm0" in path else nobody for path in paths},
    )
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


def test_a_driver_that_does_not_take_it_by_itself_is_said_to_fit(tmp_path: Path):
    tree = FakeTree(tmp_path)
    tree.add_usb(FakeDevice("1-1", "305a:ffff", [FakeInterface(0, "ff/ff/30", endpoints=2)]))
    text = qmiprobe("list", "--sysroot", tree.sysroot).stdout
    assert "serial      no driver (option fits, but not by itself)" in text


def test_an_interface_that_is_not_authorised_is_said_to_be_so(machine: FakeTree):
    folder = "sys/bus/usb/devices/2-6/2-6:1.3"
    (machine.root / folder / "driver").unlink()
    machine.write(f"{folder}/authorized", "0\n")
    text = qmiprobe("list", "--sysroot", machine.sysroot).stdout
    assert "qmi         no driver (expected qmi_wwan), not authorised" in text


def test_a_holder_that_cannot_be_seen_is_unknown_not_none(machine: FakeTree):
    machine.write("proc/900/fd", "")
    (machine.root / "proc/700/fd/0").unlink()
    (machine.root / "proc/700/fd/1").unlink()
    done = qmiprobe("list", "--sysroot", machine.sysroot)
    assert "also /dev/wwan0qmi0, holder unknown: root may see it" in done.stdout
    assert "1 process of other users" in done.stderr


def test_modems_on_pci_and_in_the_chip_are_shown(tmp_path: Path):
    tree = FakeTree(tmp_path)
    tree.add_pci_port("0000:01:00.0", "wwan0qmi0", "QMI", "mhi-pci-generic")
    chip = "sys/devices/platform/soc@0/4080000.remoteproc"
    tree.write(f"{chip}/remoteproc/remoteproc0/firmware", "qcom/modem.mbn\n")
    tree.link("sys/bus/rpmsg/drivers/qcom_smd_qrtr/edge.IPCRTR.-1.-1", f"{chip}/edge/IPCRTR")
    assert qmiprobe("list", "--sysroot", tree.sysroot).stdout.splitlines() == [
        "pci 0000:01:00.0  17cb:0306  Qualcomm SDX55  mhi-pci-generic",
        "  control port /dev/wwan0qmi0: QMI by mhi-pci-generic",
        "soc 4080000.remoteproc  (no name)",
        "  QRTR: joined by qcom_smd_qrtr; which node it is there, only asking tells",
    ]
    document = json.loads(qmiprobe("list", "--json", "--sysroot", tree.sysroot).stdout)
    assert [(one["bus"], one["id"], one["qrtr"]) for one in document["modems"]] == [
        ("pci", "17cb:0306", None),
        ("soc", None, "qcom_smd_qrtr"),
    ]
    jsonschema.validate(document, schema("list"))


def test_lines_fit_a_terminal_and_are_whole_in_a_pipe(monkeypatch: pytest.MonkeyPatch):
    line = "  control port /dev/cdc-wdm0: QMI by qmi_wwan, interface 3, also /dev/wwan0qmi0, held"
    assert fitted(line) == line
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    shown = fitted(line).splitlines()
    assert max(map(len, shown)) <= 60
    assert shown[1].startswith("      ")
    assert " ".join(" ".join(shown).split()) == line.strip()


def test_what_keeps_a_reader_waiting_ends_by_the_timeout(monkeypatch: pytest.MonkeyPatch):
    let_go = threading.Event()

    def waits(sysroot: str) -> tuple[host.Modem, ...]:
        let_go.wait(60)
        return ()

    monkeypatch.setattr(host, "modems", waits)
    done = run("list", "--timeout", "0.1")
    let_go.set()
    assert (done.status, done.out) == (4, "")
    assert "did not finish within 0.1 s" in done.err


def test_an_error_while_reading_is_told_as_everywhere(monkeypatch: pytest.MonkeyPatch):
    def breaks(sysroot: str) -> tuple[host.Modem, ...]:
        raise CannotTest("no sysfs here")

    monkeypatch.setattr(host, "modems", breaks)
    done = run("list")
    assert (done.status, done.err) == (3, "qmiprobe: no sysfs here\n")


def test_a_modem_without_an_active_configuration_says_so(tmp_path: Path):
    tree = FakeTree(tmp_path)
    tree.add_usb(replace(lt4112(), configuration=0, interfaces=[]))
    assert "  no configuration is active" in run("list", "--sysroot", tree.sysroot).out.splitlines()
