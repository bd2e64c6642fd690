# SPDX-License-Identifier: GPL-2.0-or-later
"""What the servers of the bed answer: bytes in, bytes out."""

from __future__ import annotations

import struct
import time as clock
from email.utils import formatdate
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from . import addresses

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_RECORD = {1: 4, 28: 6}
_EPOCH = 2208988800  # 1900 to 1970
_LARGE = b"0123456789abcdef" * 6144  # 96 KiB
_INVENTED: dict[int, IPAddress] = dict(addresses.GATEWAY)
_LOOPBACK: dict[int, IPAddress] = {4: ip_address("127.0.0.1"), 6: ip_address("::1")}
_LEADS_ON = b"<script>location='http://portal.example/login'</script>\n"
_PHRASES = {200: "OK", 302: "Found", 403: "Forbidden", 503: "Unavailable", 511: "Log in"}


def dns_answer(query: bytes, *, mode: str) -> bytes | None:
    """Return the answer of a server of a mode of ``Services.dns``; None for none."""
    if mode == "silent":
        return None
    if mode == "garbage":
        return query[:2] + b"no such protocol"
    try:
        asked = dns.message.from_wire(query)
        answer = dns.message.make_response(asked, recursion_available=True)
    except dns.exception.DNSException:
        return None
    if mode in ("servfail", "refused"):
        answer.set_rcode(dns.rcode.from_text(mode))
        return answer.to_wire()
    if mode == "truncated":
        answer.flags |= dns.flags.TC
        return answer.to_wire()
    question = asked.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    family = _RECORD.get(int(question.rdtype))
    found = _look_up(name, family, mode)
    if found is None:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif found:
        texts = [str(one) for one in found]
        record = "A" if family == 4 else "AAAA"
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", record, *texts))
    return answer.to_wire()


def _look_up(name: str, family: int | None, mode: str) -> list[IPAddress] | None:
    """The addresses of that family; None where there is no such name."""
    known = addresses.NAMES.get(name)
    if mode == "loopback" and family is not None:
        return [_LOOPBACK[family]]
    if mode == "nxdomain":
        return None
    if mode == "empty":
        return []
    if known is None:
        if mode == "hijack" and family is not None:
            return [_INVENTED[family]]
        return None
    if mode == "hijack" and family is not None and name != "ipv4only.arpa":
        return [_INVENTED[family]]
    found = [one for one in known if one.version == family]
    if mode == "dns64" and family == 6 and not found:
        prefix = int(ip_address(addresses.PREF64))
        found = [IPv6Address(prefix | int(one)) for one in known]
    return found


def page(head: bytes, *, portal: str | None, clock_s: float) -> bytes:
    """Return the answer to a request: 204, a large page, or the portal's (``portal_page``)."""
    path = head.split(b" ")[1]
    date = f"Date: {formatdate(clock.time() + clock_s, usegmt=True)}\r\n"
    if portal == "302":
        return _http(302, "Found", f"{date}Location: http://portal.example/login\r\n", b"")
    if portal == "script":
        return _http(200, "OK", date, _LEADS_ON)
    if portal is not None:
        return _http(int(portal), _PHRASES[int(portal)], date, b"no\n")
    if path == b"/large":
        return _http(200, "OK", date, _LARGE)
    if path == b"/generate_204":
        return f"HTTP/1.1 204 No Content\r\n{date}Connection: close\r\n\r\n".encode()
    return _http(404, "Not Found", date, b"no such page\n")


def _http(status: int, phrase: str, extra: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} {phrase}\r\n{extra}Content-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def time(request: bytes, *, ahead_s: float) -> bytes | None:
    """Return what an NTP server says whose clock is ahead of this machine's (RFC 5905, 7.3)."""
    if len(request) < 48 or request[0] & 7 != 3:
        return None
    now = _ntp(clock.time() + ahead_s)
    head = struct.pack("!BBBbII4s", 0x24, 2, request[2], -20, 0, 0, b"BED\0")
    return head + now + request[40:48] + now + now


def _ntp(seconds: float) -> bytes:
    whole = int(seconds // 1)
    return struct.pack("!II", (whole + _EPOCH) & 0xFFFFFFFF, int((seconds - whole) * 2**32))


def version_negotiation(packet: bytes) -> bytes | None:
    """Return a QUIC Version Negotiation for a long header of an unknown version (RFC 9000, 17)."""
    if len(packet) < 1200 or not packet[0] & 0x80:
        return None
    length = packet[5]
    destination = packet[6 : 6 + length]
    at = 6 + length
    source = packet[at + 1 : at + 1 + packet[at]]
    ends = bytes([len(source)]) + source + bytes([len(destination)]) + destination
    return b"\xc0" + bytes(4) + ends + struct.pack("!II", 1, 0x6B3343CF)
