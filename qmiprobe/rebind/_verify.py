# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks a control port whether it answers in the protocol of its driver, and harms nobody by it.

QMI: the version of each service, for which no client id is needed, and never Sync. MBIM: OPEN, as
any use of it needs, through the proxy where one has the port.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import trio

from qmiprobe import host
from qmiprobe.device import ControlTransport, mbim_device, qmi_device
from qmiprobe.device._journal import journal_of
from qmiprobe.device._proxy import open_proxy
from qmiprobe.errors import NoAnswer, QmiError, QmiprobeError
from qmiprobe.rebind._model import Protocol, Target

T = TypeVar("T")
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Between two tries: firmware may need many seconds after its configuration was set."""
TRY_S = 4.0
"""For one try."""


class Ports:
    """Asks the nodes of this machine."""

    async def answer(self, node: str, target: Target, *, timeout: float) -> str:
        """Return what the port said; tried again and again within ``timeout`` seconds.

        Raises the last try's QmiprobeError, NoAnswer where there was none to end.
        """
        asked = _ask_qmi if target.protocol == "qmi" else _ask_mbim
        _load(target.protocol)
        return await _patiently(lambda: asked(node), node, timeout)

    async def sends_raw_ip(self, node: str, *, timeout: float) -> bool | None:
        """Return whether the modem sends bare IP packets; None where it does not say."""
        return await _patiently(lambda: _ask_format(node), node, timeout)


def _load(protocol: Protocol) -> None:
    """Load what the question needs: that takes seconds on a small machine, which are not its."""
    from importlib import import_module

    names = {
        "qmi": ("qmi.services.ctl", "qmi.services.wda", "device._qmi", "qmi._frame"),
        "mbim": ("mbim.services.basic_connect", "device._mbim", "mbim._frame"),
    }
    for name in (*names[protocol], "transport._wdm"):
        import_module(f"qmiprobe.{name}")


async def _patiently(ask: Callable[[], Awaitable[T]], node: str, timeout: float) -> T:
    last: QmiprobeError = NoAnswer(f"{node}: no answer within {timeout:g} s")
    with trio.move_on_after(timeout):
        for pause in (*PAUSES_S, None):
            try:
                with trio.fail_after(TRY_S):
                    return await ask()
            except trio.TooSlowError:
                last = NoAnswer(f"{node}: no answer within {TRY_S:g} s")
            except QmiprobeError as error:
                last = error
            if pause is not None:
                await trio.sleep(pause)
    raise last


@asynccontextmanager
async def _opened(node: str, protocol: Protocol) -> AsyncIterator[ControlTransport]:
    transport = await _open(node, protocol)
    try:
        yield transport
    finally:
        with trio.CancelScope(shield=True):
            await transport.aclose()


def _is_shared(node: str, protocol: Protocol) -> bool:
    """Whether the proxy of a protocol has the port."""
    proxy = f"{protocol}-proxy"
    held = proxy in host.listening_proxies()
    return held and proxy in {one.program for one in host.holders(node).found}


async def _open(node: str, protocol: Protocol) -> ControlTransport:
    if _is_shared(node, protocol):
        return await open_proxy(protocol, node)
    from qmiprobe.mbim._frame import MbimFramer
    from qmiprobe.qmi._frame import QmuxFramer
    from qmiprobe.transport import open_wdm

    return await open_wdm(node, QmuxFramer() if protocol == "qmi" else MbimFramer())


async def _ask_qmi(node: str) -> str:
    from qmiprobe.qmi.services.ctl import GetVersionInfo

    async with _opened(node, "qmi") as transport, qmi_device(transport) as device:
        answer = await device.call(GetVersionInfo(), timeout=TRY_S / 2)
        return f"QMI, {len(answer.service_list)} services"


async def _ask_mbim(node: str) -> str:
    from qmiprobe.mbim.services.basic_connect import DeviceCapsQuery

    async with (
        _opened(node, "mbim") as transport,
        mbim_device(transport, timeout=TRY_S / 2) as device,
    ):
        answer = await device.call(DeviceCapsQuery(), timeout=TRY_S / 2)
        return f"MBIM, {answer.max_sessions} data sessions"


async def _ask_format(node: str) -> bool | None:
    from qmiprobe.qmi.services.wda import GetDataFormat

    # A proxy gives back by itself what its clients leave.
    journal = None if _is_shared(node, "qmi") else journal_of(node)
    async with _opened(node, "qmi") as transport, qmi_device(transport, journal=journal) as device:
        try:
            async with device.client("wda") as client:
                answer = await client.call(GetDataFormat(), timeout=TRY_S / 2)
        except QmiError:
            return None  # it has no such service, or wants to be asked about one endpoint
        said = answer.link_layer_protocol
        return None if said is None else {"raw-ip": True, "802-3": False}.get(said.name or "")
