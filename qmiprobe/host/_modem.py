# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem as the host sees it: configurations, interfaces, and the nodes that hang on them."""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe.host._drivers import Probe


@dataclass(frozen=True, kw_only=True)
class Interface:
    """One USB interface in one of its alternate settings."""

    number: int
    alternate: int
    cls: str
    """Class, subclass and protocol in hexadecimal: ``ff/01/07``."""
    endpoints: int
    function: str | None
    """``qmi``, ``mbim``, ``ncm``, ``ecm``, ``rndis``, ``serial``, ...; None where not known."""
    driver: str | None
    expected_driver: str | None
    """The driver that Linux has for it; None where that is not known."""
    predicted_driver: str | None = None
    """The driver that this kernel gives it by itself; None where it gives it none."""
    pipes: tuple[str, ...] = ()
    """What each endpoint is: ``bulk-in``, ``interrupt-in``, ...; ``?`` where it was not read."""
    offers: tuple[Probe, ...] = ()
    """What becomes of it at each driver whose table fits."""
    authorized: bool | None = None
    """Whether drivers may have it; None where that was not read."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """One configuration of a USB device; at most one is active."""

    value: int
    active: bool
    kernel_would_choose: bool
    """Whether Linux picks this one by itself, as far as the descriptors decide it."""
    interfaces: tuple[Interface, ...]


@dataclass(frozen=True, kw_only=True)
class Port:
    """A control port: a character device that carries QMI, MBIM or AT."""

    path: str
    protocol: str | None
    """``qmi``, ``mbim``, ``at``, ... as the driver says; None where it does not."""
    driver: str | None
    interface: int | None
    """Number of the USB interface."""
    device: str | None
    """The USB device (``2-6``) or PCI device (``0000:01:00.0``) it belongs to."""
    also: tuple[str, ...] = ()
    """Other nodes of the same port."""


@dataclass(frozen=True, kw_only=True)
class Netdev:
    """A network device of the modem."""

    name: str
    driver: str | None
    interface: int | None
    raw_ip: bool | None
    """Whether qmi_wwan carries bare IP packets on it; None for every other driver."""


@dataclass(frozen=True, kw_only=True)
class SerialPort:
    """A tty of the modem."""

    path: str
    driver: str | None
    interface: int | None


@dataclass(frozen=True, kw_only=True)
class Modem:
    """A device that has, or could have, a control port."""

    bus: str
    """``usb``, ``pci``, or ``soc`` for one that is a part of the machine's own chip."""
    name: str
    """Where it sits, as sysfs calls it: ``2-6``, ``0000:01:00.0``, ``4080000.remoteproc``."""
    id: str
    """Vendor and product: ``03f0:581d``; empty for ``soc``."""
    manufacturer: str | None = None
    product: str | None = None
    speed_mbit: float | None = None
    configurations: tuple[Configuration, ...] = ()
    ports: tuple[Port, ...] = ()
    netdevs: tuple[Netdev, ...] = ()
    serial: tuple[SerialPort, ...] = ()
    driver: str | None = None
    """Of a PCI device: the driver that has it."""
    expected_driver: str | None = None
    """Of a PCI device: the driver that Linux has for it; None where that is not known."""
    mode: str | None = None
    """What the driver says of the modem's state: ``ready``, ``fastboot_download``, ..."""
    qrtr: str | None = None
    """The driver that joins it to QRTR; which node it is there, only asking tells."""
    notes: tuple[str, ...] = ()
    """What could not be read."""

    @property
    def active_configuration(self) -> Configuration | None:
        """The configuration that is set, or None where the device has none."""
        return next((one for one in self.configurations if one.active), None)
