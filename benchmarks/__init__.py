# SPDX-License-Identifier: GPL-2.0-or-later
"""Times against the peers, as ratios from one run: ``python -m benchmarks``."""
