# SPDX-License-Identifier: GPL-2.0-or-later
"""A stand-in for Tailscale: a daemon with its netdev, and a program that says what it would."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass

from .daemons import Daemons

_DAEMON = """
import time
from pathlib import Path
from qmiprobe.sim.dataplane._interface import open_tun
Path("/proc/self/comm").write_text("tailscaled")
descriptor = open_tun("tailscale0")
time.sleep(300)
"""
_PROGRAM = """#!/bin/sh
cat {folder}/$1.json
"""


@dataclass(frozen=True, kw_only=True)
class Tailscale:
    """What it says."""

    state: str = "Running"
    udp: bool = True
    varies: bool = False
    address: str = ""
    """Where the peer is reached directly; empty: by a relay."""

    def status(self) -> dict[str, object]:
        """As ``tailscale status --json`` has it."""
        peer = {
            "HostName": "office",
            "TailscaleIPs": ["100.101.102.103", "fd7a:115c:a1e0::1"],
            "CurAddr": self.address,
            "Relay": "fra",
            "Online": True,
            "Active": True,
            "RxBytes": 0,
            "TxBytes": 0,
        }
        return {
            "Version": "1.80.0",
            "TUN": True,
            "BackendState": self.state,
            "TailscaleIPs": ["100.100.100.1"],
            "Self": {"HostName": "field", "TailscaleIPs": ["100.100.100.1"], "Online": True},
            "Peer": {"nodekey:00": peer},
            "Health": [],
        }

    def netcheck(self) -> dict[str, object]:
        """As ``tailscale netcheck --format=json`` has it."""
        return {
            "UDP": self.udp,
            "IPv4": self.udp,
            "IPv6": False,
            "MappingVariesByDestIP": self.varies if self.udp else None,
            "HairPinning": None,
            "PreferredDERP": 4,
            "RegionLatency": {"4": 41000000},
            "GlobalV4": "198.51.100.7:41641" if self.udp else "",
        }


def tailscale(made: Daemons, how: Tailscale = Tailscale()) -> None:
    """Bring it up: tailscale0 at the client, and the program first in this process's PATH."""
    client, folder = made.bed.places["client"], made.folder
    made.start(client, sys.executable, "-c", _DAEMON, PYTHONPATH=os.pathsep.join(sys.path))
    made.until(lambda: "tailscale0" in client.run("ip", "link"), "tailscale0")
    client.ip(["addr add 100.100.100.1/32 dev tailscale0", "link set tailscale0 mtu 1280 up"])
    client.ip(["route add 100.64.0.0/10 dev tailscale0"])
    for name, said in (("status", how.status()), ("netcheck", how.netcheck())):
        (folder / f"{name}.json").write_text(json.dumps(said), encoding="ascii")
    program = folder / "tailscale"
    program.write_text(_PROGRAM.format(folder=folder), encoding="ascii")
    program.chmod(0o700)
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
