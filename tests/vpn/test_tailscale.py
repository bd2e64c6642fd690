# SPDX-License-Identifier: GPL-2.0-or-later
"""What Tailscale's program says is read as it says it, and nothing of it breaks the reader."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn import Kind, Tunnel
from qmiprobe.vpn._tailscale import Netcheck, ask_netcheck, ask_status, netcheck_of, with_status

from .tailscale import Tailscale

_TUNNEL = Tunnel(kind=Kind.TAILSCALE, name="tailscale0", source="/proc/7", port=41641)
_JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def test_a_peer_that_is_reached_directly_is_the_endpoint():
    tunnel = with_status(_TUNNEL, Tailscale(address="203.0.113.10:41642").status())
    assert (tunnel.endpoint, tunnel.port) == (ip_address("203.0.113.10"), 41642)
    assert tunnel.established is True
    assert ip_network("100.101.102.103/32") in tunnel.networks
    assert tunnel.option("relay") is None


def test_one_by_a_relay_has_none_and_the_relay_is_told():
    tunnel = with_status(_TUNNEL, Tailscale().status())
    assert (tunnel.endpoint, tunnel.option("relay")) == (None, "fra")


def test_one_that_is_logged_out_is_not_up():
    tunnel = with_status(_TUNNEL, Tailscale(state="NeedsLogin").status())
    assert (tunnel.established, tunnel.option("state")) == (False, "NeedsLogin")
    assert with_status(_TUNNEL, {}) == _TUNNEL


def test_its_check_of_the_network_is_read():
    assert netcheck_of(Tailscale(varies=True).netcheck()) == Netcheck(
        udp=True, varies=True, relay=4
    )
    assert netcheck_of({}) is None


@given(st.dictionaries(st.sampled_from(["UDP", "PreferredDERP", "Peer", "BackendState"]), _JSON))
def test_no_report_breaks_the_reader(said: dict[str, object]):
    netcheck_of(said)
    with_status(_TUNNEL, said)


@given(st.dictionaries(st.sampled_from(["CurAddr", "TailscaleIPs", "Relay", "Active"]), _JSON))
def test_no_peer_breaks_the_reader(peer: dict[str, object]):
    with_status(_TUNNEL, {"Peer": {"k": peer}, "BackendState": "Running"})


async def test_without_the_program_nothing_is_known(tmp_path: Path):
    assert await ask_status(path=str(tmp_path)) == {}
    assert await ask_netcheck(path=str(tmp_path)) is None


async def test_a_program_that_says_no_json_says_nothing(tmp_path: Path):
    program = tmp_path / "tailscale"
    program.write_text("#!/bin/sh\necho Logged out.\n", encoding="ascii")
    program.chmod(0o700)
    assert await ask_status(path=str(tmp_path)) == {}
