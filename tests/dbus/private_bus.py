# SPDX-License-Identifier: GPL-2.0-or-later
"""A D-Bus daemon of the test's own, and services on it."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import trio
from jeepney import (
    HeaderFields,
    MatchRule,
    MessageType,
    new_error,
    new_method_return,
)
from jeepney.bus_messages import message_bus
from jeepney.io.trio import open_dbus_connection

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
Answer = tuple[str, tuple[object, ...]]
Method = Callable[[str, tuple[object, ...], str], Awaitable[Answer]]
"""Method's name, its arguments, who called -> signature and values, or ServiceError."""


class ServiceError(Exception):
    """What the service answers with in place of values: D-Bus' name, then text."""


@contextmanager
def private_bus(*, activatable: str | None = None) -> Iterator[str]:
    """Have a bus; yield its address. ``activatable``: a service that the daemon could start."""
    with private_daemon(activatable=activatable) as (address, _):
        yield address


@contextmanager
def private_daemon(
    *, activatable: str | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Have a bus; yield its address, and its daemon for who wants to end it."""
    with TemporaryDirectory(prefix="qmiprobe-bus-") as name:
        folder = Path(name)
        config = folder / "bus.conf"
        config.write_text(_CONFIG.format(folder=folder), encoding="utf-8")
        if activatable is not None:
            text = f"[D-BUS Service]\nName={activatable}\nExec=/usr/bin/touch {folder}/started\n"
            (folder / "some.service").write_text(text, encoding="utf-8")
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
            try:
                assert daemon.stdout is not None
                yield daemon.stdout.readline().strip(), daemon
            finally:
                daemon.terminate()


def was_started(address: str) -> bool:
    """Return whether the daemon started the service that it could start."""
    path = address.partition("path=")[2].partition(",")[0]
    return (Path(path).parent / "started").exists()


@asynccontextmanager
async def serving(
    address: str, name: str, method: Method, gone: Callable[[str], None] | None = None
) -> AsyncIterator[None]:
    """Answer calls as the owner of ``name``; ``gone`` hears of connections that ended."""
    connection = await open_dbus_connection(address)
    async with connection, trio.open_nursery() as nursery:
        async with connection.router() as router:
            await router.send_and_get_reply(message_bus.RequestName(name))
            rule = MatchRule(type="signal", member="NameOwnerChanged")
            await router.send_and_get_reply(message_bus.AddMatch(rule))
        nursery.start_soon(_serve, connection, method, gone)
        yield
        nursery.cancel_scope.cancel()


async def _serve(connection: object, method: Method, gone: Callable[[str], None] | None) -> None:
    while True:
        message = await connection.receive()  # type: ignore[attr-defined]
        fields = message.header.fields
        member = fields.get(HeaderFields.member)
        if message.header.message_type == MessageType.signal:
            if member == "NameOwnerChanged" and not message.body[2] and gone is not None:
                gone(message.body[0])
            continue
        if message.header.message_type != MessageType.method_call:
            continue
        try:
            signature, values = await method(member, message.body, fields[HeaderFields.sender])
            answer = new_method_return(message, signature or None, values)
        except ServiceError as error:
            answer = new_error(message, error.args[0], "s", (error.args[1],))
        await connection.send(answer)  # type: ignore[attr-defined]
