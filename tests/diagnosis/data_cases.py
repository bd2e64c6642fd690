# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules from the network to the path."""

from __future__ import annotations

from tests.diagnosis.cases import ABSENT, MBIM, Case, Known

RADIO = (
    Case(
        rule="radio/denied",
        known={
            "radio.registration": "denied",
            "radio.reject.number": 11,
            "radio.reject.name": "plmn-not-allowed",
        },
        fails="radio.registered",
        near=({"radio.registration": "searching"}, {"radio.registration": "registered"}),
        says=("cause 11, plmn-not-allowed", "roaming", "mmcli -m any --3gpp-register-home"),
    ),
    Case(
        rule="radio/denied",
        known={"radio.registration": "denied", "radio.reject.number": 19},
        fails="radio.registered",
        near=({"radio.registration": ABSENT},),
        says=("cause 19", "--3gpp-set-initial-eps-bearer-settings=apn=APN"),
    ),
    Case(
        rule="radio/searching",
        known={"radio.registration": "searching", "radio.signal.rssi": -113},
        fails="radio.registered",
        near=({"radio.registration": "denied"}, {"radio.registration": "registered"}),
        says=("antennas", "--nas-network-scan"),
    ),
    Case(
        rule="radio/not-attached",
        known={
            "radio.registration": "registered",
            "radio.attached": False,
            "radio.attach.number": 27,
            "radio.attach.name": "missing-or-unknown-apn",
        },
        base=MBIM,
        fails="radio.registered",
        near=(
            {"radio.attached": True},
            {"radio.attached": ABSENT},
            {"radio.registration": "searching"},
        ),
        says=("missing-or-unknown-apn", "--attach-packet-service"),
    ),
)

_NOTHING_BACK: Known = {
    "session.up": True,
    "session.sent": 9,
    "session.received": 0,
    "link.return.kinds": [],
    "link.return.tap_out": 9,
    "link.return.tap_in": 0,
    "link.return.received": 0,
}

SESSION = (
    Case(
        rule="session/refused",
        known={
            "session.refused.type": "3gpp",
            "session.refused.number": 27,
            "session.refused.name": "unknown-apn",
        },
        fails="session.up",
        near=(
            {
                "session.refused.type": ABSENT,
                "session.refused.number": ABSENT,
                "session.refused.name": ABSENT,
            },
        ),
        says=("3gpp 27 unknown-apn", "qmiprobe check /dev/cdc-wdm0 --connect --apn APN"),
    ),
    Case(
        rule="session/phantom",
        known=_NOTHING_BACK,
        fails="link.return",
        near=(
            {"session.up": False},
            {"session.received": 4},
            {"session.sent": 0},
            {"link.return.kinds": ["dns"]},
            {"link.return.tap_in": 3},
            {"link.return.tap_out": 0},
        ),
        says=("up in name only", "mmcli -m any --simple-disconnect"),
    ),
    Case(
        rule="session/phantom",
        known={
            "session.up": True,
            "link.return.kinds": [],
            "netdev.sent": 9,
            "netdev.received": 0,
        },
        fails="link.return",
        near=({"netdev.received": 2}, {"netdev.sent": ABSENT}),
    ),
)

_GAVE: list[Known] = [
    {"family": 4, "address": "192.0.2.2/30", "gateway": "192.0.2.1", "dns": [], "mtu": 1430},
    {"family": 6, "address": "2001:db8:1::2/64", "gateway": None, "dns": [], "mtu": None},
]

NETDEV = (
    Case(
        rule="netdev/format-mismatch",
        known={"netdev.format": "802.3", "netdev.expected_format": "raw-ip"},
        fails="netdev.format",
        near=(
            {"netdev.format": "raw-ip"},
            {"netdev.expected_format": ABSENT},
            {"netdev.format": "unknown"},
        ),
        says=(
            "ip link set dev wwan0 down\necho Y > /sys/class/net/wwan0/qmi/raw_ip\n"
            "ip link set dev wwan0 up",
            "echo N > /sys/class/net/wwan0/qmi/raw_ip",
        ),
    ),
    Case(
        rule="netdev/format-mismatch",
        known={"netdev.format": "raw-ip", "netdev.expected_format": "802.3"},
        fails="netdev.format",
        near=({"netdev.format": "802.3"},),
        says=("echo N > /sys/class/net/wwan0/qmi/raw_ip\nip link set dev wwan0 up",),
    ),
    Case(
        rule="netdev/address-like-ip",
        known={"netdev.address_like_ip": True},
        fails="netdev.format",
        near=({"netdev.address_like_ip": False}, {"netdev.address_like_ip": ABSENT}),
        says=("begins as an IP packet", "ip link set dev wwan0 address 02:00:00:00:00:01"),
    ),
    Case(
        rule="netdev/down",
        known={"netdev.up": False},
        fails="netdev.up",
        near=({"netdev.up": True}, {"netdev.up": ABSENT}),
        says=("ip link set dev wwan0 up",),
    ),
    Case(
        rule="netdev/missing-address",
        known={"netdev.addresses": ["2001:db8:1::2/64"], "session.settings": _GAVE},
        fails="netdev.address",
        near=(
            {"netdev.addresses": ["2001:db8:1::2/64", "192.0.2.2/32"]},
            {"session.settings": ABSENT},
            {"session.settings": [{"family": 4, "address": "nonsense"}]},
        ),
        says=(
            "lacks the address that the network gave: 192.0.2.2/30",
            "ip address add 192.0.2.2/30 dev wwan0",
            "ip -4 route add default dev wwan0 metric 700",
            "ip address del 192.0.2.2/30 dev wwan0",
        ),
        never=("2001:db8",),
    ),
    Case(
        rule="netdev/no-address-given",
        known={"session.up": True, "session.no_address": [4, 6], "netdev.addresses": []},
        fails="netdev.address",
        near=(
            {"session.no_address": []},
            {"session.no_address": ABSENT},
            {"session.settings": _GAVE, "netdev.addresses": ["2001:db8:1::2/64"]},
        ),
        says=("no address (IPv4 and IPv6)", "--connect --ip-type 4", "--apn APN", "DHCP"),
    ),
    Case(
        rule="netdev/stale-address",
        known={
            "netdev.addresses": ["192.0.2.2/30", "198.51.100.9/30", "fe80::1/64"],
            "session.settings": _GAVE[:1],
        },
        fails="netdev.address",
        near=(
            {"netdev.addresses": ["192.0.2.2/30", "fe80::1/64", "2001:db8::9/64"]},
            {"netdev.addresses": ["198.51.100.9/30"]},
            {"session.settings": []},
        ),
        says=("ip address del 198.51.100.9/30 dev wwan0",),
        never=("fe80",),
    ),
    Case(
        rule="netdev/mtu-above-network",
        known={"netdev.mtu": 1500, "session.mtu": 1430},
        fails="netdev.mtu",
        near=({"netdev.mtu": 1430}, {"netdev.mtu": 1400}, {"session.mtu": ABSENT}),
        says=("ip link set dev wwan0 mtu 1430", "ip link set dev wwan0 mtu 1500", "gsm.mtu 1430"),
    ),
    Case(
        rule="netdev/mtu-signalled-too-small",
        known={
            "netdev.mtu": 1280,
            "session.mtu": 500,
            "session.least_mtu": 1280,
            "link.pmtu_up.v6.size": 1280,
        },
        fails="netdev.mtu",
        near=(
            {"session.mtu": 1280},
            {"session.mtu": ABSENT},
            {"session.mtu": 1000, "session.least_mtu": 576},
            {"session.least_mtu": ABSENT},
        ),
        says=("500 bytes, which cannot be meant: IP needs 1280", "ip link set dev wwan0 mtu 1500"),
        never=("mtu 500",),
    ),
    Case(
        rule="netdev/mtu-signalled-too-small",
        known={
            "netdev.mtu": 1500,
            "session.mtu": 68,
            "session.least_mtu": 576,
            "link.pmtu_up.v4.size": 1420,
        },
        fails="netdev.mtu",
        near=({"session.mtu": 576},),
        says=("ip link set dev wwan0 mtu 1420", "gsm.mtu 1420"),
    ),
)

LINK = (
    Case(
        rule="link/no-route",
        known={"link.route.error": "ENETUNREACH"},
        fails="link.route",
        near=({"link.route.error": ABSENT},),
        says=("ip route add default dev wwan0",),
    ),
    Case(
        rule="host/output-filter",
        known={"link.return.send_errors": ["EPERM", "EPERM"], "link.return.tap_out": 0},
        fails="link.return",
        near=({"link.return.send_errors": ["ENETDOWN"]}, {"link.return.send_errors": []}),
        says=("does not let packets out through wwan0", "iptables -D OUTPUT -o wwan0 -j ACCEPT"),
    ),
    Case(
        rule="host/input-filter",
        known={"link.return.tap_in": 5, "link.return.received": 0, "link.return.rp_filtered": 0},
        fails="link.host-filter",
        near=(
            {"link.return.tap_in": 0},
            {"link.return.received": 5},
            {"link.return.rp_filtered": 5},
            {"link.return.received": ABSENT},
        ),
        says=("packet filter drops them", "iptables -I INPUT -i wwan0"),
    ),
    Case(
        rule="host/rp-filter",
        known={
            "link.return.tap_in": 5,
            "link.return.received": 0,
            "link.return.rp_filtered": 5,
            "link.rp_filter": 1,
        },
        fails="link.host-filter",
        near=({"link.return.rp_filtered": 0}, {"link.return.received": 1}),
        says=(
            "sysctl -w net.ipv4.conf.wwan0.rp_filter=2",
            "sysctl -w net.ipv4.conf.wwan0.rp_filter=1",
        ),
    ),
    Case(
        rule="netdev/lost-at-modem",
        known={**_NOTHING_BACK, "session.sent": 0},
        fails="link.return",
        near=({"session.sent": 9}, {"session.sent": ABSENT}, {"link.return.tap_in": 1}),
        says=("multiplex=none",),
    ),
    Case(
        rule="netdev/lost-from-modem",
        known={**_NOTHING_BACK, "session.received": 9},
        fails="link.return",
        near=({"session.received": 0}, {"link.return.tap_in": 9}),
        says=("none arrives on wwan0",),
    ),
)


def _server(*, answered: bool, missing: tuple[str, ...] = ()) -> Known:
    return {"server": "198.51.100.53", "answered": answered, "missing": list(missing)}


def _page(by: str, status: int | None, location: str | None = None) -> Known:
    return {
        "host": "connectivity.example",
        "by": by,
        "status": status,
        "expected": 204,
        "location": location,
    }


_PORTAL = "http://portal.example/"
_CLOSED: Known = {"address": "203.0.113.80", "port": 80, "connected": False, "error": "ETIMEDOUT"}

PATH = (
    Case(
        rule="path/no-dns",
        known={"link.dns.v4": [_server(answered=False)], "link.dns.v6": [_server(answered=False)]},
        fails="link.dns",
        near=(
            {"link.dns.v6": [_server(answered=True)]},
            {"link.dns.v4": [], "link.dns.v6": []},
            {"link.dns.v4": ABSENT, "link.dns.v6": ABSENT},
        ),
        says=("none of the DNS servers", "resolvectl dns wwan0", "resolvectl revert wwan0"),
    ),
    Case(
        rule="path/dns-hijacked",
        known={"link.dns.v4": [_server(answered=True, missing=("203.0.113.9",))]},
        fails="link.dns",
        near=({"link.dns.v4": [_server(answered=True)]}, {"link.dns.v4": ABSENT}),
        says=("names that do not exist",),
    ),
    Case(
        rule="path/walled-garden",
        known={"link.http.v4": [_page("address", 302, _PORTAL), _page("name", 302, _PORTAL)]},
        fails="link.tcp",
        near=(
            {"link.http.v4": [_page("address", 204), _page("name", 204)]},
            {"link.http.v4": [_page("address", 204), _page("name", 302, _PORTAL)]},
            {"link.http.v4": [_page("address", 503)]},
            {"link.http.v4": [_page("address", None)]},
        ),
        says=("walled garden", "curl --interface wwan0"),
    ),
    Case(
        rule="path/tcp-blocked",
        known={"link.tcp.v4": [_CLOSED], "link.return.kinds": ["icmp", "dns"]},
        fails="link.tcp",
        near=(
            {"link.tcp.v4": [_CLOSED, {**_CLOSED, "connected": True}]},
            {"link.return.kinds": ["tcp"]},
            {"link.tcp.v4": ABSENT},
        ),
        says=("APN",),
    ),
    Case(
        rule="path/mtu-black-hole-up",
        known={
            "netdev.mtu": 1500,
            "link.pmtu_up.v4.size": 1420,
            "link.pmtu_up.v4.black_hole": True,
            "link.pmtu_up.v6.size": 1400,
            "link.pmtu_up.v6.black_hole": True,
        },
        fails="link.pmtu-up",
        near=(
            {"link.pmtu_up.v4.black_hole": False, "link.pmtu_up.v6.black_hole": False},
            {"link.pmtu_up.v4.size": ABSENT, "link.pmtu_up.v6.size": ABSENT},
        ),
        says=(
            "above 1400 bytes toward the network",
            "ip link set dev wwan0 mtu 1400",
            "ip link set dev wwan0 mtu 1500",
        ),
        never=("switches IPv6 off",),
    ),
    Case(
        rule="path/mtu-black-hole-down",
        known={
            "netdev.mtu": 1500,
            "link.pmtu_down.v4.size": 1000,
            "link.pmtu_down.v4.black_hole": True,
        },
        fails="link.pmtu-down",
        near=({"link.pmtu_down.v4.black_hole": ABSENT},),
        says=("above 1000 bytes from the network", "mtu 1000", "switches IPv6 off"),
    ),
    Case(
        rule="path/mtu-smaller",
        known={
            "netdev.mtu": 1500,
            "link.pmtu_up.v4.size": 1420,
            "link.pmtu_up.v4.black_hole": False,
            "link.pmtu_down.v4.size": 1300,
            "link.pmtu_down.v4.black_hole": False,
        },
        fails="link.pmtu-up",
        near=(
            {"link.pmtu_up.v4.black_hole": True},
            {"link.pmtu_up.v4.size": 1500},
            {"netdev.mtu": ABSENT},
        ),
        says=("packets of 1420 bytes, wwan0 sends up to 1500", "mtu 1420"),
    ),
)
