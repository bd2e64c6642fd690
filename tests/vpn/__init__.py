# SPDX-License-Identifier: GPL-2.0-or-later
"""Tunnels of real daemons through the test bed, each with its fault."""
