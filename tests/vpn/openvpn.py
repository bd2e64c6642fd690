# SPDX-License-Identifier: GPL-2.0-or-later
"""An OpenVPN tunnel through the bed: TLS with certificates that sign themselves."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
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
    wait: bool = True
    """Until the tunnel is up."""


def openvpn(made: Daemons, how: OpenVpn = OpenVpn()) -> None:
    """Bring it up: tun0 at the client."""
    folder = made.folder
    prints = {name: _certificate(folder, name) for name in ("client", "server")}
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
        f"peer-fingerprint {prints['server']}",
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


def _certificate(folder: Path, name: str) -> str:
    """Write a key and a certificate; return the certificate's fingerprint."""
    key, certificate = folder / f"{name}.key", folder / f"{name}.crt"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", str(key), "-out", str(certificate), "-subj", f"/CN={name}"),
        ],
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        ["openssl", "x509", "-fingerprint", "-sha256", "-noout", "-in", str(certificate)],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip().partition("=")[2]
