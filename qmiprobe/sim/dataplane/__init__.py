# SPDX-License-Identifier: GPL-2.0-or-later
"""The data plane of the simulated modem: a netdev, the gate, and a small network behind it."""

from __future__ import annotations

from ._namespace import can_enter_namespace, enter_namespace, in_own_namespace, open_in_namespace

__all__ = ["can_enter_namespace", "enter_namespace", "in_own_namespace", "open_in_namespace"]
