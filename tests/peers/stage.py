# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the stock scripts where a pty looks like a modem's node and /tmp is the test's own.

libqmi asks sysfs which driver a node has; the scripts keep their state in /tmp. Both are other
folders in a mount namespace that each run of a script has to itself.
"""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import trio

from tests.peers.peer import PATIENCE, Said

_NETDEV = "wwan0"
_DEVICE = bytes((18, 1)) + bytes(16)
"""A USB device descriptor of which only the length counts here."""


def _mbim_descriptor(max_control: int) -> bytes:
    """Return MBIM's functional descriptor (MBIM 1.0, 6.4)."""
    head = bytes((12, 0x24, 0x1B)) + (0x0100).to_bytes(2, "little")
    tail = bytes((32, 192)) + (2048).to_bytes(2, "little") + bytes(1)
    return head + max_control.to_bytes(2, "little") + tail


def _inside(sysfs: Path, path: Path) -> Path:
    """Return where a path below the folder will be for the script."""
    return Path("/sys/class") / path.relative_to(sysfs)


@dataclass(frozen=True)
class Stage:
    """A script, and the folders that it finds at ``/tmp`` and ``/sys/class``."""

    script: str
    node: str
    folder: Path

    @classmethod
    def build(
        cls,
        script: str,
        node: str,
        folder: Path,
        *,
        raw_ip: bool | None = None,
        max_control: int = 4096,
    ) -> Stage:
        """Make the folders.

        ``raw_ip`` is the framing of a netdev under qmi_wwan, None: there is no netdev;
        ``max_control`` the longest control message in bytes that an MBIM descriptor tells.
        """
        stage = cls(script, node, folder)
        stage.tmp.mkdir()
        driver = "qmi_wwan" if script == "qmi-network" else "cdc_mbim"
        interface = stage.sysfs / "devices" / "1-1" / "1-1:1.0"
        port = interface / "usbmisc" / Path(node).name
        for made in (port, interface / "net", stage.sysfs / "drivers" / driver):
            made.mkdir(parents=True)
        (stage.sysfs / "usbmisc").mkdir()
        (stage.sysfs / "usbmisc" / port.name).symlink_to(_inside(stage.sysfs, port))
        (port / "device").symlink_to(_inside(stage.sysfs, interface))
        (interface / "driver").symlink_to(_inside(stage.sysfs, stage.sysfs / "drivers" / driver))
        (interface.parent / "descriptors").write_bytes(_DEVICE + _mbim_descriptor(max_control))
        if raw_ip is not None:
            (interface / "net" / _NETDEV).mkdir()
            stage.raw_ip.parent.mkdir(parents=True)
            stage.raw_ip.write_text("Y\n" if raw_ip else "N\n", encoding="ascii")
        return stage

    @property
    def tmp(self) -> Path:
        """What the script finds at ``/tmp``."""
        return self.folder / "tmp"

    @property
    def sysfs(self) -> Path:
        """What it finds at ``/sys/class``."""
        return self.folder / "class"

    @property
    def raw_ip(self) -> Path:
        """The switch between raw-IP (Y) and 802.3 (N)."""
        return self.sysfs / "net" / _NETDEV / "qmi" / "raw_ip"

    @property
    def state(self) -> dict[str, str]:
        """What the script noted for its next run; empty where it keeps no note."""
        file = self.tmp / f"{self.script}-state-{Path(self.node).name}"
        words = shlex.split(file.read_text(encoding="utf-8")) if file.exists() else []
        return dict(word.split("=", 1) for word in words)

    def write_profile(self, **keys: str) -> None:
        """Write the file that says how to connect."""
        lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in keys.items())
        (self.tmp / "profile").write_text(lines, encoding="utf-8")

    async def run(self, command: str) -> Said:
        """Run the script: start, status or stop; it is killed when it takes too long."""
        mounts = f"mount --bind {self.sysfs} /sys/class && mount --bind {self.tmp} /tmp"
        script = shutil.which(self.script)
        act = f"exec {script} --profile=/tmp/profile {self.node} {command}"
        with trio.fail_after(2 * PATIENCE):
            done = await trio.run_process(
                ["unshare", "--mount", "sh", "-c", f"{mounts} && {act}"],
                capture_stdout=True,
                capture_stderr=True,
                check=False,
            )
        text = (done.stdout or b"").decode() + (done.stderr or b"").decode()
        return Said(done.returncode, text)
