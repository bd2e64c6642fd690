# SPDX-License-Identifier: GPL-2.0-or-later
"""``connect`` and then ``link`` over the real drivers: all passes, and what is wrong is named."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe.bearer import FamilyFacts
from qmiprobe.sim.dataplane import NetworkFaults, open_dataplane
from tests.lab.online import Judge, Online, Report, judge_process, write_targets
from tests.lab.plugged import plugged, run, write

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(300)]

RAW_IP = Path("/sys/class/net/wwan0/qmi/raw_ip")
_SECONDS = 200.0


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


@asynccontextmanager
async def _behind(
    profile: str, faults: NetworkFaults, configuration: int | None
) -> AsyncGenerator[Online, None]:
    """Have a modem on the bus, behind it a network with ``faults``."""
    plugging = plugged(profile)
    async with plugging as plug, open_dataplane(port=plug.body.port, faults=faults) as plane:
        plug.modem.bearers = plane.table
        if configuration is not None:
            await plug.configure(configuration)
        if await trio.Path(RAW_IP).exists():
            # A random address may begin like an IP packet, which is a fault of its own.
            await run("ip", "link", "set", "wwan0", "address", "02:50:56:00:00:01")
        yield Online(plug, plane)


@asynccontextmanager
async def _connected(
    judge: Judge,
    profile: str,
    *options: str,
    faults: NetworkFaults | None = None,
    configuration: int | None = None,
) -> AsyncGenerator[Online, None]:
    """Have a session of ``connect``, taken down again at the end."""
    async with _behind(profile, faults or NetworkFaults(), configuration) as modem:
        words = (
            "connect",
            "/dev/cdc-wdm0",
            "--apn",
            "internet.example",
            "--dns",
            "resolv.conf",
            "--json",
        )
        status, output, errors = await judge.run(*words, *options, seconds=100)
        assert status == 0, (output, errors)
        netdev = json.loads(output)["netdev"]
        try:
            yield modem
        finally:
            status, output, errors = await judge.run("disconnect", netdev, seconds=100)
            assert status == 0, (output, errors)


async def _link(
    judge: Judge, modem: Online, netdev: str = "wwan0", *, only: str | None = None
) -> Report:
    targets = write_targets(modem.plane.network.targets(), Path("/tmp/link-targets.toml"))
    words: tuple[str, ...] = (
        "link",
        netdev,
        "--targets",
        targets,
        "--json",
        "--timeout",
        str(_SECONDS),
    )
    words += () if only is None else ("--only", only)
    status, output, errors = await judge.run(*words, seconds=1.2 * _SECONDS)
    return Report(status, json.loads(output) if output.strip() else {}, errors)


@pytest.mark.parametrize(
    ("profile", "options", "netdev", "configuration"),
    [
        ("ec25", (), "wwan0", None),
        ("lt4112", (), "wwan0", 1),
        ("ec25", ("--qmap",), "qmimux0", None),
        ("em7455", (), "wwan0", None),
    ],
    ids=["raw-ip", "802.3", "qmap", "mbim"],
)
async def test_all_passes_in_each_framing(
    judge: Judge, profile: str, options: tuple[str, ...], netdev: str, configuration: int | None
):
    async with _connected(judge, profile, *options, configuration=configuration) as modem:
        report = await _link(judge, modem, netdev)
    assert report.findings == [], report
    assert report.of("fail", "blocked", "broken") == {}, report
    assert report.status == 0


async def _speak(form: str, given: tuple[FamilyFacts, ...]) -> None:
    """Switch the netdev's format, and set up again what goes with it."""
    await run("ip", "link", "set", "wwan0", "down")
    await write(RAW_IP, form)
    await run("ip", "link", "set", "wwan0", "up")
    for one in given:
        quick = ("nodad",) if one.family == 6 else ()
        await run("ip", "addr", "replace", str(one.interface), "dev", "wwan0", *quick)
        await run("ip", f"-{one.family}", "route", "add", "default", "dev", "wwan0")


async def test_a_raw_ip_mismatch_is_named(judge: Judge):
    async with _connected(judge, "ec25") as modem:
        found = (modem.plug.modem.state.sessions.find(0, family) for family in (4, 6))
        given = tuple(one.facts for one in found if one is not None)
        await _speak("N", given)
        report = await _link(judge, modem, only="link.return")
        await _speak("Y", given)
    assert report.findings == ["netdev/format-mismatch"], report


async def test_a_phantom_session_is_named(judge: Judge):
    async with _connected(judge, "ec25", faults=NetworkFaults(phantom_session=True)) as modem:
        report = await _link(judge, modem, only="link.return")
    assert report.findings == ["session/phantom"], report


async def test_a_carrier_that_takes_less_in_silence_is_named(judge: Judge):
    async with _connected(judge, "em7455", faults=NetworkFaults(mtu_black_hole_up=1428)) as modem:
        report = await _link(judge, modem, only="link.pmtu-up")
    assert report.findings == ["path/mtu-black-hole-up"], report
    assert "above 1428 bytes" in report.summaries["link.pmtu-up"], report
