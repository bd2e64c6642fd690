# SPDX-License-Identifier: GPL-2.0-or-later
"""Completion for bash, which splits words at colons and equal signs: addresses are full of both.

click's own script hands over bash's words; here the line itself is handed over, and what bash
has already got of the word is left out of the answer. Other shells need no help.
"""

from __future__ import annotations

import os
import shlex

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

_SOURCE = """\
%(complete_func)s() {
    local IFS=$'\\n'
    local response completion type value

    response=$(env COMP_LINE="${COMP_LINE:0:$COMP_POINT}" %(complete_var)s=bash_complete $1)

    for completion in $response; do
        IFS=',' read type value <<< "$completion"

        if [[ $type == 'dir' ]]; then
            COMPREPLY=()
            compopt -o dirnames
        elif [[ $type == 'file' ]]; then
            COMPREPLY=()
            compopt -o default
        elif [[ $type == 'plain' ]]; then
            COMPREPLY+=($value)
            [[ $value == *[:=] ]] && compopt -o nospace
        fi
    done

    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_BREAKS = ":="


class LineComplete(BashComplete):
    """Completes the command line as it stands, not as bash splits it."""

    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the finished words after the program's name, and the word being typed."""
        line = os.environ["COMP_LINE"]
        words = _words(line)
        incomplete = "" if not words or line[-1:].isspace() else words.pop()
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return one line of the answer, without what bash keeps of the word by itself."""
        return f"{item.type},{item.value[self._kept() :]}"

    def _kept(self) -> int:
        line = os.environ["COMP_LINE"]
        _, incomplete = self.get_completion_args()
        if not line.endswith(incomplete) or line[: -len(incomplete) or None].endswith(("'", '"')):
            return 0  # inside quotes bash does not split
        return max(incomplete.rfind(one) for one in _BREAKS) + 1


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)  # in the middle of a quoted word
    return words


def install() -> None:
    """Make click use this for bash; called only when a completion is asked for."""
    add_completion_class(LineComplete)
