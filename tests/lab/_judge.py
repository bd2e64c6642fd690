# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m tests.lab._judge``: runs ``qmiprobe`` again and again without starting Python anew.

Loading the program takes ten seconds in the machine, so it is loaded once, and each run is a
forked child with the command line that a line on standard input gives as JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

_NEEDED = (
    *("trio", "pyroute2", "dns.message", "rich.console", "qmiprobe.cli._check"),
    *("qmiprobe.check", "qmiprobe.link", "qmiprobe.link._pmtu_up", "qmiprobe.link._pmtu_down"),
    *("qmiprobe.session._netdev", "qmiprobe.session._qmi", "qmiprobe.session._mbim"),
    *("qmiprobe.device._qmi", "qmiprobe.device._mbim", "qmiprobe.device._journal"),
    *("qmiprobe.check._modem_qmi", "qmiprobe.check._modem_mbim", "qmiprobe.cli._run"),
    *(f"qmiprobe.qmi.services.{name}" for name in ("ctl", "dms", "nas", "uim", "wda", "wds")),
    *("qmiprobe.mbim.services.basic_connect", "qmiprobe.mbim._connection", "qmiprobe.report"),
    *("qmiprobe.diagnosis", "qmiprobe.transport", "qmiprobe.host"),
    *("qmiprobe.cli._report_bundle", "qmiprobe.host._bundle"),
    *("qmiprobe.cli._doctor", "qmiprobe.check._doctor", "qmiprobe.check._rungs_doctor"),
    *("qmiprobe.check._rungs_before", "qmiprobe.check._probe_ports", "qmiprobe.uevents"),
    *("qmiprobe.cli._connect", "qmiprobe.cli._disconnect", "qmiprobe.session._undo_modem"),
    *("qmiprobe.cli._rebind", "qmiprobe.rebind._engine", "qmiprobe.rebind._verify"),
    *("qmiprobe.rebind._contradictions", "qmiprobe.rebind._install", "jeepney.io.trio"),
    *("qmiprobe.session._framing", "qmiprobe.session._links", "qmiprobe.session._hold"),
)


def _run(arguments: list[str], output: Path, errors: Path, prepare: list[str] | None) -> int:
    child = os.fork()
    if child == 0:
        for descriptor, path in ((1, output), (2, errors)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
        from qmiprobe.cli import main

        if prepare is not None:  # module, function, and a word for it
            getattr(importlib.import_module(prepare[0]), prepare[1])(prepare[2])
        main(arguments)
    print(json.dumps({"pid": child}), flush=True)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def serve() -> None:
    """Run what comes until standard input ends."""
    for name in _NEEDED:
        importlib.import_module(name)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        output, errors = Path(order["output"]), Path(order["errors"])
        status = _run(order["arguments"], output, errors, order.get("prepare"))
        print(json.dumps({"status": status}), flush=True)


if __name__ == "__main__":
    serve()
