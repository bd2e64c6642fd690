# SPDX-License-Identifier: GPL-2.0-or-later
"""Photographs of pages and of a terminal: Chromium, tmux at 80 columns, pngquant."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

COLUMNS = 80
PROGRAMS = ("chromium", "tmux", "pngquant")
_LINES = 300
_SECONDS = 90.0
_LOOK = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px 20px; background: {background}; color: {foreground}; }}
pre {{ font: 15px/1.3 "DejaVu Sans Mono", monospace; margin: 0; }} {stylesheet}
</style><pre>{code}</pre>"""
_TALL = '<script>document.title = "tall " + document.documentElement.offsetHeight;</script>'
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def run_in_terminal(arguments: Sequence[str], *, typed: str) -> str:
    """Run a program in a terminal of 80 columns; return what it shows below ``typed``, in ANSI."""
    with tempfile.TemporaryDirectory() as folder:
        tmux = ["tmux", "-S", f"{folder}/socket", "-f", "/dev/null"]
        done = Path(folder, "done")
        shown = f"printf '$ %s\\n' {shlex.quote(typed)}"
        command = f"{shown}; {shlex.join(arguments)} 2>/dev/null; touch {done}; sleep 600"
        size = ["-x", str(COLUMNS), "-y", str(_LINES)]
        start = [*tmux, "new-session", "-d", *size, command]
        subprocess.run(start, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        try:
            end = time.monotonic() + _SECONDS
            while not done.exists():
                if time.monotonic() > end:
                    raise TimeoutError(f"{typed}: not done in {_SECONDS:g} s")
                time.sleep(0.2)
            time.sleep(0.5)
            pane = subprocess.run(
                [*tmux, "capture-pane", "-e", "-p"], check=True, capture_output=True, text=True
            )
        finally:
            subprocess.run([*tmux, "kill-server"], check=False)
    return pane.stdout.rstrip() + "\n"


def terminal_page(ansi: str) -> str:
    """Return a page that looks as the terminal did."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, highlight=False)
        console.print(Text.from_ansi(ansi), end="")
        return console.export_html(theme=DIMMED_MONOKAI, code_format=_LOOK, inline_styles=True)


def photograph(
    page: str, picture: Path, *, width: int, scale: float = 1, dark: bool = False
) -> None:
    """Write the whole page as a PNG of few colours, as tall as it is."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        # A copy that may measure itself: the page does not run anything.
        file.write_text(_POLICY.sub("", page) + _TALL, encoding="utf-8")
        dom = _chromium("--dump-dom", file, width, 800)
        tall = re.search(r"<title>tall (\d+)", dom)
        if tall is None:
            raise ValueError(f"{picture.name}: Chromium did not say how tall the page is")
        file.write_text(page, encoding="utf-8")
        raw = Path(folder, "raw.png")
        _chromium(f"--screenshot={raw}", file, width, int(tall[1]))
        subprocess.run(
            ["pngquant", "--force", "--strip", "--speed=1", f"--output={picture}", "48", str(raw)],
            check=True,
        )


def _chromium(act: str, file: Path, width: int, height: int) -> str:
    done = subprocess.run(
        [
            *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--window-size={width},{height}", f"--user-data-dir={file.parent}/profile"),
            *(act, file.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=True,
    )
    return done.stdout
