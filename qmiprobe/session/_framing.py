# SPDX-License-Identifier: GPL-2.0-or-later
"""Has qmi_wwan and the modem speak the same on the netdev, in the order that works.

The driver changes its framing only while the netdev is down, and its MTU freely only in 802.3
mode; with QMAP the MTU is the size of the transfers that it is ready for. The modem is asked
before the driver is touched and told after it, and its answer says what it really does.
"""

from __future__ import annotations

from dataclasses import dataclass

import trio

from qmiprobe.device import QmiDevice
from qmiprobe.errors import CannotTest, QmiError
from qmiprobe.qmi.services import wda
from qmiprobe.qmi.services._shared import DataEndpointType, Endpoint, Error
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._model import QUERY_TIMEOUT, Framing
from qmiprobe.session._netdev import NetdevChange
from qmiprobe.session._steps import AddedMux, DataFormat, RawIp
from qmiprobe.session._sysfs import mux_netdev, qmi_folder

AGGREGATE_SIZE = 16384
"""Bytes of a transfer with QMAP: what all modems seen so far make, and qmi_wwan takes."""
AGGREGATE_PACKETS = 32
_ARPHRD_ETHER = 1
_NO_SERVICE = (
    Error.NOT_SUPPORTED,
    Error.INVALID_QMI_COMMAND,
    Error.INVALID_SERVICE_TYPE,
    Error.INFORMATION_UNAVAILABLE,
)
_PROTOCOLS = {
    "raw-ip": wda.LinkLayerProtocol.RAW_IP,
    "802.3": wda.LinkLayerProtocol._802_3,
}
_OFF, _QMAP = wda.DataAggregationProtocol.DISABLED, wda.DataAggregationProtocol.QMAP


@dataclass(frozen=True)
class Host:
    """What the kernel's side of a netdev speaks."""

    index: int
    raw_ip: bool
    switchable: bool
    """Whether it is qmi_wwan's, and does the other framing too."""
    in_use: bool
    """Whether it is up and has addresses of somebody's."""


async def agree_framing(
    device: QmiDevice,
    netdev: str,
    *,
    ledger: Ledger,
    framing: Framing = "auto",
    mux_id: int | None = None,
    endpoint: tuple[int, int] | None = None,
    force: bool = False,
) -> str:
    """Return the netdev that carries the session's packets, host and modem agreed about it.

    ``endpoint``: type and number of the modem's data endpoint, which some modems want to be told.
    Raises CannotTest where they cannot agree, and where the netdev would have to go down and is
    in use by others, unless with ``force``.
    """
    host = await trio.to_thread.run_sync(_look, netdev)
    if mux_id is not None and not host.switchable:
        raise CannotTest(f"{netdev}: its driver has no mux ids (qmi_wwan has): leave --mux out")
    found = await _read_format(device, endpoint)
    wanted = _wanted(framing, found, host, muxed=mux_id is not None)
    if mux_id is not None or wanted != host.raw_ip:
        if host.in_use and not force:
            raise CannotTest(
                f"{netdev} has to go down for another framing, and is in use: end the other "
                "program's session, or --force it"
            )
        await _change_host(netdev, ledger, raw_ip=wanted, muxed=mux_id is not None)
    if found is not None:
        await _change_modem(device, found, wanted, mux_id is not None, endpoint, ledger)
    elif mux_id is not None:
        raise CannotTest("the modem has no WDA service to agree on QMAP with: leave --mux out")
    if mux_id is None:
        return netdev
    return await trio.to_thread.run_sync(_add_mux, netdev, mux_id, ledger)


def _look(netdev: str) -> Host:
    from pyroute2 import IPRoute

    with IPRoute() as netlink:
        change = NetdevChange(netlink, netdev, Ledger())
        link = netlink.get_links(change.index)[0]
        raw = link["ifi_type"] != _ARPHRD_ETHER
        switchable = qmi_folder(netdev, index=change.index) is not None
        return Host(change.index, raw, switchable, change.is_up and change.has_addresses())


async def _read_format(
    device: QmiDevice, endpoint: tuple[int, int] | None
) -> wda.GetDataFormatResponse | None:
    """Ask what the modem speaks; None where it does not say."""
    try:
        async with device.client("wda") as client:
            try:
                return await client.call(wda.GetDataFormat(), timeout=QUERY_TIMEOUT)
            except QmiError as error:
                if error.error != Error.MISSING_ARGUMENT or endpoint is None:
                    raise
            asked = wda.GetDataFormat(endpoint_info=_endpoint(endpoint))
            return await client.call(asked, timeout=QUERY_TIMEOUT)
    except QmiError as error:
        if error.error in _NO_SERVICE:
            return None
        raise


def _endpoint(endpoint: tuple[int, int] | None) -> Endpoint | None:
    if endpoint is None:
        return None
    kind, number = endpoint
    return Endpoint(endpoint_type=DataEndpointType(kind), interface_number=number)


def _wanted(
    framing: Framing, found: wda.GetDataFormatResponse | None, host: Host, *, muxed: bool
) -> bool:
    """Return whether bare IP packets shall be spoken; what the modem does now, if it is free."""
    if muxed:
        if framing == "802.3":
            raise CannotTest("with mux ids packets are bare IP: leave --framing out")
        return True
    if framing != "auto":
        wanted = framing == "raw-ip"
    elif host.switchable and found is not None and found.link_layer_protocol is not None:
        return found.link_layer_protocol == wda.LinkLayerProtocol.RAW_IP
    else:
        wanted = host.raw_ip
    if wanted != host.raw_ip and not host.switchable:
        speaks = "raw-ip" if host.raw_ip else "802.3"
        raise CannotTest(f"the driver of this netdev speaks {speaks} only: leave --framing out")
    return wanted


async def _change_host(netdev: str, ledger: Ledger, *, raw_ip: bool, muxed: bool) -> None:
    await trio.to_thread.run_sync(_set_host, netdev, ledger, raw_ip, muxed)


def _set_host(netdev: str, ledger: Ledger, raw_ip: bool, muxed: bool) -> None:
    from pyroute2 import IPRoute

    with IPRoute() as netlink:
        change = NetdevChange(netlink, netdev, ledger)
        folder = qmi_folder(netdev, index=change.index)
        if folder is None:
            raise CannotTest(f"{netdev} is gone, or another driver's by now")
        file = folder / "raw_ip"
        before = file.read_text(encoding="ascii").strip()
        change.bring_down()

        def write(after: str) -> None:
            now = file.read_text(encoding="ascii").strip()
            if now == after:
                return
            step = RawIp(netdev=netdev, index=change.index, before=now, after=after)
            change.make(
                f"have it speak {'raw-ip' if after == 'Y' else '802.3'}",
                step,
                lambda _: file.write_text(after, encoding="ascii"),
            )

        if muxed:
            if before == "N":  # kernels that limit the MTU at first forget it on the way back
                write("Y")
            write("N")
            change.set_mtu(AGGREGATE_SIZE)
        write("Y" if raw_ip else "N")


async def _change_modem(
    device: QmiDevice,
    found: wda.GetDataFormatResponse,
    raw_ip: bool,
    muxed: bool,
    endpoint: tuple[int, int] | None,
    ledger: Ledger,
) -> None:
    """Tell the modem what to speak, where that is something else than it does."""
    protocol = _PROTOCOLS["raw-ip" if raw_ip else "802.3"]
    aggregation = _QMAP if muxed else _OFF
    uplink = found.uplink_data_aggregation_protocol or _OFF
    downlink = found.downlink_data_aggregation_protocol or _OFF
    now = (found.link_layer_protocol or protocol, uplink, downlink)
    if now == (protocol, aggregation, aggregation):
        return
    step = DataFormat(
        protocol_before=int(now[0]),
        uplink_before=int(uplink),
        downlink_before=int(downlink),
        size_before=found.downlink_data_aggregation_max_size or 0,
        datagrams_before=found.downlink_data_aggregation_max_datagrams or 0,
        protocol=int(protocol),
        uplink=int(aggregation),
        downlink=int(aggregation),
        endpoint_type=endpoint[0] if endpoint is not None else None,
        endpoint_number=endpoint[1] if endpoint is not None else None,
    )
    request = wda.SetDataFormat(
        link_layer_protocol=protocol,
        uplink_data_aggregation_protocol=aggregation,
        downlink_data_aggregation_protocol=aggregation,
        endpoint_info=_endpoint(endpoint),
    )
    if muxed:
        request.downlink_data_aggregation_max_size = AGGREGATE_SIZE
        request.downlink_data_aggregation_max_datagrams = AGGREGATE_PACKETS
    ledger.push(step)
    await _set_format(device, request, protocol, aggregation)


async def _set_format(
    device: QmiDevice,
    request: wda.SetDataFormat,
    protocol: wda.LinkLayerProtocol,
    aggregation: wda.DataAggregationProtocol,
) -> None:
    """Ask for it; CannotTest where the modem takes something else."""
    async with device.client("wda") as client:
        got = await client.call(request, timeout=QUERY_TIMEOUT)
    if got.link_layer_protocol not in (None, protocol):
        raise CannotTest(f"the modem does not take {protocol}: it speaks {got.link_layer_protocol}")
    taken = got.downlink_data_aggregation_protocol or _OFF
    if taken != aggregation:
        raise CannotTest(f"the modem does not take aggregation {aggregation}: it has {taken}")


async def restore_data_format(step: DataFormat, device: QmiDevice) -> None:
    """Have the modem speak what it did before, unless somebody told it another thing since."""
    endpoint = None
    if step.endpoint_type is not None and step.endpoint_number is not None:
        endpoint = (step.endpoint_type, step.endpoint_number)
    found = await _read_format(device, endpoint)
    if found is None or int(found.link_layer_protocol or 0) != step.protocol:
        return
    if int(found.downlink_data_aggregation_protocol or _OFF) != step.downlink:
        return
    muxed = step.downlink_before != int(_OFF)
    request = wda.SetDataFormat(
        link_layer_protocol=wda.LinkLayerProtocol(step.protocol_before),
        uplink_data_aggregation_protocol=wda.DataAggregationProtocol(step.uplink_before),
        downlink_data_aggregation_protocol=wda.DataAggregationProtocol(step.downlink_before),
        downlink_data_aggregation_max_size=step.size_before if muxed else None,
        downlink_data_aggregation_max_datagrams=step.datagrams_before if muxed else None,
        endpoint_info=_endpoint(endpoint),
    )
    async with device.client("wda") as client:
        await client.call(request, timeout=QUERY_TIMEOUT)


def _add_mux(netdev: str, mux_id: int, ledger: Ledger) -> str:
    """Have the driver make the netdev of a mux id; return its name."""
    from pyroute2 import IPRoute

    with IPRoute() as netlink:
        change = NetdevChange(netlink, netdev, ledger)
        folder = qmi_folder(netdev, index=change.index)
        if folder is None:
            raise CannotTest(f"{netdev} is gone, or another driver's by now")
        if mux_netdev(netdev, mux_id=mux_id) is not None:
            raise CannotTest(f"mux id {mux_id} of {netdev} is in use already: give another --mux")
        file = folder / "add_mux"
        change.make(
            f"add mux id {mux_id}",
            AddedMux(netdev=netdev, index=change.index, mux_id=mux_id),
            lambda _: file.write_text(str(mux_id), encoding="ascii"),
        )
        change.bring_up()
        name = mux_netdev(netdev, mux_id=mux_id)
    if name is None:
        raise CannotTest(f"{netdev}: the driver took mux id {mux_id} and made no netdev of it")
    return name
