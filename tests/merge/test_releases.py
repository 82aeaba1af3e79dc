"""The same release received as text and as a page of HTML."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

from communique import ingest
from communique.merge.records import records
from communique.model import Coded
from communique.pipeline import Coder
from communique.settings import Settings

PAIRS = 5


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return {row["url"]: row for row in map(json.loads, islice(lines, 40))}


def test_a_release_in_text_and_in_html_counts_its_events_once(shared: Path) -> None:
    folder = shared / "corpus" / "state_2021"
    texts, pages = _rows(folder / "releases.jsonl.gz"), _rows(folder / "releases_html.jsonl.gz")
    coder = Coder(Settings(kinds=("event",)))
    plain: list[Coded] = []
    both: list[Coded] = []
    for url in [url for url in texts if url in pages][:PAIRS]:
        told = {"date": texts[url]["date"], "url": url}
        as_text = coder.code(ingest.from_text(texts[url]["text"], id=f"{url} text", **told))
        as_page = coder.code(ingest.from_html(pages[url]["html"], id=f"{url} page", **told))
        assert len(as_text.events) == len(as_page.events)
        plain.append(as_text)
        both += [as_text, as_page]
    assert len(plain) == PAIRS
    assert len(records(both)) == len(records(plain))
