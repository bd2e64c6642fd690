# SPDX-License-Identifier: GPL-2.0-or-later
"""What udev itself says of rules: it reads them in a mount namespace, where it has no others."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SCRIPT = """
mount --bind "$1" /etc/udev/rules.d && mount -t tmpfs none /run &&
if [ -d /usr/lib/udev/rules.d ]; then mount -t tmpfs none /usr/lib/udev/rules.d; fi &&
if [ -d /lib/udev/rules.d ]; then mount -t tmpfs none /lib/udev/rules.d; fi &&
exec udevadm test --action=add /sys/class/net/lo 2>&1
"""


def what_udev_says(rules: Mapping[str, str], folder: Path) -> list[str]:
    """Return what udev complains of while it reads these files: ``50-x.rules:1 Invalid key``.

    ``folder`` is for the files. Raises OSError where udev cannot be asked.
    """
    for name, text in rules.items():
        (folder / name).write_text(text, encoding="utf-8")
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    done = subprocess.run(
        ["unshare", "--mount", *own, "sh", "-c", _SCRIPT, "sh", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    read = {name for name in rules if f"/etc/udev/rules.d/{name}\n" in done.stdout}
    if read != set(rules):
        raise OSError(f"udev did not read {set(rules) - read}: {done.stdout}{done.stderr}")
    start = "/etc/udev/rules.d/"
    lines = [one for one in done.stdout.splitlines() if one.startswith(start)]
    return [one.removeprefix(start) for one in lines]
