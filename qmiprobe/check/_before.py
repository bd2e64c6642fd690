# SPDX-License-Identifier: GPL-2.0-or-later
"""How a modem was when it was last checked, kept to compare with after a rebind or a replug.

The file stands in the run-time folder, beside the journals, and does not outlive the boot. Who the
modem is stands there as a digest only.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from qmiprobe.device._journal import journal_folder
from qmiprobe.host import SettledPort

_FORMAT = "qmiprobe-before/1"
_MOST_BYTES = 1 << 16
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, kw_only=True)
class Before:
    """What is compared; None or empty: it was not seen."""

    id: str
    device_number: int | None = None
    configuration: int | None = None
    interface: int | None = None
    driver: str | None = None
    alternates: Mapping[str, int] = field(default_factory=dict)
    ntb: Mapping[str, int] = field(default_factory=dict)
    protocol: str | None = None
    services: Mapping[str, str] = field(default_factory=dict)
    """Name -> version, or the commands of an MBIM service."""
    model: str | None = None
    revision: str | None = None
    who: str | None = None
    """Digest of the IMEI."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was."""

    what: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.what}: {self.now}, was {self.before}"


def before_of(
    port: SettledPort,
    *,
    protocol: str | None = None,
    services: Mapping[str, str] | None = None,
    model: str | None = None,
    revision: str | None = None,
    imei: str | None = None,
) -> Before:
    """Return what is to be kept of a modem."""
    digest = hashlib.sha256(f"qmiprobe {imei}".encode()).hexdigest()[:16] if imei else None
    return Before(
        id=port.id,
        device_number=port.device_number,
        configuration=port.configuration,
        interface=port.interface,
        driver=port.driver,
        alternates={str(number): value for number, value in port.alternates.items()},
        ntb=port.ntb,
        protocol=protocol,
        services=dict(services or {}),
        model=model,
        revision=revision,
        who=digest,
    )


def differences(before: Before, now: Before) -> tuple[Difference, ...]:
    """Return what changed of that which was seen both times."""
    return tuple(_differences(before, now))


def _differences(before: Before, now: Before) -> Iterator[Difference]:
    if before.who is not None and now.who is not None and before.who != now.who:
        yield Difference("modem", "one with another IMEI", "not the same one")
    for name, what in (
        ("id", "USB id"),
        ("configuration", "configuration"),
        ("interface", "control interface"),
        ("driver", "driver"),
        ("protocol", "protocol"),
        ("model", "model"),
        ("revision", "firmware"),
    ):
        old, new = getattr(before, name), getattr(now, name)
        if old is not None and new is not None and old != new:
            yield Difference(what, str(old), str(new))
    if before.driver != now.driver:
        return  # its settings, and the services of its protocol, are other ones by nature
    for what, old_map, new_map in (
        ("alternate setting of interface", before.alternates, now.alternates),
        ("NTB parameter", before.ntb, now.ntb),
        ("service", before.services, now.services),
    ):
        if old_map and new_map:
            yield from _of_mappings(what, old_map, new_map)


def _of_mappings(
    what: str, before: Mapping[str, object], now: Mapping[str, object]
) -> Iterator[Difference]:
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old != new:
            yield Difference(
                f"{what} {name}",
                "not there" if old is None else str(old),
                "not there" if new is None else str(new),
            )


class Notes:
    """The files, one for each place where a modem may be plugged in."""

    def __init__(self, folder: str | None = None) -> None:
        own = journal_folder(os.environ, uid=os.geteuid())
        base = folder if folder is not None else own
        self.folder = os.path.join(base, "before") if base is not None else None

    def read(self, device: str) -> Before | None:
        """Return how the modem at a place (``2-6``) was; None where that is not known."""
        path = self._path(device)
        if path is None:
            return None
        try:
            with os.fdopen(os.open(path, _FLAGS), encoding="utf-8") as file:
                return _read(json.loads(file.read(_MOST_BYTES)))
        except (OSError, ValueError):
            return None

    def write(self, device: str, before: Before) -> None:
        """Keep how it is now; where that cannot be written the next run has nothing to compare."""
        path = self._path(device)
        if path is None or self.folder is None:
            return
        with suppress(OSError):
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"format": _FORMAT, **asdict(before)}, file)
            os.replace(unfinished, path)

    def _path(self, device: str) -> str | None:
        if self.folder is None or not device or "/" in device or device.startswith("."):
            return None
        return os.path.join(self.folder, f"{device}.json")


def _read(document: object) -> Before | None:
    if not isinstance(document, dict) or document.pop("format", None) != _FORMAT:
        return None
    maps = {name: document.pop(name, {}) for name in ("alternates", "ntb", "services")}
    if not all(isinstance(one, dict) for one in maps.values()):
        return None
    numbers = ("device_number", "configuration", "interface")
    for name, value in document.items():
        if value is not None and not isinstance(value, int if name in numbers else str):
            return None
    try:
        return Before(**document, **maps)
    except TypeError:  # keys of another version
        return None
