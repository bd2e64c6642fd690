# SPDX-License-Identifier: GPL-2.0-or-later
"""Who holds a node, and which proxies listen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
import trio

from qmiprobe.host import Holder, clients_of, holders, listening_proxies
from tests.host.tree import FakeTree
from tests.netns import run_in_netns
from tests.peers.proxied import proxied

_NOBODY = 65534
UNIX = """\
Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 24001 @qmi-proxy
0000000000000000: 00000003 00000000 00000000 0001 03 24002 @mbim-proxy
0000000000000000: 00000002 00000000 00010000 0001 01 24003 /run/mbim-proxy
0000000000000000: 00000002 00000000 zzzz 0001 01 24003 @odd
short line
"""


def test_processes_that_have_the_node_open_are_named(tree: FakeTree):
    tree.add_process(700, "ModemManager", "/dev/null", "/dev/cdc-wdm0")
    tree.add_process(80, "qmi-proxy", "/dev/cdc-wdm0")
    tree.add_process(9, "bash", "/dev/pts/1")
    found = holders("/dev/cdc-wdm0", sysroot=tree.sysroot)
    assert found.found == (
        Holder(pid=80, program="qmi-proxy"),
        Holder(pid=700, program="ModemManager"),
    )
    assert [one.is_proxy for one in found.found] == [True, False]
    assert found.unread == 0


def test_nobody_holds_a_node_on_an_empty_machine(tree: FakeTree):
    assert holders("/dev/cdc-wdm0", sysroot=tree.sysroot).found == ()


def test_other_process_on_this_machine_is_found_by_device_number():
    main, other = os.openpty()
    name = os.ttyname(other)
    code = "import sys; sys.stdout.write('x'); sys.stdout.flush(); sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[other],
    )
    try:
        assert process.stdout is not None
        process.stdout.read(1)
        assert process.pid in [one.pid for one in holders(name).found]
    finally:
        process.communicate(timeout=20)
        os.close(other)
        os.close(main)


@pytest.mark.needs("root")
def test_processes_that_a_plain_user_may_not_read_are_counted():
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        unread = b"0"
        try:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
            unread = str(holders("/dev/cdc-wdm0").unread).encode()
        finally:
            os.write(writing, unread)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert int(pipe.read()) > 0
    os.waitpid(child, 0)


def test_listening_proxies_are_told_from_connections_to_them(tree: FakeTree):
    tree.write("proc/net/unix", UNIX)
    assert listening_proxies(tree.sysroot) == ("qmi-proxy",)


def test_no_proxy_listens_without_the_table(tree: FakeTree):
    assert listening_proxies(tree.sysroot) == ()


SHARED = "qmi-proxy"


@pytest.mark.needs("netns", "qmi-proxy")
def test_programs_that_use_a_proxy_are_found_behind_it():
    async def body() -> None:
        async with proxied("qmi") as shared:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect("\0" + SHARED)
                client.settimeout(10)
                client.send(proxy_open(shared.path))
                assert await trio.to_thread.run_sync(client.recv, 100)
                (proxy,) = [one for one in holders(shared.path).found if one.program == SHARED]
                assert proxy.pid == shared.proxy.pid
                (found,) = clients_of(proxy)
                assert (found.pid, found.through) == (os.getpid(), SHARED)
            assert clients_of(Holder(pid=os.getpid(), program="not-a-proxy")) == ()

    run_in_netns(body)


def proxy_open(path: str) -> bytes:
    """Return the CTL message with which qmi-proxy is told the port: 0xFF00, TLV 1 is the path."""
    tlv = b"\x01" + len(path).to_bytes(2, "little") + path.encode()
    sdu = b"\x00\x01\x00\xff" + len(tlv).to_bytes(2, "little") + tlv
    return b"\x01" + (len(sdu) + 5).to_bytes(2, "little") + b"\0\0\0" + sdu
