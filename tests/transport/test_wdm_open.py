# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening a control port: what is asked of the system, and what each refusal says."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from qmiprobe._framing import Frame
from qmiprobe.errors import (
    DeviceGone,
    DeviceReset,
    PortBusy,
    PortMissing,
    PortPermission,
    TransportError,
)
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.transport import open_wdm
from tests.transport.fake_wdm import PATH, FakeWdm, failed

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = bytes.fromhex("010b00000000000121000000")


async def test_a_port_is_opened_for_both_ways_without_blocking_or_a_controlling_terminal():
    fake = FakeWdm()
    port = await open_wdm(PATH, QmuxFramer(), system=fake)
    assert port.name == PATH
    assert port.max_command == 4096
    flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    assert fake.opened == [(PATH, flags)]
    await port.aclose()


@pytest.mark.parametrize(
    ("number", "kind", "hint"),
    [
        (errno.ENOENT, PortMissing, "qmiprobe list"),
        (errno.ENXIO, PortMissing, "qmiprobe list"),
        (errno.EACCES, PortPermission, "run as root"),
        (errno.EPERM, PortPermission, "container"),
        (errno.EBUSY, PortBusy, "fuser -v"),
        (errno.ENODEV, DeviceGone, "plug it in"),
        (errno.EIO, DeviceReset, "reset it"),
        (errno.EMFILE, TransportError, "Too many open files"),
    ],
)
async def test_a_port_that_cannot_be_opened_says_why_and_what_to_do(
    number: int, kind: type[TransportError], hint: str
):
    fake = FakeWdm()
    fake.open_error = failed(number)
    with pytest.raises(TransportError, match=hint) as caught:
        await open_wdm(PATH, QmuxFramer(), system=fake)
    assert type(caught.value) is kind
    assert caught.value.errno == number
    assert str(caught.value).startswith(f"{PATH}: ")
    assert errno.errorcode[number] in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (512, 512),
        (0, None),
        (failed(errno.ENOTTY), None),
        (failed(errno.EINVAL), None),
    ],
)
async def test_the_longest_command_is_asked_for_and_may_be_unknown(
    answer: int | OSError, expected: int | None
):
    fake = FakeWdm()
    fake.max_command_answer = answer
    port = await open_wdm(PATH, QmuxFramer(), system=fake)
    assert port.max_command == expected
    await port.aclose()


async def test_a_device_that_goes_while_it_is_opened_is_gone_and_closed():
    fake = FakeWdm()
    fake.max_command_answer = failed(errno.ENODEV)
    with pytest.raises(DeviceGone):
        await open_wdm(PATH, QmuxFramer(), system=fake)
    assert fake.closed == 1


@pytest.mark.parametrize("property_", ["character_device", "pollable"])
async def test_what_is_no_control_port_is_refused_and_closed(property_: str):
    fake = FakeWdm()
    setattr(fake, property_, False)
    with pytest.raises(TransportError, match="not a control port"):
        await open_wdm(PATH, QmuxFramer(), system=fake)
    assert fake.closed == 1


async def test_a_file_and_dev_null_are_refused(tmp_path: Path):
    file = tmp_path / "cdc-wdm0"
    file.write_bytes(b"")
    for path in (str(file), "/dev/null"):
        with pytest.raises(TransportError, match="not a control port"):
            await open_wdm(path, QmuxFramer())


async def test_a_missing_node_and_a_folder_are_refused(tmp_path: Path):
    with pytest.raises(PortMissing):
        await open_wdm(str(tmp_path / "cdc-wdm0"), QmuxFramer())
    with pytest.raises(TransportError, match="EISDIR"):
        await open_wdm(str(tmp_path), QmuxFramer())


async def test_the_trace_sees_what_reads_and_writes_carried():
    fake = FakeWdm()
    seen: list[tuple[str, bytes]] = []
    port = await open_wdm(
        PATH,
        QmuxFramer(),
        system=fake,
        trace=lambda direction, data: seen.append((direction, data)),
    )
    fake.answer(b"\xff" + REQUEST)
    await port.send(REQUEST)
    await port.receive()
    assert await port.receive() == Frame(REQUEST)
    assert seen == [("to-device", REQUEST), ("from-device", b"\xff" + REQUEST)]
    await port.aclose()
