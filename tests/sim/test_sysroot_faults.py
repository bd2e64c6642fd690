# SPDX-License-Identifier: GPL-2.0-or-later
"""``simulate --sysroot``: a machine as a folder, with what faults leave to be seen there."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmiprobe import host
from qmiprobe.errors import AddressError, CannotTest
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import write_sysroot
from qmiprobe.sim._sysroot_faults import machine_with_faults
from tests.cli.program import qmiprobe


def saved(folder: Path, profile: str, *faults: str) -> tuple[host.Modem | None, host.KernelLog]:
    """Return what is to be seen with these faults."""
    loaded = load_profile(profile)
    layout, machine = machine_with_faults(loaded, faults)
    write_sysroot(loaded, folder, machine=machine, layout=layout)
    found = host.modems(str(folder))
    return (found[0] if found else None), host.kernel_log(str(folder))


@pytest.mark.parametrize(
    ("fault", "pipes"),
    [
        ("no-notify-endpoint", ("bulk-in", "bulk-out", "bulk-in")),
        ("only-notify-endpoint", ("interrupt-in",)),
        ("no-endpoints", ()),
    ],
)
def test_an_interface_without_its_endpoints_is_unbound_and_said_so(
    tmp_path: Path, fault: str, pipes: tuple[str, ...]
):
    modem, log = saved(tmp_path, "ec25", fault)
    assert modem is not None
    active = modem.active_configuration
    assert active is not None
    (qmi,) = (one for one in active.interfaces if one.number == 4)
    assert (qmi.driver, qmi.function, qmi.pipes) == (None, "qmi", pipes)
    assert [one.errno for one in log.failed_probes()] == [22]
    assert modem.ports == ()


def test_a_disc_is_no_modem_yet_and_a_function_that_cannot_be_set_up_is_given_back(
    tmp_path: Path,
):
    modem, _ = saved(tmp_path / "a", "dwm222", "disc-first")
    assert modem is None
    (disc,) = host.discs(str(tmp_path / "a"))
    assert (disc.id, disc.becomes) == ("2001:ac01", ("2001:7e3d",))
    modem, log = saved(tmp_path / "b", "em7455", "ntb-parameters-fail")
    assert modem is not None
    assert modem.ports == ()
    assert {one.driver for one in log.failed_binds()} == {"cdc_mbim"}


def test_what_is_not_to_be_seen_is_refused():
    with pytest.raises(CannotTest, match=r"send-stalls is not to be seen.*these are: no-notify"):
        machine_with_faults(load_profile("ec25"), ["send-stalls"])
    with pytest.raises(AddressError):
        machine_with_faults(load_profile("em7455"), ["no-endpoints"])


def test_the_command_writes_what_check_and_list_read(tmp_path: Path):
    folder = str(tmp_path / "machine")
    done = qmiprobe("simulate", "lt4112", "--sysroot", folder)
    assert (done.returncode, done.stdout) == (0, f"{folder}\n")
    assert "03f0:581d" in qmiprobe("list", "--sysroot", folder).stdout
    done = qmiprobe("check", "--sysroot", folder)
    assert done.returncode == 1
    assert "usb/wrong-configuration" in done.stdout
    done = qmiprobe("simulate", "lt4112", "--sysroot", folder)
    assert done.returncode == 3
    assert "not empty" in done.stderr


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--pty",), "serves nobody: give it alone"),
        (("--fault", "no-sim"), "leaves nothing to be seen"),
    ],
)
def test_what_goes_with_nothing_else_is_a_usage_error(
    tmp_path: Path, words: tuple[str, ...], complaint: str
):
    done = qmiprobe("simulate", "ec25", "--sysroot", str(tmp_path / "x"), *words)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert not (tmp_path / "x").exists()
