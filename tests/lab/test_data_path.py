# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets over the real drivers in every form, and what host and modem count of them."""

from __future__ import annotations

import os
import re
import select
import time
import tty
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trio

from qmiprobe.bearer import FamilyFacts
from qmiprobe.sim.dataplane import DataPlane, open_dataplane
from qmiprobe.sim.usb.data import DataCounters
from tests.lab import slow
from tests.lab.plugged import Plugged, plugged, run, write

pytestmark = pytest.mark.needs("lab")

WEB = {4: "203.0.113.80", 6: "2001:db8:80::80"}
NET = Path("/sys/class/net")


@dataclass
class Connected:
    """A modem on the bus with a network behind it."""

    plug: Plugged
    plane: DataPlane

    @property
    def counters(self) -> DataCounters:
        return self.plug.body.port.counters

    def facts(self, session_id: int, family: int) -> FamilyFacts:
        session = self.plug.modem.state.sessions.find(session_id, family)
        assert session is not None
        return session.facts

    def start(self, *sessions: int, families: Iterable[int] = (4, 6)) -> None:
        """Bring data sessions up as the control port would."""
        for session_id in sessions:
            for family in families:
                self.plug.modem.state.sessions.start(session_id, family, apn="internet.example")


@asynccontextmanager
async def connected(
    profile: str, *, usb_faults: Iterable[str] = ()
) -> AsyncGenerator[Connected, None]:
    await run("modprobe", "tun")  # nobody is there who makes /dev/net/tun
    plugging = plugged(profile, usb_faults=usb_faults)
    async with plugging as plug, open_dataplane(port=plug.body.port) as plane:
        plug.modem.bearers = plane.table
        yield Connected(plug, plane)


async def ip(text: str) -> None:
    """Run ``ip`` with these words; it must succeed."""
    status, output = await run("ip", *text.split())
    assert status == 0, f"ip {text}: {output}"


async def bring_up(
    netdev: str, *facts: FamilyFacts, gateway: bool = False, metric: int = 10
) -> None:
    """Configure a netdev as its session says, with routes to the network."""
    for one in facts:
        quick = " nodad" if one.family == 6 else ""
        await ip(f"addr add {one.interface} dev {netdev}{quick}")
    await ip(f"link set {netdev} up")
    for one in facts:
        via = f"via {one.gateway} " if gateway else ""
        await ip(f"-{one.family} route add {WEB[one.family]} {via}dev {netdev} metric {metric}")


async def ping(
    link: Connected, netdev: str, family: int, *options: str, count: int = 3, session_id: int = 0
) -> None:
    """Ping the web server; each packet has to pass the gate, and its answer too.

    What ``ping`` itself says of loss is not asked: here answers may come after it has gone.
    """
    table = link.plane.table
    before = table.counters(session_id, family)
    words = ("ping", f"-{family}", "-n", "-q", "-c", str(count), "-I", netdev, *options)
    status, output = await run(*words, WEB[family], seconds=10)
    assert f"{count} packets transmitted" in output, (status, output)
    with trio.move_on_after(slow(1)):
        while (  # noqa: ASYNC110  # nobody tells when a packet is counted
            table.counters(session_id, family).rx_packets - before.rx_packets < count
        ):
            await trio.sleep(0.01)
    after = table.counters(session_id, family)
    assert after.tx_packets - before.tx_packets == count, output
    assert after.rx_packets - before.rx_packets == count, output


def counted(netdev: str) -> tuple[int, int, int]:
    """Return packets sent, packets received, and errors of a netdev."""
    names = ("tx_packets", "rx_packets", "rx_errors")
    sent, received, errors = (int((NET / netdev / "statistics" / one).read_text()) for one in names)
    return sent, received, errors


async def same_on_both_sides(link: Connected, *netdevs: str) -> None:
    """Host and modem must have counted the same, and nothing may have gone astray."""

    def alike() -> bool:
        hosts = [sum(values) for values in zip(*map(counted, netdevs), strict=True)]
        return hosts == [link.counters.up_frames, link.counters.down_frames, 0]

    with trio.move_on_after(slow(1)):
        while not alike():  # noqa: ASYNC110  # sysfs wakes nobody
            await trio.sleep(0.01)
    assert alike(), (list(map(counted, netdevs)), link.counters)
    assert link.counters.down_packets > 0
    lost = {reason for reason in link.counters.dropped if reason != "not-ip"}
    assert lost <= {"no-lease"}, "router solicitations before there is a session"


async def through(link: Connected, netdev: str, session_id: int = 0) -> None:
    """Send packets of all sizes and many at once."""
    for family in (4, 6):
        for size in (36, 484, 1400):
            options = ("-s", str(size), "-M", "do", "-i", "0.002")
            await ping(link, netdev, family, *options, session_id=session_id)
        await ping(link, netdev, family, "-f", count=200, session_id=session_id)


async def advertised(netdev: str) -> None:
    """Wait until the kernel has made itself an address of the prefix that the router tells."""
    with trio.fail_after(slow(6)):
        while " dynamic " not in (await run("ip", "-6", "addr", "show", "dev", netdev))[1]:  # noqa: ASYNC110
            await trio.sleep(slow(0.02))


async def test_802_3_carries_packets_over_each_of_two_qmi_functions():
    async with connected("mc7455") as link:
        link.start(0, 256)
        for netdev, first in (("wwan0", 0), ("wwan1", 256)):
            assert (NET / netdev / "qmi/raw_ip").read_text() == "N\n"
            # Kernels of 2024 and later may take a random address of 4x or 6x, which this driver
            # mistakes for the first byte of an IP packet.
            await ip(f"link set {netdev} address 02:00:00:00:00:{0x10 + first // 256:02x}")
            facts = [link.facts(first, family) for family in (4, 6)]
            await bring_up(netdev, *facts, gateway=True, metric=10 + first)
        await through(link, "wwan0")
        await ping(link, "wwan1", 4, session_id=256)
        await advertised("wwan0")
        await same_on_both_sides(link, "wwan0", "wwan1")


async def test_raw_ip_carries_packets_over_qmi_wwan():
    async with connected("ec25") as link:
        await write(NET / "wwan0/qmi/raw_ip", "Y")
        link.start(0)
        await bring_up("wwan0", link.facts(0, 4), link.facts(0, 6))
        await through(link, "wwan0")
        await same_on_both_sides(link, "wwan0")


async def qmicli(action: str, client: int | None = None) -> str:
    """Run an action of qmicli's, with a client id that is kept."""
    kept = ["--client-no-release-cid"] + ([] if client is None else [f"--client-cid={client}"])
    status, output = await run("qmicli", "-d", "/dev/cdc-wdm0", action, *kept)
    assert status == 0, f"{action}: {output}"
    return output


async def start_muxed(mux_id: int) -> None:
    """Start IPv4 under a mux id by WDS, as a host does that binds its clients to mux ids."""
    client = int(re.findall(r"CID: '(\d+)'", await qmicli("--wds-noop"))[0])
    endpoint = f"mux-id={mux_id},ep-type=hsusb,ep-iface-number=4"
    await qmicli(f"--wds-bind-mux-data-port={endpoint}", client)
    await qmicli("--wds-start-network=apn=internet.example,ip-type=4", client)


async def test_qmap_carries_two_sessions_over_mux_netdevs():
    async with connected("ec25") as link:
        # Kernels that limit the MTU to 1500 at first forget it when raw_ip goes back to N. The
        # MTU is the size of the transfers that the driver is ready for.
        for value in ("Y", "N"):
            await write(NET / "wwan0/qmi/raw_ip", value)
        await ip("link set wwan0 mtu 16384")
        await write(NET / "wwan0/qmi/raw_ip", "Y")
        form = "link-layer-protocol=raw-ip,ul-protocol=qmap,dl-protocol=qmap"
        form += ",dl-datagram-max-size=16384,dl-max-datagrams=32,ep-type=hsusb,ep-iface-number=4"
        output = await qmicli(f"--wda-set-data-format={form}")
        assert output.count("'qmap'") == 2, output
        for mux_id in (1, 2):
            await write(NET / "wwan0/qmi/add_mux", str(mux_id))
            await start_muxed(mux_id)
        await ip("link set wwan0 up")
        for number in (0, 1):
            netdev, session_id = f"qmimux{number}", number + 1
            assert (NET / netdev / "qmap/mux_id").read_text() == f"0x{session_id:02x}\n"
            await bring_up(netdev, link.facts(session_id, 4), metric=10 + number)
        for number in (0, 1):
            await ping(link, f"qmimux{number}", 4, "-f", count=100, session_id=number + 1)
        for number in (0, 1):
            burst = ("-f", "-l", "40", "-s", "1000")
            await ping(link, f"qmimux{number}", 4, *burst, count=40, session_id=number + 1)
        for number in (0, 1):
            sent, received, errors = counted(f"qmimux{number}")
            assert sent == link.counters.up_sessions[number + 1]
            assert received == link.counters.down_sessions[number + 1]
            assert errors == 0
        assert link.counters.down_transfers < link.counters.down_packets, "some went together"
        # The driver's disconnect gives up where muxes are left while others hold the kernel's
        # lock of netdevs: wwan0 and its node then stay behind for ever.
        for mux_id in (1, 2):
            await write(NET / "wwan0/qmi/del_mux", str(mux_id))


async def mbimcli(*actions: str) -> str:
    """Run mbimcli on a function that stays open afterwards."""
    status, output = await run("mbimcli", "-d", "/dev/cdc-wdm0", *actions)
    assert status == 0, f"{actions}: {output}"
    return output


async def test_mbim_carries_two_sessions_the_second_as_a_vlan():
    async with connected("em7455") as link:
        connect = "apn=internet.example,ip-type=ipv4v6"
        said = await mbimcli(f"--connect=session-id=0,{connect}", "--no-close")
        transaction = re.findall(r"TRID: '(\d+)'", said)[0]
        again = (f"--no-open={transaction}", "--no-close")
        await mbimcli(f"--connect=session-id=1,{connect}", *again)
        await run("modprobe", "8021q")
        await ip("link add link wwan0 name wwan0.1 type vlan id 1")
        await bring_up("wwan0", link.facts(0, 4), link.facts(0, 6))
        await bring_up("wwan0.1", link.facts(1, 4), link.facts(1, 6), metric=11)
        for netdev, session_id in (("wwan0", 0), ("wwan0.1", 1)):
            for family in (4, 6):
                await ping(link, netdev, family, "-f", count=100, session_id=session_id)
                burst = ("-f", "-l", "40", "-s", "1000")
                await ping(link, netdev, family, *burst, count=40, session_id=session_id)
        await same_on_both_sides(link, "wwan0")
        sent, received, _ = counted("wwan0.1")
        assert sent == link.counters.up_sessions[1]
        assert received == link.counters.down_sessions[1]
        assert link.counters.down_transfers < link.counters.down_packets, "some went together"
        assert link.counters.up_transfers < link.counters.up_packets


def at(node: str, text: str) -> str:
    """Give a command to an AT port and return the answer; not in the modem's own thread.

    Closing a port waits until the modem has taken or dropped what was under way.
    """
    descriptor = os.open(node, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        tty.setraw(descriptor)
        os.write(descriptor, text.encode() + b"\r")
        answer, deadline = b"", time.monotonic() + slow(1)
        while not answer.endswith((b"\r\nOK\r\n", b"ERROR\r\n")):
            assert select.select([descriptor], [], [], deadline - time.monotonic())[0], answer
            answer += os.read(descriptor, 4096)
    finally:
        os.close(descriptor)
    return answer.decode()


async def test_ecm_carries_packets_once_the_modem_has_dialled():
    async with connected("lt4112") as link:
        ports = (await link.plug.arrived()).interfaces
        (node,) = next(one.nodes for one in ports if one.name.endswith(":2.3"))
        said = await trio.to_thread.run_sync(at, node, "AT^NDISSTATQRY?")
        assert "^NDISSTATQRY: 0" in said
        said = await trio.to_thread.run_sync(at, node, 'AT^NDISDUP=1,1,"internet.example"')
        assert said.endswith("OK\r\n")
        await bring_up("usb0", link.facts(0, 4), link.facts(0, 6), gateway=True)
        await through(link, "usb0")
        await same_on_both_sides(link, "usb0")


async def test_ncm_tells_the_kernel_when_the_network_comes():
    async with connected("l850-ncm") as link:
        await ip("link set wwan0 up")
        assert (NET / "wwan0/carrier").read_text() == "0\n"
        link.start(0)
        await bring_up("wwan0", link.facts(0, 4), link.facts(0, 6), gateway=True)
        with trio.fail_after(slow(1)):
            while (NET / "wwan0/carrier").read_text() == "0\n":  # noqa: ASYNC110
                await trio.sleep(0.01)
        await through(link, "wwan0")
        await same_on_both_sides(link, "wwan0")


@pytest.mark.parametrize(
    ("fault", "sizes", "answered"),
    [
        ("data-stop", (84,) * 6, [True] * 4 + [False] * 2),
        ("full-packets-lost", (511, 512, 513, 1024, 1025), [True, False, True, False, True]),
        ("uplink-lost", (84, 84), [False, False]),
    ],
)
async def test_a_fault_of_bulk_data_loses_what_it_says(
    fault: str, sizes: tuple[int, ...], answered: list[bool]
):
    async with connected("ec25", usb_faults=[fault]) as link:
        # The kernel's own packets would be counted too.
        await write(Path("/proc/sys/net/ipv6/conf/wwan0/disable_ipv6"), "1")
        await write(NET / "wwan0/qmi/raw_ip", "Y")
        link.start(0, families=(4,))
        await bring_up("wwan0", link.facts(0, 4))
        found = []
        for size in sizes:
            words = ("ping", "-n", "-q", "-c", "1", "-W", "2", "-s", str(size - 28), WEB[4])
            found.append((await run(*words))[0] == 0)
        assert found == answered
        assert counted("wwan0")[0] == len(sizes)
