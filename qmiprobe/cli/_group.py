# SPDX-License-Identifier: GPL-2.0-or-later
"""The group of subcommands. Listing them imports none of them.

A new subcommand is a file here that holds a click command named ``command``, and one line in
``COMMANDS``. It imports what it needs inside its function.
"""

from __future__ import annotations

import difflib
import importlib
from typing import cast

import click

from qmiprobe import __version__

PROGRAM = "qmiprobe"
COMPLETE_VARIABLE = "_QMIPROBE_COMPLETE"
DEFAULT = "check"

COMMANDS = {
    "check": "Climb the whole ladder, from USB to path MTU: one verdict.",
    "list": "Show the modems of this machine and what hangs on them.",
    "doctor": "Say why a modem has no working port, and what mends it.",
    "rebind": "Give a modem the control port that it should have: a plan, or done.",
    "call": "Send one message to a modem and show the answer.",
    "listen": "Show indications as they come.",
    "decode": "Say what bytes mean: hex, logs, traces.",
    "protocol": "Show what qmiprobe knows of QMI and MBIM.",
    "connect": "Start a data session with addresses, routes and DNS.",
    "disconnect": "End what connect started, and put everything back.",
    "link": "Test the data path of a netdev in depth: where is traffic lost?",
    "vpn": "Find out why a tunnel over the link carries no traffic.",
    "reflect": "Be the far end for link and vpn, on a server of your own.",
    "report": "Save all there is to see into one file for a bug report.",
    "simulate": "Be a simulated modem for other programs.",
}
"""Name and one line of help, in the order of ``--help``."""


class LazyGroup(click.Group):
    """Subcommands by name, each imported when it is run or its own help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one subcommand; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"qmiprobe.cli.{cmd_name}")
        return cast("click.Command", module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of subcommands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem[str]]:
        """Complete names of subcommands, again without importing any."""
        item = click.shell_completion.CompletionItem
        own = [
            item(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*own, *click.Command.shell_complete(self, ctx, incomplete)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``check`` where no subcommand is given."""
        known = {option for param in self.get_params(ctx) for option in param.opts}
        bare = not args or (args[0].startswith("-") and args[0] not in known)
        if bare and not ctx.resilient_parsing:
            named = next((one for one in args if one in COMMANDS), None)
            if named is not None:
                text = f"options stand after the command: {PROGRAM} {named} ..."
                raise click.UsageError(text, ctx)
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; for an unknown one say what may have been meant."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise click.UsageError(_unknown(args[0]), ctx)
        return super().resolve_command(ctx, args)


def _unknown(word: str) -> str:
    near = difflib.get_close_matches(word, COMMANDS, n=1)
    if near:
        return f"no command {word!r}: did you mean `{PROGRAM} {near[0]}`?"
    if ":" in word or "/" in word or word.startswith("wwan"):
        return f"no command {word!r}: to check that device write `{PROGRAM} {DEFAULT} {word}`"
    return f"no command {word!r}: see `{PROGRAM} --help`"


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n  qmiprobe                              the only modem there is\n"
    "  qmiprobe check sim:ec25 --connect     a simulated modem, data path included\n"
    "  qmiprobe COMMAND --help               options and examples of one command",
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def group() -> None:
    """Say what is wrong with a WWAN modem, layer by layer, and what mends it.

    Without a command: check. Nothing is changed unless an option asks for it.
    """
