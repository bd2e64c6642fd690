# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe report``: one file that shows what the machine showed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import jsonschema
import pytest

from qmiprobe.report import schema
from qmiprobe.sim import load_profile, profile_names
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.cli.inside import run
from tests.cli.program import python, qmiprobe

_WRONG: dict[str, dict[str, object]] = {
    "as it should be": {},
    "no configuration": {"configuration": 0},
    "a leftover dynamic id": {"dynamic_ids": {"qmi_wwan": ("03f0 581d",)}},
    "module blacklisted": {"blacklisted": frozenset({"qmi_wwan", "cdc_mbim"})},
    "not authorised": {"authorized": False},
}


def machine(folder: Path, name: str, **wrong: object) -> str:
    """Write a machine with a simulated modem; return its folder."""
    write_sysroot(load_profile(name), folder, machine=Machine(**wrong))  # type: ignore[arg-type]
    return str(folder)


def same(command: str, first: str, second: str) -> dict[str, object]:
    """Return what a command says of both, which must be the same but for times."""
    said: list[dict[str, object]] = []
    for sysroot in (first, second):
        document = json.loads(run(command, "--json", "--sysroot", sysroot).out)
        for one in (document, *document.get("checks", ())):
            one.pop("duration_s", None)
            one.pop("started", None)
        said.append(document)
    assert said[0] == said[1]
    return said[0]


@pytest.mark.parametrize("name", profile_names())
def test_list_and_doctor_say_the_same_of_a_machine_and_its_report(tmp_path: Path, name: str):
    sysroot, file = machine(tmp_path / "machine", name), str(tmp_path / "saved.tar.gz")
    assert run("report", file, "--sysroot", sysroot).status == 0
    assert len(same("list", sysroot, file)["modems"]) == 1  # type: ignore[arg-type]
    same("doctor", sysroot, file)


@pytest.mark.parametrize("what", _WRONG)
def test_what_is_wrong_is_as_wrong_in_the_report(tmp_path: Path, what: str):
    sysroot = machine(tmp_path / "machine", "lt4112", **_WRONG[what])
    file = str(tmp_path / "saved.tar.gz")
    run("report", file, "--sysroot", sysroot)
    for command in ("list", "doctor", "check"):
        same(command, sysroot, file)


def test_the_archive_has_the_documents_and_says_what_it_is(tmp_path: Path):
    file = tmp_path / "saved.tar.gz"
    done = qmiprobe("report", str(file), "--sysroot", machine(tmp_path / "machine", "lt4112"))
    assert (done.returncode, done.stdout) == (0, "")
    assert (
        done.stderr.splitlines()[-1] == f"{file}: 1 modem on this machine, personal values masked"
    )
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        about = json.load(archive.extractfile("qmiprobe-report/about.json"))  # type: ignore[arg-type]
    assert {"about.json", "list.json", "doctor.json", "check.json"} <= names
    assert (about["format"], about["personal"]) == ("qmiprobe-bundle/1", "masked")
    assert about["modems"] == ["2-6 03f0:581d"]
    jsonschema.validate(about, schema("bundle"))
    assert not list(tmp_path.glob("*.part"))


def test_personal_values_leave_only_when_they_are_let(tmp_path: Path):
    sysroot = machine(tmp_path / "machine", "lt4112")
    device = tmp_path / "machine/sys/bus/usb/devices/2-6"
    (device / "serial").write_text("be29cedd77\n")
    for options, there in (((), False), (("--keep-personal",), True)):
        file = tmp_path / "saved.tar.gz"
        run("report", str(file), "--sysroot", sysroot, *options)
        with tarfile.open(file) as archive:
            files = [archive.extractfile(one) for one in archive if one.isfile()]
            found = any(b"be29cedd77" in one.read() for one in files if one is not None)
        assert found is there


def test_an_unpacked_report_is_read_as_well(tmp_path: Path):
    sysroot, file = machine(tmp_path / "machine", "ec25"), tmp_path / "saved.tgz"
    run("report", str(file), "--sysroot", sysroot)
    with tarfile.open(file) as archive:
        # Python 3.11.2, Debian's, knows no filters; those that know them want to be told.
        trusting = {"filter": "fully_trusted"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(tmp_path / "by-hand", **trusting)  # type: ignore[arg-type]
    same("list", sysroot, str(tmp_path / "by-hand"))
    same("list", sysroot, str(tmp_path / "by-hand/qmiprobe-report"))


def test_nothing_that_was_unpacked_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "saved.tar.gz"
    run("report", str(file), "--sysroot", machine(tmp_path / "machine", "ec25"))
    place = tmp_path / "temporary"
    place.mkdir()
    done = qmiprobe("list", "--sysroot", str(file), TMPDIR=str(place))
    assert "2c7c:0125" in done.stdout
    assert list(place.iterdir()) == []


def test_a_pipe_gets_the_archive_and_nothing_else(tmp_path: Path):
    sysroot = machine(tmp_path / "machine", "ec25")
    file = tmp_path / "piped.tar.gz"
    code = "from qmiprobe.cli import main; main()"
    with file.open("wb") as out:
        command = [sys.executable, "-W", "error", "-c", code, "report", "-", "--sysroot", sysroot]
        done = subprocess.run(command, stdout=out, timeout=60, check=False)
    assert done.returncode == 0
    same("list", sysroot, str(file))


def test_a_page_is_written_for_a_name_in_html(tmp_path: Path):
    file = tmp_path / "modem.html"
    run("report", str(file), "--sysroot", machine(tmp_path / "machine", "lt4112"))
    text = file.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "03f0:581d" in text or "lt4112" in text


@pytest.mark.parametrize("name", ["modem.zip", "modem", "modem.tar"])
def test_another_name_is_refused_with_what_to_write(tmp_path: Path, name: str):
    ended = run("report", str(tmp_path / name))
    assert ended.status == 2
    assert ".tar.gz" in ended.err


def test_a_place_that_cannot_be_written_is_said_before_anything_is_asked(tmp_path: Path):
    ended = run("report", str(tmp_path / "nowhere" / "modem.tar.gz"), "sim:ec25")
    assert ended.status == 2
    assert "no file can be written in" in ended.err


def test_a_machine_without_a_modem_is_saved_all_the_same(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    file = tmp_path / "saved.tar.gz"
    done = qmiprobe("report", str(file), "--sysroot", str(tmp_path / "empty"), "--json")
    about = json.loads(done.stdout)
    assert (done.returncode, about["modems"]) == (0, [])
    with tarfile.open(file) as archive:
        check = json.load(archive.extractfile("qmiprobe-report/check.json"))  # type: ignore[arg-type]
    assert check["outcome"] == "fail"


@pytest.mark.parametrize("given", ["nothing", "text"])
def test_a_sysroot_that_is_no_report_is_a_usage_error(tmp_path: Path, given: str):
    file = tmp_path / "given"
    if given == "text":
        file.write_text("hello")
    ended = run("list", "--sysroot", str(file))
    assert ended.status == 2
    assert str(file) in ended.err


def test_a_report_of_a_simulated_modem_has_a_trace_without_identities(tmp_path: Path):
    file = tmp_path / "saved.tar.gz"
    ended = run("report", str(file), "sim:ec25")
    assert ended.status == 0
    with tarfile.open(file) as archive:
        trace = archive.extractfile("qmiprobe-report/control.trace")
        assert trace is not None
        text = trace.read().decode()
    assert "get-ids" in text or "dms" in text.lower()
    assert "001010123456789" not in text


_SETTINGS = {
    "etc/udev/rules.d/40-modem.rules": 'ATTR{idVendor}=="03f0", ATTR{idProduct}=="581d", '
    'ATTR{bConfigurationValue}="2"\n',
    "etc/usb_modeswitch.d/03f0:581d": "Configuration=0\n",
    "etc/usb_modeswitch.conf": "DisableSwitching=1\n",
    "sys/module/cdc_ncm/parameters/prefer_mbim": "N\n",
    "sys/module/usbserial/parameters/vendor": "0x03f0\n",
    "sys/kernel/security/lockdown": "none [integrity] confidentiality\n",
    "proc/mounts": "sysfs /sys sysfs ro,nosuid 0 0\n/dev/vda1 / ext4 rw 0 0\n",
    "proc/700/comm": "dhclient\n",
    "proc/700/cmdline": "dhclient\0wwan0\0",
    "sys/class/rfkill/rfkill0/type": "wwan\n",
    "sys/class/rfkill/rfkill0/soft": "1\n",
}


def test_settings_of_the_machine_count_in_its_report_as_they_did_there(tmp_path: Path):
    sysroot = machine(tmp_path / "machine", "lt4112")
    for name, text in _SETTINGS.items():
        path = tmp_path / "machine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "machine/proc/700/fd").mkdir()
    file = str(tmp_path / "saved.tar.gz")
    run("report", file, "--sysroot", sysroot)
    found = same("doctor", sysroot, file)
    assert len(found["findings"]) > 1  # type: ignore[arg-type]
    with tarfile.open(file) as archive:
        names = {name.partition("/tree/")[2] for name in archive.getnames()}
        mounts = archive.extractfile("qmiprobe-report/tree/proc/mounts")
        assert mounts is not None
        assert b"ext4" not in mounts.read()
    assert set(_SETTINGS) <= names


def test_what_is_masked_in_the_files_is_masked_in_names_and_documents_too(tmp_path: Path):
    sysroot = machine(tmp_path / "machine", "lt4112")
    device = (tmp_path / "machine/sys/bus/usb/devices/2-6").resolve()
    (device / "2-6:2.0/net/enx0250f3aabb01").mkdir(parents=True)
    (device / "2-6:2.0/net/enx0250f3aabb01/address").write_text("02:50:f3:aa:bb:01\n")
    link = tmp_path / "machine/sys/class/net/enx0250f3aabb01"
    link.symlink_to(os.path.relpath(device / "2-6:2.0/net/enx0250f3aabb01", link.parent))
    file = tmp_path / "saved.tar.gz"
    run("report", str(file), "--sysroot", sysroot)
    with tarfile.open(file) as archive:
        listed = json.load(archive.extractfile("qmiprobe-report/list.json"))  # type: ignore[arg-type]
        for member in archive:
            data = archive.extractfile(member) if member.isfile() else None
            shown = f"{member.name} {member.linkname} {data.read() if data else b''!r}".lower()
            assert "aabb01" not in shown
            assert "aa:bb:01" not in shown
    names = [one["name"] for one in listed["modems"][0]["netdevs"]]
    assert [one["name"] for one in same_netdevs(file)] == names
    assert any(name.startswith("enx0250f3") for name in names)


def same_netdevs(file: Path) -> list[dict[str, str]]:
    """Return the netdevs that `list` shows of a report."""
    document = json.loads(run("list", "--json", "--sysroot", str(file)).out)
    found: list[dict[str, str]] = document["modems"][0]["netdevs"]
    return found


def test_a_modem_that_does_not_answer_is_in_the_report_as_well(tmp_path: Path):
    file = tmp_path / "saved.tar.gz"
    ended = run("report", str(file), "sim:ec25?fault=mute", "--timeout", "8")
    assert ended.status == 0
    with tarfile.open(file) as archive:
        check = json.load(archive.extractfile("qmiprobe-report/check.json"))  # type: ignore[arg-type]
    assert check["outcome"] == "fail"


@pytest.mark.parametrize(("name", "status"), [("modem.html", 3), ("modem.tar.gz", 0)])
def test_a_device_that_is_not_there_is_said(tmp_path: Path, name: str, status: int):
    sysroot = machine(tmp_path / "machine", "lt4112")
    ended = run("report", str(tmp_path / name), "sim:nowhere", "--sysroot", sysroot)
    assert ended.status == status
    assert "no simulated modem 'nowhere'" in ended.err


_ENDED_WHILE_WRITING = """
import os
from qmiprobe import host
from qmiprobe.cli import _report_bundle, main
whole = host.write_bundle
def halfway(file, *given, **named):
    file.write(b"half of it")
    file.flush()
    os.kill(os.getpid(), {number})
    return whole(file, *given, **named)
host.write_bundle = halfway
main()
"""


@pytest.mark.parametrize("there", [False, True], ids=["a new file", "one that is there"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_the_archive_is_written_leaves_the_folder_as_it_was(
    tmp_path: Path, number: signal.Signals, there: bool
):
    (tmp_path / "machine/sys").mkdir(parents=True)
    file = tmp_path / "out/m.tar.gz"
    file.parent.mkdir()
    if there:
        file.write_bytes(b"an older one")
    code = _ENDED_WHILE_WRITING.format(number=int(number))
    done = python(code, "report", str(file), "--sysroot", str(tmp_path / "machine"))
    assert (done.returncode, done.stderr) == (128 + number, "")
    assert [one.name for one in file.parent.iterdir()] == (["m.tar.gz"] if there else [])
    assert not there or file.read_bytes() == b"an older one"
