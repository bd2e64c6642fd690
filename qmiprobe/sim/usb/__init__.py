# SPDX-License-Identifier: GPL-2.0-or-later
"""The USB side of a simulated modem: descriptors, control requests, USB/IP.

Importing this loads nothing but the standard library; profiles are read with it.
"""
