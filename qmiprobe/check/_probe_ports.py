# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks every port of a modem what it speaks, beside the control port that the ladder asks.

A control port is asked in its driver's protocol, without a client id (QMI) or with an open and a
close (MBIM); a serial port by ``AT`` and ``ATI``. A port that another program has is left alone.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass

import trio

from qmiprobe import host
from qmiprobe.address import NodeAddress, resolve
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._saved import is_saved
from qmiprobe.device import mbim_device, qmi_device
from qmiprobe.diagnosis import Evidence, JsonValue
from qmiprobe.errors import NoAnswer, QmiprobeError, Refused

ASK_S = 3.0
PORT_S = 12.0
"""For one port, opening and closing it included; ports are asked beside each other."""


@dataclass
class _Port:
    """One port, and what came of it."""

    path: str
    interface: int | None
    driver: str | None
    protocol: str | None
    """What it is asked in: ``qmi`` or ``mbim``; None: it is a tty."""
    heard: str | None = None
    said: tuple[str, ...] = ()
    why_not: str | None = None
    """Why it was not asked, or what failed."""

    @property
    def text(self) -> str:
        place = f", interface {self.interface}" if self.interface is not None else ""
        heard = self.why_not or (self.heard or "silent").upper().replace("SILENT", "silent")
        said = f": {' '.join(self.said)}" if self.said else ""
        return f"{self.path} ({self.driver or 'no driver'}{place}): {heard}{said}"


async def probe_ports(context: CheckContext) -> Result:
    """Every port of the modem that nobody has open speaks what its driver is for."""
    modem = context.port.modem
    if context.port.simulated or modem is None:
        return Result.skipped("only a modem that sysfs shows has further ports")
    if is_saved(context):
        return Result.skipped("a saved machine cannot be asked")
    ports = _ports(modem, but=context.port.path)
    if not ports:
        return Result.skipped("it has no other ports")
    async with trio.open_nursery() as nursery:
        for port in ports:
            nursery.start_soon(_ask, port)
    records: list[JsonValue] = [
        {
            "path": one.path,
            "interface": one.interface,
            "driver": one.driver,
            "heard": one.heard,
            "not_asked": one.why_not,
        }
        for one in ports
    ]
    context.facts.add("port.heard", records, source="asked")
    evidence = [Evidence(one.text, value=one.heard, source=one.path) for one in ports]
    mute = [one for one in ports if one.protocol and one.heard is None and one.why_not is None]
    if mute:
        names = ", ".join(f"{one.path} in {(one.protocol or '').upper()}" for one in mute)
        return Result.warned(f"does not answer: {names}", *evidence)
    spoken = [f"{os.path.basename(one.path)} {one.heard.upper()}" for one in ports if one.heard]
    return Result.passed(", ".join(spoken) or "the other ports are silent or held", *evidence)


def _ports(modem: host.Modem, *, but: str | None) -> list[_Port]:
    control = [
        _Port(one.path, one.interface, one.driver, one.protocol)
        for one in modem.ports
        if one.protocol in ("qmi", "mbim") and but not in (one.path, *one.also)
    ]
    serial = [_Port(one.path, one.interface, one.driver, None) for one in modem.serial]
    return [*control, *serial]


async def _ask(port: _Port) -> None:
    held = ", ".join(f"{one.program} ({one.pid})" for one in host.holders(port.path).found)
    if held:
        port.why_not = f"not asked: held by {held}"
        return
    ask = _ask_serial if port.protocol is None else _ask_control
    with trio.move_on_after(PORT_S) as scope:
        try:
            await ask(port)
        except NoAnswer:
            return
        except QmiprobeError as error:
            port.why_not = str(error)
        except ExceptionGroup as group:  # from a device whose port broke under it
            port.why_not = str(group.exceptions[0])
    if scope.cancelled_caught:
        port.why_not = f"asking took longer than {PORT_S:g} s"


async def _ask_serial(port: _Port) -> None:
    from qmiprobe.at import probe_serial

    heard = await probe_serial(port.path)
    port.heard, port.said = heard.spoken, heard.said
    if heard.spoken is None and heard.bytes_heard:
        port.why_not = f"{heard.bytes_heard} bytes came that mean nothing"


async def _ask_control(port: _Port) -> None:
    async with resolve(NodeAddress(path=port.path)) as found:
        assert found.open is not None
        protocol = "mbim" if port.protocol == "mbim" else "qmi"
        transport = await found.open(protocol)  # type: ignore[arg-type]
        try:
            if protocol == "mbim":
                async with mbim_device(transport, timeout=ASK_S):
                    port.heard = "mbim"
            else:
                await _ask_qmi(port, transport)
        finally:
            with trio.CancelScope(shield=True):
                await transport.aclose()


async def _ask_qmi(port: _Port, transport: object) -> None:
    from qmiprobe.qmi.services import ctl

    async with qmi_device(transport) as device:  # type: ignore[arg-type]
        with suppress(Refused):  # which is an answer all the same
            await device.call(ctl.GetVersionInfo(), timeout=ASK_S)
        port.heard = "qmi"
