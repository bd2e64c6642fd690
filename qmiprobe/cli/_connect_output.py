# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``connect`` says: text for people, or JSON objects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._group import PROGRAM
from qmiprobe.cli._say import say
from qmiprobe.session._bearer_json import family_json

if TYPE_CHECKING:
    from qmiprobe.address import ControlPort
    from qmiprobe.bearer import BearerFacts, FamilyFacts
    from qmiprobe.cli._options import Options
    from qmiprobe.session import Connection
    from qmiprobe.session._hold import Event

FORMAT = "qmiprobe-session/1"


@dataclass
class Voice:
    """Tells what becomes of a session."""

    options: Options
    port: ControlPort
    held: bool
    """Whether a stream of events is told, not one result."""

    def connected(self, connection: Connection) -> None:
        """Tell that it is up and stays."""
        self._up("connected", connection, attempts=1)

    def managed(self, bearer: BearerFacts) -> None:
        """Tell of ModemManager's session, which is used as it is."""
        if self.options.json:
            self._json({"event": "connected", **_bearer_json(self.port, bearer, "modemmanager")})
            return
        say(f"{bearer.netdev}: connected by ModemManager, and left to it", self.options)
        for one in bearer.families:
            say(f"  {_family(one)}", self.options)

    def tell(self, event: Event) -> None:
        """Tell an event of a session that is held."""
        from qmiprobe.session._hold import Changed, Refused, Up

        if isinstance(event, Up):
            self._up("connected", event.connection, attempts=event.attempts)
        elif isinstance(event, Changed):
            self._up("changed", event.connection, attempts=0)
        elif isinstance(event, Refused):
            text = f"attempt {event.attempts} failed: {event.error}; next in {event.pause:g} s"
            values = {"attempts": event.attempts, "pause_s": event.pause, "text": str(event.error)}
            self._event("refused", text, values)
        else:
            self._event("dropped", "the session ended; it is started again", {})

    def warn(self, text: str) -> None:
        """Tell on standard error."""
        say(f"{PROGRAM}: {text}", self.options, err=True)

    def _event(self, name: str, text: str, values: dict[str, object]) -> None:
        if self.options.json:
            self._json({"event": name, **values})
        self.warn(text)

    def _up(self, name: str, connection: Connection, *, attempts: int) -> None:
        if connection.dns_problem is not None:
            self.warn(connection.dns_problem)
        for refusal in connection.session.refusals:
            family = f"IPv{refusal.family}: " if refusal.family else ""
            self.warn(f"{family}refused: {refusal}")
        if self.options.json:
            self._json(_document(name, self.port, connection, attempts))
            return
        for line in _lines(name, self.port, connection):
            say(line, self.options)

    def _json(self, values: dict[str, object]) -> None:
        indent = None if self.held else 2
        document = {"format": FORMAT, **values}
        click.echo(json.dumps(document, indent=indent, ensure_ascii=False))


def _document(
    name: str, port: ControlPort, connection: Connection, attempts: int
) -> dict[str, object]:
    bearer, session = connection.bearer, connection.session
    return {
        "event": name,
        **_bearer_json(port, bearer, session.owner),
        "refused": [
            {"family": one.family or None, "type": one.type, "number": one.number, "name": one.name}
            for one in session.refusals
        ],
        "dns": connection.dns,
        "metric": connection.place.plan.metric,
        "kept": connection.place.kept,
        "attempts": attempts,
    }


def _bearer_json(port: ControlPort, bearer: BearerFacts, owner: str) -> dict[str, object]:
    return {
        "device": port.name,
        "netdev": bearer.netdev,
        "session_id": bearer.session_id,
        "owner": owner,
        "families": [family_json(one) for one in bearer.families],
        "mtu": bearer.mtu,
    }


def _lines(name: str, port: ControlPort, connection: Connection) -> list[str]:
    bearer = connection.bearer
    lines = [f"{bearer.netdev}: {name}, by {port.name}"]
    lines += [f"  {_family(one)}" for one in bearer.families]
    asked = {
        "resolver": "names are asked by the resolver",
        "resolv.conf": "names are asked by /etc/resolv.conf",
        "none": "names are asked as before",
    }
    lines.append(f"  metric {connection.place.plan.metric}; {asked[connection.dns]}")
    if connection.place.kept:
        lines.append(f"  `{PROGRAM} disconnect {bearer.netdev}` ends it")
    return lines


def _family(facts: FamilyFacts) -> str:
    parts = [f"IPv{facts.family} {facts.interface}"]
    if facts.gateway is not None:
        parts.append(f"gateway {facts.gateway}")
    if facts.dns:
        parts.append(f"DNS {', '.join(str(server) for server in facts.dns)}")
    if facts.mtu is not None:
        parts.append(f"MTU {facts.mtu}")
    return "; ".join(parts)
