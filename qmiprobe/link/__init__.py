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
``default_targets()``           hosts to ask, or those of a file by ``load_targets``
==============================  ===========================================================
"""

from __future__ import annotations

from ._dns import DnsAnswer, DnsFacts, DnsResult, ask_dns
from ._http import ConnectFact, HttpFacts, HttpResult, PageFact, fetch_pages
from ._netdev import (
    ARPHRD_ETHER,
    ARPHRD_NONE,
    ARPHRD_RAWIP,
    Counters,
    NetdevFacts,
    read_netdev,
)
from ._pmtu_down import DownFacts, DownStep, measure_pmtu_down
from ._pmtu_up import PmtuFacts, measure_pmtu_up
from ._probes import ProbeKind, ProbeResult
from ._returning import ProbeFact, ReturnFacts, measure_return
from ._route import RouteFacts, find_route
from ._sized import Method
from ._targets import PLANNED_BYTES, default_targets, load_targets, with_addresses

__all__ = [
    "ARPHRD_ETHER",
    "ARPHRD_NONE",
    "ARPHRD_RAWIP",
    "PLANNED_BYTES",
    "ConnectFact",
    "Counters",
    "DnsAnswer",
    "DnsFacts",
    "DnsResult",
    "DownFacts",
    "DownStep",
    "HttpFacts",
    "HttpResult",
    "Method",
    "NetdevFacts",
    "PageFact",
    "PmtuFacts",
    "ProbeFact",
    "ProbeKind",
    "ProbeResult",
    "ReturnFacts",
    "RouteFacts",
    "ask_dns",
    "default_targets",
    "fetch_pages",
    "find_route",
    "load_targets",
    "measure_pmtu_down",
    "measure_pmtu_up",
    "measure_return",
    "read_netdev",
    "with_addresses",
]
