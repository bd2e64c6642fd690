# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the pictures of docs/pictures: ``python -m tests.docs.pictures [NAME ...]``, as root.

Everything in them is of the test bed and of simulated modems. It takes two minutes, and needs
Chromium, tmux and pngquant beside what the tests need.
"""

from __future__ import annotations

import pickle
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import trio

from qmiprobe.bearer import BearerFacts
from qmiprobe.check import Report, climb
from qmiprobe.check.link import LINK_LADDER, LinkOptions, Pace, open_link
from qmiprobe.report import html_page
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import write_sysroot
from tests.bed.recipe import Radio, recipe
from tests.bed.reflector import reflecting
from tests.bed.world import bed
from tests.docs.photographs import PROGRAMS, photograph, run_in_terminal, terminal_page
from tests.netns import run_in_netns
from tests.vpn.causes import CAUSES
from tests.vpn.climbs import climb_in
from tests.vpn.daemons import daemons, own_run

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_QMIPROBE = [sys.executable, "-m", "qmiprobe"]
_PRINT = (
    "import pickle, sys; from qmiprobe.report import print_report; "
    "print_report(pickle.load(open(sys.argv[1], 'rb')), sys.stdout)"
)
_BLACK_HOLE = "sim:ec25?fault=mtu-black-hole"


async def complaint() -> Report:
    """What `vpn` says of the complaint: connected, ping answers, no traffic."""
    cause = next(one for one in CAUSES if one.name == "wireguard-mtu")
    own_run()
    with tempfile.TemporaryDirectory() as folder:
        async with bed(cause.recipe) as built:
            with daemons(built, Path(folder)) as made:
                await trio.to_thread.run_sync(cause.tunnel, made)
                return await climb_in(cause, built, Path(folder), reflector=None)


async def long_way() -> Report:
    """What `link` says of a path of 1428 bytes that loses a packet now and then."""
    radio = Radio(delay_s=0.02, jitter_s=0.012, loss_up=0.004, seed=7)
    one = replace(recipe("mtu-1428-untold"), radio=radio)
    async with AsyncExitStack() as stack:
        built = await stack.enter_async_context(bed(one))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls, _ = await stack.enter_async_context(reflecting(built))
        options = LinkOptions(
            netdev=built.bearer.netdev,
            targets=built.targets,
            bearer=built.bearer,
            bearer_source="the bed",
            reflector=urls[4],
            load=True,
            pace=Pace(nat_longest_s=40.0, load_s=4.0, idle_s=5.0),
            resolv_conf=_resolv_conf(folder, built.bearer),
        )
        async with open_link(options) as context:
            return await climb(LINK_LADDER, context, timeout=240)


def _resolv_conf(folder: Path, bearer: BearerFacts) -> str:
    """Write what a host has that asks the servers which the network gave."""
    servers = [server for family in bearer.families for server in family.dns]
    file = folder / "resolv.conf"
    file.write_text("".join(f"nameserver {server}\n" for server in servers), encoding="ascii")
    return str(file)


def vpn_pages() -> Iterator[str]:
    """The page of `vpn` on a desk and on a telephone, and its text."""
    report = run_in_netns(complaint, timeout=90)
    page = html_page(report, name="qmiprobe vpn")
    yield _photographed(page, "report-desktop.png", width=1280)
    yield _photographed(page, "report-phone.png", width=390)
    yield _terminal(_printed(report), "vpn.png", typed="qmiprobe vpn")


def link_pages() -> Iterator[str]:
    """What the page of `link` draws, and its text."""
    report = run_in_netns(long_way, timeout=250)
    page = html_page(report, name="qmiprobe link")
    drawn = page.index("<section><h2>Measurements")
    body = page.index("<main>") + len("<main>")
    only = page[:body] + re.sub(r"<footer>.*?</footer>", "", page[drawn:])
    yield _photographed(only, "report-measurements.png", width=760)
    typed = "qmiprobe link wwan0 --reflector @reflector.url --load"
    yield _terminal(_printed(report), "link.png", typed=typed)


def check_pages() -> Iterator[str]:
    """The text of `check`."""
    arguments = ["check", _BLACK_HOLE, "--connect"]
    typed = f"qmiprobe check '{_BLACK_HOLE}' --connect"
    yield _terminal([*_QMIPROBE, *arguments], "check.png", typed=typed)


def doctor_pages() -> Iterator[str]:
    """The text of `doctor`, for a modem that is a serial one in its second configuration."""
    with tempfile.TemporaryDirectory() as folder:
        write_sysroot(load_profile("lt4112"), Path(folder))
        arguments = [*_QMIPROBE, "doctor", "--sysroot", folder]
        yield _terminal(arguments, "doctor.png", typed="qmiprobe doctor --sysroot lt4112")


def _printed(report: Report) -> list[str]:
    file = Path(_FILES.name, "report")
    file.write_bytes(pickle.dumps(report))
    return [sys.executable, "-c", _PRINT, str(file)]


def _terminal(arguments: list[str], name: str, *, typed: str) -> str:
    page = terminal_page(run_in_terminal(arguments, typed=typed))
    return _photographed(page, name, width=780)


def _photographed(page: str, name: str, *, width: int) -> str:
    FOLDER.mkdir(exist_ok=True)
    photograph(page, FOLDER / name, width=width)
    return f"{name}: {(FOLDER / name).stat().st_size // 1000} kB"


_FILES = tempfile.TemporaryDirectory(prefix="qmiprobe-pictures-")
WAYS: dict[str, Callable[[], Iterator[str]]] = {
    "check": check_pages,
    "doctor": doctor_pages,
    "link": link_pages,
    "vpn": vpn_pages,
}


def main(names: list[str]) -> None:
    """Make the pictures of these commands, all of them by default."""
    lacking = [program for program in PROGRAMS if shutil.which(program) is None]
    if lacking:
        sys.exit(f"install {', '.join(lacking)} first: apt-get install {' '.join(lacking)}")
    with _FILES:
        for name in names or WAYS:
            for line in WAYS[name]():
                print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
