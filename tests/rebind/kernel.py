# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine that behaves like Linux where a rebind touches it: a model, shown as sysfs in a folder.

Which driver takes which interface was measured on the real kernel; what is modelled here is the
rest: configurations, authorization, the fence, dynamic ids, bind and unbind, and their errors.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeVar

import trio

from qmiprobe.errors import NoAnswer
from qmiprobe.rebind import Target
from qmiprobe.sim._profile import Profile, load_profile
from qmiprobe.sim._sysroot import Machine, _measured, write_sysroot
from qmiprobe.sim.usb._layout import Configuration

T = TypeVar("T")
PLUG = "2-6"
_DEVICE = f"/sys/bus/usb/devices/{PLUG}"
_HUB = "/sys/bus/usb/devices/usb2"
_DRIVERS = "/sys/bus/usb/drivers"
_ORDER = (
    *("qmi_wwan", "cdc_mbim", "cdc_ether", "option", "qcserial", "usbserial_generic"),
    *("cdc_acm", "cdc_ncm", "usb-storage"),
)
"""In this order an interface is offered to the drivers that are loaded."""
_PAIRED = ("qmi_wwan", "cdc_mbim", "cdc_ether", "cdc_acm", "cdc_ncm")
_SERIAL = ("option", "qcserial", "usbserial_generic")


_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where making a thousand small files takes no time."""
_FOLDER = tempfile.TemporaryDirectory(prefix="qmiprobe-machines-", dir=_MEMORY)
_SHOWN: dict[str, str] = {}
"""The folders that show machines, by what is in them: only read, and wanted again and again."""


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


def refuse(number: int) -> NoReturn:
    """Say no as the kernel does."""
    raise OSError(number, "refused by the model")


@dataclass
class Kernel:
    """The machine; a ``rebind.System``."""

    profile: Profile
    configuration: int = 0
    authorized: bool = True
    bound: dict[int, str] = field(default_factory=dict)
    unauthorized: set[int] = field(default_factory=set)
    dynamic_ids: dict[str, list[str]] = field(default_factory=dict)
    fence: bool = False
    power: str = "auto"
    raw_ip: dict[int, bool] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=lambda: set(_ORDER))
    blacklisted: frozenset[str] = frozenset()
    unknown: bool = False
    """Whether qmi_wwan's table lacks the modem."""
    silent: bool = False
    """Whether its control port does not answer."""
    sends_raw_ip: bool = True
    writes: list[tuple[str, str]] = field(default_factory=list)
    before_write: Callable[[int], None] = lambda number: None
    """Called with the number of each write, before it and (negative) after it."""
    dead: bool = False
    device_number: int = 5
    unplugged: bool = False

    @classmethod
    def with_modem(cls, name: str) -> Kernel:
        """Return a machine into which a modem was just plugged."""
        kernel = cls(load_profile(name))
        kernel._choose(_measured(name).chosen)
        return kernel

    # What the program sees.

    @property
    def sysroot(self) -> str:
        """The folder that shows the machine as it is now."""
        key = repr((
            self.profile.name, self.device_number, self.unplugged, self.configuration,
            self.authorized, sorted(self.bound.items()),
            sorted(self.unauthorized), self.dynamic_ids, self.fence, self.power,
            sorted(self.raw_ip.items()), sorted(self.loaded), sorted(self.blacklisted),
        ))  # fmt: skip
        if key not in _SHOWN:
            _SHOWN[key] = self._show()
        return _SHOWN[key]

    def _show(self) -> str:
        root = Path(tempfile.mkdtemp(dir=_FOLDER.name))
        machine = Machine(
            plug=PLUG,
            configuration=self.configuration,
            drivers={one: self.bound.get(one) for one in self._numbers},
            dynamic_ids={name: tuple(ids) for name, ids in self.dynamic_ids.items() if ids},
            authorized=self.authorized,
            unauthorized=frozenset(self.unauthorized),
            blacklisted=self.blacklisted,
        )
        write_sysroot(self.profile, root, machine=machine)
        (root / f"sys/bus/usb/devices/{PLUG}/power/control").write_text(f"{self.power}\n")
        fence = root / "sys/bus/usb/devices/usb2/interface_authorized_default"
        fence.write_text("0\n" if self.fence else "1\n")
        for driver in self.loaded & set(_measured_drivers(self.profile.name)):
            (root / f"sys/bus/usb/drivers/{driver}").mkdir(exist_ok=True)
        for folder in (root / "sys/bus/usb/drivers").iterdir():
            if folder.name not in (*self.loaded, "usb"):
                shutil.rmtree(folder)
        (root / f"sys/bus/usb/devices/{PLUG}/devnum").write_text(f"{self.device_number}\n")
        if self.unplugged:
            for link in (root / "sys/bus/usb/devices").glob(f"{PLUG}*"):
                link.unlink()
            return str(root)
        for netdev in (root / "sys/class/net").glob("*"):
            raw_ip = netdev / "qmi/raw_ip"
            number = int((netdev / "device").resolve().name.rpartition(".")[2])
            if raw_ip.exists():
                raw_ip.write_text("Y\n" if self.raw_ip.get(number) else "N\n")
        return str(root)

    async def write(self, path: str, text: str) -> None:
        """Do what the kernel does when that is written to a file of sysfs."""
        await trio.lowlevel.checkpoint_if_cancelled()
        self._alive()
        number = len(self.writes) + 1
        self.writes.append((path, text))
        self.before_write(number)
        self._alive()
        try:
            self._write(path, text)
        finally:
            self.before_write(-number)
            self._alive()

    async def modprobe(self, driver: str, *, by_force: bool) -> str | None:
        """Load a driver, which looks at all interfaces that nobody has."""
        self._alive()
        if driver in self.blacklisted and not by_force:
            return "kept out"
        self.loaded.add(driver)
        self._attach()
        return None

    async def set_up(self, netdev: str, *, up: bool) -> bool:
        """Take a netdev up or down: all are down here."""
        self._alive()
        return False

    async def wait_for(self, look: Callable[[], T | None], *, timeout: float) -> T | None:
        """Look once: nothing here takes time."""
        self._alive()
        return look()

    def _alive(self) -> None:
        if self.dead:
            raise Killed

    # What the kernel does.

    @property
    def _active(self) -> Configuration | None:
        return self.profile.usb.configuration(self.configuration) if self.configuration else None

    @property
    def _numbers(self) -> list[int]:
        return [one.number for one in self._active.interfaces] if self._active else []

    def _choose(self, value: int) -> None:
        """SET_CONFIGURATION: all interfaces are new ones."""
        known = [one.value for one in self.profile.usb.configurations]
        if value not in (0, *known):
            refuse(errno.EINVAL)
        self.configuration = value if self.authorized else 0
        self.bound, self.raw_ip = {}, {}
        self.unauthorized = set(self._numbers) if self.fence else set()
        self._attach()

    def _attach(self) -> None:
        for number in self._numbers:
            for driver in _ORDER:
                if number not in self.bound and driver in self.loaded:
                    self._probe(driver, number)

    def _matches(self, driver: str, number: int) -> bool:
        if self.dynamic_ids.get(driver):
            return True
        static = _measured(self.profile.name).drivers.get(self.configuration, {})
        if driver == "qmi_wwan" and self.unknown:
            return False
        return static.get(number) == driver and not self._is_data(number)

    def _probe(self, driver: str, number: int) -> int:
        """Have a driver look at an interface; return the errno, 0 where it took it."""
        if number in self.unauthorized:
            return errno.ENODEV
        if not self._matches(driver, number):
            return errno.ENODEV
        pair = self._data_of(number) if driver in _PAIRED else None
        if driver == "qmi_wwan" and not self._is_control(number):
            return errno.ENODEV
        if pair is not None and pair in self.bound:
            return errno.EBUSY
        if pair is not None and pair in self.unauthorized:
            return errno.ENODEV
        for one in (number, *([] if pair is None else [pair])):
            self.bound[one] = driver
        if driver == "qmi_wwan":
            self.raw_ip[number] = False
        return 0

    def _data_of(self, number: int) -> int | None:
        interface = self._active.interface(number) if self._active else None
        return interface.data if interface is not None else None

    def _is_data(self, number: int) -> bool:
        return number in [self._data_of(one) for one in self._numbers]

    def _is_control(self, number: int) -> bool:
        """Whether qmi_wwan could use it: an interrupt endpoint, and bulk ones here or beside."""
        interface = self._active.interface(number) if self._active else None
        assert interface is not None
        kinds = [one.kind for one in interface.alternates[-1].endpoints]
        return "interrupt" in kinds and ("bulk" in kinds or interface.data is not None)

    def _unbind(self, number: int) -> None:
        driver = self.bound.pop(number, None)
        pair = [self._data_of(number)]
        pair += [one for one in self._numbers if self._data_of(one) == number]
        for one in pair:
            if one is not None and driver in _PAIRED and self.bound.get(one) == driver:
                del self.bound[one]
        self.raw_ip.pop(number, None)

    def _write(self, path: str, text: str) -> None:
        folder, _, name = path.rpartition("/")
        if path == f"{_DEVICE}/bConfigurationValue":
            self._choose(int(text))
        elif path == f"{_DEVICE}/authorized":
            self.authorized = text == "1"
            self._choose(_measured(self.profile.name).chosen if self.authorized else 0)
        elif path == f"{_DEVICE}/power/control":
            self.power = text
        elif path == f"{_HUB}/interface_authorized_default":
            self.fence = text == "0"
        elif path == "/sys/bus/usb/drivers_probe":
            self._offer(self._number(text))
        elif folder.startswith(f"{_DEVICE}:") and name == "authorized":
            self._authorize(self._number(folder.rpartition("/")[2]), allow=text == "1")
        elif name == "raw_ip":
            self._set_raw_ip(text)
        elif folder.startswith(_DRIVERS):
            self._driver(folder.rpartition("/")[2], name, text)
        else:
            refuse(errno.ENOENT)

    def _set_raw_ip(self, text: str) -> None:
        for number in self.raw_ip:
            self.raw_ip[number] = text == "Y"

    def _number(self, name: str) -> int:
        device, _, rest = name.partition(":")
        value, _, number = rest.partition(".")
        if (device, value) != (PLUG, str(self.configuration)) or int(number) not in self._numbers:
            refuse(errno.ENODEV)
        return int(number)

    def _offer(self, number: int) -> None:
        for driver in _ORDER:
            if number not in self.bound and driver in self.loaded:
                self._probe(driver, number)

    def _authorize(self, number: int, *, allow: bool) -> None:
        if allow:
            self.unauthorized.discard(number)
        else:
            self._unbind(number)
            self.unauthorized.add(number)

    def _driver(self, driver: str, action: str, text: str) -> None:
        if driver not in self.loaded:
            refuse(errno.ENOENT)
        ids = self.dynamic_ids.setdefault(driver, [])
        if action == "new_id":
            ids.append(" ".join(text.split()[:3]))  # the example is not shown again
            self._attach()
        elif action == "remove_id":
            if not ids:
                refuse(errno.ENODEV)
            ids.pop(0)
        elif action == "unbind":
            number = self._number(text)
            if self.bound.get(number) != driver:
                refuse(errno.ENODEV)
            self._unbind(number)
        elif action == "bind":
            number = self._number(text)
            if number in self.bound:
                refuse(errno.EBUSY)
            if (error := self._probe(driver, number)) != 0:
                refuse(error)
        else:
            refuse(errno.ENOENT)

    # What the modem does.

    async def answer(self, node: str, target: Target, *, timeout: float) -> str:
        """Answer as a control port does."""
        await trio.lowlevel.checkpoint()
        self._alive()
        if self.silent or self.bound.get(target.control) != target.driver:
            raise NoAnswer("silence")
        return "an answer"


def _measured_drivers(name: str) -> set[str]:
    return {driver for row in _measured(name).drivers.values() for driver in row.values()} | {
        *_SERIAL, "cdc_mbim", "qmi_wwan",
    }  # fmt: skip
