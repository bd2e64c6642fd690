# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's serial ports: what is spoken there, and AT commands that only read.

pyserial is loaded when a port is opened.
"""

from __future__ import annotations

from qmiprobe.at._port import AtAnswer, AtPort, open_at
from qmiprobe.at._probe import Heard, probe_serial
from qmiprobe.at._recognise import recognise

__all__ = ["AtAnswer", "AtPort", "Heard", "open_at", "probe_serial", "recognise"]
