# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe link`` that needs trio: which netdev, which hosts, the climb."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import click

from qmiprobe import host
from qmiprobe.check import Report, climb, select
from qmiprobe.check.link import LINK_LADDER, LinkOptions, Pace, open_link
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.errors import AddressError
from qmiprobe.link import PLANNED_BYTES_IN_DEPTH, load_targets
from qmiprobe.report import progress

_SECONDS = 180.0
_SHORTEST_SECONDS = 20.0
_OTHERS_SECONDS = 60.0
"""What the checks take that do not wait for a NAT to forget."""
_LIFETIMES = 4.5
"""How often the longest silence may be waited for, by the two checks of lifetimes together."""
_SHARE = 0.95
"""Of the whole time, for the climb: what is left is for the report."""


def run_link(netdev: str | None, options: Options, asked: dict[str, object]) -> Report | int:
    """Run the ladder of `link`; return its report, or the exit status of a signal."""
    only = str(asked["only"]) if asked["only"] is not None else None
    try:
        select(LINK_LADDER, only=only)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    wanted = LinkOptions(
        netdev=netdev or _the_only_netdev(),
        targets=load_targets(str(asked["targets"])) if asked["targets"] else None,
        host=str(asked["target"]) if asked["target"] else None,
        ask_others=True,
        reflector=str(asked["reflector"]) if asked["reflector"] else None,
        load=bool(asked["load"]),
        pace=_pace(options.timeout or _SECONDS),
    )
    if wanted.reflector is not None:
        from qmiprobe.reflect import parse_url

        parse_url(wanted.reflector)  # a wrong one is said before anything is done
    _say_the_cost(wanted)
    found: list[Report] = []
    timeout = (options.timeout or _SECONDS) * _SHARE

    async def main() -> int:
        shown = nullcontext() if options.json else progress(sys.stderr, color=options.color)
        with shown as observer:
            async with open_link(wanted) as context:
                found.append(
                    await climb(LINK_LADDER, context, timeout=timeout, only=only, observer=observer)
                )
        return 0

    status = run(main, timeout=options.timeout)
    return found[0] if found and not status else status


def _pace(seconds: float) -> Pace:
    """How long the two checks of lifetimes may try, with so much time for all."""
    longest = (seconds * _SHARE - _OTHERS_SECONDS) / _LIFETIMES
    return Pace(nat_longest_s=min(Pace().nat_longest_s, max(_SHORTEST_SECONDS, longest)))


def _say_the_cost(wanted: LinkOptions) -> None:
    kilobytes = PLANNED_BYTES_IN_DEPTH // 1000
    text = f"the checks will use up to {kilobytes} kB of the SIM's data volume"
    if wanted.load:
        text += f", --load up to {wanted.pace.load_bytes // 1_000_000} MB more"
    click.echo(text, err=True)


def _the_only_netdev() -> str:
    """The one netdev of the machine's modems; AddressError lists them where there are more."""
    names = [netdev.name for modem in host.modems("/") for netdev in modem.netdevs]
    if len(names) == 1:
        return names[0]
    if names:
        raise AddressError(f"several netdevs: name one of {', '.join(names)}")
    raise AddressError("no modem has a netdev: name one, see `ip link` and `qmiprobe list`")
