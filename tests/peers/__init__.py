# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that nobody here wrote, talking to the simulated modem."""
