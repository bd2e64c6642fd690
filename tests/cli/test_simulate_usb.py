# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe simulate`` with a modem on a USB bus: options, what is told, what is refused."""

from __future__ import annotations

import json
import signal
import socket
import struct
import subprocess
import sys

import pytest
from click.testing import CliRunner

from qmiprobe.cli.simulate import command
from qmiprobe.sim.usb._faults import all_usb_faults

TIME = 60


def simulate(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("ec25",), "Give --pty, --proxy, --usbip or --usbip-listen"),
        (("ec25", "--usbip", "--usbip-listen", "[::1]:0"), "either --usbip or --usbip-listen"),
        (("ec25", "--pty", "--fault", "needs-dtr"), "needs-dtr is for --usbip and --usbip-listen"),
        (("ec25", "--usbip-listen", "3240"), "HOST:PORT is needed, not '3240'"),
        (("ec25", "--usbip-listen", "localhost:x"), "HOST:PORT is needed, not 'localhost:x'"),
        (("ec25", "--usbip-listen", "localhost:99999"), "HOST:PORT is needed"),
        (("ec25", "--usbip", "--fault", "needs-dt"), "needs-dt"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...], complaint: str):
    status, output = simulate(*words)
    assert status == 2
    assert complaint in output


def test_help_has_a_table_of_the_bus_faults():
    status, output = simulate("--help")
    assert status == 0
    assert "Faults of modems on USB" in output
    for name in all_usb_faults():
        assert f"  {name} " in output


def test_a_modem_that_is_served_can_be_listed_and_goes_when_interrupted():
    line = [sys.executable, "-m", "qmiprobe", "simulate", "em7455", "--json"]
    line += ["--usbip-listen", "127.0.0.1:0", "--fault", "get-stalls"]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            assert told["faults"] == ["get-stalls"]
            assert told["usbip"]["busid"] == "1-1"
            address = told["usbip"]["host"], told["usbip"]["port"]
            with socket.create_connection(address, timeout=TIME) as stream:
                stream.sendall(struct.pack(">HHI", 0x0111, 0x8005, 0))
                data = b""
                while more := stream.recv(4096):
                    data += more
            assert struct.unpack(">HHII", data[:12]) == (0x0111, 5, 0, 1)
            assert struct.unpack(">HH", data[12 + 300 : 12 + 304]) == (0x1199, 0x9079)
            process.send_signal(signal.SIGINT)
            assert process.wait(TIME) == 130
        finally:
            process.kill()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=TIME)
