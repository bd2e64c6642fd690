# SPDX-License-Identifier: GPL-2.0-or-later
"""An IPsec tunnel of strongSwan through the bed; ESP in user space: the kernel may have none."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .daemons import _PATH, Daemons

INNER = "10.1.0.1"
CHARON = "/usr/lib/ipsec/charon"
_PLUGINS = (
    "random nonce openssl aes sha1 sha2 hmac kdf gcm curve25519 pem pkcs1 x509 "
    "kernel-libipsec kernel-netlink socket-default vici updown"
)
_SETTINGS = """
charon {{
  load = {plugins}
  plugins {{
    kernel-libipsec {{ allow_peer_ts = yes }}
    vici {{ socket = unix://{socket} }}
  }}
  retransmit_tries = 2
  retransmit_timeout = 1
  filelog {{ stderr {{ default = 1 }} }}
}}
swanctl {{ socket = unix://{socket} }}
"""
_CONNECTION = """
connections {{ office {{
  version = 2
  local_addrs = {local}
  remote_addrs = {remote}
  encap = yes
  proposals = aes128-sha256-x25519
  local {{ auth = psk
    id = {me} }}
  remote {{ auth = psk
    id = {you} }}
  children {{ net {{
    local_ts = {local_ts}
    remote_ts = {remote_ts}
    esp_proposals = {esp}
  }} }}
}} }}
secrets {{ ike-1 {{ secret = "{secret}" }} }}
"""


@dataclass(frozen=True, kw_only=True)
class StrongSwan:
    """How it is set up."""

    esp: str = "aes128gcm16"
    secret: str = "for-tests-only"
    """The client's; the server has this one."""
    wait: bool = True
    """Until the association is there."""


def strongswan(made: Daemons, how: StrongSwan = StrongSwan()) -> None:
    """Bring it up: 10.2.0.2 at the client, 10.1.0.1 behind the server."""
    client, server = made.bed.places["client"], made.bed.places["server"]
    client.ip(["addr add 10.2.0.2/32 dev lo"])
    server.ip([f"addr add {INNER}/32 dev lo"])
    ends = {
        "client": ("%any", "203.0.113.10", "10.2.0.2/32", "10.1.0.0/24", "/run/charon.vici"),
        "server": ("203.0.113.10", "%any", "10.1.0.0/24", "10.2.0.2/32", f"{made.folder}/s.vici"),
    }
    for name, (local, remote, local_ts, remote_ts, socket) in ends.items():
        you = "server" if name == "client" else "client"
        folder = made.folder / name
        folder.mkdir()
        settings = _SETTINGS.format(plugins=_PLUGINS, socket=socket)
        (folder / "strongswan.conf").write_text(settings, encoding="ascii")
        connection = _CONNECTION.format(
            local=local,
            remote=remote,
            me=name,
            you=you,
            local_ts=local_ts,
            remote_ts=remote_ts,
            esp=how.esp,
            secret=how.secret if name == "client" else StrongSwan.secret,
        )
        (folder / "swanctl.conf").write_text(connection, encoding="ascii")
        command = [CHARON]
        if name == "server":  # its /run/charon.pid is another one
            command = ["unshare", "-m", "sh", "-c", f"mount -t tmpfs none /run; exec {CHARON}"]
        place = made.bed.places[name]
        made.start(place, *command, STRONGSWAN_CONF=str(folder / "strongswan.conf"))
        made.until(Path(socket).exists, f"the socket of {name}")
        _swanctl(made, name, "--load-all", "--file", str(folder / "swanctl.conf"))
    if how.wait:
        _swanctl(made, "client", "--initiate", "--child", "net", "--timeout", "10")


def _swanctl(made: Daemons, name: str, *words: str) -> None:
    done = subprocess.run(
        ["swanctl", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**_PATH, "STRONGSWAN_CONF": str(made.folder / name / "strongswan.conf")},
    )
    assert done.returncode == 0, f"{name}: {done.stdout}\n{done.stderr}\n{made.said()}"
