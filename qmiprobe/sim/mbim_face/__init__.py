# SPDX-License-Identifier: GPL-2.0-or-later
"""The simulated modem as MBIM: messages in, answers and notifications out, no I/O."""

from __future__ import annotations

from qmiprobe.sim.mbim_face._face import MbimFace

__all__ = ["MbimFace"]
