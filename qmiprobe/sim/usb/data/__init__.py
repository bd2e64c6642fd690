# SPDX-License-Identifier: GPL-2.0-or-later
"""Bulk data of the simulated USB modem: what drivers put into transfers, and packets out of it."""
