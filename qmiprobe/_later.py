# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of a package that are loaded when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def loader(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of ``package`` (PEP 562); ``places``: module by name.

    For any other name it raises AttributeError.
    """

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{package}.{places[name]}"), name)

    return load
