"""Writes docs/commands.md out of the commands' own help: `python -m communique.cli.reference > docs/commands.md`."""

from __future__ import annotations

import inspect
import re
from typing import Any

import typer

from communique.cli.app import app

HEAD = """# Commands

This page is made from the commands' own help (`make docs`); a test fails when it is out of date.

Pages, that is INPUT, are files, folders, `-` for standard input, or JSON Lines with `id`, `text` and optionally
`title`, `url`, `source`, `date` and `html`. A feed (RSS, RSS 1.0, Atom or JSON Feed, told by what it holds) gives one
page of each entry: its fullest text, title, authors, link and day; an entry that is a headline only is left out and
told. Results go to standard output and everything else to standard error, so
output can be piped. Options may stand before or after the arguments. States go by code or name: `CHN`, `China`,
`PRC`. Days are written `2019-06-05`, months `2019-06`, years `2019`.

## Exit codes

| code | meaning |
|---|---|
| 0 | fine |
| 1 | a fault was found (`verify`), an archive cannot be used, or something unexpected failed |
| 2 | wrong use: an option, a state, a date or an id that cannot be; a file that cannot be written |
| 3 | some inputs could not be read; each is named on standard error, and the rest was kept |
| 4 | nothing could be read |
| 130 | interrupted; whole documents that were read are kept |

Every fault is one line: `communique: WHERE: what. What to do`. `--debug` anywhere on the command line, or the
environment variable `COMMUNIQUE_DEBUG`, shows where in the program it happened.
"""


def reference() -> str:
    """The whole page as Markdown."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("communique", [], resilient_parsing=True)
    parts = [HEAD, "## Options of all commands\n\n" + _options(group, context)]
    for name in group.commands:
        command = group.commands[name]
        inner = type(context)(command, info_name=name, parent=context)
        usage = " ".join(command.get_usage(inner).split()).removeprefix("Usage: ")
        parts.append(f"## {name}\n\n`{usage}`\n\n{inspect.cleandoc(command.help or '')}\n\n{_options(command, inner)}")
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _options(command: Any, context: Any) -> str:
    """A table of the arguments and options of a command."""
    rows = ["| argument or option | what it does |", "|---|---|"]
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is None:
            continue
        names, text = (" ".join(str(part).split()).replace("|", "\\|") for part in record)
        rows.append(f"| `{re.sub(' <[^>]*>', '', names)}` | {text} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(reference(), end="")  # noqa: T201 - a script
