"""Measures the reading of pages: furniture, titles and repeats of the seeds, main text and days of HTML pages."""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError
from communique.ingest import from_html, read
from communique.model import Document


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def article(document: Document) -> str:
    """The article's paragraphs, one a line."""
    return "\n".join(span.cut(document.text) for span in document.article)


def token_f1(found: str, gold: str) -> float:
    """F1 of the two multisets of lower-cased words."""
    one, two = (collections.Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    shared = sum((one & two).values())
    return 2 * shared / (sum(one.values()) + sum(two.values())) if shared else 0.0


def _flat(text: str) -> str:
    return " ".join(text.split())


def seeds(shared: Path) -> dict[str, float]:
    """The expectations of gold/seeds.jsonl that reading alone must meet."""
    faults: list[CommuniqueError] = []
    documents = {document.id: document for document in read([shared / "seeds"], report=faults.append)}
    met: dict[str, list[bool]] = collections.defaultdict(list)
    for row in rows(shared / "gold" / "seeds.jsonl"):
        document = documents[row["seed"]]
        if row["kind"] == "not_article":
            hidden = [_flat(piece.span.cut(document.text)) for piece in document.furniture]
            met["furniture"].append(
                _flat(row["text"]) not in _flat(article(document))
                and any(_flat(row["text"]) in line for line in hidden)
            )
        elif row["kind"] == "document":
            met["title"].append(document.title == row["title"])
            met["byline"].append(document.byline == row.get("author"))
            met["published"].append(not document.published.known)
        elif row["kind"] == "repeated":
            once = article(document).count(row["snippet"])
            again = sum(row["snippet"] in repeat.span.cut(document.text) for repeat in document.repeats)
            met["repeats"].append(once == 1 and again == row["times"] - 1)
        elif "snippet" in row or row["kind"] == "quote":
            met["kept"].append(_flat(row.get("snippet") or row["text"]) in _flat(article(document)))
    figures = {f"seed {name}": sum(values) / len(values) for name, values in sorted(met.items())}
    return {**figures, "seed faults": float(len(faults))}


def pages(shared: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    """The HTML pages with their gold."""
    folder = shared / "corpus" / "html"
    for row in rows(folder / "pages.jsonl"):
        with gzip.open(folder / row["html"]) as packed:
            yield row, from_html(packed.read(), id=row["id"], url=row["url"])


def gold_text(row: dict[str, Any]) -> str:
    """Summary, headings and paragraphs as the publisher's parser gives them."""
    gold = row["gold"]
    pieces: list[str] = list(gold["summary"])
    for section in gold["sections"]:
        pieces += section["headline"] + section["paragraphs"]
    return "\n".join(pieces)


def html(found: Iterable[tuple[dict[str, Any], Document]], *, misses: bool = False) -> dict[str, float]:
    """Token F1 of the main text, publication days, titles."""
    scores: list[float] = []
    days = titles = 0
    for row, document in found:
        scores.append(token_f1(article(document), gold_text(row)))
        day = document.published.day
        right = day is not None and day.isoformat() == row["gold"]["publishing_date"][:10]
        days += right
        same = token_f1(document.title or "", row["gold"]["title"] or "") > 0.8
        titles += same
        if misses and (scores[-1] < 0.93 or not right or not same):
            note = "" if right else f"{day} for {row['gold']['publishing_date'][:16]} ({document.published.note})"
            print(f"{row['id']:40} {scores[-1]:.3f} {note} {'' if same else document.title}", file=sys.stderr)
    return {
        "html token f1": sum(scores) / len(scores),
        "html worst token f1": min(scores),
        "html publication days": float(days),
        "html titles": float(titles),
        "html pages": float(len(scores)),
    }


def releases(shared: Path) -> dict[str, float]:
    """The press releases in text and in HTML: how many fail, and how much of the text versions is article."""
    failed, inside, total, read_in = 0, 0, 0, 0
    for name in ("releases.jsonl.gz", "releases_html.jsonl.gz"):
        faults: list[CommuniqueError] = []
        for document in read([shared / "corpus" / "state_2021" / name], report=faults.append):
            read_in += 1
            failed += not document.article
            if name == "releases.jsonl.gz":
                inside += sum(span.end - span.start for span in document.article)
                inside += sum(repeat.span.end - repeat.span.start for repeat in document.repeats)
                total += len(document.text.strip())
        failed += len(faults)
    return {"releases read": float(read_in), "releases failed": float(failed), "releases article share": inside / total}


def measure(shared: Path, *, misses: bool = False) -> dict[str, float]:
    """All figures, by name. shared: the folder of gold sets, seeds and corpora."""
    return {**seeds(shared), **html(pages(shared), misses=misses), **releases(shared)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--misses", action="store_true", help="name the pages that are far from their gold")
    options = parser.parse_args()
    for name, value in measure(options.shared, misses=options.misses).items():
        print(f"{name:26} {value:.3f}")


if __name__ == "__main__":
    main()
