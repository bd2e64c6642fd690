# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM messages of real modems: each decodes to what libmbim says of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qmiprobe.errors import DecodeError
from qmiprobe.mbim._codec import MbimMessage, decode
from qmiprobe.mbim._registry import command_name, service_name
from tests.vectors.libmbim_notation import GAVE_UP, Tree, differences, parse
from tests.vectors.load import Vector, load

pytestmark = pytest.mark.needs("vectors")

READINGS = {"libmbim_1_28_2": "1.0", "libmbim_1_28_2_as_mbimex_3": "3.0"}
"""What libmbim was told of the version, and what ours is told."""

RULINGS = {
    "mbim:75 1.0": "the message is of MBIMEx 3.0: read as 1.0 its access string has 44 bytes at "
    "offset 0, where libmbim shows the struct's own first bytes as text; ours notes offset-zero",
    "mbim:23": "fragment 0 of 0: libmbim prints it, and its own unit test calls it invalid",
}
"""Where ours is not what libmbim says, and why ours is right; at most five in all."""


def _readings(vector: Vector) -> Iterator[tuple[str, dict[str, object]]]:
    for decoder, version in READINGS.items():
        said = vector.said(decoder)
        if said:
            yield version, said


def _gave_up(tree: Tree) -> bool:
    if isinstance(tree, dict):
        return any(_gave_up(item) for item in tree.values())
    return any(map(_gave_up, tree)) if isinstance(tree, list) else tree == GAVE_UP


def _differences(vector: Vector, version: str, said: dict[str, object]) -> Iterator[str]:
    lines = said.get("fields")
    tree = parse(lines) if isinstance(lines, list) else {}
    try:
        message = decode(vector.data, mbimex=version)
    except DecodeError:
        if not _gave_up(tree):
            yield "ours refuses it"
        return
    yield from _header_differences(message, said)
    if _gave_up(tree):
        if "other-mbimex" not in {note.code for note in message.notes}:
            yield "libmbim gives up, ours has no doubt"
    elif message.body is not None and lines is not None:
        yield from differences(message.body, tree)
    elif lines:
        yield "not defined, but for libmbim"


def _header_differences(message: MbimMessage, said: dict[str, object]) -> Iterator[str]:
    packet, header, contents = message.packet, said.get("header"), said.get("contents")
    assert isinstance(header, dict)
    ours = {
        "length": str(len(message.raw)),
        "type": packet.kind,
        "transaction": str(packet.transaction),
    }
    for name, value in ours.items():
        if str(header[name]).split(" (")[0] != value:
            yield f"{name}: {value}, for libmbim {header[name]}"
    fragment = said.get("fragment")
    if isinstance(fragment, dict):
        if (fragment["total"], fragment["current"]) != (str(packet.total), str(packet.current)):
            yield "the fragment's numbers differ"
    if isinstance(contents, dict) and "service" in contents and packet.current == 0:
        yield from _contents_differences(message, contents)


def _contents_differences(message: MbimMessage, contents: dict[str, str]) -> Iterator[str]:
    packet = message.packet
    uuid, name = packet.service.text, service_name(packet.service.text)
    if uuid not in contents["service"] or f"{packet.cid:#010x}" not in contents["cid"]:
        yield "service or command differ by number"
    older = "'invalid'" in contents["service"]
    if name is not None and not older and f"'{name}'" not in contents["service"]:
        yield f"the service is {name}, for libmbim {contents['service']}"
    command = command_name(uuid, packet.cid)
    if command is not None and not older and f"'{command}'" not in contents["cid"]:
        yield f"the command is {command}, for libmbim {contents['cid']}"
    status = contents.get("status error")
    if status is not None and f"({packet.value:#010x})" not in status:
        yield "the status differs"
    kind = contents.get("type")
    if kind is not None and f"'{message.direction}'" not in kind:
        yield f"a {message.direction}, for libmbim {kind}"


def test_every_message_is_what_libmbim_says_it_is():
    found: list[str] = []
    ruled: set[str] = set()
    for vector in load("mbim"):
        for version, said in _readings(vector):
            different = list(_differences(vector, version, said))
            keys = {vector.place, f"{vector.place} {version}"} & RULINGS.keys()
            if different and keys:
                ruled |= keys
            else:
                found += [f"{vector.place} {version}: {text}" for text in different]
    assert not found, "\n".join(found)
    assert ruled == set(RULINGS)
    assert len(RULINGS) <= 5


def test_messages_that_libmbim_refuses_are_refused():
    refused = [v for v in load("mbim") if "libmbim_1_28_2_error" in v.record["says"]]
    assert refused
    for vector in refused:
        with pytest.raises(DecodeError):
            decode(vector.data)


def test_without_a_version_the_layout_that_fits_is_found():
    """A message of MBIMEx 3.0 that libmbim reads whole only as such."""
    assumed = []
    for vector in load("mbim"):
        said = vector.said("libmbim_1_28_2_as_mbimex_3")
        if said is None:
            continue
        lines = said.get("fields")
        tree = parse(lines) if isinstance(lines, list) else {}
        message = decode(vector.data)
        if not _gave_up(tree) and message.body is not None:
            assert not list(differences(message.body, tree)), vector.place
        assumed.append("assumed-mbimex" in {note.code for note in message.notes})
    assert any(assumed)
    assert not all(assumed)
