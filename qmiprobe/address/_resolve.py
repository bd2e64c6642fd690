# SPDX-License-Identifier: GPL-2.0-or-later
"""From an address to a control port that can be opened, and what Linux says about it.

Nothing is sent to the modem here, and no node is opened before ``open`` is called. What a kind
of address needs is imported when one is resolved.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.address._model import (
    Address,
    NetdevAddress,
    NodeAddress,
    Protocol,
    ProxyAddress,
    QrtrAddress,
    ReplayAddress,
    SimAddress,
    TunnelAddress,
    UsbAddress,
)
from qmiprobe.bearer import Targets
from qmiprobe.errors import AddressError, CannotTest, OtherProtocol

if TYPE_CHECKING:
    from qmiprobe.host import Modem, Port
    from qmiprobe.transport import ControlTransport

    Open = Callable[[Protocol], Awaitable[ControlTransport]]
    """Opens the port for one protocol; the caller closes the transport."""
    Wrap = Callable[[ControlTransport, Protocol], ControlTransport]


@dataclass(kw_only=True)
class ControlPort:
    """Where a modem can be talked to, as far as it is known without talking."""

    name: str
    """For people: the path, or the address where there is none."""
    open: Open | None
    """None where there is no control port."""
    wanted: Protocol | None = None
    path: str | None = None
    modem: Modem | None = None
    """The USB or PCIe device; None for ptys, simulated modems and the like."""
    port: Port | None = None
    netdev: str | None = None
    driver_protocol: Protocol | None = None
    """What the bound driver speaks; None where there is no driver that decides it."""
    carries: str | None = None
    """What the port is for if neither QMI nor MBIM, as the kernel says: ``at``, ``qcdm``, ..."""
    proxies: tuple[Protocol, ...] = ()
    """The protocols that ``open`` speaks through their proxy, since it listens here."""
    simulated: bool = False
    targets: Targets | None = None
    """The hosts of a simulated network."""
    no_data_path: str | None = None
    """Why there can be no data path, where that is known beforehand."""
    missing: str | None = None
    """Why there is no such device on this machine; None where there is one."""
    direct: bool = False
    """Whether ``open`` opens the node itself, unless it goes through a proxy."""

    def own_node(self, protocol: Protocol) -> str | None:
        """Return the node that ``open`` opens for a protocol; None where something is between.

        Only there a journal of client ids means something: a proxy, an MBIM function or a QRTR
        node has its own say in what becomes of them when this program is gone.
        """
        return self.path if self.direct and protocol not in self.proxies else None


@asynccontextmanager
async def resolve(
    address: Address | None,
    *,
    sysroot: str = "/",
    data_plane: bool = False,
    no_data_path: str | None = None,
    wrap: Wrap | None = None,
) -> AsyncIterator[ControlPort]:
    """Yield the control port of an address; None is the only modem there is.

    ``data_plane``: a simulated modem also makes its netdev, in the network namespace that the
    caller entered. ``wrap`` is put around each transport that is opened, for traces. Raises
    AddressError for what does not exist at all or is not to be told apart, CannotTest for a
    kind that this version cannot open.
    """
    async with _resolve(address, sysroot, data_plane, no_data_path) as port:
        if wrap is not None and port.open is not None:
            port.open = _wrapped(port.open, wrap)
        yield port


def _wrapped(inner: Open, wrap: Wrap) -> Open:
    async def open_it(protocol: Protocol) -> ControlTransport:
        return wrap(await inner(protocol), protocol)

    return open_it


@asynccontextmanager
async def _resolve(
    address: Address | None, sysroot: str, data_plane: bool, no_data_path: str | None
) -> AsyncIterator[ControlPort]:
    if isinstance(address, SimAddress):
        async with _simulated(address, data_plane, no_data_path) as port:
            yield port
    elif isinstance(address, ReplayAddress):
        yield _replayed(address)
    elif address is None or isinstance(address, (NodeAddress, NetdevAddress, UsbAddress)):
        yield _on_this_machine(address, sysroot)
    elif isinstance(address, (ProxyAddress, TunnelAddress)):
        yield _carried(address, sysroot)
    else:
        yield _on_qrtr(address)


@asynccontextmanager
async def _simulated(
    address: SimAddress, data_plane: bool, no_data_path: str | None
) -> AsyncIterator[ControlPort]:
    from contextlib import AsyncExitStack

    from qmiprobe import sim

    async with AsyncExitStack() as stack:
        modem = sim.SimulatedModem(address.profile, faults=address.faults)
        plane = None
        if data_plane:
            from qmiprobe.sim.dataplane import open_dataplane

            opening = open_dataplane("wwan0", faults=modem.network_faults, ethernet=modem.ethernet)
            plane = await stack.enter_async_context(opening)
            modem.bearers = plane.table
        open_port = await stack.enter_async_context(sim.open_simulated(modem))

        async def open_it(protocol: Protocol) -> ControlTransport:
            # What it speaks is the modem's own matter: it stays silent to the other one.
            return open_port()

        yield ControlPort(
            name=str(address),
            open=open_it,
            wanted=address.wanted,
            # Without a wish the profile stands for the driver that would be bound.
            driver_protocol=None if address.wanted else modem.profile.protocol,
            simulated=True,
            netdev=plane.netdev if plane is not None else None,
            targets=plane.network.targets() if plane is not None else None,
            no_data_path=None if plane is not None else no_data_path,
        )


def _replayed(address: ReplayAddress) -> ControlPort:
    from pathlib import Path

    from qmiprobe.capture import open_trace

    try:
        with Path(address.path).open(encoding="utf-8") as file:
            header, entries = open_trace(file)
            recorded = list(entries)
    except OSError as error:
        raise AddressError(f"{address.path}: {error.strerror}") from error

    async def open_it(protocol: Protocol) -> ControlTransport:
        from qmiprobe.mbim import _replay as mbim
        from qmiprobe.qmi import _replay as qmi
        from qmiprobe.transport import replay

        spoken = qmi if protocol == "qmi" else mbim
        return replay(
            recorded,
            same_request=spoken.same_request,
            retag=spoken.retag,
            name=str(address),
            max_command=header.max_command,
            at_end="gone",
        )

    speaks = header.protocol if header.protocol in ("qmi", "mbim") else None
    return ControlPort(
        name=str(address),
        open=open_it,
        wanted=address.wanted,
        driver_protocol=speaks,  # type: ignore[arg-type]
        simulated=True,
        no_data_path="a trace holds no packets",
    )


def _on_this_machine(
    address: NodeAddress | NetdevAddress | UsbAddress | None, sysroot: str
) -> ControlPort:
    from qmiprobe import host

    found = host.modems(sysroot)
    wanted = address.wanted if address is not None else None
    if isinstance(address, NodeAddress):
        owner = host.select(found, node=address.path)
        modem = owner[0] if len(owner) == 1 else None
        return _port(address.path, wanted, modem, host.find_port(address.path, sysroot=sysroot))
    modem = _choose(address, found)
    if modem is None:
        what = "modem" if address is None else f"modem at {address}"
        text = f"no {what} on USB or PCIe: is it plugged in? `qmiprobe list` shows what there is"
        name = str(address) if address is not None else "the only modem"
        return ControlPort(name=name, open=None, wanted=wanted, missing=text)
    ports = [port for port in modem.ports if port.protocol in (wanted or port.protocol, None)]
    ports = [port for port in ports if port.protocol in ("qmi", "mbim", None)] or list(modem.ports)
    if not ports:
        name = f"{modem.name} ({modem.id})"
        return ControlPort(name=name, open=None, wanted=wanted, modem=modem)
    first = min(ports, key=lambda port: port.interface not in _control_interfaces(modem))
    return _port(first.path, wanted, modem, first)


def _control_interfaces(modem: Modem) -> set[int | None]:
    """The interfaces for QMI and MBIM: a driver may have made a port of another one, too."""
    active = modem.active_configuration
    interfaces = active.interfaces if active is not None else ()
    return {one.number for one in interfaces if one.function in ("qmi", "mbim")}


def _choose(address: NetdevAddress | UsbAddress | None, found: tuple[Modem, ...]) -> Modem | None:
    from qmiprobe import host

    if isinstance(address, NetdevAddress):
        found = host.select(found, netdev=address.name)
    elif address is not None:
        found = host.select(found, usb_name=address.name, usb_id=address.id)
    if len(found) == 1:
        return found[0]
    if not found:
        return None
    names = ", ".join(f"{modem.name} ({modem.product or modem.id})" for modem in found)
    raise AddressError(f"several modems: {names}; name one of them")


def _port(
    path: str, wanted: Protocol | None, modem: Modem | None, port: Port | None
) -> ControlPort:
    speaks = port.protocol if port is not None else _protocol_by_name(path)
    proxies = _proxies(path, speaks)

    async def open_it(protocol: Protocol) -> ControlTransport:
        if protocol in proxies:
            from qmiprobe.device._proxy import open_proxy

            return await open_proxy(protocol, path)
        from qmiprobe.mbim._frame import MbimFramer
        from qmiprobe.qmi._frame import QmuxFramer
        from qmiprobe.transport import open_wdm

        framer = QmuxFramer() if protocol == "qmi" else MbimFramer()
        return await open_wdm(path, framer)

    return ControlPort(
        name=path,
        open=open_it,
        wanted=wanted,
        path=path,
        modem=modem,
        port=port,
        netdev=_netdev(modem, port),
        driver_protocol=speaks if speaks in ("qmi", "mbim") else None,  # type: ignore[arg-type]
        carries=speaks if speaks not in ("qmi", "mbim") else None,
        proxies=proxies,
        direct=True,
    )


def _protocol_by_name(path: str) -> str | None:
    """What the kernel's name of a wwan port says, for where sysfs is not to be seen."""
    found = re.fullmatch(r"wwan[0-9]+([a-z]+)[0-9]+", os.path.basename(path))
    return found[1] if found is not None and path.startswith("/dev/") else None


def _proxies(path: str, speaks: str | None) -> tuple[Protocol, ...]:
    """The proxies to go through: those listening here that speak what the port's driver does.

    Where no driver tells, those that have the port open: beside them answers would be lost.
    """
    from qmiprobe import host

    protocols: tuple[Protocol, ...] = ("qmi", "mbim")
    listening = host.listening_proxies() if os.path.exists(path) else ()
    likely = [one for one in protocols if f"{one}-proxy" in listening and speaks in (one, None)]
    if likely and speaks is None:
        held = {holder.program for holder in host.holders(path).found}
        likely = [one for one in likely if f"{one}-proxy" in held]
    return tuple(likely)


def _carried(address: ProxyAddress | TunnelAddress, sysroot: str) -> ControlPort:
    """The port of a node that is asked by way of a proxy or of MBIM."""
    port = _on_this_machine(NodeAddress(path=address.path), sysroot)
    open_node, driver = port.open, port.driver_protocol
    assert open_node is not None
    carrier = address.kind if isinstance(address, ProxyAddress) else "mbim"

    async def open_it(protocol: Protocol) -> ControlTransport:
        if protocol != address.wanted:
            raise CannotTest(f"{address} carries {address.wanted.upper()} only")
        if (carrier, driver) == ("mbim", "qmi"):
            text = f"{address}: the driver of {address.path} speaks QMI: ask {address.path} itself"
            raise OtherProtocol(text, heard="qmi")
        if isinstance(address, ProxyAddress):
            from qmiprobe.device._proxy import open_proxy

            return await open_proxy(address.kind, address.path)
        from qmiprobe.device._tunnel import open_tunnel

        return await open_tunnel(await open_node("mbim"))

    port.name, port.open, port.direct = str(address), open_it, False
    # The address stands for the driver: it decides what is spoken.
    port.wanted = port.driver_protocol = address.wanted
    port.proxies = (carrier,) if isinstance(address, ProxyAddress) else ()
    return port


def _on_qrtr(address: QrtrAddress) -> ControlPort:
    """The node of a QRTR network; whether it is there is known once it is opened."""

    async def open_it(protocol: Protocol) -> ControlTransport:
        if protocol != address.wanted:
            raise CannotTest(f"{address} carries {address.wanted.upper()} only")
        from qmiprobe.device._qrtr import open_qrtr

        return await open_qrtr(address.node)

    return ControlPort(
        name=str(address),
        open=open_it,
        wanted=address.wanted,
        driver_protocol=address.wanted,
        no_data_path="which netdev belongs to a node, QRTR does not tell",
    )


def _netdev(modem: Modem | None, port: Port | None) -> str | None:
    """The netdev of the port's own interface: a port controls no other one."""
    if modem is None or port is None:
        return None
    same = [dev for dev in modem.netdevs if dev.interface == port.interface]
    return same[0].name if same else None
