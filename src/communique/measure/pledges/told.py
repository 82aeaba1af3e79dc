"""The entries of the ledger that are told in given documents: for whoever looks at a page and asks what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.measure.pledges import gather
from communique.measure.pledges.find import promises
from communique.measure.pledges.ledger import ledger
from communique.measure.pledges.nouns import Pledge
from communique.model import Span

if TYPE_CHECKING:
    from communique.archive import Archive

# of a page that promises to many, so many groups of parties are looked up
MOST = 8
Within = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Told:
    """Entries by the key of each document that tells them, in reading order; documents without any are left out.

    left_out: parties of promises that were not looked up, as too many articles tell of them, with how many do.
    """

    entries: dict[str, tuple[Pledge, ...]] = field(default_factory=dict)
    left_out: tuple[tuple[frozenset[str], int], ...] = ()


def promising(archive: Archive, keys: Iterable[str], within: Within | None = None) -> bool:
    """Whether any of the documents tells a promise: quick, as nothing else is read."""
    return bool(_places(archive, tuple(dict.fromkeys(keys)), within)[0])


def told_in(archive: Archive, keys: Iterable[str], within: Within | None = None) -> dict[str, tuple[Pledge, ...]]:
    """Entries by the key of each document that tells them, in reading order; documents without any are left out.

    within: for a document's key the only stretches of its text to look at. The verdict rests on the whole archive.
    """
    return look_up(archive, keys, within).entries


def look_up(archive: Archive, keys: Iterable[str], within: Within | None = None, most: int | None = None) -> Told:
    """The same, with what was left out. most: so many articles may be read for it altogether."""
    wanted = tuple(dict.fromkeys(keys))
    places, groups = _places(archive, wanted, within)
    found: dict[str, dict[str, Pledge]] = {}
    left_out: list[tuple[frozenset[str], int]] = []
    spent = 0
    for parties in groups[:MOST]:
        if most is not None:
            articles = len(gather.articles(archive, sorted(parties)))
            if spent + articles > most:
                left_out.append((parties, articles))
                continue
            spent += articles
        for entry in ledger(archive, sorted(parties)):
            for told in entry.told:
                if (told.said.page.key, told.said.sequence) in places:
                    found.setdefault(told.said.page.key, {})[entry.id] = entry
    entries = {
        key: tuple(sorted(found[key].values(), key=lambda entry: (_place(entry, key), entry.id)))
        for key in wanted
        if key in found
    }
    return Told(entries, tuple(left_out))


def _places(
    archive: Archive, keys: Sequence[str], within: Within | None
) -> tuple[set[tuple[str, int]], list[frozenset[str]]]:
    """The sentences of documents that promise, and the parties of these promises."""
    places: set[tuple[str, int]] = set()
    groups: dict[frozenset[str], None] = {}
    for page in gather.pages_of(archive, keys):
        stretches = within.get(page.key) if within is not None else None
        for said in page.said:
            if stretches is not None and not any(stretch.overlaps(said.span) for stretch in stretches):
                continue
            for promise in promises(said):
                places.add((page.key, said.sequence))
                groups[promise.parties] = None
    return places, list(groups)


def _place(entry: Pledge, key: str) -> int:
    return min(told.span.start for told in entry.told if told.said.page.key == key)
