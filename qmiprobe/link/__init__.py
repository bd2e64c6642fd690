# SPDX-License-Identifier: GPL-2.0-or-later
"""The data path of a session: measurements on one netdev, each giving frozen facts.

Nothing here judges, and nothing here knows a modem: ``BearerFacts`` says what the session is,
``Targets`` which hosts may be asked. All sockets are bound to the netdev, so nothing leaves by
another one. Every function is bounded in time by itself; what fails on the way is a fact, and
CannotTest alone is raised: the netdev is not there, or this process may not use it.

==============================  ===========================================================
``netdev_names()``              names of the netdevs that are there
``read_netdev(name)``           flags, type, MTU, addresses and counters of a netdev
``find_route(to, netdev=)``     which way the kernel would send a packet
``measure_return``              does anything come back; where a packet is lost (4 points)
``ask_dns``                     the network's own servers, an existing and a missing name
``fetch_pages``                 TCP connections, and pages with a known answer
``measure_pmtu_up``, ``_down``  the path MTU each way, exact to the byte
``measure_rtt``, ``_idle``      round-trip times, jitter, loss, order; waking the radio up
``measure_fragments``, ``_sizes``, ``_protocols``, ``_ports``, ``_marks``, ``_options``
                                what passes: each kind of packet beside a control
``measure_load``                throughput each way, and round trips meanwhile
``measure_nat_type``            whom the world sees, and whom the NAT lets in
``measure_nat_lifetime``, ``measure_tcp_idle``, ``measure_shapes``, ``measure_each_way``
                                the same by a reflector, for what needs one
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

from ._asking import PROOFS, Word, proofs_for
from ._dns import DnsAnswer, DnsFacts, DnsResult, ask_dns, ask_server
from ._each_way import EachWayFacts, OneWay, measure_each_way
from ._firewall import DropRule, FirewallFacts, read_firewall
from ._fragments import FragmentFacts, measure_fragments
from ._http import ConnectFact, HttpFacts, HttpResult, PageFact, fetch_pages
from ._idle import IdleFacts, measure_idle
from ._lifetimes import End, Lifetime, NatLifeFacts, measure_nat_lifetime, measure_tcp_idle
from ._load import SLOW_BITS, Loaded, LoadFacts, measure_load
from ._marks import MarkFacts, measure_marks
from ._namespace import in_first_namespace
from ._nat64 import Nat64Facts, measure_nat64
from ._nat_type import Behaviour, NatFacts, measure_nat_type
from ._neighbours import HostFacts, Neighbour, OtherNetdev, RouteEntry, read_host
from ._netdev import (
    ARPHRD_ETHER,
    ARPHRD_NONE,
    ARPHRD_RAWIP,
    Counters,
    NetdevFacts,
    netdev_names,
    read_netdev,
)
from ._offload import OffloadFacts, read_offloads
from ._options import OptionFacts, measure_options
from ._pmtu_down import DownFacts, DownStep, measure_pmtu_down
from ._pmtu_up import PmtuFacts, measure_pmtu_up
from ._ports import TCP_PORTS, UDP_PORTS, PortFacts, measure_ports
from ._probes import ProbeKind, ProbeResult
from ._protocols import ProtocolFacts, measure_protocols
from ._reach import Reached, ReachFacts, ReachKind, echoing, measure_reach
from ._resolver import ResolverFacts, read_resolver
from ._returning import ProbeFact, ReturnFacts, measure_return
from ._route import RouteFacts, find_route
from ._rtt import RttFacts, measure_rtt, wilson
from ._settings import Settings, read_checksum_errors, read_settings
from ._shapes import ShapeFacts, measure_shapes
from ._sized import Method
from ._sizes import SizeFacts, measure_sizes
from ._targets import (
    PLANNED_BYTES,
    PLANNED_BYTES_IN_DEPTH,
    default_targets,
    load_targets,
    targets_of,
    with_addresses,
)
from ._times import ClockAnswer, ClockFacts, measure_clock
from ._truth import TruthAnswer, TruthFacts, measure_truth
from ._walk import Passage, WalkFacts

__all__ = [
    "ARPHRD_ETHER",
    "ARPHRD_NONE",
    "ARPHRD_RAWIP",
    "PLANNED_BYTES",
    "PLANNED_BYTES_IN_DEPTH",
    "PROOFS",
    "SLOW_BITS",
    "TCP_PORTS",
    "UDP_PORTS",
    "Behaviour",
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
    "EachWayFacts",
    "End",
    "FirewallFacts",
    "FragmentFacts",
    "HostFacts",
    "HttpFacts",
    "HttpResult",
    "IdleFacts",
    "Lifetime",
    "LoadFacts",
    "Loaded",
    "MarkFacts",
    "Method",
    "Nat64Facts",
    "NatFacts",
    "NatLifeFacts",
    "Neighbour",
    "NetdevFacts",
    "OffloadFacts",
    "OneWay",
    "OptionFacts",
    "OtherNetdev",
    "PageFact",
    "Passage",
    "PmtuFacts",
    "PortFacts",
    "ProbeFact",
    "ProbeKind",
    "ProbeResult",
    "ProtocolFacts",
    "ReachFacts",
    "ReachKind",
    "Reached",
    "ResolverFacts",
    "ReturnFacts",
    "RouteEntry",
    "RouteFacts",
    "RttFacts",
    "Settings",
    "ShapeFacts",
    "SizeFacts",
    "TruthAnswer",
    "TruthFacts",
    "WalkFacts",
    "Word",
    "ask_dns",
    "ask_server",
    "default_targets",
    "echoing",
    "fetch_pages",
    "find_route",
    "in_first_namespace",
    "load_targets",
    "measure_clock",
    "measure_each_way",
    "measure_fragments",
    "measure_idle",
    "measure_load",
    "measure_marks",
    "measure_nat64",
    "measure_nat_lifetime",
    "measure_nat_type",
    "measure_options",
    "measure_pmtu_down",
    "measure_pmtu_up",
    "measure_ports",
    "measure_protocols",
    "measure_reach",
    "measure_return",
    "measure_rtt",
    "measure_shapes",
    "measure_sizes",
    "measure_tcp_idle",
    "measure_truth",
    "netdev_names",
    "proofs_for",
    "read_checksum_errors",
    "read_firewall",
    "read_host",
    "read_netdev",
    "read_offloads",
    "read_resolver",
    "read_settings",
    "targets_of",
    "wilson",
    "with_addresses",
]
