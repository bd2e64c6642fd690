# SPDX-License-Identifier: GPL-2.0-or-later
"""Which ids of a journal are given back, kept, forgotten; and files that say nonsense."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.device._journal_entries import (
    FORMAT,
    MOST_BYTES,
    MOST_ENTRIES,
    HeldId,
    Holder,
    Life,
    PortIdentity,
    Sorted,
    read_entries,
    stale,
    write_entries,
)
from tests.device.fake_journal import (
    ALIVE,
    BOOT,
    DEAD,
    ELSEWHERE,
    OTHER_PORT,
    PORT,
    REPLUGGED,
    FakeSystem,
    held,
    ids,
)

ENTRY = held(2, 7)


def sort(*entries: HeldId, port: PortIdentity = PORT, held_by_others: bool = False) -> Sorted:
    return stale(
        entries,
        port=port,
        boot_id=BOOT,
        namespace="pid:[1]",
        life=FakeSystem().life,
        held_by_others=held_by_others,
    )


def test_an_id_that_a_dead_process_left_on_this_port_is_given_back():
    assert sort(ENTRY) == Sorted((ENTRY,), ())


def test_the_path_may_be_another_name_of_the_same_node():
    assert sort(ENTRY, port=replace(PORT, path="/dev/modem")) == Sorted((ENTRY,), ())


@pytest.mark.parametrize("life", ["alive", "unknown"])
def test_an_id_whose_holder_may_live_stays_as_it_is(life: Life):
    holder = ALIVE if life == "alive" else replace(ALIVE, pid=400)
    entry = held(2, 7, holder=holder)
    assert sort(entry) == Sorted((), (entry,))
    assert sort(entry, port=REPLUGGED) == Sorted((), (entry,))
    assert sort(entry, held_by_others=True) == Sorted((), (entry,))


def test_a_process_that_is_seen_from_another_namespace_is_not_taken_for_dead():
    entry = held(2, 7, holder=ELSEWHERE)
    asked: list[Holder] = []

    def life(holder: Holder) -> Life:
        asked.append(holder)
        return "dead"

    found = stale([entry], port=PORT, boot_id=BOOT, namespace="pid:[1]", life=life)
    assert found == Sorted((), (entry,))
    assert asked == []


@pytest.mark.parametrize("holder", [DEAD, ALIVE, ELSEWHERE])
@pytest.mark.parametrize("port", [PORT, OTHER_PORT])
def test_an_id_of_before_the_boot_is_forgotten(holder: Holder, port: PortIdentity):
    assert sort(held(2, 7, holder=holder, port=port, boot="other")) == Sorted((), ())


@pytest.mark.parametrize(
    "port",
    [
        replace(PORT, ctime_ns=PORT.ctime_ns + 1),
        replace(PORT, device=PORT.device + 1),
        replace(PORT, sysfs="/sys/devices/usb2/2-9"),
        replace(PORT, sysfs=None),
        replace(PORT, sysfs="/sys/devices/usb2/2-9", device=0xB409),
    ],
    ids=["plugged-in-again", "another-number", "another-place", "no-place", "same-name"],
)
def test_an_id_of_a_port_that_is_not_the_same_any_more_is_forgotten(port: PortIdentity):
    assert sort(ENTRY, port=port) == Sorted((), ())


def test_an_id_of_another_port_stays_until_that_one_is_used():
    entry = held(2, 7, port=OTHER_PORT)
    assert sort(entry) == Sorted((), (entry,))
    assert sort(entry, held_by_others=True) == Sorted((), (entry,))


def test_ptys_have_no_place_and_are_told_apart_all_the_same():
    pty = PortIdentity(path="/dev/pts/3", sysfs=None, device=0x8803, ctime_ns=5)
    left, other = held(2, 7, port=pty), held(3, 1, port=replace(pty, path="/dev/pts/4", device=4))
    assert sort(left, other, port=pty) == Sorted((left,), (other,))
    assert sort(left, other, port=replace(pty, ctime_ns=6)) == Sorted((), (other,))


def test_while_another_program_has_the_port_an_id_may_be_its_own():
    assert sort(ENTRY, held_by_others=True) == Sorted((), ())


def test_each_entry_is_judged_by_itself_and_order_stays():
    entries = [held(2, 1), held(2, 2, holder=ALIVE), held(3, 1, boot="old"), held(3, 2)]
    found = sort(*entries)
    assert ids(found.give_back) == [(2, 1), (3, 2)]
    assert ids(found.keep) == [(2, 2)]


def test_a_file_reads_as_it_was_written():
    entries = [ENTRY, held(0x190, 254, holder=ALIVE), held(1, 1, port=replace(PORT, sysfs=None))]
    assert read_entries(write_entries(entries)) == entries
    assert read_entries(write_entries([])) == []


def test_a_file_names_its_format():
    document = json.loads(write_entries([ENTRY]))
    assert document["format"] == FORMAT == "qmiprobe-journal/1"
    document["format"] = "qmiprobe-journal/2"
    assert read_entries(json.dumps(document).encode()) == []


def test_keys_that_came_later_are_ignored():
    document = json.loads(write_entries([ENTRY]))
    document["more"] = document["held"][0]["more"] = document["held"][0]["port"]["more"] = 1
    assert read_entries(json.dumps(document).encode()) == [ENTRY]


def test_a_file_holds_the_newest_ids_and_no_more():
    entries = [held(2, number % 254 + 1) for number in range(MOST_ENTRIES + 20)]
    assert read_entries(write_entries(entries)) == entries[20:]
    long = replace(PORT, path="/dev/" + "x" * 4000)
    data = write_entries([held(2, number, port=long) for number in range(1, 200)])
    assert len(data) <= MOST_BYTES
    kept = read_entries(data)
    assert len(kept) > 10
    assert kept[-1].client == 199


def test_a_file_that_is_too_long_is_not_read():
    data = write_entries([ENTRY])
    assert read_entries(data + b" " * (MOST_BYTES - len(data))) == [ENTRY]
    assert read_entries(data + b" " * (MOST_BYTES - len(data) + 1)) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "qmiprobe-journal/1"}',
        b'{"format": "qmiprobe-journal/1", "held": {}}',
        b'{"format": "qmiprobe-journal/1", "held": [null, 1, [], {}]}',
        b'{"format": "qmiprobe-journal/1", "held": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda data: data[:40].decode(errors="replace"),
)
def test_a_file_of_nonsense_is_an_empty_one(data: bytes):
    assert read_entries(data) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("service", 0),
        ("service", 0x10000),
        ("service", True),
        ("service", 2.0),
        ("service", "2"),
        ("client", 0),
        ("client", 255),
        ("boot_id", None),
        ("boot_id", "x" * 5000),
        ("noted", "now"),
        ("noted", -1),
        ("noted", float("nan")),
        ("noted", float("inf")),
        ("port", None),
        ("port.path", 1),
        ("port.sysfs", 1),
        ("port.device", -1),
        ("port.ctime_ns", 1.5),
        ("holder.pid", 0),
        ("holder.pid", -1),
        ("holder.pid", 1 << 40),
        ("holder.start", None),
        ("holder.namespace", 3),
    ],
)
def test_an_entry_with_a_value_that_cannot_be_is_left_out(path: str, value: object):
    document = json.loads(write_entries([ENTRY, held(3, 1)]))
    *folders, last = path.split(".")
    place = document["held"][0]
    for folder in folders:
        place = place[folder]
    place[last] = value
    assert read_entries(json.dumps(document).encode()) == [held(3, 1)]


@pytest.mark.parametrize("path", ["service", "port", "port.sysfs", "holder.start", "noted"])
def test_an_entry_without_a_key_is_left_out(path: str):
    document = json.loads(write_entries([ENTRY, held(3, 1)]))
    *folders, last = path.split(".")
    place = document["held"][0]
    for folder in folders:
        place = place[folder]
    del place[last]
    assert read_entries(json.dumps(document).encode()) == [held(3, 1)]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["service", "client", "port", "holder", "pid", "x"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(st.lists(_JSON, max_size=5))
def test_no_content_raises(content: list[object]):
    data = json.dumps({"format": FORMAT, "held": [*content, _as_json(ENTRY)]}).encode()
    assert read_entries(data)[-1] == ENTRY


@given(st.integers(0, 600), st.integers(0, 255))
def test_no_damage_raises(at: int, value: int):
    data = bytearray(write_entries([ENTRY]))
    data[at % len(data)] = value
    assert len(read_entries(bytes(data))) <= 1
    # The newline at the end may be missing: the rest is whole without it.
    assert read_entries(bytes(data[: at % (len(data) - 1)])) == []


def _as_json(entry: HeldId) -> object:
    return cast("dict[str, list[object]]", json.loads(write_entries([entry])))["held"][0]
