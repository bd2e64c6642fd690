# SPDX-License-Identifier: GPL-2.0-or-later
"""The services of the simulated modem; the other modules here fill them with answers."""

from __future__ import annotations

from qmiprobe.sim.qmi_face._service import Service

ctl = Service("ctl", 0x00)
wds = Service("wds", 0x01)
dms = Service("dms", 0x02)
nas = Service("nas", 0x03)
uim = Service("uim", 0x0B)
wda = Service("wda", 0x1A)

ALL = {one.number: one for one in (ctl, wds, dms, nas, uim, wda)}
