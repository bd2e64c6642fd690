# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder: every rung, in order, with what it needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module

from qmiprobe.check import _rungs_control as control
from qmiprobe.check import _rungs_device as device
from qmiprobe.check import _rungs_host as host
from qmiprobe.check import _rungs_usb as usb
from qmiprobe.check._check import Check, Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._followed import followed
from qmiprobe.check._saved import saved_too
from qmiprobe.check._watch import watch

Rung = Check[CheckContext]


class _Later:
    """The rungs of a module that is loaded once one of them is climbed: few runs come so far."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[[CheckContext], Awaitable[Result]]:
        async def run(context: CheckContext) -> Result:
            rung = getattr(import_module(f"qmiprobe.check.{self._module}"), name)
            result: Result = await rung(context)
            return result

        return run


before = _Later("_rungs_before")
session, netdev, link = _Later("_rungs_session"), _Later("_rungs_netdev"), _Later("_rungs_link")
sizes = _Later("_rungs_sizes")
# Without a session, or without a netdev, there is nothing to send through.
_DATA = ("session.up", "netdev.present")

_RUNGS: tuple[Rung, ...] = (
    Rung("usb.enumerated", (), usb.usb_enumerated, "modem on the bus"),
    Rung("usb.authorized", ("usb.enumerated",), usb.usb_authorized, "device authorized"),
    Rung("usb.configuration", ("usb.enumerated",), usb.usb_configuration, "USB configuration"),
    Rung("driver.bound", ("usb.configuration",), usb.driver_bound, "driver bound"),
    Rung("port.node", ("driver.bound",), host.port_node, "control port node"),
    Rung("port.holder", ("port.node",), host.port_holder, "who holds the port"),
    Rung("port.open", ("port.holder",), host.port_open, "port opens"),
    Rung("control.protocol", ("port.open",), control.control_protocol, "which protocol answers"),
    Rung("control.answers", ("control.protocol",), control.control_answers, "answers keep step"),
    Rung("control.clients", ("control.answers",), control.control_clients, "client ids"),
    Rung("device.identity", ("control.clients",), device.device_identity, "who the modem is"),
    Rung("device.mode", ("control.clients",), device.device_mode, "radio is on"),
    Rung("sim.ready", ("device.mode",), device.sim_ready, "SIM ready"),
    Rung("radio.signal", ("device.mode",), device.radio_signal, "signal"),
    Rung("radio.registered", ("sim.ready",), device.radio_registered, "registered, attached"),
    Rung("session.settings", ("radio.registered",), session.session_settings, "stored settings"),
    Rung("session.up", ("session.settings",), session.session_up, "data session"),
    Rung("netdev.present", ("driver.bound",), netdev.netdev_present, "netdev of this port"),
    Rung(
        "netdev.format",
        ("netdev.present", "session.up"),
        netdev.netdev_format,
        "framing agreed",
        skips_with=_DATA,
    ),
    Rung("netdev.up", ("netdev.format",), netdev.netdev_up, "netdev up", ("netdev.format",)),
    Rung("netdev.address", ("netdev.up",), netdev.netdev_address, "addresses", ("netdev.up",)),
    Rung("netdev.mtu", ("netdev.address",), netdev.netdev_mtu, "MTU", ("netdev.address",)),
    Rung("link.route", ("netdev.address",), link.link_route, "routes", ("netdev.address",)),
    Rung("link.return", ("link.route",), link.link_return, "anything comes back", ("link.route",)),
    Rung(
        "link.host-filter",
        ("link.return",),
        link.link_host_filter,
        "host's own filters",
        ("link.return",),
    ),
    Rung("link.dns", ("link.return",), link.link_dns, "DNS", ("link.return",)),
    Rung("link.tcp", ("link.return",), link.link_tcp, "TCP and pages", ("link.return",)),
    Rung("link.pmtu-up", ("link.return",), sizes.link_pmtu_up, "packet size up", ("link.return",)),
    Rung(
        "link.pmtu-down",
        ("link.return",),
        sizes.link_pmtu_down,
        "packet size down",
        ("link.return",),
    ),
)

_UNCHANGED = Rung(
    "device.unchanged", ("driver.bound",), before.device_unchanged, "as it was before"
)


def _ladder(*rungs: Rung) -> tuple[Rung, ...]:
    return tuple(followed(watch(saved_too(rung))) for rung in rungs)


LADDER = _ladder(*_RUNGS)
_AFTER = [one.id for one in _RUNGS].index("device.identity") + 1
SMOKE_LADDER = _ladder(*_RUNGS[:_AFTER], _UNCHANGED, *_RUNGS[_AFTER:])
"""For after a rebind or a replug: the modem is compared with how it was before, too."""
