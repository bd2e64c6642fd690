# SPDX-License-Identifier: GPL-2.0-or-later
"""Serial ports of the simulated USB modem: AT commands, NMEA sentences, line control."""
