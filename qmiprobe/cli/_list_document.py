# SPDX-License-Identifier: GPL-2.0-or-later
"""The modems of a machine as the JSON document of ``list --json``."""

from __future__ import annotations

from qmiprobe import host

FORMAT = "qmiprobe-list/1"


def holders_of(found: tuple[host.Modem, ...], sysroot: str) -> dict[str, host.Holders]:
    """Return, by its path, who has each port and tty open and, behind a proxy, for whom."""
    paths = [one.path for modem in found for one in modem.ports]
    paths += [one.path for modem in found for one in modem.serial]
    direct = host.holders_of_each(paths, sysroot=sysroot)
    return {path: _with_clients(one, sysroot) for path, one in direct.items()}


def _with_clients(direct: host.Holders, sysroot: str) -> host.Holders:
    clients = [
        client
        for proxy in direct.found
        if proxy.is_proxy
        for client in host.clients_of(proxy, sysroot=sysroot)
    ]
    return host.Holders(found=(*direct.found, *clients), unread=direct.unread)


def document(found: tuple[host.Modem, ...], held: dict[str, host.Holders]) -> dict[str, object]:
    """Return the document."""
    return {"format": FORMAT, "modems": [_modem(modem, held) for modem in found]}


def _modem(modem: host.Modem, held: dict[str, host.Holders]) -> dict[str, object]:
    return {
        "bus": modem.bus,
        "name": modem.name,
        "id": modem.id or None,
        "manufacturer": modem.manufacturer,
        "product": modem.product,
        "speed_mbit": modem.speed_mbit,
        "driver": modem.driver,
        "expected_driver": modem.expected_driver,
        "mode": modem.mode,
        "qrtr": modem.qrtr,
        "configurations": [
            {
                "value": one.value,
                "active": one.active,
                "kernel_would_choose": one.kernel_would_choose,
                "interfaces": [_interface(interface) for interface in one.interfaces],
            }
            for one in modem.configurations
        ],
        "ports": [_port(port, held[port.path]) for port in modem.ports],
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
            {
                "path": one.path,
                "driver": one.driver,
                "interface": one.interface,
                "holders": _holders(held[one.path]),
            }
            for one in modem.serial
        ],
        "notes": list(modem.notes),
    }


def _interface(one: host.Interface) -> dict[str, object]:
    return {
        "number": one.number,
        "alternate": one.alternate,
        "class": one.cls,
        "function": one.function,
        "driver": one.driver,
        "expected_driver": one.expected_driver,
        "predicted_driver": one.predicted_driver,
        "authorized": one.authorized,
    }


def _port(port: host.Port, held: host.Holders) -> dict[str, object]:
    return {
        "path": port.path,
        "also": list(port.also),
        "protocol": port.protocol,
        "driver": port.driver,
        "interface": port.interface,
        "holders": _holders(held),
        "holders_unread": held.unread,
    }


def _holders(held: host.Holders) -> list[dict[str, object]]:
    return [{"pid": one.pid, "program": one.program, "through": one.through} for one in held.found]
