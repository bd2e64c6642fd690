# SPDX-License-Identifier: GPL-2.0-or-later
"""The modems of a machine as lines for a person."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator

from qmiprobe import host


def lines(modem: host.Modem, held: dict[str, host.Holders]) -> Iterator[str]:
    """Give the lines about a modem, as wide as they come."""
    yield _head(modem)
    for one in modem.configurations:
        marks = [
            *(["active"] if one.active else []),
            *(["the kernel's own choice"] if one.kernel_would_choose else []),
        ]
        yield f"  configuration {one.value}{': ' if marks else ''}{', '.join(marks)}"
        for interface in one.interfaces:
            yield f"    {_interface_text(interface, active=one.active)}"
    if modem.configurations and not any(one.active for one in modem.configurations):
        yield "  no configuration is active"
    for port in modem.ports:
        yield f"  control port {_port_text(port, held[port.path])}"
    for netdev in modem.netdevs:
        raw_ip = {True: ", raw-IP", False: ", 802.3", None: ""}[netdev.raw_ip]
        yield f"  netdev {netdev.name}: {netdev.driver or 'no driver'}{raw_ip}"
    for tty in modem.serial:
        where = f"{tty.driver or 'no driver'}{_on_interface(tty.interface)}"
        yield f"  tty {tty.path}: {where}{_holder_text(held[tty.path])}"
    if modem.qrtr is not None:
        yield f"  QRTR: joined by {modem.qrtr}; which node it is there, only asking tells"
    for note in modem.notes:
        yield f"  note: {note}"


def fitted(line: str) -> str:
    """Return a line as a terminal of this width shows it best; as it is where there is none."""
    if not sys.stdout.isatty():
        return line
    width = max(40, shutil.get_terminal_size().columns)
    if len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _head(modem: host.Modem) -> str:
    maker, product = modem.manufacturer or "", modem.product or ""
    name = product if product.startswith(maker) else f"{maker} {product}".strip()
    parts = [f"{modem.bus} {modem.name}", modem.id, name or "(no name)"]
    if modem.speed_mbit is not None:
        parts.append(f"{modem.speed_mbit:g} Mbit/s")
    if modem.bus == "pci":
        parts.append(_driver_text(modem.driver, modem.expected_driver))
    if modem.mode is not None:
        parts.append(f"mode {modem.mode}")
    return "  ".join(part for part in parts if part)


def _driver_text(driver: str | None, expected: str | None) -> str:
    text = driver or "no driver"
    return text if expected in (None, driver) else f"{text} (expected {expected})"


def _interface_text(one: host.Interface, *, active: bool) -> str:
    text = f"interface {one.number:>2}  {one.cls}  {one.function or '?'}"
    if not active:
        would = one.predicted_driver or one.expected_driver
        return f"{text:<34}  would be {would}" if would else text
    driver = _driver_text(one.driver, one.expected_driver)
    if one.authorized is False:
        driver += ", not authorised"
    elif one.driver is None and one.expected_driver not in (None, one.predicted_driver):
        driver = f"no driver ({one.expected_driver} fits, but not by itself)"
    return f"{text:<34}  {driver}"


def _port_text(port: host.Port, held: host.Holders) -> str:
    protocol = port.protocol.upper() if port.protocol else "protocol unknown"
    also = f", also {', '.join(port.also)}" if port.also else ""
    holder = _holder_text(held)
    if held.unread and not held.found:
        holder = ", holder unknown: root may see it"
    text = f"{port.path}: {protocol} by {port.driver or 'no driver'}"
    return f"{text}{_on_interface(port.interface)}{also}{holder}"


def _holder_text(held: host.Holders) -> str:
    names = ", ".join(
        f"{_named(one)}{_clients_text(one, held)}" for one in held.found if one.through is None
    )
    return f", held by {names}" if names else ""


def _named(one: host.Holder) -> str:
    return f"{one.program} ({one.pid})"


def _clients_text(proxy: host.Holder, held: host.Holders) -> str:
    names = [_named(one) for one in held.found if proxy.is_proxy and one.through == proxy.program]
    return f" for {' and '.join(names)}" if names else ""


def _on_interface(number: int | None) -> str:
    return "" if number is None else f", interface {number}"
