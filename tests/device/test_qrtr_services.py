# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of services follows what the name server says."""

from __future__ import annotations

import pytest

from qmiprobe.device._qrtr_services import QrtrService, ServiceList
from qmiprobe.transport._qrtr import (
    BYE,
    DEL_CLIENT,
    DEL_SERVER,
    NEW_SERVER,
    ControlPacket,
    QrtrAddress,
)

END = ControlPacket(NEW_SERVER, 0, 0, 0, 0)


def new(service: int, node: int, port: int, instance: int = 1) -> ControlPacket:
    return ControlPacket(NEW_SERVER, service, instance, node, port)


def numbers(listed: tuple[QrtrService, ...]) -> list[int]:
    return [one.service for one in listed]


def filled() -> ServiceList:
    """Two services on node 0, two on node 3, one of them above 255."""
    services = ServiceList()
    for packet in (new(2, 0, 7), new(3, 0, 8), new(0x190, 3, 5), new(2, 3, 6), END):
        assert services.take(packet) == ()
    return services


def test_an_empty_packet_ends_the_list():
    services = ServiceList()
    services.take(new(2, 0, 7))
    assert not services.complete
    services.take(END)
    assert services.complete
    assert services.nodes == (0,)


def test_services_are_those_of_the_node_by_number():
    services = filled()
    assert services.nodes == (0, 3)
    assert numbers(services.on(3)) == [2, 0x190]
    assert services.on(9) == ()


def test_the_version_is_the_lowest_byte_of_the_instance():
    services = ServiceList()
    services.take(new(2, 0, 7, instance=0x0203))
    (one,) = services.on(0)
    assert (one.version, one.instance) == (3, 0x0203)


def test_of_several_instances_the_newest_version_comes_first_then_the_lowest_instance():
    services = ServiceList()
    for port, instance in enumerate((0x0001, 0x0502, 0x0102, 0x0000)):
        services.take(new(2, 0, 7 + port, instance=instance))
    assert [one.instance for one in services.on(0)] == [0x0102, 0x0502, 0x0001, 0x0000]


@pytest.mark.parametrize(
    "packet",
    [ControlPacket(DEL_SERVER, 2, 1, 3, 6), ControlPacket(DEL_CLIENT, 0, 0, 3, 6)],
)
def test_a_service_that_stops_is_gone(packet: ControlPacket):
    services = filled()
    assert numbers(services.take(packet)) == [2]
    assert numbers(services.on(3)) == [0x190]
    assert numbers(services.on(0)) == [2, 3]
    assert services.take(packet) == ()


def test_a_node_that_says_bye_takes_all_its_services():
    services = filled()
    gone = services.take(ControlPacket(BYE, 0, 0, 3, 0))
    assert numbers(gone) == [2, 0x190]
    assert services.nodes == (0,)


def test_another_service_at_the_same_port_replaces_the_old_one():
    services = filled()
    assert services.take(new(2, 3, 6)) == ()
    gone = services.take(new(9, 3, 6))
    assert [(one.service, one.address) for one in gone] == [(2, QrtrAddress(3, 6))]
    assert numbers(services.on(3)) == [9, 0x190]


def test_commands_that_concern_servers_only_change_nothing():
    services = filled()
    for command in (1, 2, 7, 8, 9, 10, 11, 0xFFFFFFFF):
        assert services.take(ControlPacket(command, 2, 1, 3, 6)) == ()
    assert numbers(services.on(3)) == [2, 0x190]
