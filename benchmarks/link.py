# SPDX-License-Identifier: GPL-2.0-or-later
"""The measurements of the data path beside ping, irtt, tracepath and iperf3, in the tests' bed.

Needs root (network namespaces) and Debian's iputils-ping, iputils-tracepath, irtt and iperf3.
"""

from __future__ import annotations

import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

import trio

from benchmarks.measure import Missing
from qmiprobe import reflect
from qmiprobe.link import RttFacts, measure_load, measure_pmtu_up, measure_rtt, read_netdev
from tests.bed import addresses
from tests.bed.recipe import Radio, Recipe
from tests.bed.world import Bed, bed
from tests.netns import run_in_netns

if TYPE_CHECKING:
    from collections.abc import Iterator

PEERS = ("ping", "irtt", "tracepath", "iperf3")
SERVER = str(addresses.SERVER[4])
_IRTT_PORT, _IPERF_PORT = 2112, 5201
_SECONDS = 5.0
_LARGE = 10**12
_UDP_RATE = 1.25e9
"""Bytes a second: more than passes."""


def main() -> None:
    """Print each figure beside the peer's, and the aim."""
    missing = [name for name in PEERS if shutil.which(name) is None]
    if missing:
        print(f"link: {Missing('not installed: ' + ', '.join(missing))}")
        return
    told, silent = partial(_path_mtu, ()), partial(_path_mtu, _SILENT)
    for part in (_round_trips, _loss, _jitter, told, silent, _throughput):
        for line in run_in_netns(part, timeout=300):
            print(line)


def _recipe(
    *, radio: Radio | None = None, steps: tuple[str, ...] = (), nft: tuple[str, ...] = ()
) -> Recipe:
    return Recipe(name="bench", cause="", finding=None, radio=radio, steps=steps, nft=nft)


async def _series(built: Bed, count: int, interval_s: float) -> RttFacts:
    return await measure_rtt(
        built.bearer, targets=built.targets, family=4, count=count, interval_s=interval_s
    )


async def _round_trips() -> list[str]:
    """Medians over a radio of 20 ms each way: three tools, in turns."""
    async with (
        bed(_recipe(radio=Radio(delay_s=0.02, exact=True))) as built,
        _serving(built, _irtt_server()),
    ):
        await _series(built, 50, 0.01)
        ours: list[float] = []
        pings: list[float] = []
        irtts: list[float] = []
        for _ in range(3):
            ours += (await _series(built, 300, 0.01)).times
            pings += await _ping(300, 0.01)
            irtts += await _irtt(3.0, 0.01)
    mine = 1000 * median(ours)
    return [
        f"round trips, median of {len(ours)}: {mine:.2f} ms, {peer} {theirs:.2f} ms, "
        f"{100 * abs(mine - theirs) / theirs:.1f} % apart (aim 5 %)"
        for peer, theirs in (("ping", 1000 * median(pings)), ("irtt", 1000 * median(irtts)))
    ]


async def _ping(count: int, interval_s: float) -> list[float]:
    done = await trio.run_process(
        [
            "ping",
            "-n",
            "-I",
            "wwan0",
            "-c",
            str(count),
            "-i",
            f"{interval_s:g}",
            "-s",
            "36",
            SERVER,
        ],
        capture_stdout=True,
        check=False,
    )
    return [float(text) / 1000 for text in re.findall(rb"time=([\d.]+) ms", done.stdout)]


def _irtt_server() -> list[str]:
    return ["irtt", "server", "-b", f"{SERVER}:{_IRTT_PORT}", "-i", "1ms", "-d", "1h"]


async def _irtt(seconds: float, interval_s: float) -> list[float]:
    command = ["irtt", "client", "-i", f"{interval_s * 1000:g}ms", "-d", f"{seconds:g}s", "-q"]
    done = await trio.run_process(
        [*command, "-o", "-", f"{SERVER}:{_IRTT_PORT}"],
        capture_stdout=True,
        capture_stderr=True,
        check=False,
    )
    text = done.stdout[done.stdout.index(b"{") :]
    trips = json.loads(text)["round_trips"]
    return [trip["delay"]["rtt"] / 1e9 for trip in trips if trip["lost"] == "false"]


async def _loss() -> list[str]:
    """Whether the interval of 2000 packets holds what the relay really loses."""
    lines = []
    for share in (0.005, 0.02, 0.05):
        async with bed(
            _recipe(radio=Radio(delay_s=0.01, loss_up=share, loss_down=share, exact=True))
        ) as built:
            facts = await _series(built, 2000, 0.005)
        truth = 1 - (1 - share) ** 2
        low, high = facts.loss_interval
        held = "holds" if low <= truth <= high else "MISSES"
        lines.append(
            f"loss of {truth:.2%}, {facts.sent} packets: {facts.loss:.2%}, its 95 % interval "
            f"{low:.2%} to {high:.2%} {held} it"
        )
    return lines


async def _jitter() -> list[str]:
    """Mean difference between neighbours against that of the relay's own distribution."""
    lines = []
    chance = random.Random(1)
    for spread in (0.01, 0.04):
        radio = Radio(delay_s=0.02, jitter_s=spread, keep_order=False, exact=True)
        async with bed(_recipe(radio=radio)) as built, _serving(built, _irtt_server()):
            facts = await _series(built, 1000, 0.01)
            theirs = _steps(await _irtt(10.0, 0.01))

        def both_ways(width: float = spread) -> float:
            return chance.uniform(0, width) + chance.uniform(0, width)

        truth = fmean(abs(both_ways() - both_ways()) for _ in range(200_000))
        found = facts.jitter_s or 0.0
        lines.append(
            f"jitter of {1000 * truth:.2f} ms: {1000 * found:.2f} ms, "
            f"{100 * abs(found - truth) / truth:.1f} % apart (aim 10 %); irtt "
            f"{1000 * theirs:.2f} ms, {100 * abs(theirs - truth) / truth:.1f} %"
        )
    return lines


def _steps(times: list[float]) -> float:
    return fmean(abs(later - earlier) for earlier, later in pairwise(times))


_SILENT = ("carrier: output icmp type destination-unreachable drop",)


async def _path_mtu(nft: tuple[str, ...]) -> list[str]:
    """Probes and seconds of a path MTU of 1420, told by the router or not."""
    steps = ("carrier: ip link set ul mtu 1420", "net: ip link set dn mtu 1420")
    async with bed(_recipe(steps=steps, nft=nft)) as built:
        await _series(built, 2, 0.01)
        started = trio.current_time()
        facts = await measure_pmtu_up(built.bearer, targets=built.targets, family=4)
        seconds = trio.current_time() - started
        before = (await read_netdev("wwan0")).counters.tx_packets
        started = trio.current_time()
        text = b""
        with trio.move_on_after(60):
            command = ["tracepath", "-4", "-n", SERVER]
            text = (await trio.run_process(command, capture_stdout=True, check=False)).stdout
        theirs = trio.current_time() - started
        probes = (await read_netdev("wwan0")).counters.tx_packets - before
    found = re.search(r"Resume: pmtu (\d+)", text.decode())
    return [
        f"path MTU of 1420, {'not told' if nft else 'told'}: {facts.size}, {facts.probes} probes, "
        f"{seconds:.1f} s; tracepath {found[1] if found else 'none'}, {probes} packets, "
        f"{theirs:.1f} s"
    ]


@dataclass(frozen=True)
class _Rate:
    mbit: float
    cpu_s: float


async def _throughput() -> list[str]:
    """Each way beside iperf3: TCP with as many connections, UDP; seconds of CPU of both ends."""
    lines = []
    async with bed(_recipe()) as built:
        for name, measure, more in (("TCP", _ours, ()), ("UDP", _ours_udp, ("-u", "-b", "0"))):
            for way in ("down", "up"):
                ours, theirs = [], []
                for _ in range(3):  # in turns: what else the machine does hits both
                    ours.append(await measure(built, way))
                    theirs.append(await _iperf(built, way, *more))
                mine, peer = max(ours, key=_mbit), max(theirs, key=_mbit)
                lines.append(
                    f"{name} {way}: {mine.mbit:.0f} Mbit/s ({mine.cpu_s:.1f} s of CPU), iperf3 "
                    f"{peer.mbit:.0f} ({peer.cpu_s:.1f} s), ratio {mine.mbit / peer.mbit:.2f} "
                    "(aim 0.9)"
                )
    return lines


def _mbit(rate: _Rate) -> float:
    return rate.mbit


def _cpu() -> float:
    """Seconds of CPU of this process, and of all that it has waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


async def _with_reflector(built: Bed, act: Callable[[reflect.Far], Awaitable[float]]) -> _Rate:
    """Run ``act`` with a session to a reflector that is a process of its own on the server."""
    started = _cpu()
    with tempfile.TemporaryDirectory() as folder, _reflector_url(built, folder) as url:
        command = [*_REFLECT, "--token-file", f"{folder}/token", "--no-raw"]
        limits = ["--rate", "100000", "--budget", "1000000"]
        async with (
            _serving(built, [*command, *limits]),
            reflect.connect(url, netdev="wwan0", timeout=10) as far,
        ):
            rate = await act(far)
    return _Rate(rate / 1e6, _cpu() - started)


_REFLECT = [sys.executable, "-m", "qmiprobe", "reflect"]


@contextmanager
def _reflector_url(built: Bed, folder: str) -> Iterator[str]:
    text = built.places["server"].run(
        *_REFLECT, "--init", "--host", SERVER, "--token-file", f"{folder}/token"
    )
    found = re.search(r"qp://\S+", text)
    assert found is not None, text
    yield found[0]


async def _ours(built: Bed, way: str) -> _Rate:
    async def act(far: reflect.Far) -> float:
        facts = await measure_load(
            built.bearer,
            targets=built.targets,
            family=4,
            seconds=_SECONDS,
            most_bytes=_LARGE,
            far=far,
            ways=(way,),
        )
        found = facts.down if way == "down" else facts.up
        return found.bits_per_second if found is not None else 0.0

    return await _with_reflector(built, act)


async def _ours_udp(built: Bed, way: str) -> _Rate:
    async def act(far: reflect.Far) -> float:
        run = far.data_down if way == "down" else far.data_up
        found = await run(size=1428, rate=_UDP_RATE, seconds=_SECONDS)
        return found.bits_per_second

    return await _with_reflector(built, act)


async def _iperf(built: Bed, way: str, *more: str) -> _Rate:
    started = _cpu()
    command = ["iperf3", "-4", "-c", SERVER, "-t", f"{_SECONDS:g}", "-J", "-P", "4"]
    if more:
        command = [*command[:-1], "1", "-l", "1400", *more]
    reverse = ["-R"] if way == "down" else []
    async with _serving(built, ["iperf3", "-s", "-B", SERVER, "-1"]):
        done = await trio.run_process([*command, *reverse], capture_stdout=True, check=False)
    end = json.loads(done.stdout)["end"]
    rate = end["sum" if more else "sum_received"]["bits_per_second"]
    if more:
        rate *= 1 - end["sum"]["lost_percent"] / 100
    return _Rate(rate / 1e6, _cpu() - started)


@asynccontextmanager
async def _serving(built: Bed, command: list[str]) -> AsyncGenerator[None, None]:
    """Run a server on the bed's server while the context lasts."""
    start = partial(subprocess.Popen, command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    process = built.places["server"].call(start)
    try:
        await trio.sleep(1.5 if command[0] == sys.executable else 0.5)
        yield
    finally:
        process.terminate()
        try:
            await trio.to_thread.run_sync(partial(process.wait, 5))
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()


if __name__ == "__main__":
    main()
