"""`communique demo`: the whole way on the sample articles that come with the program."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from communique.cli import brief as briefing
from communique.cli import read as reading
from communique.cli import shared
from communique.errors import UsageError

PAIR = ("CHN", "RUS")


def demo(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Where to put the samples and their archive.")
    ] = "communique-demo",
) -> int:
    """Show the whole way on sample articles.

    Reads them into an archive and prints the brief of one pair of states.
    """
    from communique import samples

    home = Path(folder)
    try:
        pages = samples.copy(home / "articles")
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})", where=folder, advice="Name a folder: communique demo FOLDER"
        ) from fault
    archive = str(home / "demo.db")
    shared.say(f"{len(pages)} sample articles stand in {home / 'articles'}; reading them into {archive}")
    code = reading.read([str(home / "articles")], archive)
    shared.say("")
    code = briefing.brief(*PAIR, archive=archive) or code
    first, page = _first_event(archive)
    program = program_name()
    shared.say(f"""
Look closer:
  {program} events {PAIR[0]} {PAIR[1]} --archive {archive}
  {program} show {first} --archive {archive}
  {program} search grain accord --archive {archive}
  {program} document {home / "articles" / page}
Your own pages:
  {program} read FILES OR FOLDERS --archive news.db
  {program} code FILES OR FOLDERS -o events.jsonl""")
    return code


def program_name() -> str:
    """How the user can call us: by name where that is on the path, else by the path of the script that runs."""
    if shutil.which("communique") or Path(sys.argv[0]).name != "communique":
        return "communique"
    return os.path.relpath(sys.argv[0])


def _first_event(archive: str) -> tuple[str, str]:
    """The id of the pair's first event, shortened, and the id of its document."""
    with shared.open_archive(archive) as store:
        found = store.events(between=PAIR, limit=1)
        return (found[0].id[:8], found[0].document_id) if found else ("ID", "")
