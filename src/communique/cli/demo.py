"""`communique demo`: the whole way on the sample articles that come with the program."""

from __future__ import annotations

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
    first = _first_event(archive)
    shared.say(f"""
Look closer:
  communique events {PAIR[0]} {PAIR[1]} --archive {archive}
  communique show {first} --archive {archive}
  communique search border trade --archive {archive}
  communique document {pages[0]}
Your own pages:
  communique read FILES OR FOLDERS --archive news.db
  communique code FILES OR FOLDERS > events.jsonl""")
    return code


def _first_event(archive: str) -> str:
    with shared.open_archive(archive) as store:
        found = store.events(between=PAIR, limit=1)
        return found[0].id[:8] if found else "ID"
