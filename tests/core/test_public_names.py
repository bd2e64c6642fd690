# SPDX-License-Identifier: GPL-2.0-or-later
"""The packages of the protocols give their public names, and load them only when asked."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

from qmiprobe import mbim, qmi

packages = pytest.mark.parametrize("package", [qmi, mbim], ids=["qmi", "mbim"])


@packages
def test_every_name_that_is_promised_is_there(package: ModuleType):
    for name in package.__all__:
        assert name.isupper() or getattr(package, name).__name__ == name
        assert getattr(package, name) is not None


@packages
def test_another_name_is_not_there(package: ModuleType):
    with pytest.raises(AttributeError, match="has no attribute 'encode_all'"):
        _ = package.encode_all


@packages
def test_the_codec_is_loaded_with_the_first_name(package: ModuleType):
    name = package.__name__
    code = f"""
import sys, {name}
assert "{name}._codec" not in sys.modules
from {name} import decode
assert "{name}._codec" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
