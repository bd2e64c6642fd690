# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine in one file: what comes back, and what a file from somebody else may not do."""

from __future__ import annotations

import contextlib
import gzip
import io
import tarfile
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmiprobe import host
from qmiprobe.errors import CannotTest
from tests.host.devices import em7455, hub, keyboard, lt4112
from tests.host.tree import FakeTree


@pytest.fixture
def machine(tree: FakeTree) -> FakeTree:
    for device in (lt4112(), em7455(), keyboard(), hub()):
        tree.add_usb(device)
    tree.add_pci_port("0000:01:00.0", "wwan3mbim0", "MBIM", "mhi-pci-generic")
    tree.add_process(80, "qmi-proxy", "/dev/cdc-wdm0", "/home/alice/secret")
    tree.add_process(81, "bash", "/etc/passwd")
    tree.write("proc/82/fd", "")
    tree.write("qmiprobe/proxy-clients", "80 90 qmicli\n80 91 ModemManager\n")
    tree.write("dev/kmsg", "6,1,100,-;usb 2-6: New USB device found, idVendor=03f0\n")
    tree.write("proc/sys/kernel/osrelease", "6.1.0-test\n")
    tree.write("sys/bus/usb/drivers/qmi_wwan/new_id", "03f0 581d ff\n")
    return tree


def bundled(machine: FakeTree, folder: Path) -> str:
    """Return the sysroot of a machine that went through a file."""
    file = folder / "saved.tar.gz"
    copy = host.copy_machine(machine.sysroot)
    with file.open("wb") as out:
        host.write_bundle(out, copy, documents={"about.json": b"{}"}, made=0)
    (folder / "unpacked").mkdir()
    return host.unpack_bundle(str(file), folder / "unpacked")


def test_a_saved_machine_shows_the_same_modems(machine: FakeTree, tmp_path: Path):
    saved = bundled(machine, tmp_path)
    assert len(host.modems(saved)) == 3
    assert host.modems(saved) == host.modems(machine.sysroot)
    assert host.dynamic_ids(saved) == host.dynamic_ids(machine.sysroot)
    assert host.kernel_log(saved).lines == host.kernel_log(machine.sysroot).lines


def test_a_saved_machine_has_the_holders_of_nodes_and_no_other_process(
    machine: FakeTree, tmp_path: Path
):
    saved = bundled(machine, tmp_path)
    found = host.holders("/dev/cdc-wdm0", sysroot=saved)
    assert found == host.holders("/dev/cdc-wdm0", sysroot=machine.sysroot)
    assert found.unread == 1
    assert [one.program for one in host.clients_of(found.found[0], sysroot=saved)] == [
        *("qmicli", "ModemManager"),
    ]
    assert [path.name for path in (Path(saved) / "proc/80/fd").iterdir()] == ["0"]
    assert not (Path(saved) / "proc/81").exists()


def test_of_a_device_that_is_no_modem_only_its_description_is_saved(
    machine: FakeTree, tmp_path: Path
):
    device = "sys/devices/pci0000:00/0000:00:14.0/usb2/2-1"
    machine.write(f"{device}/2-1:1.0/input/input3/name", "somebody's keyboard\n")
    saved = Path(bundled(machine, tmp_path))
    assert (saved / device / "2-1:1.0/bInterfaceClass").exists()
    assert not (saved / device / "2-1:1.0/input").exists()


def test_what_could_not_be_read_is_noted_and_told_again(machine: FakeTree, tmp_path: Path):
    (machine.root / "dev/kmsg").unlink()
    (machine.root / "dev/kmsg").mkdir()
    saved = bundled(machine, tmp_path)
    assert host.kernel_log(saved).unread == host.kernel_log(machine.sysroot).unread
    assert "Is a directory" in (host.kernel_log(saved).unread or "")


def archive(folder: Path, *members: tuple[str, str, bytes | str]) -> str:
    """Write an archive of files, links and other things."""
    path = folder / "given.tar.gz"
    with tarfile.open(path, "w:gz") as out:
        for kind, name, what in members:
            member = tarfile.TarInfo(name)
            if kind == "file" and isinstance(what, bytes):
                member.size = len(what)
                out.addfile(member, io.BytesIO(what))
                continue
            member.type = {"link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE}.get(
                kind, tarfile.CHRTYPE
            )
            member.linkname = str(what)
            out.addfile(member)
    return str(path)


_TREE = "qmiprobe-report/tree"
_ABOUT = ("file", "qmiprobe-report/about.json", b"{}")


@pytest.mark.parametrize(
    "members",
    [
        [("file", "../out", b"x")],
        [("file", "/tmp/out", b"x")],
        [("file", f"{_TREE}/../../../out", b"x")],
        [("hard", f"{_TREE}/a", "/etc/passwd")],
        [("node", f"{_TREE}/a", "")],
        [("link", f"{_TREE}/a", "/etc/passwd")],
        [("link", f"{_TREE}/a", "../../../out")],
        [("link", f"{_TREE}/proc/1/fd", "/etc"), ("file", f"{_TREE}/x", b"")],
        [("link", f"{_TREE}/a", "/tmp"), ("link", f"{_TREE}/a/out", "x")],
        [
            ("file", f"{_TREE}/x/y/file", b""),
            ("link", f"{_TREE}/x/y/up", "../.."),
            ("link", f"{_TREE}/b", "x/y/up/../../../out"),
        ],
        [("link", f"{_TREE}/proc", "/"), ("link", f"{_TREE}/proc/1/fd/2", "/etc")],
    ],
)
def test_a_file_that_would_reach_out_of_its_folder_is_refused(
    tmp_path: Path, members: list[tuple[str, str, bytes | str]]
):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    with pytest.raises(CannotTest):
        host.unpack_bundle(archive(tmp_path, _ABOUT, *members), folder)
    assert not (tmp_path / "out").exists()
    assert not Path("/tmp/out").exists()


def test_what_a_process_held_open_is_a_name_only(tmp_path: Path):
    folder = tmp_path / "to"
    folder.mkdir()
    held = ("link", f"{_TREE}/proc/80/fd/3", "/dev/cdc-wdm0")
    saved = host.unpack_bundle(archive(tmp_path, _ABOUT, held), folder)
    assert (Path(saved) / "proc/80/fd/3").readlink() == Path("/dev/cdc-wdm0")


@pytest.mark.parametrize("data", [b"", b"not an archive", b"\x1f\x8b\x08\0rest"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes):
    file = tmp_path / "x.tar.gz"
    file.write_bytes(data)
    with pytest.raises(CannotTest, match="no report that can be read"):
        host.unpack_bundle(str(file), tmp_path)


def test_an_archive_that_would_fill_the_disc_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("qmiprobe.host._bundle._MOST_BYTES", 1000)
    members = [("file", f"{_TREE}/{number}", bytes(600)) for number in range(2)]
    with pytest.raises(CannotTest, match="larger than"):
        host.unpack_bundle(archive(tmp_path, *members), tmp_path)


def whole() -> bytes:
    """Return an archive, unpacked from its gzip."""
    with tempfile.TemporaryDirectory() as name:
        held = ("link", f"{_TREE}/proc/80/fd/3", "/dev/cdc-wdm0")
        text = ("file", f"{_TREE}/proc/version", b"Linux\n")
        return gzip.decompress(Path(archive(Path(name), _ABOUT, held, text)).read_bytes())


_WHOLE = whole()


@settings(max_examples=60)
@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=12), st.booleans())
def test_a_damaged_archive_is_read_as_far_as_it_goes_or_refused(
    place: int, damage: bytes, packed: bool
):
    data = bytearray(gzip.compress(_WHOLE) if packed else _WHOLE)
    place %= len(data)
    data[place : place + len(damage)] = damage
    with tempfile.TemporaryDirectory() as name:
        file, folder = Path(name) / "x.tar.gz", Path(name) / "to"
        folder.mkdir()
        file.write_bytes(bytes(data) if packed else gzip.compress(bytes(data)))
        with contextlib.suppress(CannotTest):
            host.modems(host.unpack_bundle(str(file), folder))
        assert {one.name for one in Path(name).iterdir()} == {"x.tar.gz", "to"}
