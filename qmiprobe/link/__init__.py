# SPDX-License-Identifier: GPL-2.0-or-later
"""The data path of a session: measurements on one netdev, each giving frozen facts.

Nothing here judges, and nothing here knows a modem: ``BearerFacts`` says what the session is,
``Targets`` which hosts may be asked. All sockets are bound to the netdev, so nothing leaves by
another one. Every function is bounded in time by itself; what fails on the way is a fact, and
CannotTest alone is raised: the netdev is not there, or this process may not use it.

==============================  ===========================================================
``read_netdev(name)``           flags, type, MTU, addresses and counters of a netdev
``find_route(to, netdev=)``     which way the kernel would send a packet
``measure_return``              does anything come back; where a packet is lost (4 points)
``ask_dns``                     the network's own servers, an existing and a missing name
``fetch_pages``                 TCP connections, and pages with a known answer
``measure_pmtu_up``, ``_down``  the path MTU each way, exact to the byte
``measure_reach``               five kinds of traffic to hosts beyond the operator
``measure_nat64``               the prefix for IPv4 hosts on a session with IPv6 alone
``measure_truth``               whether somebody on the way answers DNS for others
``measure_clock``               how far this machine's clock is off
``read_host``, ``read_settings``, ``read_resolver``, ``read_firewall``, ``read_offloads``
                                what stands beside the netdev on this host
``default_targets()``           hosts to ask, or those of a file by ``load_targets``
==============================  ===========================================================
"""

from __future__ import annotations

from ._dns import DnsAnswer, DnsFacts, DnsResult, ask_dns
from ._firewall import DropRule, FirewallFacts, read_firewall
from ._http import ConnectFact, HttpFacts, HttpResult, PageFact, fetch_pages
from ._nat64 import Nat64Facts, measure_nat64
from ._neighbours import HostFacts, Neighbour, OtherNetdev, RouteEntry, read_host
from ._netdev import (
    ARPHRD_ETHER,
    ARPHRD_NONE,
    ARPHRD_RAWIP,
    Counters,
    NetdevFacts,
    read_netdev,
)
from ._offload import OffloadFacts, read_offloads
from ._pmtu_down import DownFacts, DownStep, measure_pmtu_down
from ._pmtu_up import PmtuFacts, measure_pmtu_up
from ._probes import ProbeKind, ProbeResult
from ._reach import Reached, ReachFacts, ReachKind, measure_reach
from ._resolver import ResolverFacts, read_resolver
from ._returning import ProbeFact, ReturnFacts, measure_return
from ._route import RouteFacts, find_route
from ._settings import Settings, read_checksum_errors, read_settings
from ._sized import Method
from ._targets import (
    PLANNED_BYTES,
    default_targets,
    load_targets,
    targets_of,
    with_addresses,
)
from ._times import ClockAnswer, ClockFacts, measure_clock
from ._truth import TruthAnswer, TruthFacts, measure_truth

__all__ = [
    "ARPHRD_ETHER",
    "ARPHRD_NONE",
    "ARPHRD_RAWIP",
    "PLANNED_BYTES",
    "ClockAnswer",
    "ClockFacts",
    "ConnectFact",
    "Counters",
    "DnsAnswer",
    "DnsFacts",
    "DnsResult",
    "DownFacts",
    "DownStep",
    "DropRule",
    "FirewallFacts",
    "HostFacts",
    "HttpFacts",
    "HttpResult",
    "Method",
    "Nat64Facts",
    "Neighbour",
    "NetdevFacts",
    "OffloadFacts",
    "OtherNetdev",
    "PageFact",
    "PmtuFacts",
    "ProbeFact",
    "ProbeKind",
    "ProbeResult",
    "ReachFacts",
    "ReachKind",
    "Reached",
    "ResolverFacts",
    "ReturnFacts",
    "RouteEntry",
    "RouteFacts",
    "Settings",
    "TruthAnswer",
    "TruthFacts",
    "ask_dns",
    "default_targets",
    "fetch_pages",
    "find_route",
    "load_targets",
    "measure_clock",
    "measure_nat64",
    "measure_pmtu_down",
    "measure_pmtu_up",
    "measure_reach",
    "measure_return",
    "measure_truth",
    "read_checksum_errors",
    "read_firewall",
    "read_host",
    "read_netdev",
    "read_offloads",
    "read_resolver",
    "read_settings",
    "targets_of",
    "with_addresses",
]
