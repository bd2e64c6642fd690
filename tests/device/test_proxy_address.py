# SPDX-License-Identifier: GPL-2.0-or-later
"""Which addresses go through a proxy or a tunnel, and which port a node is asked by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import cast

import pytest
import trio

from qmiprobe import host
from qmiprobe.address import ControlPort, Protocol, parse, resolve
from qmiprobe.address._resolve import _port, _proxies
from qmiprobe.device import qmi_device
from qmiprobe.errors import CannotTest, OtherProtocol
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim.services._shared import Service
from qmiprobe.qmi.services import dms
from tests.device.inside import Inside
from tests.device.pty_end import pty_end
from tests.device.scripted import ScriptedMbim
from tests.netns import run_in_netns


@pytest.fixture
def node() -> Iterator[str]:
    master, slave = os.openpty()
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize(
    ("listening", "holders", "driver", "expected"),
    [
        (("qmi-proxy",), (), "qmi", ("qmi",)),
        (("mbim-proxy",), (), "mbim", ("mbim",)),
        (("qmi-proxy", "mbim-proxy"), (), "mbim", ("mbim",)),
        # Of no use to this port, whoever holds it.
        (("mbim-proxy",), ("mbim-proxy",), "qmi", ()),
        (("qmi-proxy",), (), "at", ()),
        ((), ("qmi-proxy",), "qmi", ()),
        # No driver says what the port speaks: only who has it open.
        (("qmi-proxy",), (), None, ()),
        (("qmi-proxy", "mbim-proxy"), ("mbim-proxy",), None, ("mbim",)),
        (("qmi-proxy", "mbim-proxy"), ("ModemManager",), None, ()),
    ],
)
def test_a_node_is_asked_through_the_proxy_that_listens_for_its_protocol(
    node: str,
    monkeypatch: pytest.MonkeyPatch,
    listening: tuple[str, ...],
    holders: tuple[str, ...],
    driver: str | None,
    expected: tuple[str, ...],
):
    found = tuple(host.Holder(pid=number, program=name) for number, name in enumerate(holders, 2))
    monkeypatch.setattr(host, "listening_proxies", lambda: listening)
    monkeypatch.setattr(host, "holders", lambda _path: host.Holders(found=found, unread=0))
    assert _proxies(node, driver) == expected


def test_a_node_that_is_not_there_is_nobodys(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(host, "listening_proxies", lambda: ("qmi-proxy",))
    assert _proxies("/dev/qmiprobe-missing", "qmi") == ()


def _qmi_node(path: str) -> ControlPort:
    """A node whose driver speaks QMI."""
    return _port(path, None, None, cast("host.Port", _Port()))


class _Port:
    protocol = "qmi"
    interface = "2-6:1.8"


def test_a_proxy_that_listens_is_what_the_port_opens(node: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(host, "listening_proxies", lambda: ("qmi-proxy",))
    port = _qmi_node(node)
    assert port.proxies == ("qmi",)
    assert port.open is not None
    # In a namespace of its own there is none after all: so it is the proxy that is asked for.
    with pytest.raises(BaseException, match="no qmi-proxy listens in this network namespace"):
        run_in_netns(port.open, "qmi")


@pytest.mark.parametrize(
    ("text", "wanted", "proxies"),
    [
        ("qmi-proxy:", "qmi", ("qmi",)),
        ("mbim-proxy:", "mbim", ("mbim",)),
        ("mbim-tunnel:", "qmi", ()),
    ],
)
async def test_an_address_decides_what_is_spoken(
    node: str, text: str, wanted: Protocol, proxies: tuple[str, ...]
):
    async with resolve(parse(text + node)) as port:
        assert (port.name, port.path, port.proxies) == (text + node, node, proxies)
        assert port.wanted == port.driver_protocol == wanted
        assert port.open is not None
        other: Protocol = "mbim" if wanted == "qmi" else "qmi"
        with pytest.raises(CannotTest, match=f"carries {wanted.upper()} only"):
            await port.open(other)


@pytest.mark.parametrize("text", ["mbim-proxy:", "mbim-tunnel:"])
async def test_mbim_is_not_said_to_a_port_whose_driver_speaks_qmi(
    node: str, text: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(host, "find_port", lambda _path, *, sysroot: _Port())
    async with resolve(parse(text + node)) as port:
        assert port.open is not None
        with pytest.raises(OtherProtocol, match=f"speaks QMI: ask {node} itself"):
            await port.open(cast("Protocol", port.wanted))


async def test_a_tunnel_is_opened_on_a_node():
    async with pty_end(MbimFramer(), piece=64) as end, trio.open_nursery() as nursery:
        inside = Inside(ScriptedMbim(end))
        nursery.start_soon(inside.function.run)
        with trio.fail_after(10):
            async with resolve(parse(f"mbim-tunnel:{end.path}")) as port:
                assert port.open is not None
                transport = await port.open("qmi")
                async with qmi_device(transport) as device, device.client("dms") as client:
                    assert (await client.call(dms.GetModel())).model == "EM7455"
                await transport.aclose()
        nursery.cancel_scope.cancel()
    assert inside.modem.held == []
    assert inside.subscriptions[0] == {Service.QMI: [1]}
    assert inside.function.asked[-1] == "close"
