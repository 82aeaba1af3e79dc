"""Scores dates in text against the gold phrases and our own: `python evaluation/dates.py PATH_TO_SHARED`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import spacy
from spacy.language import Language

from communique import tree
from communique.model import Sentence, Span, When
from communique.resolve import dates
from communique.settings import DEFAULT_MODEL

OWN = Path(__file__).with_name("dates_phrases.jsonl")


def first_date(text: str, written: dt.date, language: Language) -> str | None:
    """The first date of a phrase that resolves, written as `iso` does."""
    doc = tree.read(language(text))
    sentence = Sentence("phrase", 0, Span(0, len(text)), text, tree.Span(doc, 0, len(doc)))
    reference = When(written, written, "day", "stated")
    for dated in dates.in_sentence(sentence, reference):
        found = dates.iso(dated.when)
        if found is not None:
            return found
    return None


def score(path: Path, language: Language, misses: list[str] | None = None, only: str | None = None) -> tuple[int, int]:
    """How many phrases of a file come out right, of how many. An expected value is a prefix of the ISO form.

    only is the set that is scored: "before" was written before the first rule, "after" when rules were known.
    """
    right = total = 0
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if only is not None and row["set"] != only:
            continue
        found = first_date(row["text"], dt.date.fromisoformat(row["document_date"]), language)
        expected = row["expected"]
        good = found is None if expected is None else found is not None and found.startswith(expected)
        right, total = right + good, total + 1
        if not good and misses is not None:
            misses.append(f"{row['text']!r} ({row['document_date']}): expected {expected}, found {found}")
    return right, total


def measure(shared: Path, misses: list[str] | None = None) -> dict[str, float]:
    """dates_dev: right of the 36 gold phrases; dates_own and dates_later: the share right of our own two sets."""
    language = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    gold = score(shared / "gold" / "dates_dev.jsonl", language, misses)
    own, later = (score(OWN, language, misses, only) for only in ("before", "after"))
    return {
        "dates_dev": float(gold[0]),
        "dates_dev_of": float(gold[1]),
        "dates_own": own[0] / own[1],
        "dates_later": later[0] / later[1],
    }


if __name__ == "__main__":
    missed: list[str] = []
    for name, value in measure(Path(sys.argv[1]), missed).items():
        print(f"{name} {value:.3f}")
    print("\n".join(missed))
