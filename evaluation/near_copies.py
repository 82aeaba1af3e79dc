"""Near-copies at scale: synthetic articles cut, mixed and reworded from sentences of real ones; speed, memory, recall.

    python evaluation/near_copies.py [ARTICLES] [--from FILE] [--archive FILE] [--processes N]

FILE is JSON Lines with a `text` in each row, packed or not; without it the sentences are the coder's own examples. An
article's making is not timed, and none is held longer than its batch: a copy's original is made again from its number.
Timed are whole transactions: sketches, bands, who copies whom, and writing all of it into an archive on the disk.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import json
import multiprocessing
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import sqlalchemy as sa

from communique.archive import Archive
from communique.archive.schema_merge import sketches
from communique.knowledge import load
from communique.merge.copies import shingles
from communique.merge.kept_texts import Texts
from communique.model import Document, Span

BATCH = 50_000  # articles of one transaction
SHARE_OF_COPIES = 0.4
SENTENCES = 14
IN_A_PARAGRAPH = 2  # sentences
OWN_WORDS = 6  # of each sentence of an original
_WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_ENDS = re.compile(r"(?<=[a-z][.?!]) (?=[A-Z])|\n+")


class Pool:
    """Sentences to mix from, and all their words."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self.sentences = sorted(list(each) for each in sentences)
        self.words = sorted({word for each in self.sentences for word in each})

    @classmethod
    def own(cls) -> Pool:
        """The sentences that the coder was trained on."""
        lines = [line for name in load.names("examples", ".jsonl") for line in load.text(name).splitlines()]
        return cls([text.split() for text in (json.loads(line).get("text") for line in lines) if text])

    @classmethod
    def of(cls, path: Path) -> Pool:
        """Sentences of five to sixty words of the articles of a file."""
        with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
            texts = [json.loads(line).get("text") or "" for line in lines]
        cut = {tuple(sentence.split()) for text in texts for sentence in _ENDS.split(text)}
        return cls([each for each in cut if 5 <= len(each) <= 60])


def articles(count: int, pool: Pool, seed: int = 7) -> Iterator[tuple[int, Document, int]]:
    """Number, article and the number of the original; four in ten are cut, mixed with others and reworded."""
    chance = random.Random(seed)
    originals = 0
    for number in range(1, count + 1):
        if originals and chance.random() < SHARE_OF_COPIES:
            origin = chance.randrange(originals)
            text = _original(origin, pool, seed)
            for _ in range(chance.randrange(4)):  # cut
                text.pop(chance.randrange(len(text)))
            if chance.random() < 0.5:  # mixed
                text.insert(chance.randrange(len(text)), list(chance.choice(pool.sentences)))
            for each in text:  # reworded
                if chance.random() < 0.25:
                    each[chance.randrange(len(each))] = chance.choice(pool.words)
        else:
            origin = originals
            originals += 1
            text = _original(origin, pool, seed)
        yield number, _document(f"{number:07d}", text), origin


def _original(number: int, pool: Pool, seed: int) -> list[list[str]]:
    """The sentences of an original, with words of its own among theirs.

    Articles that have nothing to do with each other share no run of words; sentences drawn ten times over would.
    """
    chance = random.Random(f"{seed}-{number}")
    text = [list(each) for each in chance.choices(pool.sentences, k=SENTENCES)]
    own = iter(chance.choices(pool.words, k=SENTENCES * OWN_WORDS))
    for each, word in zip(text * OWN_WORDS, own, strict=True):
        each.insert(chance.randrange(len(each) + 1), word)
    return text


def _document(name: str, sentences: Sequence[Sequence[str]]) -> Document:
    said = [" ".join(each) + "." for each in sentences]
    paragraphs = [" ".join(said[at : at + IN_A_PARAGRAPH]) for at in range(0, len(said), IN_A_PARAGRAPH)]
    ends = list(itertools.accumulate(len(each) + 1 for each in paragraphs))
    spans = tuple(Span(end - 1 - len(each), end - 1) for each, end in zip(paragraphs, ends, strict=True))
    return Document(id=name, text="\n".join(paragraphs), article=spans)


def run(count: int, path: Path, pool: Pool | None = None, *, processes: int = 1) -> dict[str, float]:
    """Reads the articles into an archive's texts, batch by batch; figures of the whole."""
    clocked: list[tuple[float, float]] = []  # seconds by the clock and of processor, of each batch
    origins: list[int] = []
    made = articles(count, pool or Pool.own())
    words = 0
    with Archive(path) as archive, contextlib.ExitStack() as stack:
        beside = None
        if processes > 1:
            beside = stack.enter_context(ProcessPoolExecutor(processes - 1, multiprocessing.get_context("spawn")))
            beside.submit(shingles, "It starts before the clock does.").result()
        while batch := list(itertools.islice(made, BATCH)):
            origins += [origin for _, _, origin in batch]
            words += sum(len(document.text.split()) for _, document, _ in batch)
            come = [(number, document) for number, document, _ in batch]
            start = time.perf_counter(), time.process_time()
            with archive.writing() as connection:
                Texts(connection, passages=False, beside=beside).change([], come)
            clocked.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        with archive.reading() as connection:
            chosen = sa.select(sketches.c.document, sketches.c.text)
            texts = dict(tuple(row) for row in connection.execute(chosen))
    seconds, processor = (sum(each) for each in zip(*clocked, strict=True))
    recall, mixed = _found(origins, texts)
    tenth = max(1, len(clocked) // 10)
    return {
        "articles": float(count),
        "words an article": words / count,
        "articles a second by the clock": count / seconds,
        "articles a second of processor": count / processor,
        "of the last tenth, by the clock": min(count, tenth * BATCH) / sum(each for each, _ in clocked[-tenth:]),
        "recall of copies": recall,
        "texts with two originals": mixed,
        "megabytes of memory": sum(resource.getrusage(whose).ru_maxrss for whose in _WHOSE) / 1024,
        "megabytes of archive": path.stat().st_size / 2**20,
    }


def _found(origins: Sequence[int], texts: dict[int, int]) -> tuple[float, float]:
    """The share of copies found to be of their original's text, and of texts that hold two originals."""
    first: dict[int, int] = {}
    copies = found = 0
    for number, origin in enumerate(origins, 1):
        if origin in first:
            copies += 1
            found += texts[number] == texts[first[origin]]
        else:
            first[origin] = number
    groups: dict[int, set[int]] = {}
    for number, text in texts.items():
        groups.setdefault(text, set()).add(origins[number - 1])
    return found / max(1, copies), sum(len(each) > 1 for each in groups.values()) / max(1, len(groups))


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--from", dest="source", type=Path, help="JSON Lines with a text in each row")
    parser.add_argument("--archive", type=Path, help="a file to be made; else one that is deleted afterwards")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    pool = Pool.of(options.source) if options.source else Pool.own()
    with tempfile.TemporaryDirectory() as folder:
        path = options.archive or Path(folder) / "made.db"
        for name, value in run(options.articles, path, pool, processes=options.processes).items():
            print(f"{name:34} {value:12.3f}")


if __name__ == "__main__":
    main()
