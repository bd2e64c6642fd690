# SPDX-License-Identifier: GPL-2.0-or-later
"""A process gets a network namespace of its own, and failures name their step."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path

import pytest
import trio
import trio.testing

from qmiprobe.errors import CannotTest
from qmiprobe.sim.dataplane import (
    _interface,
    _namespace,
    can_enter_namespace,
    enter_namespace,
    in_own_namespace,
    open_in_namespace,
)
from tests import netns
from tests.netns import BodyFailed, run_in_netns


def _interfaces() -> list[str]:
    return sorted(name for _, name in socket.if_nameindex())


@pytest.mark.needs("netns")
def test_the_process_is_alone_with_lo_and_the_parent_stays_where_it_is():
    before = os.readlink("/proc/self/ns/net")

    async def body() -> tuple[str, list[str], bool, str]:
        listener = await trio.open_tcp_listeners(0, host="127.0.0.1")
        stream = await trio.testing.open_stream_to_socket_listener(listener[0])
        await stream.aclose()
        return (
            os.readlink("/proc/self/ns/net"),
            _interfaces(),
            in_own_namespace(),
            await trio.to_thread.run_sync(lambda: os.readlink("/proc/thread-self/ns/net")),
        )

    inside, interfaces, entered, in_worker = run_in_netns(body)
    assert inside != before
    assert in_worker == inside
    assert interfaces == ["lo"]
    assert entered
    assert os.readlink("/proc/self/ns/net") == before
    assert not in_own_namespace()


@pytest.mark.needs("netns")
def test_the_carriers_namespace_is_another_one_and_its_sockets_work_here():
    def listen() -> tuple[str, socket.socket, list[str]]:
        server = socket.create_server(("127.0.0.1", 0))
        return os.readlink("/proc/thread-self/ns/net"), server, _interfaces()

    async def body() -> None:
        name, server, interfaces = await trio.to_thread.run_sync(open_in_namespace, listen)
        with server:
            assert name != os.readlink("/proc/self/ns/net")
            assert interfaces == ["lo"]
            with pytest.raises(OSError, match="failed"):
                await trio.open_tcp_stream("127.0.0.1", server.getsockname()[1])

    run_in_netns(body)


@pytest.mark.needs("netns")
def test_an_error_in_the_carriers_namespace_comes_through():
    def fail() -> None:
        raise KeyError("boom")

    async def body() -> None:
        with pytest.raises(KeyError, match="boom"):
            open_in_namespace(fail)

    run_in_netns(body)


@pytest.mark.needs("netns", "tun")
def test_the_trial_says_that_it_works_and_leaves_nothing_behind():
    before = os.listdir("/proc/self/fd"), _interfaces()
    assert can_enter_namespace() is None
    assert (os.listdir("/proc/self/fd"), _interfaces()) == before


def test_the_trial_names_the_step_that_fails(monkeypatch: pytest.MonkeyPatch):
    def refuse(_flags: int) -> None:
        raise CannotTest("cannot make a network namespace (unshare): no")

    monkeypatch.setattr(_namespace, "_unshare", refuse)
    assert can_enter_namespace() == "cannot make a network namespace (unshare): no"


@pytest.mark.needs("netns")
def test_a_missing_tun_node_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_interface, "TUN_NODE", "/dev/net/no-such-tun")
    reason = can_enter_namespace()
    assert reason is not None
    assert "/dev/net/no-such-tun" in reason
    assert "load the kernel module tun" in reason


@pytest.mark.needs("netns")
def test_root_without_the_capability_takes_a_user_namespace(monkeypatch: pytest.MonkeyPatch):
    real = _namespace._unshare
    asked: list[int] = []

    def refuse_plain(flags: int) -> None:
        asked.append(flags)
        if not flags & 0x10000000:
            error = PermissionError(1, "Operation not permitted")
            raise CannotTest("cannot make a network namespace (unshare)") from error
        real(flags)

    monkeypatch.setattr(_namespace, "_unshare", refuse_plain)

    async def body() -> tuple[int, list[str]]:
        return os.geteuid(), _interfaces()

    assert run_in_netns(body) == (0, ["lo"])


def test_a_process_with_threads_is_not_moved():
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        with pytest.raises(RuntimeError, match="other threads"):
            enter_namespace()
    finally:
        release.set()
        thread.join()


@pytest.mark.needs("netns")
def test_a_body_that_fails_hangs_or_dies_fails_the_test(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(netns, "_GRACE_SECONDS", 0.3)

    async def wrong() -> None:
        assert 1 + 1 == 3, "sums"

    async def hang() -> None:
        await trio.sleep_forever()

    async def block() -> None:
        threading.Event().wait()

    async def die() -> None:
        os._exit(7)

    with pytest.raises(BodyFailed, match="sums"):
        run_in_netns(wrong)
    with pytest.raises(BodyFailed, match="TooSlowError"):
        run_in_netns(hang, timeout=0.05)
    with pytest.raises(BodyFailed, match="nothing came back"):
        run_in_netns(block, timeout=0.1)
    with pytest.raises(BodyFailed, match="died"):
        run_in_netns(die)


@pytest.mark.needs("netns")
def test_a_body_may_skip_its_test_and_children_die_with_it():
    async def skip() -> None:
        pytest.skip("not today")

    async def leave_a_child() -> int:
        child = os.fork()
        if child == 0:
            threading.Event().wait(20)
            os._exit(0)
        return child

    with pytest.raises(pytest.skip.Exception, match="not today"):
        run_in_netns(skip)
    left = run_in_netns(leave_a_child)
    for _ in range(200):
        if not os.path.exists(f"/proc/{left}") or _state(left) == "Z":
            return
        time.sleep(0.01)
    pytest.fail(f"process {left} outlived its test")


def _state(process: int) -> str:
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return "Z"
    return text.rpartition(")")[2].split()[0]
