# SPDX-License-Identifier: GPL-2.0-or-later
"""What is written as pcapng is read again, by us and by Wireshark."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from qmiprobe.capture import Captured, Decoder, PcapngWriter, read_messages
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REQUEST,
    OPEN,
    OPEN_DONE,
    RADIO_STATE,
    RADIO_STATE_QUERY,
    unhex,
)

if TYPE_CHECKING:
    from pathlib import Path

MBIM = [unhex(text) for text in (OPEN, OPEN_DONE, RADIO_STATE_QUERY, RADIO_STATE)]
QMI = [unhex(text) for text in (GET_IDS_REQUEST, GET_IDS_ANSWER)]


def items(port: str | None = None) -> list[Captured]:
    return [
        Captured(data=data, time=1_700_000_000.25 + number, port=port)
        for number, data in enumerate([*MBIM, *QMI])
    ]


def written(captured: list[Captured], *, keep_personal: bool = True) -> bytes:
    decoder, writer = Decoder(keep_personal=keep_personal), PcapngWriter()
    return writer.begin() + b"".join(writer.message(decoder.decode(one)) for one in captured)


def read(data: bytes) -> list[Captured]:
    found, again = read_messages([data])
    assert found.name == "a pcapng file"
    return list(again)


@pytest.mark.parametrize("port", [None, "/dev/cdc-wdm0", "usb 3:17 interface 12"])
def test_what_is_written_is_read_back(port: str | None):
    found = read(written(items(port)))
    assert [one.data for one in found] == [*MBIM, *QMI]
    assert [one.direction for one in found] == ["to-device", "from-device"] * 3
    assert [one.time for one in found] == [one.time for one in items()]
    if port and port.startswith("usb"):
        assert {one.port for one in found} == {port}
    else:  # one device for each protocol
        assert sorted({one.port or "" for one in found}) == [
            "usb 0:1 interface 0",
            "usb 0:2 interface 0",
        ]


def test_messages_without_times_are_written_too():
    data = written([replace(one, time=None) for one in items()])
    assert [one.data for one in read(data)] == [*MBIM, *QMI]


def test_personal_values_are_masked_in_the_file():
    assert b"001010123456789" in written(items())
    assert b"001010123456789" not in written(items(), keep_personal=False)


@pytest.mark.needs("tshark")
def test_wireshark_dissects_mbim_by_itself(tmp_path: Path):
    path = tmp_path / "messages.pcapng"
    path.write_bytes(written(items()))
    command = ["tshark", "-r", str(path), "-T", "json", "-Y", "mbim || usbcom"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    layers: list[dict[str, Any]] = [one["_source"]["layers"] for one in json.loads(done.stdout)]
    found = [one["mbim"] for one in layers if "mbim" in one]
    assert [one["Message Header"]["mbim.control.header.message_type"] for one in found] == [
        "0x00000001",
        "0x80000001",
        "0x00000003",
        "0x80000003",
    ]
    assert found[3]["Information Buffer"]["mbim.control.radio_state.hw_radio_state"] == "1"
    assert all("_ws.malformed" not in one for one in layers)
    times = [float(one["frame"]["frame.time_epoch"]) for one in layers if "mbim" in one]
    assert times == pytest.approx([one.time for one in items()[:4]])
