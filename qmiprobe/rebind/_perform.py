# SPDX-License-Identifier: GPL-2.0-or-later
"""Does one step on the machine, unless its aim is reached already, and sees that it was reached."""

from __future__ import annotations

import errno
import os
import re

import trio

from qmiprobe import host
from qmiprobe.host._files import Tree, link_name, names_in, read_number, read_text
from qmiprobe.rebind._model import DEVICES, DRIVERS, Step
from qmiprobe.rebind._system import System, shown

_RIVALS = "something else is at work there (udev rules, usb_modeswitch, USBGuard)"
_NODE = re.compile(r"cdc-wdm[0-9]+")
_WORDS = {
    errno.EINVAL: "the driver finds no endpoints that it could use there",
    errno.ENODEV: "the driver does not want it",
    errno.EBUSY: "another driver has it, or a part of it",
    errno.EACCES: "only root may do that",
    errno.EPERM: "only root may do that",
    errno.EROFS: "sysfs is read-only here, as in a container: run it on the host",
    errno.ENOENT: "there is no such file: the device or the driver is gone",
}


class StepFailed(Exception):
    """A step did not do what it is for; ``errno`` is the kernel's where it said one."""

    def __init__(self, text: str, *, number: int | None = None) -> None:
        super().__init__(text)
        self.errno = number


class Hands:
    """Does the steps that change the machine."""

    def __init__(self, system: System) -> None:
        self._system = system

    async def do(self, step: Step) -> bool:
        """Do a step; return False where there was nothing to do. Raises StepFailed."""
        try:
            with trio.fail_after(step.timeout_s):
                return await self._do(step)
        except trio.TooSlowError:
            raise StepFailed(f"{step.path}: not done within {step.timeout_s:g} s") from None
        except OSError as error:
            raise StepFailed(f"{step.path}: {shown(error)}", number=error.errno) from error
        except StepFailed:
            if step.tolerant:
                return False
            raise

    async def _do(self, step: Step) -> bool:
        if step.op == "set":
            return await self._set(step)
        if step.op in ("bind", "unbind"):
            return await self._hand_over(step)
        if step.op == "remove-id":
            return await self._remove_id(step)
        if step.op == "modprobe":
            return await self._modprobe(step)
        if step.op == "wait":
            return await self._wait(step)
        if step.op == "raw-ip":
            return await self._raw_ip(step)
        await self._write(step)  # add-id, probe
        return True

    def _real(self, path: str) -> str:
        return Tree(self._system.sysroot).real(path)

    def _is_there(self, path: str) -> bool:
        return Tree(self._system.sysroot).resolved(path) is not None

    def _driver_of(self, name: str) -> str | None:
        folder = Tree(self._system.sysroot).resolved(f"{DEVICES}/{name}")
        return link_name(folder, "driver") if folder is not None else None

    async def _write(self, step: Step) -> None:
        try:
            await self._system.write(step.path, step.value)
        except OSError as error:
            words = _WORDS.get(error.errno or 0)
            because = f": {words}" if words else ""
            text = f"{step.value!r} to {step.path}: {shown(error)}{because}"
            raise StepFailed(text, number=error.errno) from error

    async def _set(self, step: Step) -> bool:
        now = self._value(step.path)
        if now == step.value:
            return False
        if step.expected is not None and now is not None and now != step.expected:
            raise StepFailed(f"{step.path} is {now} and no longer {step.expected}: {_RIVALS}")
        await self._write(step)
        now = self._value(step.path)
        if now != step.value:
            text = f"{step.path} is {now} after {step.value} was written to it: {_RIVALS}"
            raise StepFailed(text)
        return True

    def _value(self, path: str) -> str | None:
        text = read_text(self._real(path))
        if path.endswith("/bConfigurationValue"):
            return text or "0"  # empty: none is set
        return text

    async def _hand_over(self, step: Step) -> bool:
        """Bind or unbind an interface."""
        driver = step.path.removeprefix(f"{DRIVERS}/").partition("/")[0]
        has = self._driver_of(step.value)
        if (step.op == "unbind" and has is None) or (step.op == "bind" and has == driver):
            return False
        if has != (driver if step.op == "unbind" else None):
            raise StepFailed(f"{step.value}: {has} has it, not {step.expected or 'nobody'}")
        await self._write(step)
        has = self._driver_of(step.value)
        if has != (driver if step.op == "bind" else None):
            raise StepFailed(f"{step.value}: {has or 'no driver'} has it after {step.op}")
        return True

    async def _remove_id(self, step: Step) -> bool:
        driver = step.path.removeprefix(f"{DRIVERS}/").partition("/")[0]
        wanted, did = step.value.lower().split()[:2], False
        for _ in range(8):  # each write takes one away
            ids = host.dynamic_ids(self._system.sysroot).get(driver, ())
            if wanted not in [one.lower().split()[:2] for one in ids]:
                return did
            await self._write(step)
            did = True
        raise StepFailed(f"{driver} keeps the id {step.value}")

    async def _modprobe(self, step: Step) -> bool:
        if self._is_there(step.path):
            return False
        found = host.module(step.value, sysroot=self._system.sysroot)
        why = await self._system.modprobe(step.value, by_force=found.blacklisted is not None)
        if why is not None:
            raise StepFailed(f"modprobe {step.value}: {why}")
        if not self._is_there(step.path):
            raise StepFailed(f"{step.value} is loaded, and the USB bus does not know it")
        return True

    async def _wait(self, step: Step) -> bool:
        """Wait for interfaces, or for what a driver makes of one."""
        if step.path.endswith(".*"):
            numbers = {int(one) for one in re.findall(r"[0-9]+", step.value)}
            stem = step.path.removeprefix(f"{DEVICES}/").removesuffix("*")
            found = await self._system.wait_for(
                lambda: True if numbers <= self._interfaces(stem) else None, timeout=step.timeout_s
            )
            missing = sorted(numbers - self._interfaces(stem))
            if found is None:
                raise StepFailed(f"no interfaces {', '.join(map(str, missing))} at {stem}*")
            return True
        name = step.path.removeprefix(f"{DEVICES}/")
        sysroot = self._system.sysroot

        def both() -> bool | None:
            port = control_node(name, sysroot=sysroot)
            return True if port is not None and _netdevs(name, sysroot=sysroot) else None

        if await self._system.wait_for(both, timeout=step.timeout_s) is None:
            raise StepFailed(f"{name}: the driver made no control port and netdev of it")
        return True

    def _interfaces(self, stem: str) -> set[int]:
        tree = Tree(self._system.sysroot)
        names = [one for one in tree.names(DEVICES) if one.startswith(stem)]
        numbers = (read_number(tree.real(f"{DEVICES}/{one}/bInterfaceNumber"), radix=16)
                   for one in names)  # fmt: skip
        return {one for one in numbers if one is not None}

    async def _raw_ip(self, step: Step) -> bool:
        name = step.path.removeprefix(f"{DEVICES}/").removesuffix("/net")
        netdevs = _netdevs(name, sysroot=self._system.sysroot) or []
        if not netdevs:
            raise StepFailed(f"{name} has no netdev")
        path = f"/sys/class/net/{netdevs[0]}/qmi/raw_ip"
        if read_text(self._real(path)) == step.value:
            return False
        was_up = await self._system.set_up(netdevs[0], up=False)
        try:
            await self._write(Step(op="set", path=path, value=step.value, why=step.why))
        finally:
            if was_up:
                with trio.CancelScope(shield=True):  # one short call
                    await self._system.set_up(netdevs[0], up=True)
        return True


def control_node(interface: str, *, sysroot: str = "/") -> str | None:
    """Return the path of the node of an interface (``2-6:1.3``); None where it has none yet."""
    tree = Tree(sysroot)
    folder = tree.resolved(f"{DEVICES}/{interface}")
    names = names_in(os.path.join(folder, "usbmisc")) if folder is not None else []
    paths = [f"/dev/{one}" for one in names if _NODE.fullmatch(one)]
    # udev, or the kernel by itself, makes the node a moment after the class device.
    return next((one for one in paths if os.path.exists(tree.real(one))), None)


def _netdevs(interface: str, *, sysroot: str) -> list[str] | None:
    folder = Tree(sysroot).resolved(f"{DEVICES}/{interface}")
    return (names_in(os.path.join(folder, "net")) if folder is not None else []) or None
