# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's own QRTR with a service on the local node, as a phone's modem has them."""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager

import pytest
import trio

from tests.lab.online import Judge, judge_process

pytestmark = pytest.mark.needs("lab")

CONTROL = 0xFFFFFFFE
NEW_SERVER, DEL_SERVER = 4, 5
DMS, GET_MODEL = 2, 0x22
MODEL = b"QRTR1"
_OK = bytes.fromhex("02 0400 0000 0000")
_MODEL = b"\x01" + struct.pack("<H", len(MODEL)) + MODEL


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    subprocess.run(["modprobe", "qrtr"], check=True, timeout=60)
    with judge_process() as judge:
        yield judge


class Service:
    """A service that knows its model, and nothing else."""

    def __init__(self) -> None:
        self._own = socket.socket(socket.AF_QIPCRTR, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.node = self._own.getsockname()[0]
        self._own.bind((self.node, 0))
        self.clients: set[tuple[int, int]] = set()

    def announce(self, command: int) -> None:
        """Tell the name server that it is there, or is no more (struct qrtr_ctrl_pkt)."""
        _, port = self._own.getsockname()
        packet = struct.pack("<5I", command, DMS, 1, self.node, port)
        self._own.sendto(packet, (self.node, CONTROL))

    async def run(self) -> None:
        """Answer until cancelled."""
        with self._own:
            while True:
                await trio.lowlevel.wait_readable(self._own)
                data, source = self._own.recvfrom(65536)
                if source[1] == CONTROL:
                    continue
                self.clients.add(source)
                _, transaction, message, _ = struct.unpack_from("<BHHH", data)
                tlvs = _OK + _MODEL if message == GET_MODEL else bytes.fromhex("02 0400 0100 4700")
                head = struct.pack("<BHHH", 0x02, transaction, message, len(tlvs))
                self._own.sendto(head + tlvs, source)


@asynccontextmanager
async def _service() -> AsyncGenerator[Service, None]:
    service = Service()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(service.run)
        service.announce(NEW_SERVER)
        yield service
        nursery.cancel_scope.cancel()


async def test_service_of_the_node_is_found_and_answers(judge: Judge):
    async with _service() as service:
        for _ in range(2):
            words = ("call", f"qrtr:{service.node}", "dms.get-model", "--timeout", "60")
            status, output, errors = await judge.run(*words)
            assert (status, errors) == (0, "")
            assert MODEL.decode() in output
        assert service.clients, "none of them is the name server"
        words = ("call", f"qrtr:{service.node}", "dms.get-revision", "--timeout", "60")
        status, output, errors = await judge.run(*words)
        assert status == 1, "the service knows no such message"


async def test_node_without_services_and_service_that_left_cannot_be_asked(judge: Judge):
    words = ("dms.get-model", "--timeout", "60")
    status, output, errors = await judge.run("call", "qrtr:77", *words)
    assert status == 3, (output, errors)
    async with _service() as service:
        service.announce(DEL_SERVER)
        status, output, errors = await judge.run("call", f"qrtr:{service.node}", *words)
        assert status == 3, (output, errors)
