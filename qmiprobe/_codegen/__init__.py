# SPDX-License-Identifier: GPL-2.0-or-later
"""From ``protocols/*.toml`` to ``*/services/*.py``: run ``python -m qmiprobe._codegen``."""
