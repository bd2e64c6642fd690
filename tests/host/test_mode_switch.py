# SPDX-License-Identifier: GPL-2.0-or-later
"""What usb_modeswitch would do to a device, wherever that is written down."""

from __future__ import annotations

import io
import tarfile

import pytest

from qmiprobe.host import mode_switch
from tests.host.tree import FakeTree

ID = "03f0:581d"
SHIPPED = "# HP hs4112\nConfiguration=0\n"


def pack(tree: FakeTree, **files: str) -> None:
    """Write Debian's archive of all entries."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    tree.write("usr/share/usb_modeswitch/configPack.tar.gz", out.getvalue())


def test_the_shipped_entry_is_found_as_a_file_and_in_the_archive(tree: FakeTree):
    assert mode_switch(ID, sysroot=tree.sysroot) is None
    pack(tree, **{"12d1:1f01": "HuaweiNewMode=1\n", ID: SHIPPED})
    found = mode_switch(ID, sysroot=tree.sysroot)
    assert found is not None
    assert (found.configuration, found.disabled) == (0, None)
    assert found.file.endswith(f"configPack.tar.gz: {ID}")
    tree.write(f"usr/share/usb_modeswitch/{ID}", "Configuration=3\n")
    found = mode_switch(ID, sysroot=tree.sysroot)
    assert found is not None
    assert found.configuration == 3


def test_a_file_of_the_machines_own_comes_first_even_when_it_is_empty(tree: FakeTree):
    pack(tree, **{ID: SHIPPED})
    tree.write(f"etc/usb_modeswitch.d/{ID}", "")
    found = mode_switch(ID, sysroot=tree.sysroot)
    assert found is not None
    assert found.configuration is None


@pytest.mark.parametrize(
    ("own", "everywhere", "disabled"),
    [
        ("Configuration=0\nNoMBIMCheck=1\n", "", "NoMBIMCheck=1"),
        ("Configuration=3\nNoMBIMCheck=1\n", "", None),
        ("Configuration=0\n", "DisableMBIMGlobal=1\n", "DisableMBIMGlobal"),
        ("Configuration=0\n", "# DisableMBIMGlobal=1\nDisableMBIMGlobal=0\n", None),
        ("Configuration=2\n", "DisableSwitching=1\n", "DisableSwitching"),
    ],
)
def test_settings_that_keep_it_from_switching_are_seen(
    tree: FakeTree, own: str, everywhere: str, disabled: str | None
):
    tree.write(f"etc/usb_modeswitch.d/{ID}", own)
    tree.write("etc/usb_modeswitch.conf", everywhere)
    found = mode_switch(ID, sysroot=tree.sysroot)
    assert found is not None
    assert (disabled in (found.disabled or "")) if disabled else found.disabled is None


def test_an_archive_that_is_none_is_no_entry(tree: FakeTree):
    tree.write("usr/share/usb_modeswitch/configPack.tar.gz", b"no archive")
    assert mode_switch(ID, sysroot=tree.sysroot) is None
