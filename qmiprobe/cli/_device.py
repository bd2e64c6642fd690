# SPDX-License-Identifier: GPL-2.0-or-later
"""The DEVICE argument: parsed into an address, completed from what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qmiprobe.address import SCHEMES, Address, parse
from qmiprobe.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    _ParamType = click.ParamType[Address]
else:
    _ParamType = click.ParamType  # generic only in newer releases of click


class DeviceType(_ParamType):
    """A device address; see ``qmiprobe.address``."""

    name = "device"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        """Parse; an address that cannot be understood is a usage error."""
        try:
            return parse(str(value))
        except AddressError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Offer modems, schemes, profiles, faults; leave paths to the shell."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word, type=kind) for word, kind in candidates(incomplete)]


def candidates(incomplete: str) -> Iterable[tuple[str, str]]:
    """Give (word, click's type) of what ``incomplete`` may become."""
    prefix, rest = _split_wanted(incomplete)
    scheme, colon, value = rest.partition(":")
    if colon and scheme == "sim":
        return _starting(incomplete, (f"{prefix}sim:{one}" for one in _simulated(value)))
    if colon and scheme in SCHEMES:
        return [(value, "file")]
    if rest.startswith(("/", ".", "~")):
        return [(rest, "file")]
    words = [f"{one}:" for one in SCHEMES]
    if not prefix:
        words += ["qmi:", "mbim:"]
    return _starting(incomplete, (prefix + word for word in (*_present(), *words)))


def profile_names() -> list[str]:
    """Return the simulated modems there are, from their data files alone."""
    from importlib import resources

    folder = resources.files("qmiprobe") / "sim" / "profiles"
    if not folder.is_dir():
        return []
    return sorted(one.name[:-5] for one in folder.iterdir() if one.name.endswith(".toml"))


def fault_names() -> list[str]:
    """Return the faults that a simulated modem can have, from their data file alone."""
    return _named_in("faults.toml")


def usb_fault_names() -> list[str]:
    """Return those that one on a USB bus can have besides."""
    return _named_in("usb/faults.toml")


def _named_in(path: str) -> list[str]:
    import tomllib
    from importlib import resources

    file = resources.files("qmiprobe") / "sim" / path
    if not file.is_file():
        return []
    return sorted(tomllib.loads(file.read_text(encoding="utf-8"))["faults"])


def _split_wanted(text: str) -> tuple[str, str]:
    for wanted in ("qmi:", "mbim:"):
        if text.startswith(wanted):
            return wanted, text[len(wanted) :]
    return "", text


def _simulated(value: str) -> list[str]:
    profile, question, query = value.partition("?")
    if not question:
        return profile_names()
    before, ampersand, _ = query.rpartition("&")
    return [f"{profile}?{before}{ampersand}fault={name}" for name in fault_names()]


def _present() -> list[str]:
    from qmiprobe import host

    found = host.modems()
    ports = [port.path for modem in found for port in modem.ports]
    netdevs = [netdev.name for modem in found for netdev in modem.netdevs]
    return [*ports, *(modem.name for modem in found if modem.bus == "usb"), *netdevs]


def _starting(incomplete: str, words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, "plain") for word in words if word.startswith(incomplete)]
