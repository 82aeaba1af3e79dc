"""`communique search`: the sentences that hold some words."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import Annotated, Any

import typer

from communique.cli import shared


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='All of these; "a phrase", begin*, one OR other, -without.')
    ],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many.")] = 20,
    offset: shared.Offset = 0,
    as_json: shared.Json = False,
) -> int:
    """Find documents by words.

    Shows the sentence of each that holds most of them, and what came of a promise that it tells.

    Put `--` before words that begin with a dash.
    """
    # the shell took the quotes off a phrase: an argument of several words is one
    asked = " ".join(f'"{word}"' if " " in word and '"' not in word and len(words) > 1 else word for word in words)
    from communique.cli.pledges import short
    from communique.measure.pledges.told import told_in

    with shared.open_archive(archive) as store:
        hits = store.search(asked, limit=limit, offset=offset)
        promised = told_in(
            store, [hit.document.key for hit in hits], {hit.document.key: (hit.sentence,) for hit in hits}
        )
    marks = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() else ("[", "]")
    for hit in hits:
        page = hit.document
        if as_json:
            row: dict[str, Any] = {
                "document_id": page.id,
                "title": page.title,
                "publication": page.source,
                "text": hit.text,
                "text_info": {"start": hit.sentence.start, "end": hit.sentence.end, "sequence": hit.sequence},
                "words": [{"start": word.start, "end": word.end} for word in hit.words],
                "score": round(hit.score, 4),
            }
            if page.key in promised:
                row["pledges"] = [{"id": each.id, "verdict": each.verdict} for each in promised[page.key]]
            shared.out(json.dumps(row, ensure_ascii=False))
            continue
        named = f"{page.id}: {page.title}" if page.title else page.id
        shared.out(f"{named}{f' ({page.source})' if page.source else ''}")
        sentence = " ".join(hit.marked(*marks).split())
        shared.out(textwrap.fill(sentence, shared.width(), initial_indent="  ", subsequent_indent="  "))
        for entry in promised.get(page.key, ()):
            told = f"promise {short(entry)}"
            shared.out(textwrap.fill(told, shared.width(), initial_indent="  ", subsequent_indent="          "))
    if not hits and not as_json:
        shared.say("communique: nothing there holds these words")
    return 0
