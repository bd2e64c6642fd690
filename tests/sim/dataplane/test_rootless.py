# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain user has a data plane too, where the kernel and /dev/net/tun let him."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.requirements import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = 65534
# A node of our own over /dev/net/tun, in a mount namespace that nobody else sees.
SCRIPT = """
set -e
mknod "$1/tun" c 10 200
chmod "$2" "$1/tun"
mount --bind "$1/tun" /dev/net/tun
shift 2
exec "$@"
"""


def _run_as_nobody(folder: Path, mode: str) -> subprocess.CompletedProcess[str]:
    for tool in ("unshare", "setpriv"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed: it comes with util-linux")
    plain = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    readable = subprocess.run([*plain, sys.executable, "-c", "import trio"], check=False)
    if readable.returncode != 0:
        pytest.skip("a plain user cannot read this checkout or its Python: chmod o+rX it")
    command = ["unshare", "--mount", "sh", "-c", SCRIPT, "sh", str(folder), mode, *plain]
    command += [sys.executable, "-B", "-m", "tests.sim.dataplane.rootless"]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, cwd=CHECKOUT, check=False
    )


@pytest.mark.needs("root", "netns", "tun")
def test_a_plain_user_sends_packets_inside_a_user_namespace(tmp_path: Path):
    done = _run_as_nobody(tmp_path, "666")
    if "unshare)" in done.stdout:
        pytest.skip(f"user namespaces are not possible here: {done.stdout}")
    assert (done.stdout, done.returncode) == ("can\nworks, unset []\n", 0), done.stderr


@pytest.mark.needs("root", "netns", "tun")
def test_a_plain_user_without_access_to_the_tun_node_is_told_so(tmp_path: Path):
    done = _run_as_nobody(tmp_path, "600")
    if "unshare)" in done.stdout:
        pytest.skip(f"user namespaces are not possible here: {done.stdout}")
    reason = (
        "cannot open /dev/net/tun: Permission denied; /dev/net/tun is not open to this user: "
        "run as root, or chmod 0666 /dev/net/tun"
    )
    assert done.stdout == f"{reason}\ncannot: {reason}\n", done.stderr
    assert done.returncode == 3
