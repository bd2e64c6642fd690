# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe list``: the modems of this machine, as sysfs shows them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from qmiprobe import host
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "qmiprobe-list/1"


@click.command(
    "list",
    epilog="\b\nExamples:\n  qmiprobe list\n"
    "  qmiprobe list --json | jq -r '.modems[].ports[].path'",
)
@shared("json", "sysroot")
def command(options: Options) -> int:
    """Show the modems of this machine and what hangs on them.

    USB id, configurations, interfaces with their drivers, control ports, netdevs, ttys, and who
    holds the ports. Nothing is sent to a modem.
    """
    found = host.modems(options.sysroot)
    held = holders_of(found, options.sysroot)
    if options.json:
        click.echo(json.dumps(document(found, held), indent=2, ensure_ascii=False))
        return ExitStatus.OK
    for modem in found:
        for line in _lines(modem, held):
            click.echo(line)
    unread = max((one.unread for one in held.values()), default=0)
    if unread:
        click.echo(
            f"who holds the ports is known in part only: {unread} processes of other users may "
            "not be looked into. Root may.",
            err=True,
        )
    if not found:
        click.echo(
            "no modem on USB or PCI: is it plugged in and powered? See also `lsusb`", err=True
        )
    return ExitStatus.OK


def holders_of(found: tuple[host.Modem, ...], sysroot: str) -> dict[str, host.Holders]:
    """Return, by its path, who holds each control port."""
    return {port.path: _held(port.path, sysroot) for modem in found for port in modem.ports}


def _held(path: str, sysroot: str) -> host.Holders:
    """Return who has a port open and, behind a proxy, whose messages it carries."""
    direct = host.holders(path, sysroot=sysroot)
    clients = [
        client
        for proxy in direct.found
        if proxy.is_proxy
        for client in host.clients_of(proxy, sysroot=sysroot)
    ]
    return host.Holders(found=(*direct.found, *clients), unread=direct.unread)


def document(found: tuple[host.Modem, ...], held: dict[str, host.Holders]) -> dict[str, object]:
    """Return the JSON document of ``list --json``."""
    return {"format": FORMAT, "modems": [_modem_json(modem, held) for modem in found]}


def _modem_json(modem: host.Modem, held: dict[str, host.Holders]) -> dict[str, object]:
    return {
        "bus": modem.bus,
        "name": modem.name,
        "id": modem.id,
        "manufacturer": modem.manufacturer,
        "product": modem.product,
        "speed_mbit": modem.speed_mbit,
        "configurations": [
            {
                "value": one.value,
                "active": one.active,
                "kernel_would_choose": one.kernel_would_choose,
                "interfaces": [_interface_json(interface) for interface in one.interfaces],
            }
            for one in modem.configurations
        ],
        "ports": [_port_json(port, held[port.path]) for port in modem.ports],
        "netdevs": [
            {
                "name": one.name,
                "driver": one.driver,
                "interface": one.interface,
                "raw_ip": one.raw_ip,
            }
            for one in modem.netdevs
        ],
        "serial": [
            {"path": one.path, "driver": one.driver, "interface": one.interface}
            for one in modem.serial
        ],
    }


def _interface_json(one: host.Interface) -> dict[str, object]:
    return {
        "number": one.number,
        "alternate": one.alternate,
        "class": one.cls,
        "function": one.function,
        "driver": one.driver,
        "expected_driver": one.expected_driver,
    }


def _port_json(port: host.Port, held: host.Holders) -> dict[str, object]:
    return {
        "path": port.path,
        "also": list(port.also),
        "protocol": port.protocol,
        "driver": port.driver,
        "interface": port.interface,
        "holders": [
            {"pid": one.pid, "program": one.program, "through": one.through} for one in held.found
        ],
        "holders_unread": held.unread,
    }


def _lines(modem: host.Modem, held: dict[str, host.Holders]) -> Iterator[str]:
    maker = modem.manufacturer or ""
    product = modem.product or ""
    name = product if product.startswith(maker) else f"{maker} {product}".strip()
    speed = "" if modem.speed_mbit is None else f"  {modem.speed_mbit:g} Mbit/s"
    yield f"{modem.bus} {modem.name}  {modem.id}  {name or '(no name)'}{speed}"
    for one in modem.configurations:
        marks = [
            *(["active"] if one.active else []),
            *(["the kernel's own choice"] if one.kernel_would_choose else []),
        ]
        yield f"  configuration {one.value}{': ' if marks else ''}{', '.join(marks)}"
        for interface in one.interfaces:
            yield f"    {_interface_text(interface, active=one.active)}"
    for port in modem.ports:
        yield f"  control port {_port_text(port, held[port.path])}"
    for netdev in modem.netdevs:
        raw_ip = {True: ", raw-IP", False: ", 802.3", None: ""}[netdev.raw_ip]
        yield f"  netdev {netdev.name}: {netdev.driver or 'no driver'}{raw_ip}"
    for tty in modem.serial:
        yield f"  tty {tty.path}: {tty.driver or 'no driver'}{_on_interface(tty.interface)}"


def _interface_text(one: host.Interface, *, active: bool) -> str:
    text = f"interface {one.number:>2}  {one.cls}  {one.function or '?'}"
    if not active:
        return text
    driver = one.driver or "no driver"
    wrong = one.expected_driver not in (None, one.driver)
    return f"{text:<34}  {driver}{f' (expected {one.expected_driver})' if wrong else ''}"


def _port_text(port: host.Port, held: host.Holders) -> str:
    protocol = (
        (port.protocol or "unknown protocol").upper() if port.protocol else "protocol unknown"
    )
    names = ", ".join(
        f"{_named(one)}{_clients_text(one, held)}" for one in held.found if one.through is None
    )
    also = f", also {', '.join(port.also)}" if port.also else ""
    text = f"{port.path}: {protocol} by {port.driver or 'no driver'}"
    return f"{text}{_on_interface(port.interface)}{also}{f', held by {names}' if names else ''}"


def _named(one: host.Holder) -> str:
    return f"{one.program} ({one.pid})"


def _clients_text(proxy: host.Holder, held: host.Holders) -> str:
    names = [_named(one) for one in held.found if proxy.is_proxy and one.through == proxy.program]
    return f" for {' and '.join(names)}" if names else ""


def _on_interface(number: int | None) -> str:
    return "" if number is None else f", interface {number}"
