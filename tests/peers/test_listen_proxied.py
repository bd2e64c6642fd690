# SPDX-License-Identifier: GPL-2.0-or-later
"""``listen`` through the stock proxies, beside the stock tools."""

from __future__ import annotations

import json
from functools import partial

import pytest
import trio

from qmiprobe.sim._parts import Registration
from tests.peers.peer import Said
from tests.peers.proxied import Kind, Proxied, qmiprobe, with_proxy

pytestmark = pytest.mark.needs("netns", "qmi-proxy", "mbim-proxy", "qmicli", "mbimcli")
_QUESTION = {
    "qmi": ("--dms-get-model", "Model", "nas", "nas.system-info"),
    "mbim": (
        *("--query-radio-state", "Software radio state"),
        *("basic-connect.register-state", "basic-connect.register-state"),
    ),
}


@pytest.mark.parametrize("kind", ["qmi", "mbim"])
def test_indications_come_through_a_stock_proxy_while_others_ask(kind: Kind):
    action, field, word, message = _QUESTION[kind]

    async def body(shared: Proxied) -> None:
        said: list[Said] = []

        async def listen() -> None:
            options = ("--json", "--count", "4", "--for", "30")
            said.append(await qmiprobe("listen", shared.address, word, *options))
            nursery.cancel_scope.cancel()

        async def roam() -> None:
            while True:
                for way in (Registration.ROAMING, Registration.HOME):
                    await trio.sleep(0.3)
                    shared.modem.state.meet(way)

        with trio.fail_after(50):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(listen)
                nursery.start_soon(roam)
                for _ in range(3):
                    assert (await shared.tool.good(action)).fields()[field]
        (ended,) = said
        assert ended.status == 0, ended.text
        found = [json.loads(line) for line in ended.text.splitlines() if line.startswith("{")]
        assert len(found) == 4
        assert message in {f"{one['service']}.{one['message']}" for one in found}
        if kind == "qmi":
            assert shared.held == []

    with_proxy(kind, partial(body))
