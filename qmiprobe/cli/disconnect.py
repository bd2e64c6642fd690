# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe disconnect``: ends what ``connect`` started, and puts everything back."""

from __future__ import annotations

import click

from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._options import Options, shared


@click.command(
    "disconnect",
    epilog="\b\nExamples:\n  qmiprobe disconnect\n  qmiprobe disconnect wwan0\n"
    "  qmiprobe disconnect /dev/cdc-wdm0 --json",
)
@click.argument("device", type=DeviceType(), required=False)
@shared("json", "trace", "keep_personal", timeout=60.0)
def command(device: Address | None, options: Options) -> int:
    """End the sessions of `qmiprobe connect`: all of them, or those of DEVICE.

    Those that were kept, those that a running `connect --hold` has (it is asked to end), and what
    a killed one left. Addresses, routes, MTU, DNS and framing are as before afterwards. Sessions
    of other programs stay.
    """
    from qmiprobe.cli._disconnect import run_disconnect

    return run_disconnect(device, options)
