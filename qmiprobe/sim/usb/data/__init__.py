# SPDX-License-Identifier: GPL-2.0-or-later
"""Bulk data of the simulated USB modem: what drivers put into transfers, and packets out of it.

::

    port = DataPort(DataFaults(stop_after=100))
    async with open_dataplane(port=port) as plane:  # the network, in a namespace of its own
        modem.bearers = plane.table
        functions = data_functions(configuration, state=modem.state, port=port, settings={})
        ...                                          # whoever plays the device runs them
        port.counters                                # what passed, for comparing with the host

QMI functions speak 802.3, raw-IP or QMAP as the host sets it by WDA, MBIM functions NTBs of all
sessions, ECM and NCM Ethernet frames. The Ethernet ones answer ARP, neighbours, DHCP and router
solicitations with what the data session was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe.sim.dataplane._ethernet import HEADER_LENGTH

from ._bulk_function import BulkFunction
from ._ethernet_control import EthernetControl
from ._link import EthernetLink
from ._ntb_link import BlockSettings, BlockWriter, MbimLink, NcmLink
from ._port import SESSIONS_EACH, DataCounters, DataFaults, DataPort
from ._qmi_link import QmiLink
from ._station import Station

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmiprobe.bearer import FamilyFacts
    from qmiprobe.sim._state import ModemState
    from qmiprobe.sim.usb._function import Function
    from qmiprobe.sim.usb._layout import Configuration, Interface

__all__ = [
    "BlockSettings",
    "DataCounters",
    "DataFaults",
    "DataPort",
    "data_functions",
    "first_sessions",
]


def data_functions(
    configuration: Configuration,
    *,
    state: ModemState,
    port: DataPort,
    settings: Mapping[int, BlockSettings],
    rates: tuple[int, int] = (150_000_000, 50_000_000),
) -> list[Function]:
    """Return new functions for all that carries packets in a configuration.

    ``settings`` has what is agreed on with the MBIM or NCM control interface of a number; whoever
    answers there keeps it. ``rates`` are downlink and uplink in bit/s, as ECM and NCM tell them.
    Sessions of the second function are numbered from 256, those of a third from 512.
    """
    made: list[Function] = []
    for first, interface, data in _functions(configuration):
        station = _station(interface, state, first)
        if interface.role == "qmi":
            made.append(
                BulkFunction(data, QmiLink(state.framing, station), port, first_session=first)
            )
            continue
        if interface.role in ("ecm", "ncm"):
            made.append(EthernetControl(interface, state, rates=rates, session_id=first))
        if interface.role == "ecm":
            made.append(BulkFunction(data, EthernetLink(station), port, first_session=first))
            continue
        header = HEADER_LENGTH if interface.role == "ncm" else 0
        writer = BlockWriter(settings[interface.number], link_header=header)
        link = NcmLink(writer, station) if interface.role == "ncm" else MbimLink(writer)
        made.append(BulkFunction(data, link, port, first_session=first, on_off=writer.reset))
    return made


def first_sessions(configuration: Configuration) -> dict[int, int]:
    """Return the number of the first session of each network function, by control interface."""
    return {interface.number: first for first, interface, _ in _functions(configuration)}


def _functions(configuration: Configuration) -> Iterator[tuple[int, Interface, Interface]]:
    """Return first session, control and data interface of each; QMI has both in one."""
    first = 0
    for interface in configuration.of_role("qmi", "mbim", "ecm", "ncm"):
        number = interface.number if interface.role == "qmi" else interface.data
        data = None if number is None else configuration.interface(number)
        if data is not None:
            yield first, interface, data
            first += SESSIONS_EACH


def _station(interface: Interface, state: ModemState, session_id: int) -> Station:
    def lease(family: int) -> FamilyFacts | None:
        session = state.sessions.find(session_id, family)
        return None if session is None else session.facts

    if interface.mac:
        return Station(lease, host=bytes.fromhex(interface.mac))
    return Station(lease)
