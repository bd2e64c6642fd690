# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes back what a session changed on this machine; each function does nothing the second time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from errno import EADDRNOTAVAIL, ENODEV, ENOENT, ESRCH
from pathlib import Path
from typing import TYPE_CHECKING

from qmiprobe.session._resolv_conf import restore_resolv_conf
from qmiprobe.session._steps import (
    AddedMux,
    Address,
    LinkDown,
    LinkUp,
    MadeLink,
    Mtu,
    RawIp,
    ResolvConf,
    Route,
    Step,
)
from qmiprobe.session._sysfs import qmi_folder

if TYPE_CHECKING:
    from pyroute2 import IPRoute

_INET = {4: 2, 6: 10}
_GONE = (ENODEV, ENOENT, ESRCH, EADDRNOTAVAIL)
_UP = 0x01
_EVERYWHERE = 0
_PERMANENT = 0x80
"""Given by a program; the kernel's own, of what a router announced, are not."""


def undo_on_machine(step: Step) -> str | None:
    """Undo one change; return why it could not be, None where it is undone or was so already.

    What others changed since stays. Blocks: to be called in a thread. Never raises.
    """
    from pyroute2 import IPRoute
    from pyroute2.netlink.exceptions import NetlinkError

    function = _BY_KIND.get(step.kind)
    if function is None:
        return None
    try:
        with IPRoute() as netlink:
            function(netlink, step)
    except NetlinkError as error:
        return None if error.code in _GONE else f"{step}: {error}"
    except OSError as error:
        return None if error.errno in _GONE else f"{step}: {error.strerror}"
    return None


def is_on_machine(step: Step) -> bool:
    """Whether a change is one that this module undoes."""
    return step.kind in _BY_KIND


def _up(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, LinkUp)
    if not _in_use(netlink, step.index):
        netlink.link("set", index=step.index, state="down")


def _in_use(netlink: IPRoute, index: int) -> bool:
    """Whether a netdev has addresses of somebody's, or carries a netdev that is up."""
    for one in netlink.get_addr(index=index):
        flags = one.get_attr("IFA_FLAGS") or one["flags"]
        if one["scope"] == _EVERYWHERE and flags & _PERMANENT:
            return True
    above = (one for one in netlink.get_links() if one.get_attr("IFLA_LINK") == index)
    return any(one["index"] != index and one["flags"] & _UP for one in above)


def _down(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, LinkDown)
    netlink.link("set", index=step.index, state="up")


def _mtu(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, Mtu)
    if netlink.get_links(step.index)[0].get_attr("IFLA_MTU") == step.after:
        netlink.link("set", index=step.index, mtu=step.before)


def _address(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, Address)
    netlink.addr("delete", index=step.index, address=step.address, prefixlen=step.prefix)


def _route(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, Route)
    netlink.route("delete", **route_arguments(step))


def route_arguments(step: Route) -> dict[str, object]:
    """Return what rtnetlink is told of a default route."""
    return {
        "dst": "0.0.0.0/0" if step.family == 4 else "::/0",
        "oif": step.index,
        "family": _INET[step.family],
        "priority": step.metric,
        **({"gateway": step.gateway} if step.gateway is not None else {}),
    }


def _raw_ip(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, RawIp)
    folder = qmi_folder(step.netdev, index=step.index)
    file = folder / "raw_ip" if folder is not None else None
    if file is None or file.read_text(encoding="ascii").strip() != step.after:
        return
    was_up = netlink.get_links(step.index)[0]["flags"] & _UP
    if was_up:  # others brought it up meanwhile
        netlink.link("set", index=step.index, state="down")
    file.write_text(step.before, encoding="ascii")
    if was_up:
        netlink.link("set", index=step.index, state="up")


def _mux(_netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, AddedMux)
    folder = qmi_folder(step.netdev, index=step.index)
    if folder is not None:
        with suppress(OSError):  # EINVAL: there is none of that number any more
            (folder / "del_mux").write_text(str(step.mux_id), encoding="ascii")


def _link(netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, MadeLink)
    for index in netlink.link_lookup(ifname=step.name):
        found = netlink.get_links(index)[0]
        info = found.get_attr("IFLA_LINKINFO")
        kind = info.get_attr("IFLA_INFO_KIND") if info is not None else None
        if kind == step.type and found.get_attr("IFLA_LINK") in (step.parent, None):
            netlink.link("delete", index=index)


def _resolv_conf(_netlink: IPRoute, step: Step) -> None:
    assert isinstance(step, ResolvConf)
    restore_resolv_conf(step, Path(step.path))


_BY_KIND: dict[str, Callable[[IPRoute, Step], None]] = {
    LinkUp.kind: _up,
    LinkDown.kind: _down,
    Mtu.kind: _mtu,
    Address.kind: _address,
    Route.kind: _route,
    RawIp.kind: _raw_ip,
    AddedMux.kind: _mux,
    MadeLink.kind: _link,
    ResolvConf.kind: _resolv_conf,
}
