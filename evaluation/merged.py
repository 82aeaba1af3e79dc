"""Draws merged pairs and near misses at random to be read beside their sentences, and counts the reader's verdicts.

    python evaluation/merged.py draw PATH_TO_SHARED FILE [--seed N] [--merged N] [--misses N]
    python evaluation/merged.py shares
    python evaluation/merged.py again PATH_TO_SHARED

What is drawn from: the releases, the pages and the development half of ECB+, read into one archive. A merged pair is
two tellings of one record of events in sentences that differ, of one text or of two: one pair of each record that has
any. A near miss is two tellings of two records that might be taken for one event: of like kind and stance, of the same
who take part, with dates that meet, which share the act or two words besides; one pair at most of each two records, and
of each document. A merged pair is right where both tell one event, a near miss where they tell two. The draw goes to
FILE, one JSON object a line, with the sentences; the verdicts beside this module hold ids and offsets alone. `again`
merges anew and tells how many pairs of each verdict are in one record now.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import merge as marked
from communique import ingest, pipeline
from communique.merge import alike
from communique.merge.cluster import Cluster
from communique.merge.nearness import Nearness, nearness
from communique.merge.records import about, clustered, of_coded, roots
from communique.merge.telling import FIGURE, Telling
from communique.model import Coded
from communique.settings import Settings

VERDICTS = Path(__file__).with_name("merge_verdicts.jsonl")
SEED = 1212  # of the last draw
WORDS = 2  # that a near miss shares, where it does not share the act
Row = dict[str, Any]
Pair = tuple[Telling, Telling]


def code(shared: Path) -> dict[str, Coded]:
    """The releases, the pages and the articles of ECB+, coded, by key."""
    files = [shared / "corpus" / "state_2021" / "releases.jsonl.gz", shared / "corpus" / "html"]
    coder = pipeline.Coder(Settings(kinds=("event", "figure")))
    coded = {each.document.key: each for each in coder.code_many(ingest.read(files, report=print))}
    return coded | {each.document.key: each for each in marked.code(shared)[1].values()}


def merge(coded: dict[str, Coded]) -> tuple[list[Cluster], Nearness]:
    """The records of their events as clusters, and which texts are near each other."""
    first = roots({key: each.document for key, each in coded.items()})
    told = [telling.of_text(first[key]) for key, each in sorted(coded.items()) for telling in of_coded(each)]
    near = nearness({key: about(each.document) for key, each in coded.items() if first[key] == key})
    return clustered((each for each in told if each.event != FIGURE), near).clusters, near


def merged(found: list[Cluster]) -> list[list[Pair]]:
    """For each record with tellings of different sentences its pairs of them."""
    pairs = [[pair for pair in _ordered(each) if _sentence(pair[0]) != _sentence(pair[1])] for each in found]
    return [each for each in pairs if each]


def misses(found: list[Cluster]) -> list[Pair]:
    """Pairs of two records that might be taken for one event."""
    shelves: dict[str, list[tuple[int, Telling]]] = defaultdict(list)
    for number, cluster in enumerate(found):
        for each in cluster.faces.values():
            for key in each.keys:
                shelves[key].append((number, each))
    nearest: dict[tuple[int, int], tuple[int, Pair]] = {}
    for _, shelf in sorted(shelves.items()):
        for (one, a), (other, b) in itertools.combinations(shelf, 2):
            if one != other and _might_be(a, b):
                first, second = (a, b) if a.order <= b.order else (b, a)
                score = len(a.words & b.words) + alike.same_act(a, b)
                kept = nearest.get((min(one, other), max(one, other)))
                if kept is None or (score, second.order) > (kept[0], kept[1][1].order):
                    nearest[min(one, other), max(one, other)] = (score, (first, second))
    return [pair for _, (_, pair) in sorted(nearest.items())]


def _might_be(a: Telling, b: Telling) -> bool:
    if _sentence(a) == _sentence(b) or not (alike.same_family(a, b) and alike.same_stance(a, b)):
        return False
    if not alike.same_sides(a, b) or not alike.dates_allow(a, b) or not alike.published_near(a, b):
        return False
    return alike.same_act(a, b) or len(a.words & b.words) >= WORDS


def _sentence(telling: Telling) -> tuple[str, frozenset[str]]:
    return telling.text, telling.all_words


def _ordered(cluster: Cluster) -> list[Pair]:
    return list(itertools.combinations(sorted(cluster.members, key=lambda each: each.order), 2))


def draw(coded: dict[str, Coded], seed: int, wanted: int, near_misses: int) -> Iterator[Row]:
    """Pairs in an order that the seed shuffles."""
    found, _ = merge(coded)
    chance = random.Random(f"merged {seed}")
    pools = merged(found)
    chance.shuffle(pools)
    for pairs in pools[:wanted]:
        yield row("merged", chance.choice(pairs), coded)
    left = misses(found)
    chance.shuffle(left)
    seen: set[frozenset[str]] = set()
    for pair in left:
        documents = frozenset(each.key for each in pair)
        if len(seen) < near_misses and documents not in seen:
            seen.add(documents)
            yield row("near miss", pair, coded)


def row(kind: str, pair: Pair, coded: dict[str, Coded]) -> Row:
    """What a reader needs to judge one pair."""
    texts = "one text" if pair[0].text == pair[1].text else "two texts"
    held: Row = {"pair": kind, "texts": texts}
    for name, each in zip(("first", "second"), pair, strict=True):
        document = coded[each.key].document
        held[name] = [document.id, *each.span]
        held[f"{name} told"] = " ".join(
            (str(document.published.latest), each.event, each.stance, *(f"{role}={value}" for role, value in each.said))
        )
        held[f"{name} sentence"] = document.text[each.sentence[0] : each.sentence[1]]
    return held


def verdicts() -> list[Row]:
    """All verdicts, in the order of their draws."""
    return [json.loads(line) for line in VERDICTS.read_text(encoding="utf8").splitlines() if line]


def shares() -> str:
    """How many pairs of each draw were right."""
    held: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in verdicts():
        kinds = [f"{each['drawn']}: {each['pair']}"]
        kinds += [f"{kinds[0]}, {each['texts']}"] if "texts" in each else []
        kinds += [f"{kinds[0]}, never read before"] if each.get("new") else []
        for kind in kinds:
            held[kind][each["right"]] += 1
    return "\n".join(
        f"{kind:46} {counts[True]:4} of {counts.total():4} right ({counts[True] / counts.total():.0%})"
        for kind, counts in held.items()
    )


def again(coded: dict[str, Coded]) -> str:
    """How many of the pairs of each verdict are in one record under today's rules."""
    home: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, cluster in enumerate(merge(coded)[0]):
        for each in cluster.members:
            home[coded[each.key].document.id, each.span[0]].add(number)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in verdicts():
        first, second = (home.get((each[side][0], each[side][1])) for side in ("first", "second"))
        one = "no event any more" if not (first and second) else "one record" if first & second else "two records"
        same = each["right"] == (each["pair"] == "merged")
        counts["one event" if same else "two events"][one] += 1
    return "\n".join(f"read as {kind}: {dict(sorted(each.items()))}" for kind, each in sorted(counts.items()))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "shares", "again"))
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--merged", type=int, default=100, help="merged pairs")
    parser.add_argument("--misses", type=int, default=100, help="near misses")
    options = parser.parse_args()
    if options.what == "shares":
        print(shares())
    elif options.shared is None or (options.what == "draw" and options.file is None):
        parser.error("the folder of gold sets and corpora is wanted, and for a draw the file to write")
    elif options.what == "again":
        print(again(code(options.shared)))
    else:
        with options.file.open("w", encoding="utf8") as out:
            for each in draw(code(options.shared), options.seed, options.merged, options.misses):
                out.write(json.dumps(each, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
