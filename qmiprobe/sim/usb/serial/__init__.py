# SPDX-License-Identifier: GPL-2.0-or-later
"""Serial ports of the simulated USB modem: AT commands, NMEA sentences, line control.

AT and modem ports answer from the profile and the live state; what this modem does not know is
an ERROR. The GPS port says once a second that there is no fix. Diagnostic ports are silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._at_port import AtPort
from ._serial_function import AtVoice, GpsVoice, SerialFunction, Silence

if TYPE_CHECKING:
    from qmiprobe.sim._profile import Profile
    from qmiprobe.sim._state import ModemState
    from qmiprobe.sim.usb._function import Function
    from qmiprobe.sim.usb._layout import Configuration

    from ._serial_function import Voice

__all__ = ["AtPort", "serial_functions"]

ROLES = ("at", "modem", "nmea", "diag")


def serial_functions(
    configuration: Configuration, *, profile: Profile, state: ModemState
) -> list[Function]:
    """Return new functions for all serial ports in a configuration."""
    made: list[Function] = []
    for interface in configuration.of_role(*ROLES):
        data = None if interface.data is None else configuration.interface(interface.data)
        made.append(SerialFunction(interface, _voice(interface.role, profile, state), data=data))
    return made


def _voice(role: str, profile: Profile, state: ModemState) -> Voice:
    if role in ("at", "modem"):
        return AtVoice(AtPort(profile, state))
    return GpsVoice() if role == "nmea" else Silence()
