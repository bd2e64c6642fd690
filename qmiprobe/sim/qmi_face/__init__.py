# SPDX-License-Identifier: GPL-2.0-or-later
"""The simulated modem as QMI: requests in, answers and indications out, no I/O."""

from __future__ import annotations

from qmiprobe.sim.qmi_face._face import QmiFace

__all__ = ["QmiFace"]
