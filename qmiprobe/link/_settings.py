# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's settings that decide whether packets of a netdev are taken: sysctls, counters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_NET = Path("/proc/sys/net")
_CHECKSUMS = ("Udp", "Tcp", "Icmp")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of this network namespace for one netdev; None where one cannot be read."""

    rp_filter: int | None
    """0 off, 1 strict, 2 loose: the greater one of `all` and the netdev, which is in force."""
    rp_filter_all: int | None
    rp_filter_own: int | None
    valid_mark: bool | None
    """Marks count for the way back (src_valid_mark)."""
    ipv6_off: bool | None
    """disable_ipv6."""
    accept_ra: int | None
    """0 never, 1 only where the netdev does not forward, 2 always."""
    forwarding6: bool | None
    ecn: int | None
    """tcp_ecn: 0 off, 1 asked for, 2 only when asked."""
    mtu_probing: int | None
    ttl: int | None
    """Of the IPv4 packets that this host sends."""
    hop_limit: int | None
    """The same over IPv6, by this netdev; router advertisements may set it."""
    conntrack_count: int | None
    conntrack_max: int | None

    @property
    def ra_ignored(self) -> bool:
        """Whether it would take a route from router advertisements, and does not since it forwards.

        0 is no fault: NetworkManager and networkd set it, and read advertisements themselves.
        """
        return self.accept_ra == 1 and self.forwarding6 is True

    @property
    def conntrack_full(self) -> bool:
        """Whether connection tracking has no room for one more."""
        count, most = self.conntrack_count, self.conntrack_max
        return count is not None and most is not None and most > 0 and count >= most


def read_settings(netdev: str) -> Settings:
    """Return the settings for ``netdev``, now; from /proc/sys/net of this network namespace."""
    own = _number(f"ipv4/conf/{netdev}/rp_filter")
    everywhere = _number("ipv4/conf/all/rp_filter")
    known = [one for one in (own, everywhere) if one is not None]
    marks = (_number(f"ipv4/conf/{one}/src_valid_mark") for one in ("all", netdev))
    return Settings(
        rp_filter=max(known, default=None),
        rp_filter_all=everywhere,
        rp_filter_own=own,
        valid_mark=any(marks) if known else None,
        ipv6_off=_flag(f"ipv6/conf/{netdev}/disable_ipv6"),
        accept_ra=_number(f"ipv6/conf/{netdev}/accept_ra"),
        forwarding6=_flag(f"ipv6/conf/{netdev}/forwarding"),
        ecn=_number("ipv4/tcp_ecn"),
        mtu_probing=_number("ipv4/tcp_mtu_probing"),
        ttl=_number("ipv4/ip_default_ttl"),
        hop_limit=_number(f"ipv6/conf/{netdev}/hop_limit"),
        conntrack_count=_number("netfilter/nf_conntrack_count"),
        conntrack_max=_number("netfilter/nf_conntrack_max"),
    )


def read_checksum_errors() -> int | None:
    """Return the packets whose checksum was wrong, of UDP, TCP, ICMP; None where not counted."""
    try:
        lines = Path("/proc/self/net/snmp").read_text(encoding="ascii").splitlines()
        more = Path("/proc/self/net/snmp6").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    counted = [line.split() for line in more if line.partition(" ")[0].endswith("InCsumErrors")]
    found = sum(int(words[1]) for words in counted) if counted else None
    for names, values in zip(lines[::2], lines[1::2], strict=False):
        fields = dict(zip(names.split(), values.split(), strict=False))
        if names.startswith(_CHECKSUMS) and "InCsumErrors" in fields:
            found = (found or 0) + int(fields["InCsumErrors"])
    return found


def _number(name: str) -> int | None:
    try:
        return int((_NET / name).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _flag(name: str) -> bool | None:
    number = _number(name)
    return None if number is None else number != 0
