# SPDX-License-Identifier: GPL-2.0-or-later
"""The tests; they mirror the packages of qmiprobe."""
