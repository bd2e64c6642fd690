# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the generated modules; with ``--check`` only says whether they are up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from qmiprobe._codegen._emit import Module
from qmiprobe._codegen._index import index_text, module_name
from qmiprobe._codegen._load import load
from qmiprobe._definitions import definitions_folder
from qmiprobe.errors import DefinitionError


def generate(folder: Path) -> dict[str, str]:
    """Return the text of each generated module by its path below the package."""
    texts: dict[str, str] = {}
    services = load(folder)
    for protocol in ("qmi", "mbim"):
        own = [service for service in services if service.protocol == protocol]
        shared = next((service for service in own if service.name == "_shared"), None)
        if shared is None:
            raise DefinitionError(f"{protocol}/_shared.toml is not there")
        entries = {}
        doc = f"{protocol.upper()} services as typed Python, made from ``protocols/{protocol}``."
        spdx = "# SPDX-License-Identifier: GPL-2.0-or-later OR MIT\n"
        texts[f"{protocol}/services/__init__.py"] = f'{spdx}"""{doc}"""\n'
        for service in own:
            module = Module(service, shared)
            texts[f"{protocol}/services/{module_name(service.name)}.py"] = module.text()
            entries[service.name] = module.entries
        texts[f"{protocol}/services/_index.py"] = index_text(protocol, own, entries)
    return texts


def stale(texts: dict[str, str], package: Path) -> list[str]:
    """Return the generated modules that are not what the definitions say, or left over."""
    found = {
        str(path.relative_to(package)): path.read_text(encoding="utf-8")
        for protocol in ("qmi", "mbim")
        for path in (package / protocol / "services").glob("*.py")
    }
    return sorted(name for name in {*texts, *found} if texts.get(name) != found.get(name))


def main(arguments: list[str]) -> int:
    """Write or check; return the exit status."""
    package = Path(__file__).parent.parent
    try:
        texts = generate(definitions_folder())
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 1
    old = stale(texts, package)
    if "--check" in arguments:
        for name in old:
            print(f"qmiprobe/{name} is not what protocols/ says", file=sys.stderr)
        if old:
            print("run: python -m qmiprobe._codegen", file=sys.stderr)
        return 1 if old else 0
    for name in old:
        if name in texts:
            (package / name).write_text(texts[name], encoding="utf-8")
        else:
            (package / name).unlink()
    print(f"{len(texts)} modules, {len(old)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
