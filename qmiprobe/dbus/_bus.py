# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection to a D-Bus daemon: calls one after another, each bounded in time.

It has no task of its own: who only holds it (an inhibition lasts as long as its connection) need
not read it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import trio

from qmiprobe.errors import CannotTest

if TYPE_CHECKING:
    Value = bool | int | float | str | bytes | Sequence["Value"] | Mapping[str, "Value"] | None
    """What D-Bus carries; a variant is the pair of its signature and its value."""
else:
    Value = object

SYSTEM_BUS = "unix:path=/var/run/dbus/system_bus_socket"
TIMEOUT_S = 10.0
"""For one call: a service that is alive answers within it."""
_OPEN_S = 5.0
_NOT_THERE = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
)
_DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class NoBus(CannotTest):
    """There is no such bus here, or it does not let us in."""


class NoService(CannotTest):
    """The service does not run."""


class BusRefused(CannotTest):
    """The service answered with an error; ``name`` is D-Bus' name of it."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__(f"{text} ({name})")
        self.name = name


class _Header(Protocol):
    message_type: int
    flags: int
    fields: Mapping[int, object]


class _Message(Protocol):
    header: _Header
    body: Sequence[Value]


class _Connection(Protocol):
    """As much of jeepney's connection as is used: it has no types of its own."""

    async def send(self, message: _Message, *, serial: int) -> None: ...
    async def receive(self) -> _Message: ...
    async def aclose(self) -> None: ...


class Bus:
    """An open connection; made by :func:`open_bus`."""

    def __init__(self, connection: _Connection, address: str) -> None:
        self._connection = connection
        self._serial = 0
        self._turn = trio.Lock()
        self.address = address

    async def call(
        self,
        service: str,
        path: str,
        interface: str,
        method: str,
        *,
        signature: str = "",
        arguments: Sequence[Value] = (),
        timeout: float | None = None,
    ) -> tuple[Value, ...]:
        """Call a method and return what it gives back.

        Raises NoService where the service does not run (it is never started), BusRefused where
        it answers with an error, CannotTest where it does not answer within ``timeout`` seconds
        (:data:`TIMEOUT_S` of them if not given), NoBus where the daemon hangs up.
        """
        from jeepney import DBusAddress, MessageFlag, new_method_call

        to = DBusAddress(path, bus_name=service, interface=interface)
        message: _Message = new_method_call(to, method, signature or None, tuple(arguments))
        message.header.flags |= MessageFlag.no_auto_start
        seconds = TIMEOUT_S if timeout is None else timeout
        try:
            with trio.fail_after(seconds):
                async with self._turn:
                    answer = await self._exchange(message)
        except trio.TooSlowError:
            text = f"{service} did not answer {method} within {seconds:g} s: is it busy or stuck?"
            raise CannotTest(text) from None
        except (trio.BrokenResourceError, trio.ClosedResourceError, trio.EndOfChannel) as error:
            raise NoBus(f"the bus at {self.address} hung up during {method}") from error
        return _body(answer, f"{service}: {method}")

    async def properties(self, service: str, path: str, interface: str) -> dict[str, Value]:
        """Return all properties of an interface of an object, without their variants."""
        (found,) = await self.call(
            service,
            path,
            "org.freedesktop.DBus.Properties",
            "GetAll",
            signature="s",
            arguments=(interface,),
        )
        return mapping(found)

    async def has_owner(self, service: str) -> bool:
        """Return whether a service runs; asking does not start it."""
        name, path, interface = _DAEMON
        (owned,) = await self.call(
            name, path, interface, "NameHasOwner", signature="s", arguments=(service,)
        )
        return bool(owned)

    async def hello(self) -> None:
        """Register with the daemon: the first thing that it wants to hear."""
        name, path, interface = _DAEMON
        await self.call(name, path, interface, "Hello")

    async def _exchange(self, message: _Message) -> _Message:
        from jeepney import HeaderFields

        self._serial += 1
        serial = self._serial
        await self._connection.send(message, serial=serial)
        while True:
            # Signals, and answers to calls that were given up, are nobody's by now.
            answer = await self._connection.receive()
            if answer.header.fields.get(HeaderFields.reply_serial) == serial:
                return answer


def _body(answer: _Message, what: str) -> tuple[Value, ...]:
    from jeepney import HeaderFields, MessageType

    if answer.header.message_type != MessageType.error:
        return tuple(answer.body)
    name = str(answer.header.fields.get(HeaderFields.error_name, ""))
    said = str(answer.body[0]) if answer.body else "no text"
    if name in _NOT_THERE:
        raise NoService(f"{what}: {said}")
    raise BusRefused(f"{what}: {said}", name=name)


def plain(value: Value) -> Value:
    """Return the value of a variant, those inside it taken out of theirs too.

    (A property that is itself a struct of two, the first of them text, would be taken for one.)
    """
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):
        return plain(value[1])
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) if isinstance(one, dict) else one for one in value]
    return value


def mapping(value: Value) -> dict[str, Value]:
    """Return an ``a{sv}`` without its variants; empty where it is something else."""
    found = plain(value)
    return dict(found) if isinstance(found, dict) else {}


@asynccontextmanager
async def open_bus(address: str | None = None, *, timeout: float = _OPEN_S) -> AsyncIterator[Bus]:
    """Yield a connection to the bus at ``address``, a D-Bus address; None is the system bus.

    Raises NoBus where there is none, or where it does not answer within ``timeout`` seconds.
    """
    where = address or os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_BUS
    stream = await _connect(where, timeout)
    async with stream:
        bus = await _greet(stream, where, timeout)
        yield bus


async def _connect(where: str, timeout: float) -> trio.SocketStream:
    from jeepney.bus import get_bus

    try:
        path = get_bus(where)
    except (RuntimeError, ValueError, StopIteration) as error:
        raise NoBus(f"{where!r} is no D-Bus address that can be used: {error}") from error
    try:
        with trio.fail_after(timeout):
            return await trio.open_unix_socket(path)
    except (OSError, trio.TooSlowError) as error:
        why = getattr(error, "strerror", None) or "no answer"
        raise NoBus(f"no D-Bus at {where}: {why}") from error


async def _greet(stream: trio.SocketStream, where: str, timeout: float) -> Bus:
    from jeepney.auth import BEGIN, AuthenticationError, Authenticator
    from jeepney.io.trio import DBusConnection

    try:
        with trio.fail_after(timeout):
            await stream.send_all(b"\0")
            greeting = Authenticator(inc_null_byte=False)
            for line in greeting:
                await stream.send_all(line)
                greeting.feed(await stream.receive_some())
            await stream.send_all(BEGIN)
            bus = Bus(DBusConnection(stream.socket), where)
            await bus.hello()
    except (AuthenticationError, trio.BrokenResourceError, trio.TooSlowError) as error:
        why = str(error) or "no answer in time"
        raise NoBus(f"the bus at {where} does not let us in: {why}") from error
    return bus
