# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM: bytes to messages and back, and the connection as a state machine; no I/O."""
