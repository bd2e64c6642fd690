# SPDX-License-Identifier: GPL-2.0-or-later
"""The command lines of remedies, with this modem's own names in them."""

from __future__ import annotations

import shlex

from qmiprobe.diagnosis._configurations import device_folder, write
from qmiprobe.diagnosis._facts import Facts


def port(facts: Facts) -> str:
    """The control port, quoted for a shell."""
    return shlex.quote(facts.text("device.path") or "/dev/cdc-wdm0")


def node(facts: Facts) -> str:
    """What the stock tools take for the port, quoted: for a simulated modem what a real one has."""
    path = facts.text("device.path") or ""
    if path.startswith("qrtr:"):
        path = f"qrtr://{path.removeprefix('qrtr:')}"
    elif not path.startswith("/"):
        path = "/dev/cdc-wdm0"
    return shlex.quote(path)


def address(facts: Facts) -> str:
    """The modem as `qmiprobe` commands name it, quoted for a shell."""
    return shlex.quote(facts.text("device.address") or facts.text("device.path") or "/dev/cdc-wdm0")


def direct(facts: Facts) -> str:
    """The modem as `qmiprobe` commands name it, without a proxy, quoted for a shell."""
    wanted = f"{protocol(facts)}:" if protocol(facts) is not None else ""
    return shlex.quote(f"{wanted}{facts.text('device.path') or '/dev/cdc-wdm0'}")


def netdev(facts: Facts) -> str:
    """The netdev, quoted for a shell."""
    return shlex.quote(facts.text("netdev.name") or "wwan0")


def protocol(facts: Facts) -> str | None:
    """`qmi` or `mbim`: what was heard, else what the driver speaks, else what was wanted."""
    names = ("device.protocol.heard", "device.protocol.driver", "device.protocol.wanted")
    spoken = (facts.text(name) for name in names)
    return next((name for name in spoken if name in ("qmi", "mbim")), None)


def qmicli(facts: Facts, action: str) -> str:
    """A qmicli line; through the proxy, so that a running ModemManager is not disturbed."""
    return f"qmicli -p -d {node(facts)} {action}"


def mbimcli(facts: Facts, action: str) -> str:
    """An mbimcli line; through the proxy, so that a running ModemManager is not disturbed."""
    return f"mbimcli -p -d {node(facts)} {action}"


def tool(facts: Facts, *, qmi: str = "", mbim: str = "") -> tuple[str, ...]:
    """The line of the tool that speaks the modem's protocol; none where there is no such action."""
    if protocol(facts) == "mbim":
        return (mbimcli(facts, mbim),) if mbim else ()
    return (qmicli(facts, qmi),) if qmi else ()


def report_commands(facts: Facts) -> tuple[str, ...]:
    """What writes the files for a bug report."""
    return (f"qmiprobe check {address(facts)} --trace qmiprobe.trace --json > qmiprobe.json",)


def replug(facts: Facts) -> tuple[str, ...]:
    """What cuts the modem off its USB port and lets it come back; none when it is not on USB.

    It comes back in the configuration that Linux chooses: one that was set by hand is set again.
    """
    if facts.text("device.usb") is None:
        return ()
    folder = device_folder(facts)
    records = facts.records("usb.configurations")
    by_hand = [
        one.get("value") for one in records if one.get("active") and one.get("kernel") is False
    ]
    again = (
        write(value, f"{folder}/bConfigurationValue")
        for value in by_hand
        if isinstance(value, int) and len(records) > 1
    )
    file = f"{folder}/authorized"
    return (write(0, file), "sleep 2", write(1, file), *again)
