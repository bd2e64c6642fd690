# SPDX-License-Identifier: GPL-2.0-or-later
"""OpenVPN tunnels, from the command line and the configuration of the process that runs one."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING

from ._certificates import validities
from ._management import management_of
from ._model import Kind, Tunnel

if TYPE_CHECKING:
    from pathlib import Path

    from qmiprobe.bearer import IPAddress

    from ._certificates import Validity
    from ._programs import Program

Settings = dict[str, list[tuple[str, ...]]]
DEFAULT_PORT = 1194
_KEPT = ("mssfix", "tun-mtu", "fragment", "tls-auth", "tls-crypt", "tls-crypt-v2", "mtu-disc")
_CERTIFICATES = {"cert": "own", "ca": "authority"}
_LARGEST_FILE = 1 << 20


def openvpn_tunnel(program: Program, *, root: Path) -> Tunnel | None:
    """Return the tunnel of an OpenVPN client; None for a server."""
    settings = read_settings(program, root=root)
    if "server" in settings or "mode" in settings:
        return None
    host, port, protocol = _remote(settings)
    address = _address(host)
    ping = settings.get("ping") or settings.get("keepalive") or []
    return Tunnel(
        kind=Kind.OPENVPN,
        name=program.netdevs[0] if program.netdevs else "openvpn",
        source=f"/proc/{program.pid}",
        netdev=program.netdevs[0] if program.netdevs else None,
        transport="tcp" if protocol.startswith("tcp") else "udp",
        endpoint=address,
        port=port,
        host=None if address else host,
        fwmark=_number(settings, "mark") or 0,
        established=None if program.netdevs else False,
        keepalive_s=int(ping[0][0]) if ping and ping[0] and ping[0][0].isdigit() else 0,
        cipher=_word(settings, "cipher") or "AES-256-GCM",
        user_space=True,
        process=program.title,
        config=_word(settings, "config") or "",
        management=management_of(settings),
        certificates=tuple(_certificates(program, settings, root=root)),
        options=tuple((name, " ".join(settings[name][0])) for name in _KEPT if name in settings),
    )


def read_settings(program: Program, *, root: Path) -> Settings:
    """Return the settings of its command line and of the file that it names."""
    settings: Settings = {}
    for name, words in _command_line(program.words[1:]):
        settings.setdefault(name, []).append(words)
    for name, words in _file(_text(program, settings, _word(settings, "config"), root=root)):
        settings.setdefault(name, []).append(words)
    return settings


def _certificates(
    program: Program, settings: Settings, *, root: Path
) -> Iterator[tuple[str, Validity]]:
    """Give those that this side has: in files of their own, or in the configuration itself."""
    config = _text(program, settings, _word(settings, "config"), root=root)
    for option, whose in _CERTIFICATES.items():
        text = _text(program, settings, _word(settings, option), root=root)
        inside = config.partition(f"<{option}>")[2].partition(f"</{option}>")[0]
        for valid in validities(text + inside):
            yield whose, valid


def _text(program: Program, settings: Settings, file: str | None, *, root: Path) -> str:
    """Return what stands in a file that a setting names; empty where it may not be read."""
    if file is None:
        return ""
    folder = _word(settings, "cd")
    base = program.folder / folder if folder else program.folder
    with contextlib.suppress(OSError):
        path = root / str(base / file).lstrip("/")
        return path.read_text(encoding="utf-8", errors="replace")[:_LARGEST_FILE]
    return ""


def _command_line(words: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if words and not words[0].startswith("--"):
        yield "config", (words[0],)
    name: str | None = None
    values: list[str] = []
    for word in words:
        if word.startswith("--"):
            if name is not None:
                yield name, tuple(values)
            name, values = word[2:], []
        elif name is not None:
            values.append(word)
    if name is not None:
        yield name, tuple(values)


def _file(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    inside: str | None = None
    for line in text.splitlines():
        line = line.strip()
        if inside is not None:
            inside = None if line == f"</{inside}>" else inside
        elif line.startswith("<") and line.endswith(">"):
            inside = line[1:-1]
            yield inside, ()  # keys and certificates: that they are there is all we want
        elif line and line[0] not in "#;":
            with contextlib.suppress(ValueError):
                words = shlex.split(line, comments=True)
                if words:
                    yield words[0], tuple(words[1:])


def _remote(settings: Settings) -> tuple[str | None, int, str]:
    protocol = _word(settings, "proto") or "udp"
    port = _number(settings, "port") or _number(settings, "rport") or DEFAULT_PORT
    remote = next(iter(settings.get("remote", [])), ())
    if len(remote) > 1 and remote[1].isdigit():
        port = int(remote[1])
    if len(remote) > 2:
        protocol = remote[2]
    return (remote[0] if remote else None), port, protocol


def _word(settings: Settings, name: str) -> str | None:
    return next((words[0] for words in settings.get(name, []) if words), None)


def _number(settings: Settings, name: str) -> int | None:
    word = _word(settings, name)
    return int(word) if word is not None and word.isdigit() else None


def _address(host: str | None) -> IPAddress | None:
    try:
        return ip_address(host) if host else None
    except ValueError:
        return None
