# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe vpn`` that needs trio: the climb."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import click

from qmiprobe.check import Report, climb, select
from qmiprobe.check.vpn import VPN_LADDER, VpnContext, VpnOptions
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.report import progress
from qmiprobe.vpn import Kind

_SHARE = 0.95
"""Of the whole time, for the climb: what is left is for the report."""


def run_vpn(options: Options, asked: dict[str, object]) -> Report | int:
    """Run the ladder of `vpn`; return its report, or the exit status of a signal."""
    only = _text(asked, "only")
    try:
        select(VPN_LADDER, only=only)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    kind = _text(asked, "kind")
    wanted = VpnOptions(
        tunnel=_text(asked, "tunnel"),
        peer=_text(asked, "peer"),
        kind=Kind(kind) if kind else None,
        host=_text(asked, "target"),
        reflector=_text(asked, "reflector"),
    )
    if wanted.reflector is not None:
        from qmiprobe.reflect import parse_url

        parse_url(wanted.reflector)  # a wrong one is said before anything is done
    found: list[Report] = []
    timeout = (options.timeout or 60.0) * _SHARE

    async def main() -> int:
        shown = nullcontext() if options.json else progress(sys.stderr, color=options.color)
        with shown as observer:
            context = VpnContext(wanted)
            found.append(
                await climb(VPN_LADDER, context, timeout=timeout, only=only, observer=observer)
            )
        return 0

    status = run(main, timeout=options.timeout)
    return found[0] if found and not status else status


def _text(asked: dict[str, object], name: str) -> str | None:
    value = asked[name]
    return value if isinstance(value, str) else None
