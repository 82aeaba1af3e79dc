"""What all readings share: the order of documents, a few items of each, verdicts, the command line."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

Row = dict[str, Any]
# items of one document, at most: from sentences that differ
EACH = 2


class _Item(Protocol):
    @property
    def sequence(self) -> int: ...


_One = TypeVar("_One", bound=_Item)


def shuffled(corpus: Iterable[str], kind: str, seed: int) -> list[str]:
    """The names of one kind of documents, in the order that a seed gives."""
    order = sorted(name for name in corpus if name.startswith(kind))
    random.Random(f"{seed} {kind}").shuffle(order)
    return order


def some(found: Iterable[_One], seed: int, name: str, place: Callable[[_One], Any]) -> list[_One]:
    """A few items of one document, no two of one sentence, in reading order; seed and name decide which."""
    held = list(found)
    random.Random(f"{seed} {name}").shuffle(held)
    chosen: dict[int, _One] = {}
    for one in held:
        if len(chosen) < EACH:
            chosen.setdefault(one.sequence, one)
    return sorted(chosen.values(), key=place)


def verdicts(path: Path) -> list[Row]:
    """The verdicts of a file, in the order of their draws."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line]


def run(
    about: str | None,
    what: str,
    asked: tuple[int, int, int],
    draw: Callable[[Path, int, int, int], Iterator[Row]],
    shares: Callable[[], str],
    again: Callable[[Path], str],
) -> None:
    """The command line of a reading: draw, shares or again. asked: its own seed, releases and pages."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "shares", "again"))
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=asked[0])
    parser.add_argument("--releases", type=int, default=asked[1], help=f"{what} from releases")
    parser.add_argument("--pages", type=int, default=asked[2], help=f"{what} from pages")
    options = parser.parse_args()
    if options.what == "shares":
        print(shares())
        return
    if options.what == "again" and options.shared is not None:
        print(again(options.shared))
        return
    if options.shared is None or options.file is None:
        parser.error("the folder of gold sets and corpora is wanted, and for a draw the file to write")
    with options.file.open("w", encoding="utf8") as out:
        for each in draw(options.shared, options.seed, options.releases, options.pages):
            out.write(json.dumps(each, ensure_ascii=False) + "\n")
            out.flush()
