# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be wrong with a modem's USB side: the ``usb`` part of ``sim/faults.toml``."""

from __future__ import annotations

from dataclasses import dataclass

ALWAYS = -1


@dataclass(kw_only=True)
class UsbFaults:
    """Counts are how often something shall happen, -1: always; each is counted down."""

    send_stalls: int = 0
    """SEND_ENCAPSULATED_COMMAND is refused, and the command lost."""
    get_stalls: int = 0
    """GET_ENCAPSULATED_RESPONSE is refused; the answer stays."""
    empty_answers: int = 0
    """A notification leads to an answer of no bytes, before the right one."""
    unknown_notifications: int = 0
    """A notification of a kind that drivers do not know comes before the right one."""
    lost_notifications: int = 0
    """An answer comes without being announced."""
    double_answers: int = 0
    """An old answer comes along with one, and both are announced once."""
    long_answers: int = 0
    """An answer is followed by more bytes than the driver's buffer has left."""
    needs_dtr: bool = False
    """Commands are taken in silence until the host sets DTR."""
    unplugged: bool = False
    """The modem goes away when it is asked for its model."""
    reboots: bool = False
    """It goes away likewise, and comes back."""
    reboots_as: str = ""
    """As what it comes back: ``boot-loader``."""
    ntb_parameters_fail: bool = False
    """GET_NTB_PARAMETERS is refused."""
    no_notify_endpoint: bool = False
    """The control interface has no interrupt endpoint."""
    disc_first: bool = False
    """It is a disc with drivers until it is ejected."""
    packets: int = -1
    """Bulk data stop after so many packets toward the host; -1: never."""
    loses_size: int = 0
    """Packets toward the host whose transfer has so many bytes get lost."""

    def take(self, name: str) -> bool:
        """Return whether a counted fault happens now, and count it."""
        left = int(getattr(self, name))
        if left > 0:
            setattr(self, name, left - 1)
        return left != 0
