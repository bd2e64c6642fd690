# SPDX-License-Identifier: GPL-2.0-or-later
"""A control port through the proxy that shares it among programs: qmi-proxy or mbim-proxy.

Both listen on an abstract socket of a network namespace. What comes first on a connection names
the control port; from then on it carries the port's own messages. A proxy that cannot open the
port says nothing and hangs up: why is found out here, as far as that can be.
"""

from __future__ import annotations

import os
import stat
from typing import Literal

import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import (
    CannotTest,
    DecodeError,
    DeviceGone,
    ModemSilent,
    NoAnswer,
    PortMissing,
    PortPermission,
    ProxyFailed,
    ProxyGone,
    Refused,
    TransportError,
)
from qmiprobe.transport import ControlTransport, open_unix

Kind = Literal["qmi", "mbim"]

TIMEOUT = 7.0
"""Seconds for a proxy to open a port; mbim-proxy also asks a port that it has open whether it
still answers, and gives that 5 s."""
_LESS = 3.0
"""Seconds that mbim-proxy gets less than we wait: that it gives up says more than silence. It
looks at its time every 5 s."""
_GONE = "the proxy hung up, and its port is gone: the modem was unplugged or reset"
_HUNG_UP = (
    "the proxy hung up, and its port is still there: it was stopped, or could not read what the "
    "modem sent"
)
_UNPLUGGING = 0.2
"""Seconds until the node of a modem that was unplugged is gone, which the proxy hears first."""


async def open_proxy(
    kind: Kind, path: str, *, timeout: float = TIMEOUT, socket: str | None = None
) -> ProxyTransport:
    """Open the control port ``path`` through the proxy of a protocol.

    The transport is ready for :func:`qmi_device` or :func:`mbim_device`. ``socket`` is the
    proxy's address where it is not ``@qmi-proxy`` or ``@mbim-proxy``. Raises CannotTest where
    there is no proxy, ProxyFailed where it refuses, NoAnswer where it is silent, ModemSilent
    where the modem behind it is; PortMissing or PortPermission where it is the node that is at
    fault.
    """
    name = f"{kind}-proxy:{path}"
    node = _real_node(path, name)
    connection = await _connect(kind, node, name, socket or f"@{kind}-proxy")
    began = trio.current_time()
    try:
        if kind == "qmi":
            return await _open_qmi(connection, node, name, timeout)
        from qmiprobe.device._proxy_mbim import open_mbim

        seconds = _modem_seconds(timeout)
        return await open_mbim(connection, node, name, timeout=timeout, seconds=seconds)
    except BaseException as error:
        await connection.aclose()
        if isinstance(error, (TransportError, NoAnswer, Refused, DecodeError)):
            waited = trio.current_time() - began
            raise _failure(error, kind, node, name, waited, timeout) from error
        raise


async def _connect(kind: Kind, node: str, name: str, socket: str) -> ControlTransport:
    from qmiprobe.mbim._frame import MbimFramer
    from qmiprobe.qmi._frame import QmuxFramer

    try:
        return await open_unix(socket, QmuxFramer() if kind == "qmi" else MbimFramer())
    except PortMissing:
        text = (
            f"{name}: no {kind}-proxy listens in this network namespace; start it "
            f"(`{kind}cli -p -d {node}` does), or use {node} itself if no other program does"
        )
        raise CannotTest(text) from None


async def _open_qmi(
    connection: ControlTransport, node: str, name: str, timeout: float
) -> ProxyTransport:
    from qmiprobe.device._qmi import qmi_device
    from qmiprobe.qmi.services.ctl import InternalProxyOpen

    async with qmi_device(connection) as device:
        await device.call(InternalProxyOpen(device_path=node), timeout=timeout)
    return ProxyTransport(connection, node=node, name=name)


def _modem_seconds(timeout: float) -> int:
    return max(1, int(timeout - _LESS))


def _real_node(path: str, name: str) -> str:
    """Return the path as the proxy knows it, who has a working directory of its own."""
    node = os.path.realpath(path)
    try:
        mode = os.stat(node).st_mode
    except OSError as error:
        text = f"no such node ({error.strerror}); `qmiprobe list` shows the control ports there are"
        raise PortMissing(text, port=name, errno=error.errno) from None
    if not stat.S_ISCHR(mode):
        raise CannotTest(f"{name}: {node} is no device node; `qmiprobe list` shows those there are")
    return node


def _failure(
    error: Exception, kind: Kind, node: str, name: str, waited: float, timeout: float
) -> Exception:
    """Return what to raise for a negotiation that failed."""
    proxy = f"{kind}-proxy"
    if isinstance(error, (Refused, DecodeError)):
        return ProxyFailed(f"{name}: {proxy} refuses to open {node}: {error}")
    if isinstance(error, NoAnswer):
        modem = ", or waits for a modem that is silent" if kind == "mbim" else ""
        return NoAnswer(
            f"{name}: {proxy} did not answer the request to open {node} within {timeout:g} s: "
            f"it hangs, sees no such node{modem}; restart it"
        )
    if not isinstance(error, DeviceGone):
        return error
    if kind == "mbim" and waited >= _modem_seconds(timeout):
        return ModemSilent(
            f"{name}: {proxy} gave up after {waited:.1f} s: the modem does not answer MBIM OPEN"
        )
    return _hung_up(f"{proxy} hung up instead of opening {node}", node, name, proxy)


def _hung_up(said: str, node: str, name: str, proxy: str) -> Exception:
    try:
        _real_node(node, name)
    except (PortMissing, CannotTest) as error:
        return error
    user = os.geteuid()
    if not os.access(node, os.R_OK | os.W_OK):
        return PortPermission(f"{said}, and user {user} may not open it; run as root", port=name)
    if user:
        text = f"{said}, as it does to users that it does not let in, and you are {user}"
        return CannotTest(f"{name}: {text}; run as root")
    return ProxyFailed(
        f"{name}: {said}, which is there and may be opened: the modem may refuse it, its driver "
        f"may speak the other protocol, or it just left; `{proxy} --verbose` says why"
    )


class ProxyTransport:
    """A :class:`~qmiprobe.device.ControlTransport` through a proxy; see :func:`open_proxy`."""

    max_command: int | None = None

    def __init__(self, connection: ControlTransport, *, node: str, name: str) -> None:
        self.name = name
        """``qmi-proxy:/dev/cdc-wdm0``."""
        self._connection = connection
        self._node = node
        self._closed = False

    async def send(self, message: bytes) -> None:
        """Send one message or fragment; see :class:`~qmiprobe.device.ControlTransport`."""
        try:
            await self._connection.send(message)
        except DeviceGone as error:
            raise await self._gone(error) from error

    async def receive(self) -> Frame | Garbage:
        """Return the next message; see :class:`~qmiprobe.device.ControlTransport`."""
        try:
            return await self._connection.receive()
        except DeviceGone as error:
            raise await self._gone(error) from error

    async def aclose(self) -> None:
        """Hang up; the proxy closes the port once nobody uses it. Never raises."""
        self._closed = True
        await self._connection.aclose()

    async def _gone(self, error: DeviceGone) -> DeviceGone:
        if self._closed:
            return DeviceGone("closed by this program", port=self.name, errno=error.errno)
        with trio.move_on_after(_UNPLUGGING):
            while os.path.exists(self._node):  # noqa: ASYNC110, ASYNC240
                await trio.sleep(_UNPLUGGING / 10)
        if os.path.exists(self._node):  # noqa: ASYNC240
            return ProxyGone(_HUNG_UP, port=self.name, errno=error.errno)
        return DeviceGone(_GONE, port=self.name, errno=error.errno)
