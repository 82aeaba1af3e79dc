"""Scores the ledger of promises on our own occasions: `python evaluation/pledges.py [-v]`.

A planted promise (occasions/answers.yaml) is found where an entry of the ledger tells it: the article is the same, and
the entry's sentence holds the planted words. Its verdict is right where it is the planted one; "partly" and "under way"
are told apart in the ledger and one in the answers where nothing was finished. "not wrongly kept" is the share of
planted promises that the ledger does not call kept against the answers: the fault that must not happen.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from communique import Coder, ingest
from communique.archive import Archive
from communique.errors import CommuniqueError
from communique.measure.pledges import Ledger, Pledge, ledger

FOLDER = Path(__file__).with_name("occasions")


def planted() -> list[dict[str, Any]]:
    """The promises of the answers."""
    answers = yaml.safe_load((FOLDER / "answers.yaml").read_text(encoding="utf8"))
    return [promise for occasion in answers["occasions"] for promise in occasion.get("promises", ())]


def read() -> Ledger:
    """The ledger of the occasions, from a fresh archive."""
    faults: list[CommuniqueError] = []
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "occasions.db") as archive:
        coder = Coder()
        for document in ingest.read([str(FOLDER / "articles.jsonl")], report=faults.append):
            archive.add(coder.code(document))
        return ledger(archive)


def entry_of(promise: dict[str, Any], entries: Ledger) -> Pledge | None:
    """The entry that tells a planted promise."""
    for entry in entries:
        for told in entry.told:
            if told.said.page.id == promise["article"] and promise["words"] in told.said.text:
                return entry
    return None


def measure(_shared: Path | None = None, *, tell: bool = False) -> dict[str, float]:
    """Shares of planted promises found, and of those with the right verdict; the share not kept wrongly."""
    entries, rows = read(), planted()
    found = right = wrong = 0
    for promise in rows:
        entry = entry_of(promise, entries)
        verdict = promise["verdict"]
        if entry is not None:
            found += 1
            good = entry.verdict == verdict or (verdict == "partly" and entry.verdict == "under way")
            right += good
            wrong += entry.verdict == "kept" and verdict != "kept"
        if tell and (entry is None or not good):
            print(f"{promise['article']} {promise['words']!r}: {entry.verdict if entry else 'not found'} for {verdict}")
    return {
        "promises": float(len(rows)),
        "found": found / len(rows),
        "verdict": right / len(rows),
        "not wrongly kept": 1.0 - wrong / len(rows),
        "entries": float(len(entries)),
    }


if __name__ == "__main__":
    for label, number in measure(tell="-v" in sys.argv).items():
        print(f"{label} {number:.3f}")
