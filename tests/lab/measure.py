# SPDX-License-Identifier: GPL-2.0-or-later
"""Figures of the real drivers with a simulated modem behind them; nothing here is asserted.

``python -m tests.lab --seconds 500 -- .venv/bin/python -m tests.lab.measure`` prints them: control
round trips a second on the raw node and through the client, ``ping -f`` and TCP in each form.
The machine emulates its processor, so only their proportions say something.
"""

from __future__ import annotations

import os
import re
import select
import sys
import time

import trio

from qmiprobe.sim.dataplane import _addresses
from qmiprobe.transport import open_wdm
from tests.lab.plugged import run, write
from tests.lab.test_data_path import NET, WEB, Connected, bring_up, connected, ip, mbimcli

SECONDS = 5.0
PAGES = 8


def raw_round_trips(node: str) -> float:
    """Return how many questions a second a plain read and write on the node get answered."""
    descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    message = bytes.fromhex("010b0000000000 0121000000")  # CTL Get Version Info
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    count, started = 0, time.monotonic()
    while time.monotonic() - started < SECONDS:
        os.write(descriptor, message)
        poll.poll(5000)
        os.read(descriptor, 4096)
        count += 1
    return count / (time.monotonic() - started)


async def client_round_trips(node: str) -> float:
    """Return how many questions a second our client gets answered, one after another."""
    from qmiprobe.device import qmi_device
    from qmiprobe.qmi._frame import QmuxFramer
    from qmiprobe.qmi.services import dms

    transport = await open_wdm(node, QmuxFramer())
    async with qmi_device(transport) as device, device.client("dms") as client:
        count, started = 0, time.monotonic()
        while time.monotonic() - started < SECONDS:
            await client.call(dms.GetModel())
            count += 1
        return count / (time.monotonic() - started)


async def data(name: str, link: Connected, netdev: str) -> None:
    """Print ``ping -f`` and TCP over a netdev that is set up."""
    status, output = await run("ping", "-f", "-q", "-c", "500", "-I", netdev, WEB[4], seconds=20)
    found = re.search(r"(\d+) packets transmitted, (\d+) received.*time (\d+)ms", output)
    assert found, (status, output)
    sent, received, milliseconds = map(int, found.groups())
    started = time.monotonic()
    await ip(f"-4 route replace {_addresses.WEB_V4} dev {netdev} metric 1")
    for _ in range(PAGES):
        words = ("curl", "-sf", "-o", "/dev/null", "--interface", netdev, "-H")
        host = f"Host: {_addresses.LARGE_NAME}"
        status, output = await run(*words, host, f"http://{_addresses.WEB_V4}/large", seconds=20)
        assert status == 0, output
    seconds = time.monotonic() - started
    bits = PAGES * _addresses.LARGE_SIZE * 8 / seconds
    print(
        f"{name}: ping -f {1000 * sent / milliseconds:.0f}/s, {sent - received} of {sent} lost; "
        f"TCP {bits / 1e6:.1f} Mbit/s down",
        flush=True,
    )


async def main() -> None:
    """Print all figures."""
    async with connected("ec25") as link:
        for way in ("raw", "client"):
            words = (sys.executable, "-m", "tests.lab.measure", way, "/dev/cdc-wdm0")
            status, output = await run(*words, seconds=30)
            print(output.strip() if status == 0 else f"{way}: {output}", flush=True)
        await write(NET / "wwan0/qmi/raw_ip", "Y")
        link.start(0)
        await bring_up("wwan0", link.facts(0, 4), link.facts(0, 6))
        await data("raw-IP", link, "wwan0")
    async with connected("mc7455") as link:
        link.start(0)
        await ip("link set wwan0 address 02:00:00:00:00:10")
        await bring_up("wwan0", link.facts(0, 4), link.facts(0, 6), gateway=True)
        await data("802.3", link, "wwan0")
    async with connected("em7455") as link:
        await mbimcli("--connect=session-id=0,apn=internet.example,ip-type=ipv4v6", "--no-close")
        await bring_up("wwan0", link.facts(0, 4), link.facts(0, 6))
        await data("MBIM", link, "wwan0")


if __name__ == "__main__":
    if sys.argv[1:2] == ["raw"]:
        print(f"raw node: {raw_round_trips(sys.argv[2]):.0f} round trips a second")
    elif sys.argv[1:2] == ["client"]:
        print(f"our client: {trio.run(client_round_trips, sys.argv[2]):.0f} round trips a second")
    else:
        trio.run(main)
