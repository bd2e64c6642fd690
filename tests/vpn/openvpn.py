# SPDX-License-Identifier: GPL-2.0-or-later
"""An OpenVPN tunnel through the bed: TLS with certificates that sign themselves."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .daemons import Daemons

INNER = "10.8.0.1"


@dataclass(frozen=True, kw_only=True)
class OpenVpn:
    """How it is set up."""

    remote: str = "203.0.113.10"
    port: int = 1194
    protocol: str = "udp"
    client: tuple[str, ...] = ()
    """Further options of the client."""
    server: tuple[str, ...] = ()
    known: bool = True
    """Whether the server knows the client's certificate."""
    days: tuple[int, int] | None = None
    """When the server's certificate is valid, from today: then the client looks at that."""
    wait: bool = True
    """Until the tunnel is up."""


def openvpn(made: Daemons, how: OpenVpn = OpenVpn()) -> None:
    """Bring it up: tun0 at the client."""
    folder = made.folder
    days = {"client": None, "server": how.days}
    prints = {name: certificate(folder, name, days=each) for name, each in days.items()}
    common = ("--dev-type", "tun", "--verb", "3", "--auth-nocache", "--persist-tun")
    made.start(
        made.bed.places["server"],
        *("openvpn", "--dev", "tun1", "--server", "10.8.0.0", "255.255.255.0"),
        *("--topology", "subnet", "--port", str(how.port), "--dh", "none"),
        *("--proto", "tcp-server" if how.protocol == "tcp" else how.protocol),
        *("--cert", str(folder / "server.crt"), "--key", str(folder / "server.key")),
        *("--peer-fingerprint", prints["client" if how.known else "server"]),
        *(*common, *how.server),
    )
    config = folder / "client.conf"
    lines = [
        f"remote {how.remote} {how.port} {'tcp-client' if how.protocol == 'tcp' else how.protocol}",
        "dev tun0",
        "tls-client",
        "pull",
        "nobind",
        "connect-retry 1",
        f"cert {folder / 'client.crt'}",
        f"key {folder / 'client.key'}",
        f"peer-fingerprint {prints['server']}"
        if how.days is None
        else f"ca {folder / 'server.crt'}",
        *how.client,
    ]
    config.write_text("\n".join(lines) + "\n", encoding="ascii")
    made.start(made.bed.places["client"], "openvpn", "--config", str(config), *common)
    if how.wait:
        log = folder / "client-openvpn.log"
        made.until(lambda: "Initialization Sequence Completed" in log.read_text(), "OpenVPN")


def secret(folder: Path) -> str:
    """Write a key for --tls-crypt and return its path."""
    path = folder / "tls.key"
    command = ["/usr/sbin/openvpn", "--genkey", "tls-crypt", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return str(path)


def certificate(folder: Path, name: str, *, days: tuple[int, int] | None = None) -> str:
    """Write a key and a certificate; return the certificate's fingerprint.

    ``days``: from when until when it is valid, counted from today; else from now for a month.
    """
    key, made = folder / f"{name}.key", folder / f"{name}.crt"
    begin = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    begin += ["-keyout", str(key), "-subj", f"/CN={name}"]
    if days is None:
        _run(*begin, "-x509", "-out", str(made))
    else:
        _run(*begin, "-out", str(folder / "request"))
        config, index = folder / "ca.conf", folder / "index"
        config.write_text(_AUTHORITY.format(folder=folder), encoding="ascii")
        index.touch()
        ca = ["openssl", "ca", "-batch", "-selfsign", "-config", str(config), "-keyfile", str(key)]
        dates = ["-startdate", _date(days[0]), "-enddate", _date(days[1])]
        _run(*ca, *dates, "-in", str(folder / "request"), "-out", str(made), "-notext")
    words = ["openssl", "x509", "-fingerprint", "-sha256", "-noout", "-in", str(made)]
    return _run(*words).strip().partition("=")[2]


_AUTHORITY = """
[ca]
default_ca = own
[own]
database = {folder}/index
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
"""


def _date(days: int) -> str:
    when = datetime.now(tz=UTC) + timedelta(days=days)
    return when.strftime("%Y%m%d%H%M%SZ")


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
