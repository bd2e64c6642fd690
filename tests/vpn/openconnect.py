# SPDX-License-Identifier: GPL-2.0-or-later
"""An OpenConnect tunnel through the bed: ocserv, with a certificate that signs itself."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass

from .daemons import Daemons
from .openvpn import certificate

INNER = "10.7.0.1"
_SERVER = """
auth = "plain[passwd={folder}/passwords]"
listen-host = 203.0.113.10
tcp-port = 443
udp-port = 443
run-as-user = root
run-as-group = root
socket-file = {folder}/ocserv.sock
server-cert = {folder}/server.crt
server-key = {folder}/server.key
isolate-workers = false
use-occtl = false
pid-file = {folder}/ocserv.pid
device = vpns
ipv4-network = 10.7.0.0
ipv4-netmask = 255.255.255.0
"""
_SCRIPT = """#!/bin/sh
[ "$reason" = connect ] || exit 0
ip addr add $INTERNAL_IP4_ADDRESS/24 dev $TUNDEV
ip link set $TUNDEV mtu $INTERNAL_IP4_MTU up
"""


@dataclass(frozen=True, kw_only=True)
class OpenConnect:
    """How it is set up."""

    client: tuple[str, ...] = ()
    """Further options of the client."""
    days: tuple[int, int] | None = None
    """When the server's certificate is valid, from today; None: now."""
    connect: bool = True
    """Whether there is a client."""


def openconnect(made: Daemons, how: OpenConnect = OpenConnect()) -> None:
    """Bring it up: tun0 at the client. Nothing else may have port 443 of the server."""
    folder, server, client = made.folder, made.bed.places["server"], made.bed.places["client"]
    certificate(folder, "server", days=how.days)
    subprocess.run(
        ["ocpasswd", "-c", str(folder / "passwords"), "user"],
        input="for-tests-only\n" * 2,
        text=True,
        check=True,
        capture_output=True,
    )
    (folder / "ocserv.conf").write_text(_SERVER.format(folder=folder), encoding="ascii")
    made.start(server, "ocserv", "-f", "-d", "1", "-c", str(folder / "ocserv.conf"))
    made.until(lambda: "203.0.113.10:443" in server.run("ss", "-ltn"), "ocserv")
    if not how.connect:
        return
    script = folder / "script"
    script.write_text(_SCRIPT, encoding="ascii")
    script.chmod(0o700)
    pin = f"pin-sha256:{_pin(made)}"
    words = ("openconnect", "--user=user", "--passwd-on-stdin", "--servercert", pin, "-i", "tun0")
    command = shlex.join((*words, "-s", str(script), *how.client, "https://203.0.113.10/"))
    password = folder / "password"
    password.write_text("for-tests-only\n", encoding="ascii")
    made.start(client, "sh", "-c", f"exec {command} < {shlex.quote(str(password))}")
    made.until(lambda: INNER.rpartition(".")[0] in client.run("ip", "addr"), "OpenConnect")
    if "--no-dtls" not in how.client and not made.bed.recipe.nft:
        made.until(lambda: "Established DTLS" in made.said(), "DTLS")


def _pin(made: Daemons) -> str:
    """What openconnect knows the server's key by."""
    file = shlex.quote(str(made.folder / "server.crt"))
    command = (
        f"openssl x509 -in {file} -pubkey -noout | openssl pkey -pubin -outform der | "
        "openssl dgst -sha256 -binary | base64"
    )
    done = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True)
    return done.stdout.strip()
