# SPDX-License-Identifier: GPL-2.0-or-later
"""The client ids that a modem gives out."""

from __future__ import annotations

from qmiprobe.qmi._clients import ClientTable


def test_ids_are_given_out_per_service_from_one_on():
    table = ClientTable()
    assert [table.allocate(2), table.allocate(2), table.allocate(3)] == [1, 2, 1]
    assert table.known(2, 2)
    assert not table.known(3, 2)
    assert table.held() == [(2, 1), (2, 2), (3, 1)]


def test_a_full_service_gives_none_until_one_is_released():
    table = ClientTable(limit=2)
    assert [table.allocate(2) for _ in range(3)] == [1, 2, None]
    assert table.allocate(3) == 1
    assert table.release(2, 1)
    assert table.allocate(2) == 1


def test_an_id_that_was_not_given_out_cannot_be_released():
    table = ClientTable()
    assert not table.release(2, 1)
    table.allocate(2)
    assert table.release(2, 1)
    assert not table.release(2, 1)


def test_255_is_never_given_out_since_it_means_everybody():
    table = ClientTable(limit=1000)
    numbers = [table.allocate(2) for _ in range(256)]
    assert numbers == [*range(1, 255), None, None]


def test_a_reset_takes_all_back():
    table = ClientTable()
    table.allocate(2)
    table.reset()
    assert table.held() == []
    assert not table.release(2, 1)
