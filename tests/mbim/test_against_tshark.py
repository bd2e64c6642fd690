# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages of every definition, dissected by Wireshark: its fields have the same values."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

import pytest

from qmiprobe._enums import Uuid
from qmiprobe._message import Message, Struct
from qmiprobe.capture import Captured, Decoder, PcapngWriter
from qmiprobe.mbim import _codec
from qmiprobe.mbim._buffer import InTlv, MbimTlv
from qmiprobe.mbim.services.ms_basic_connect_extensions import VersionResponse
from tests.core.test_round_trips import mbim_packet
from tests.core.values import Maker, mbim_classes
from tests.mbim.tshark_names import FIELDS, NOT_DISSECTED, OF_MBIMEX, OTHER_NAMES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.needs("tshark")

SEEDS = (0, 1, 2)
UNKNOWN = re.compile(r'"mbim\.control\.info_buffer"|Unexpected message')
"""What it says of commands that it does not dissect."""


def agreed(version: int) -> bytes:
    """The answer by which both sides agree on an MBIMEx version: from there on it counts."""
    entry, cls = next(one for one in mbim_classes() if one[1] is VersionResponse)
    body = cls(mbim_version=0x0100, mbim_extended_version=version << 8)
    return _codec.encode(mbim_packet(entry, Random(0)), body)


def messages(mbimex: str) -> Iterator[tuple[Message, bytes]]:
    for entry, cls in mbim_classes():
        since = "3.0" if of_mbimex(cls) else entry.mbimex
        if since != mbimex or cls.__name__ in NOT_DISSECTED or cls is VersionResponse:
            continue
        for seed in SEEDS:
            random = Random(seed)
            body, _ = Maker(random, full=True).message(cls)
            yield body, _codec.encode(mbim_packet(entry, random), body)


def of_mbimex(cls: type[Message]) -> bool:
    return cls.service_name == "ms-basic-connect-extensions" and cls.__name__.startswith(OF_MBIMEX)


def dissected(data: list[bytes], path: Path) -> list[dict[str, object]]:
    decoder, writer = Decoder(keep_personal=True), PcapngWriter()
    items = (Captured(data=one, time=1e9 + n, port="usb 3:17") for n, one in enumerate(data))
    path.write_bytes(
        writer.begin() + b"".join(writer.message(decoder.decode(item)) for item in items)
    )
    command = ["tshark", "-r", str(path), "-T", "json", "--no-duplicate-keys", "-Y", "mbim"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = [one["_source"]["layers"]["mbim"] for one in json.loads(done.stdout)]
    return [one.get("Information Buffer", {}) for one in found]


def plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def theirs(tree: object) -> Iterator[tuple[str, str]]:
    """The fields of a dissected buffer: name and value, without offsets, sizes and single bits."""
    for key, value in tree.items() if isinstance(tree, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from theirs(one)
            elif len(parts := key.split(".")) <= 4:
                yield plain(parts[-1]), one


def ours(struct: Struct) -> Iterator[tuple[str, object]]:
    for field, value in struct.public():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Struct):
                yield from ours(one)
            elif isinstance(field.wire, InTlv) and isinstance(one, str):
                yield "wcharstrdata", one
            elif one is not None and not isinstance(one, MbimTlv):
                yield plain(field.name), one


def same(value: object, text: str) -> bool:
    if isinstance(value, Uuid):
        return value.hex() == text.replace("-", "")
    if isinstance(value, bytes):
        return value.hex() == text.replace(":", "")
    if not isinstance(value, int):
        return str(value) == text
    number = re.fullmatch(r"-?(0x[0-9a-f]+|\d+)", text)
    return bool(number) and (int(text, 0) - int(value)) % (1 << 32) == 0


def by_name(pairs: Iterator[tuple[str, object]]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = defaultdict(list)
    for name, value in pairs:
        found[name].append(value)
    return found


def different(body: Message, tree: object, compared: set[tuple[str, str]]) -> Iterator[str]:
    there = by_name(theirs(tree))
    name_of_message = type(body).__name__
    for name, values in by_name(ours(body)).items():
        if (name_of_message, name) in FIELDS:
            continue
        names = [name, *OTHER_NAMES.get(name, "").split()]
        shown = next((there[one] for one in names if one in there), None)
        place = f"{body.service_name} {name_of_message}.{name}"
        if shown is None:
            yield f"{place}: Wireshark has no such field, but {sorted(there)}"
            continue
        if len(values) > 1 and len(shown) == 1 and all(isinstance(one, int) for one in values):
            values = [bytes(int(str(int(one))) for one in values)]  # type: ignore[call-overload]
        if len(values) != len(shown) or not all(map(same, values, map(str, shown))):
            yield f"{place}: {values} against {shown}"
        compared.add((name_of_message, name))


def compare(mbimex: str, path: Path) -> set[tuple[str, str]]:
    """Return which fields of which messages were compared; fails where one differs."""
    made = list(messages(mbimex))
    first = [agreed(int(mbimex[0]))] if mbimex != "1.0" else []
    trees = dissected(first + [data for _, data in made], path)[len(first) :]
    assert len(trees) == len(made)
    compared: set[tuple[str, str]] = set()
    found: list[str] = []
    for (body, _), tree in zip(made, trees, strict=True):
        if UNKNOWN.search(json.dumps(tree)):
            continue
        found += different(body, tree, compared)
    assert not found, "\n".join(sorted(set(found)))
    return compared


@pytest.mark.parametrize(("mbimex", "fields"), [("1.0", 430), ("2.0", 20), ("3.0", 60)])
def test_wireshark_reads_every_message_as_it_was_meant(mbimex: str, fields: int, tmp_path: Path):
    assert len(compare(mbimex, tmp_path / "messages.pcapng")) > fields
