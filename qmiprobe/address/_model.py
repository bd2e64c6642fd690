# SPDX-License-Identifier: GPL-2.0-or-later
"""The kinds of device addresses. ``str()`` of one is text that parses to it again.

``wanted`` is the protocol that the caller wants the device to speak: given by a leading ``qmi:``
or ``mbim:``, or by the kind of address itself where that carries one protocol only; None where
both are welcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Protocol = Literal["qmi", "mbim"]


@dataclass(frozen=True, kw_only=True)
class NodeAddress:
    """A character device, tty or pty."""

    path: str
    wanted: Protocol | None = None

    def __str__(self) -> str:
        return _prefixed(self.wanted, self.path if "/" in self.path else f"wdm:{self.path}")


@dataclass(frozen=True, kw_only=True)
class ProxyAddress:
    """A control port through the proxy that shares it among programs."""

    kind: Protocol
    """Which proxy: qmi-proxy or mbim-proxy."""
    path: str

    @property
    def wanted(self) -> Protocol:
        """The proxy's own protocol."""
        return self.kind

    def __str__(self) -> str:
        return f"{self.kind}-proxy:{self.path}"


@dataclass(frozen=True, kw_only=True)
class TunnelAddress:
    """QMI inside MBIM on an MBIM control port."""

    path: str

    @property
    def wanted(self) -> Protocol:
        """QMI: MBIM only carries it."""
        return "qmi"

    def __str__(self) -> str:
        return f"mbim-tunnel:{self.path}"


@dataclass(frozen=True, kw_only=True)
class QrtrAddress:
    """A node of the QRTR network of a system on chip."""

    node: int

    @property
    def wanted(self) -> Protocol:
        """QMI: QRTR carries nothing else for a modem."""
        return "qmi"

    def __str__(self) -> str:
        return f"qrtr:{self.node}"


@dataclass(frozen=True, kw_only=True)
class NetdevAddress:
    """The control port that belongs to a netdev."""

    name: str
    wanted: Protocol | None = None

    def __str__(self) -> str:
        return _prefixed(self.wanted, self.name)


@dataclass(frozen=True, kw_only=True)
class UsbAddress:
    """A USB device, with or without a control port: by its name or by its id."""

    name: str | None = None
    """Where it is plugged, as sysfs calls it: ``2-6``, ``1-1.4``."""
    id: str | None = None
    """Vendor and product, lower-case hexadecimal: ``03f0:581d``."""
    wanted: Protocol | None = None

    def __str__(self) -> str:
        return _prefixed(self.wanted, self.name or self.id or "")


@dataclass(frozen=True, kw_only=True)
class SimAddress:
    """A simulated modem that this process makes."""

    profile: str
    faults: tuple[str, ...] = ()
    wanted: Protocol | None = None

    def __str__(self) -> str:
        query = "&".join(f"fault={name}" for name in self.faults)
        return _prefixed(self.wanted, f"sim:{self.profile}{'?' + query if query else ''}")


@dataclass(frozen=True, kw_only=True)
class ReplayAddress:
    """A recorded trace that answers as its device did."""

    path: str
    wanted: Protocol | None = None

    def __str__(self) -> str:
        return _prefixed(self.wanted, f"replay:{self.path}")


Address = (
    NodeAddress
    | ProxyAddress
    | TunnelAddress
    | QrtrAddress
    | NetdevAddress
    | UsbAddress
    | SimAddress
    | ReplayAddress
)


def _prefixed(wanted: Protocol | None, text: str) -> str:
    return text if wanted is None else f"{wanted}:{text}"
