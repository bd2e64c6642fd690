# SPDX-License-Identifier: GPL-2.0-or-later
"""What others tell of tunnels is read as they tell it, and nothing of theirs breaks the reader."""

from __future__ import annotations

import time
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn import Kind, Tunnel, added, inner_size
from qmiprobe.vpn._find import _server_in
from qmiprobe.vpn._openvpn import openvpn_tunnel
from qmiprobe.vpn._programs import Program, find_programs
from qmiprobe.vpn._vici import parse_message, tunnels
from qmiprobe.vpn._wireguard import parse_socket

from .openvpn import certificate

_TOLD = """private_key=c0ffee
listen_port=51820
fwmark=51820
public_key=11
endpoint=203.0.113.10:51820
last_handshake_time_sec=1000
last_handshake_time_nsec=5
tx_bytes=148
rx_bytes=92
persistent_keepalive_interval=25
allowed_ip=10.9.0.0/24
allowed_ip=fd09::/64
public_key=22
endpoint=[2001:db8::10]:51821
allowed_ip=0.0.0.0/0
errno=0

"""


def test_a_tunnel_is_made_of_each_wireguard_peer_and_no_key_is_kept():
    first, second = parse_socket(_TOLD, netdev="wg0", source="s", now=1030.0)
    assert (first.endpoint, first.port) == (ip_address("203.0.113.10"), 51820)
    assert (first.fwmark, first.keepalive_s, first.sent, first.received) == (51820, 25, 148, 92)
    assert (first.handshake_s, first.established) == (30.0, True)
    assert first.networks == (ip_network("10.9.0.0/24"), ip_network("fd09::/64"))
    assert (second.endpoint, second.port) == (ip_address("2001:db8::10"), 51821)
    assert (second.handshake_s, second.established) == (None, False)
    assert "c0ffee" not in repr(first)


def test_an_old_handshake_is_no_longer_good():
    (first, _) = parse_socket(_TOLD, netdev="wg0", source="s", now=1200.0)
    assert (first.handshake_s, first.established) == (200.0, False)


@given(st.text(alphabet="publickeyendpointallowed_ip=[]:./0123456789\n", max_size=300))
def test_no_answer_of_a_wireguard_program_breaks_the_reader(text: str):
    list(parse_socket(text, netdev="wg0", source="s", now=0.0))


def _program(folder: Path, *words: str, netdevs: tuple[str, ...] = ("tun0",)) -> Program:
    return Program(
        pid=7, name="openvpn", kind="openvpn", words=words, folder=folder, netdevs=netdevs
    )


def test_openvpn_is_read_from_its_configuration_and_its_command_line(tmp_path: Path):
    (tmp_path / "client.conf").write_text(
        "client\n# remote 192.0.2.99 1\nremote vpn.example 443 tcp-client\ncipher AES-256-CBC\n"
        "keepalive 10 60\n<tls-crypt>\nremote 192.0.2.98\n</tls-crypt>\nmssfix 1300\n",
        encoding="ascii",
    )
    program = _program(tmp_path, "openvpn", "--config", "client.conf", "--mark", "17")
    tunnel = openvpn_tunnel(program, root=Path("/"))
    assert tunnel is not None
    assert (tunnel.host, tunnel.port, tunnel.transport) == ("vpn.example", 443, "tcp")
    assert (tunnel.cipher, tunnel.keepalive_s, tunnel.fwmark) == ("AES-256-CBC", 10, 17)
    assert tunnel.option("mssfix") == "1300"
    assert tunnel.option("tls-crypt") == ""


def test_openvpn_takes_a_file_without_the_word_config_and_a_bare_remote(tmp_path: Path):
    (tmp_path / "c.ovpn").write_text("remote 203.0.113.10\n", encoding="ascii")
    tunnel = openvpn_tunnel(_program(tmp_path, "openvpn", "c.ovpn"), root=Path("/"))
    assert tunnel is not None
    assert (tunnel.endpoint, tunnel.port) == (ip_address("203.0.113.10"), 1194)
    assert tunnel.transport == "udp"


def test_openvpns_certificates_are_those_of_its_files_and_of_its_configuration(tmp_path: Path):
    certificate(tmp_path, "own", days=(-3, 5))
    certificate(tmp_path, "them", days=(1, 2))
    authority = (tmp_path / "them.crt").read_text(encoding="ascii")
    (tmp_path / "c.ovpn").write_text(
        f"remote 203.0.113.10\ncert own.crt\n<ca>\n{authority}</ca>\n", encoding="ascii"
    )
    tunnel = openvpn_tunnel(_program(tmp_path, "openvpn", "c.ovpn"), root=Path("/"))
    assert tunnel is not None
    found = {whose: valid.holds(time.time()) for whose, valid in tunnel.certificates}
    assert found == {"own": True, "authority": False}


@pytest.mark.parametrize(
    ("words", "server"),
    [
        (("openconnect", "-i", "tun0", "https://vpn.example:8443/office"), ("vpn.example", 8443)),
        (("openconnect", "--no-dtls", "vpn.example"), ("vpn.example", None)),
        (("openconnect", "https://vpn.example", "--user", "bob"), ("vpn.example", None)),
        (("openconnect", "[2001:db8::10]:444"), ("2001:db8::10", 444)),
        (("pptp", "--nolaunchpppd"), (None, None)),
    ],
)
def test_the_server_is_the_last_word_of_a_command_line(
    words: tuple[str, ...], server: tuple[str | None, int | None]
):
    assert _server_in(_program(Path("/"), *words)) == server


def test_a_server_of_openvpn_is_no_tunnel_of_ours(tmp_path: Path):
    words = ("openvpn", "--server", "10.8.0.0", "255.255.255.0")
    assert openvpn_tunnel(_program(tmp_path, *words), root=Path("/")) is None


@given(st.text(max_size=200))
def test_no_configuration_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str):
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.conf").write_text(text, encoding="utf-8", errors="replace")
    openvpn_tunnel(_program(folder, "openvpn", "--config", "any.conf"), root=Path("/"))


def test_programs_are_found_by_name_and_their_netdevs_by_descriptors(tmp_path: Path):
    for pid, name in ((11, "openvpn"), (12, "bash"), (13, "strange")):
        folder = tmp_path / str(pid)
        (folder / "fd").mkdir(parents=True)
        (folder / "fdinfo").mkdir()
        (folder / "comm").write_text(f"{name}\n", encoding="ascii")
        (folder / "cmdline").write_bytes(f"{name}\0--config\0x.conf\0".encode())
        (folder / "cwd").symlink_to("/etc")
    (tmp_path / "14").mkdir()
    (tmp_path / "14" / "comm").write_text("openconnect\n", encoding="ascii")
    (tmp_path / "14" / "cmdline").write_bytes(b"")  # it has ended, and nobody has asked how
    for pid, netdev in ((11, "tun0"), (13, "tap7")):
        (tmp_path / str(pid) / "fd" / "5").symlink_to("/dev/net/tun")
        info = f"pos:\t0\nflags:\t0100002\niff:\t{netdev}\n"
        (tmp_path / str(pid) / "fdinfo" / "5").write_text(info, encoding="ascii")
    found = find_programs(tmp_path)
    assert [(one.name, one.kind, one.netdevs) for one in found] == [
        ("openvpn", "openvpn", ("tun0",)),
        ("strange", None, ("tap7",)),
    ]
    assert found[0].words == ("openvpn", "--config", "x.conf")


def _pair(name: str, value: str) -> bytes:
    return bytes([3, len(name)]) + name.encode() + len(value).to_bytes(2, "big") + value.encode()


def _list(name: str, *values: str) -> bytes:
    items = b"".join(bytes([5]) + len(v).to_bytes(2, "big") + v.encode() for v in values)
    return bytes([4, len(name)]) + name.encode() + items + bytes([6])


def _section(name: str, *parts: bytes) -> bytes:
    return bytes([1, len(name)]) + name.encode() + b"".join(parts) + bytes([2])


def test_strongswans_associations_and_waiting_connections_are_tunnels():
    up = _section(
        "office",
        *(_pair("state", "ESTABLISHED"), _pair("remote-host", "203.0.113.10")),
        *(_pair("remote-port", "4500"), _pair("nat-any", "yes")),
        _section(
            "child-sas",
            _section(
                "net-1",
                *(_pair("state", "INSTALLED"), _pair("encap", "yes"), _pair("bytes-in", "5")),
                *(_pair("encr-alg", "AES_GCM_16"), _pair("encr-keysize", "128")),
                _list("local-ts", "10.2.0.2/32"),
                _list("remote-ts", "10.1.0.0/24"),
            ),
        ),
    )
    waiting = _section(
        "home",
        _list("remote_addrs", "home.example"),
        _section("children", _section("net", _list("remote-ts", "10.3.0.0/16"))),
    )
    first, second = tunnels([parse_message(up)], [parse_message(waiting)], source="vici")
    assert (first.name, first.established, first.transport) == ("office", True, "udp")
    assert (first.endpoint, first.port) == (ip_address("203.0.113.10"), 4500)
    assert (first.networks, first.received) == ((ip_network("10.1.0.0/24"),), 5)
    assert first.cipher == "AES_GCM_16/128"
    assert (second.name, second.established, second.host) == ("home", False, "home.example")


def test_an_association_without_encapsulation_is_bare_esp():
    child = _section("net", _pair("state", "INSTALLED"))
    up = _section("a", _pair("state", "ESTABLISHED"), _section("child-sas", child))
    (found,) = tunnels([parse_message(up)], [], source="vici")
    assert found.transport == "esp"


@given(st.binary(max_size=200))
def test_no_message_of_strongswan_breaks_the_reader(data: bytes):
    message = parse_message(data)
    list(tunnels([message], [message], source="vici"))


def _tunnel(kind: Kind, *, cipher: str = "", transport: str = "udp") -> Tunnel:
    return Tunnel(kind=kind, name="t", source="", cipher=cipher, transport=transport)


@pytest.mark.parametrize(
    ("tunnel", "family", "size"),
    [
        (_tunnel(Kind.WIREGUARD), 4, 1360),
        (_tunnel(Kind.WIREGUARD), 6, 1344),
        (_tunnel(Kind.OPENVPN, cipher="AES-256-GCM"), 4, 1376),
        (_tunnel(Kind.OPENVPN, cipher="AES-256-GCM"), 6, 1356),
        (_tunnel(Kind.OPENVPN, transport="tcp"), 4, None),
        (_tunnel(Kind.IPSEC, cipher="AES_GCM_16/256", transport="esp"), 4, 1374),
        (_tunnel(Kind.IPSEC, cipher="AES_CBC/256/HMAC_SHA2_256_128"), 4, 1358),
        (_tunnel(Kind.OTHER), 4, None),
    ],
)
def test_what_fits_into_1428_bytes(tunnel: Tunnel, family: int, size: int | None):
    assert inner_size(tunnel, 1428, family=family) == size


@given(st.sampled_from(list(Kind)), st.integers(1280, 9000), st.sampled_from([4, 6]))
def test_what_fits_grows_with_the_path_and_is_always_less(kind: Kind, outer: int, family: int):
    tunnel = _tunnel(kind, transport="gre" if kind is Kind.PPTP else "udp")
    inner, next_one = (inner_size(tunnel, size, family=family) for size in (outer, outer + 1))
    if inner is not None and next_one is not None:
        assert inner <= next_one <= inner + 16
        assert added(tunnel, outer, family=family) == outer - inner > 0
