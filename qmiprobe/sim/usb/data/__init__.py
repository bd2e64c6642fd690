# SPDX-License-Identifier: GPL-2.0-or-later
"""Bulk data of the simulated USB modem: what drivers put into transfers, and packets out of it.

::

    port = DataPort(DataFaults(stop_after=100))
    async with open_dataplane(port=port) as plane:  # the network, in a namespace of its own
        modem.bearers = plane.table
        functions = data_functions(configuration, state=modem.state, port=port)
        ...                                          # whoever plays the device runs them
        port.counters                                # what passed, for comparing with the host

QMI functions speak 802.3, raw-IP or QMAP as the host sets it by WDA, MBIM functions NTBs of all
sessions, ECM and NCM Ethernet frames. The Ethernet ones answer ARP, neighbours, DHCP and router
solicitations with what the data session was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._bulk_function import BulkFunction
from ._ethernet_control import EthernetControl
from ._link import EthernetLink
from ._ntb_link import MbimLink, NcmLink
from ._ntb_requests import NtbRequests
from ._port import DataCounters, DataFaults, DataPort
from ._qmi_link import QmiLink
from ._station import Station

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmiprobe.bearer import FamilyFacts
    from qmiprobe.sim._state import ModemState
    from qmiprobe.sim.usb._function import Function
    from qmiprobe.sim.usb._layout import Configuration, Interface

__all__ = ["DataCounters", "DataFaults", "DataPort", "data_functions"]

_SESSIONS_EACH = 256
_ETHERNET_HEADER = 14


def data_functions(
    configuration: Configuration,
    *,
    state: ModemState,
    port: DataPort,
    rates: tuple[int, int] = (150_000_000, 50_000_000),
) -> list[Function]:
    """Return new functions for all that carries packets in a configuration.

    ``rates`` are downlink and uplink in bit/s, as ECM and NCM functions tell them. The sessions of
    the second QMI function are numbered from 256, those of a third from 512.
    """
    made: list[Function] = []
    for count, interface in enumerate(configuration.of_role("qmi")):
        first = count * _SESSIONS_EACH
        link = QmiLink(state.framing, _station(interface, state, first))
        made.append(BulkFunction(interface, link, port, first_session=first))
    for interface, data in _pairs(configuration, "mbim"):
        made.append(_mbim(interface, data, port))
    for interface, data in _pairs(configuration, "ecm"):
        made.append(EthernetControl(interface, state, rates=rates))
        made.append(BulkFunction(data, EthernetLink(_station(interface, state)), port))
    for interface, data in _pairs(configuration, "ncm"):
        made += _ncm(interface, data, state, port, rates)
    return made


def _pairs(configuration: Configuration, role: str) -> Iterator[tuple[Interface, Interface]]:
    for interface in configuration.of_role(role):
        data = None if interface.data is None else configuration.interface(interface.data)
        if data is not None:
            yield interface, data


def _station(interface: Interface, state: ModemState, session_id: int = 0) -> Station:
    def lease(family: int) -> FamilyFacts | None:
        session = state.sessions.find(session_id, family)
        return None if session is None else session.facts

    if interface.mac:
        return Station(lease, host=bytes.fromhex(interface.mac))
    return Station(lease)


def _mbim(interface: Interface, data: Interface, port: DataPort) -> BulkFunction:
    requests = NtbRequests(interface.ntb)
    return BulkFunction(
        data,
        MbimLink(requests.writer),
        port,
        interfaces=(interface.number, data.number),
        requests=requests.control,
        on_off=requests.writer.reset,
    )


def _ncm(
    interface: Interface,
    data: Interface,
    state: ModemState,
    port: DataPort,
    rates: tuple[int, int],
) -> list[Function]:
    requests = NtbRequests(interface.ntb, link_header=_ETHERNET_HEADER)
    control = EthernetControl(interface, state, rates=rates, requests=requests.control)
    link = NcmLink(requests.writer, _station(interface, state))
    return [control, BulkFunction(data, link, port, on_off=requests.writer.reset)]
