# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe reflect`` behind its options: the token's file, the unit, the run."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import trio

from qmiprobe import reflect
from qmiprobe.cli._run import run
from qmiprobe.errors import CannotTest

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress
    from qmiprobe.cli._options import Options

FORMAT = "qmiprobe-reflect/1"
_CREDENTIAL = "token"
_SYSTEM_FILE = Path("/etc/qmiprobe/reflect.token")
_UNIT = """\
[Unit]
Description=Reflector for qmiprobe link and vpn
Documentation=man:systemd.exec(5)
After=network-online.target
Wants=network-online.target

[Service]
ExecStart={command}
LoadCredential=token:{token}
DynamicUser=yes
AmbientCapabilities=CAP_NET_RAW CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_RAW CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome={home}
ProtectProc=invisible
ProcSubset=pid
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
MemoryMax=256M
TasksMax=16
UMask=0077
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the options ask for."""

    host: str | None
    token_file: Path | None
    port: int
    udp_ports: tuple[int, ...]
    addresses: tuple[IPAddress, ...]
    others: tuple[IPAddress, ...]
    raw: bool
    rate: float
    """Mbit/s."""
    budget: float
    """MB."""

    @property
    def limits(self) -> reflect.Limits:
        """What a session gets."""
        return reflect.Limits(budget=int(self.budget * 1e6), rate=int(self.rate * 1e6 / 8))


def wanted(asked: dict[str, object]) -> Wanted:
    """Read the options; UsageError for an address that is none."""
    file = asked["token_file"]
    return Wanted(
        host=cast("str | None", asked["host"]),
        token_file=Path(str(file)) if file else None,
        port=cast("int", asked["port"]),
        udp_ports=cast("tuple[int, ...]", asked["udp_ports"]),
        addresses=_addresses("--address", asked["addresses"]),
        others=_addresses("--other-address", asked["others"]),
        raw=not asked["no_raw"],
        rate=cast("float", asked["rate"]),
        budget=cast("float", asked["budget"]),
    )


def init(wanted: Wanted, *, as_json: bool) -> None:
    """Make the token where there is none, and print the URL that clients need."""
    file = wanted.token_file or _own_file()
    made = not file.exists()
    if made:
        _write(file, reflect.new_token())
    token = _read(file)
    host = wanted.host or _guessed_host()
    url = reflect.ReflectorUrl(token, host, wanted.port or reflect.DEFAULT_PORT).with_token
    if as_json:
        click.echo(json.dumps({"format": FORMAT, "url": url, "token_file": str(file)}))
        return
    click.echo(f"{'token made' if made else 'token found'}: {file}", err=True)
    if wanted.host is None:
        text = f"the address {host} is a guess: --host NAME says how clients reach this server"
        click.echo(text, err=True)
    click.echo("for `qmiprobe link --reflector URL`; a secret, like a password:", err=True)
    click.echo(url)


def unit(wanted: Wanted) -> str:
    """Return a systemd unit that runs the reflector as these options say."""
    program = shutil.which(sys.argv[0]) or shutil.which("qmiprobe") or "/usr/local/bin/qmiprobe"
    words = [str(Path(program).resolve()), "reflect"]
    words += ["--port", str(wanted.port)] if wanted.port != reflect.DEFAULT_PORT else []
    for port in wanted.udp_ports:
        words += ["--udp-port", str(port)]
    for address in wanted.addresses:
        words += ["--address", str(address)]
    for address in wanted.others:
        words += ["--other-address", str(address)]
    words += [] if wanted.raw else ["--no-raw"]
    limits = reflect.Limits()
    words += ["--rate", f"{wanted.rate:g}"] if wanted.limits.rate != limits.rate else []
    words += ["--budget", f"{wanted.budget:g}"] if wanted.limits.budget != limits.budget else []
    at_home = Path(program).resolve().is_relative_to("/home")
    return _UNIT.format(
        command=" ".join(words),
        token=wanted.token_file or _SYSTEM_FILE,
        home="read-only" if at_home else "yes",
    )


def run_reflector(wanted: Wanted, options: Options) -> int:
    """Serve until a signal comes; return its exit status."""
    token = _read(_find_file(wanted))

    async def main() -> int:
        serving = reflect.serve(
            token,
            addresses=wanted.addresses or reflect.ANYWHERE,
            port=wanted.port,
            more_ports=wanted.udp_ports,
            raw=("esp", "gre") if wanted.raw else (),
            other_addresses=wanted.others,
            limits=wanted.limits,
        )
        async with serving as reflector:
            _say_where(reflector, options)
            try:
                await trio.sleep_forever()
            finally:
                if options.verbose:
                    seen = reflector.traffic
                    text = f"packets in {seen.packets_in}, out {seen.packets_out}; "
                    text += f"bytes in {seen.bytes_in}, out {seen.bytes_out}"
                    click.echo(text, err=True)
        return 0

    return run(main)


def _say_where(reflector: reflect.Reflector, options: Options) -> None:
    if options.json:
        document = {
            "format": FORMAT,
            "addresses": [str(address) for address in reflector.addresses],
            "port": reflector.port,
            "udp_ports": list(reflector.ports),
            "other_port": reflector.other_port or None,
            "tcp": reflector.tcp,
            "raw": list(reflector.raw),
            "missing": list(reflector.missing),
        }
        click.echo(json.dumps(document))
        return
    where = ", ".join(str(address) for address in reflector.addresses)
    ports = ", ".join(map(str, reflector.ports))
    what = ["UDP", *(["TCP"] if reflector.tcp else []), *(raw.upper() for raw in reflector.raw)]
    click.echo(f"reflecting {', '.join(what)} on {where}: port {reflector.port}")
    if len(reflector.ports) > 1:
        click.echo(f"UDP ports {ports}")
    for text in reflector.missing:
        click.echo(f"without {text}", err=True)


def _find_file(wanted: Wanted) -> Path:
    if wanted.token_file is not None:
        return wanted.token_file
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    credential = Path(folder, _CREDENTIAL) if folder else None
    return credential if credential is not None and credential.exists() else _own_file()


def _own_file() -> Path:
    if os.geteuid() == 0:
        return _SYSTEM_FILE
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home, "qmiprobe", "reflect.token")


def _read(file: Path) -> bytes:
    try:
        return reflect.parse_token(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        text = f"no token in {file}: `qmiprobe reflect --init` makes one"
        raise CannotTest(text) from None
    except (OSError, UnicodeError) as error:
        raise CannotTest(f"the token in {file} cannot be read: {error}") from error


def _write(file: Path, token: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(reflect.token_text(token) + "\n")
    except OSError as error:
        raise CannotTest(f"the token cannot be written: {error}; see --token-file") from error


def _guessed_host() -> str:
    """Return this host's address toward the world; nothing is sent."""
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as sock:
                sock.connect((far, 9))
                return str(sock.getsockname()[0])
        except OSError:
            continue
    return socket.gethostname()


def _addresses(option: str, texts: object) -> tuple[IPAddress, ...]:
    try:
        return tuple(ip_address(text) for text in cast("tuple[str, ...]", texts))
    except ValueError as error:
        raise click.UsageError(f"{option}: {error}") from None
