"""Puts the commands together and turns everything that can go wrong into one line and an exit code."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from communique import __version__
from communique.cli import (
    assessments,
    backup,
    brief,
    code,
    demo,
    disagreements,
    document,
    evaluate,
    events,
    export,
    figures,
    forums,
    importing,
    judge,
    logbook,
    network,
    pair,
    pledges,
    projects,
    quotes,
    read,
    resolve,
    scale,
    search,
    serve,
    show,
    stories,
    verify,
)
from communique.cli.shared import fault_said, say
from communique.errors import CommuniqueError

HELP = """From the news to a sourced, dated record of relations between states.

Exit codes: 0 fine; 1 a fault was found, or something unexpected failed; 2 wrong use; 3 some inputs could not be
read, the rest was kept; 4 nothing could be read; 130 interrupted."""

app = typer.Typer(
    name="communique",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
# in the order of the work: pages in, coding, looking, handing out
for command, name in (
    (read.read, "read"),
    (importing.import_, "import"),
    (code.code, "code"),
    (scale.scale, "scale"),
    (document.document, "document"),
    (resolve.resolve, "resolve"),
    (events.events, "events"),
    (figures.figures, "figures"),
    (quotes.quotes, "quotes"),
    (assessments.assessments, "assessments"),
    (projects.projects, "projects"),
    (forums.forums, "forums"),
    (pledges.pledges, "pledges"),
    (stories.stories, "stories"),
    (disagreements.disagreements, "disagreements"),
    (judge.judge, "judge"),
    (search.search, "search"),
    (show.show, "show"),
    (brief.brief, "brief"),
    (pair.pair, "pair"),
    (network.network, "network"),
    (export.export, "export"),
    (serve.serve, "serve"),
    (verify.verify, "verify"),
    (backup.backup, "backup"),
    (backup.restore, "restore"),
    (evaluate.evaluate, "evaluate"),
    (demo.demo, "demo"),
):
    app.command(name)(command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program a fault happened. May stand anywhere.")
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option(
            "--log-json", help="What is told on standard error as JSON Lines, without article text. May stand anywhere."
        ),
    ] = False,
    log_text: Annotated[
        bool, typer.Option("--log-text", help="With --log-json: words of articles may stand in it.")
    ] = False,
) -> None:
    pass


_common.__doc__ = HELP


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code. Prints at most one line for whatever goes wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if logbook.OPTION not in given:
        return _run([word for word in given if word != logbook.TEXT_OPTION])
    text = logbook.TEXT_OPTION in given
    given = [word for word in given if word not in (logbook.OPTION, logbook.TEXT_OPTION)]
    command = next((word for word in given if not word.startswith("-")), "")
    started = time.monotonic()
    with logbook.kept(command, text=text) as book:
        code = _run(given)
        logbook.ended(book, command, code, started)
    return code


def _run(given: list[str]) -> int:
    debug = "--debug" in given or bool(os.environ.get("COMMUNIQUE_DEBUG"))
    given = [word for word in given if word != "--debug"]
    try:
        group = typer.main.get_command(app)
        with group.make_context("communique", given) as context:
            outcome = group.invoke(context)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except CommuniqueError as fault:
        if debug:
            raise
        fault_said(fault, "error")
        return fault.exit_code
    except KeyboardInterrupt:
        say("communique: interrupted; whole documents that were read are kept")
        return 130
    except BrokenPipeError:
        _close_stdout()
        return 0
    except Exception as fault:
        if _is_click(fault, "Exit"):  # --help and --version end so
            return int(getattr(fault, "exit_code", 0))
        if _is_click(fault, "NoArgsIsHelpError"):
            print(fault)  # noqa: T201 - the help itself
            return 2
        if _is_click(fault, "ClickException"):
            say(f"communique: {_click_line(fault)}")
            return 2
        if debug:
            raise
        if book := logbook.current():
            book.unexpected(fault)
            return 1
        what = " ".join(f"{type(fault).__name__}: {fault}".split())
        say(f"communique: something unexpected failed ({what}). Please report it with what --debug prints")
        return 1


def main() -> NoReturn:
    """The script `communique`."""
    code = run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_stdout()
    sys.exit(code)


def _close_stdout() -> None:
    """Whoever read us has left: nothing more can be written, and Python must not try at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_click(fault: BaseException, name: str) -> bool:
    """Whether it is the option parser's own exception; Typer brings its own copy of Click in some versions."""
    return any(
        kind.__name__ == name and kind.__module__.split(".")[0] in ("typer", "click") for kind in type(fault).__mro__
    )


def _click_line(fault: Exception) -> str:
    message = str(fault.format_message()) if hasattr(fault, "format_message") else str(fault)
    context = getattr(fault, "ctx", None)
    path = context.command_path if context is not None else "communique"
    return f"{' '.join(message.split()).rstrip('.')}. See: {path} --help"
