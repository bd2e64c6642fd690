# SPDX-License-Identifier: GPL-2.0-or-later
"""From an address to a port: what is opened, who speaks what there, and whose node it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmiprobe.address import ControlPort, parse, resolve
from qmiprobe.device import _qrtr as qrtr
from qmiprobe.device import qmi_device
from qmiprobe.errors import CannotTest, PortMissing
from tests.device.fake_qrtr import MODEM, a_modem, call_model
from tests.host.devices import em7455, lt4112
from tests.host.tree import FakeTree


@pytest.fixture
def tree(tmp_path: Path) -> FakeTree:
    return FakeTree(tmp_path)


async def resolved(address: str, tree: FakeTree | None = None) -> ControlPort:
    sysroot = tree.sysroot if tree is not None else "/"
    async with resolve(parse(address), sysroot=sysroot) as port:
        return port


async def test_a_node_is_opened_itself_unless_a_proxy_shares_it(tree: FakeTree):
    tree.add_usb(lt4112())
    port = await resolved("/dev/cdc-wdm0", tree)
    assert port.own_node("qmi") == port.own_node("mbim") == "/dev/cdc-wdm0"
    port.proxies = ("qmi",)
    assert port.own_node("qmi") is None
    assert port.own_node("mbim") == "/dev/cdc-wdm0"


@pytest.mark.parametrize(
    "address",
    [
        "qmi-proxy:/dev/cdc-wdm0",
        "mbim-proxy:/dev/cdc-wdm1",
        "mbim-tunnel:/dev/cdc-wdm1",
        "qrtr:0",
        "sim:ec25",
    ],
)
async def test_behind_something_else_there_is_no_node_of_ones_own(tree: FakeTree, address: str):
    tree.add_usb(lt4112())
    tree.add_usb(em7455())
    port = await resolved(address, tree)
    assert (port.own_node("qmi"), port.own_node("mbim")) == (None, None)


@pytest.mark.parametrize(
    ("node", "kind", "speaks", "carries"),
    [
        ("wwan0qmi0", "QMI", "qmi", None),
        ("wwan0mbim0", "MBIM", "mbim", None),
        ("wwan0at0", "AT", None, "at"),
        ("wwan0qcdm0", "QCDM", None, "qcdm"),
    ],
)
async def test_a_wwan_port_speaks_what_its_type_says(
    tree: FakeTree, node: str, kind: str, speaks: str | None, carries: str | None
):
    tree.add_pci_port("0000:01:00.0", node, kind, "mhi-pci-generic")
    port = await resolved(f"/dev/{node}", tree)
    assert (port.driver_protocol, port.carries) == (speaks, carries)
    assert port.modem is not None
    assert port.modem.bus == "pci"


@pytest.mark.parametrize(
    ("path", "speaks"),
    [
        ("/dev/wwan0qmi0", "qmi"),
        ("/dev/wwan12mbim1", "mbim"),
        ("/dev/wwan0at0", None),
        ("/tmp/wwan0qmi0", None),
        ("/dev/wwan0", None),
        ("/dev/cdc-wdm0", None),
    ],
)
async def test_where_sysfs_shows_nothing_a_wwan_port_speaks_what_its_name_says(
    tree: FakeTree, path: str, speaks: str | None
):
    assert (await resolved(path, tree)).driver_protocol == speaks


async def test_of_a_pci_modem_the_port_that_speaks_what_is_wanted_is_taken(tree: FakeTree):
    for node, kind in (("wwan0at0", "AT"), ("wwan0mbim0", "MBIM"), ("wwan0qmi0", "QMI")):
        tree.add_pci_port("0000:01:00.0", node, kind, "mhi-pci-generic")
    async with resolve(None, sysroot=tree.sysroot) as port:
        assert port.path == "/dev/wwan0mbim0"


async def test_a_qrtr_node_speaks_qmi_through_sockets(monkeypatch: pytest.MonkeyPatch):
    network, _ = a_modem()

    async def opened(node: int) -> qrtr.QrtrTransport:
        return await original(node, system=network)

    original = qrtr.open_qrtr
    monkeypatch.setattr(qrtr, "open_qrtr", opened)
    port = await resolved(f"qrtr:{MODEM}")
    assert (port.name, port.path, port.driver_protocol) == (f"qrtr:{MODEM}", None, "qmi")
    assert port.no_data_path
    assert port.open is not None
    transport = await port.open("qmi")
    try:
        async with qmi_device(transport) as device:
            assert await call_model(device) == "QRTR1"
    finally:
        await transport.aclose()
    with pytest.raises(CannotTest, match="carries QMI only"):
        await port.open("mbim")
    gone = await resolved("qrtr:9")
    assert gone.open is not None
    with pytest.raises(PortMissing, match="no such QRTR node"):
        await gone.open("qmi")
