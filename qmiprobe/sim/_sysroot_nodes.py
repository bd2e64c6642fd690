# SPDX-License-Identifier: GPL-2.0-or-later
"""The nodes that drivers make of a modem's interfaces: control ports, netdevs, ttys."""

from __future__ import annotations

from collections.abc import Mapping

from qmiprobe.sim._sysroot_device import UsbFolders
from qmiprobe.sim._sysroot_files import SavedTree
from qmiprobe.sim.usb._layout import Configuration, Interface

_CONTROL_PORTS = {"qmi_wwan": "WWAN/QMI device", "cdc_mbim": "CDC MBIM"}
_NETDEVS = {
    **_CONTROL_PORTS, "cdc_ether": "CDC Ethernet Device", "cdc_ncm": "CDC NCM (NO ZLP)",
}  # fmt: skip
_SERIAL = {"option": "option1", "qcserial": "qcserial", "usbserial_generic": "generic"}
_WDM_MAJOR, _WDM_MINOR, _SERIAL_MAJOR, _ACM_MAJOR = 180, 176, 188, 166
_COUNTS = ("rx_bytes", "rx_errors", "rx_packets", "tx_bytes", "tx_errors", "tx_packets")
_NTB: dict[str, str | int] = {
    "bmNtbFormatsSupported": "0x0001", "dwNtbInMaxSize": 16384, "dwNtbOutMaxSize": 16384,
    "rx_max": 16384, "tx_max": 16384, "min_tx_pkt": 14816, "ndp_to_end": "N",
}  # fmt: skip


class NodeFolders:
    """Makes the nodes of one modem, numbered from 0; ``log`` is what the drivers said."""

    def __init__(self, tree: SavedTree, device: UsbFolders, netdev: str) -> None:
        self.log: list[str] = []
        self._tree, self._device, self._netdev = tree, device, netdev
        self._count = dict.fromkeys(("cdc-wdm", "netdev", "ttyUSB", "ttyACM"), 0)

    def write(self, active: Configuration, bound: Mapping[int, str]) -> None:
        """Write what hangs on each bound interface that is not just the data half of a pair."""
        slaves = {one.data for one in active.interfaces if one.data is not None}
        for one in active.interfaces:
            driver = bound.get(one.number)
            if driver in _SERIAL:
                self._write_serial(one, driver)
            elif driver == "cdc_acm" and one.number not in slaves:
                self._write_acm(one)
            elif driver in _NETDEVS and one.number not in slaves:
                if driver in _CONTROL_PORTS:
                    self._write_control_port(one, driver)
                self._write_netdev(one, driver)

    def _next(self, kind: str) -> int:
        self._count[kind] += 1
        return self._count[kind] - 1

    def _node(self, folder: str, kind: str, major: int, minor: int) -> None:
        name = folder.rpartition("/")[2]
        number = f"{major}:{minor}"
        uevent = f"MAJOR={major}\nMINOR={minor}\nDEVNAME={name}"
        self._tree.attributes(folder, {"dev": number, "uevent": uevent})
        self._tree.link(f"{folder}/subsystem", f"sys/class/{kind}")
        self._tree.link(f"sys/class/{kind}/{name}", folder)
        self._tree.link(f"sys/dev/char/{number}", folder)
        # No device node, which only root can make: a stand-in, so that the folder can be copied.
        self._tree.write(f"dev/{name}", "")

    def _write_control_port(self, one: Interface, driver: str) -> None:
        number = self._next("cdc-wdm")
        folder = f"{self._device.interface_folder(one.number)}/usbmisc/cdc-wdm{number}"
        self._node(folder, "usbmisc", _WDM_MAJOR, _WDM_MINOR + number)
        self._tree.link(f"{folder}/device", self._device.interface_folder(one.number))
        name = self._device.interface_name(one.number)
        self.log.append(f"{driver} {name}: cdc-wdm{number}: USB WDM device")

    def _write_netdev(self, one: Interface, driver: str) -> None:
        number = self._next("netdev")
        name, parent = f"{self._netdev}{number}", self._device.interface_folder(one.number)
        folder = f"{parent}/net/{name}"
        self._tree.attributes(
            folder,
            {
                "address": f"02:00:00:c0:ff:{number:02x}", "mtu": 1500, "type": 1,
                "flags": "0x1002", "operstate": "down", "ifindex": 3 + number,
                "uevent": f"DEVTYPE=wwan\nINTERFACE={name}\nIFINDEX={3 + number}",
                **{f"statistics/{count}": 0 for count in _COUNTS},
            },
        )  # fmt: skip
        if driver == "qmi_wwan":
            self._tree.attributes(f"{folder}/qmi", {"raw_ip": "N", "pass_through": "N"})
            for mux in ("add_mux", "del_mux"):
                self._tree.write(f"{folder}/qmi/{mux}", "")
        elif driver in ("cdc_mbim", "cdc_ncm"):
            self._tree.attributes(f"{folder}/cdc_ncm", _NTB)
        self._tree.link(f"{folder}/device", parent)
        self._tree.link(f"{folder}/subsystem", "sys/class/net")
        self._tree.link(f"sys/class/net/{name}", folder)
        where = f"usb-0000:00:14.0-{self._device.plug.partition('-')[2]}"
        self.log.append(
            f"{driver} {self._device.interface_name(one.number)} {name}: register '{driver}' at "
            f"{where}, {_NETDEVS[driver]}, 02:00:00:c0:ff:{number:02x}"
        )

    def _write_serial(self, one: Interface, driver: str) -> None:
        number = self._next("ttyUSB")
        parent = f"{self._device.interface_folder(one.number)}/ttyUSB{number}"
        self._tree.link(f"{parent}/driver", f"sys/bus/usb-serial/drivers/{_SERIAL[driver]}")
        self._tree.link(f"{parent}/subsystem", "sys/bus/usb-serial")
        self._node(f"{parent}/tty/ttyUSB{number}", "tty", _SERIAL_MAJOR, number)
        self._tree.link(f"{parent}/tty/ttyUSB{number}/device", parent)
        self.log.append(f"usb {self._device.plug}: converter now attached to ttyUSB{number}")

    def _write_acm(self, one: Interface) -> None:
        number = self._next("ttyACM")
        parent = self._device.interface_folder(one.number)
        self._node(f"{parent}/tty/ttyACM{number}", "tty", _ACM_MAJOR, number)
        self._tree.link(f"{parent}/tty/ttyACM{number}/device", parent)
        name = self._device.interface_name(one.number)
        self.log.append(f"cdc_acm {name}: ttyACM{number}: USB ACM device")
