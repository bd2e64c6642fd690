# SPDX-License-Identifier: GPL-2.0-or-later
"""A system in which processes live and die as a test says."""

from __future__ import annotations

from dataclasses import replace

from qmiprobe.device._journal_entries import HeldId, Holder, Life, PortIdentity

PORT = PortIdentity(
    path="/dev/cdc-wdm0",
    sysfs="/sys/devices/usb2/2-6/2-6:1.4/usbmisc/cdc-wdm0",
    device=0xB400,
    ctime_ns=1_700_000_000_123_456_789,
)
REPLUGGED = replace(PORT, ctime_ns=PORT.ctime_ns + 1)
OTHER_PORT = replace(PORT, path="/dev/cdc-wdm1", sysfs="/sys/devices/usb2/2-7", device=0xB401)
ME = Holder(pid=100, start=5000, namespace="pid:[1]")
DEAD = Holder(pid=200, start=4000, namespace="pid:[1]")
ALIVE = Holder(pid=300, start=3000, namespace="pid:[1]")
ELSEWHERE = Holder(pid=200, start=4000, namespace="pid:[2]")
BOOT = "1d7dd0e3-7f1f-4a35-8d8b-a3e1ac5b4f0f"


class FakeSystem:
    """A ``System``; ``me`` and ``boot`` may be changed."""

    def __init__(self, me: Holder | None = ME) -> None:
        self.me = me
        self.boot: str | None = BOOT
        self.lives: dict[Holder, Life] = {ME: "alive", ALIVE: "alive", DEAD: "dead"}
        self.clock = 1000.0
        self.slept: list[float] = []

    def boot_id(self) -> str | None:
        return self.boot

    def self(self) -> Holder | None:
        return self.me

    def life(self, holder: Holder) -> Life:
        return self.lives.get(holder, "unknown")

    def now(self) -> float:
        return self.clock

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock += seconds


def held(
    service: int,
    client: int,
    *,
    port: PortIdentity = PORT,
    holder: Holder = DEAD,
    boot: str = BOOT,
) -> HeldId:
    return HeldId(
        service=service, client=client, port=port, boot_id=boot, holder=holder, noted=900.0
    )


def ids(entries: tuple[HeldId, ...] | list[HeldId]) -> list[tuple[int, int]]:
    return [(one.service, one.client) for one in entries]
