"""The entries of the ledger that are told in given documents: for whoever looks at a page and asks what came of it."""

from __future__ import annotations

from collections.abc import Iterable
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


def told_in(
    archive: Archive, keys: Iterable[str], within: dict[str, Span] | None = None
) -> dict[str, tuple[Pledge, ...]]:
    """Entries by the key of each document that tells them, in reading order; documents without any are left out.

    within: for a document's key the only stretch of its text to look at. The verdict rests on the whole archive.
    """
    wanted = tuple(dict.fromkeys(keys))
    places: dict[tuple[str, int], None] = {}
    groups: dict[frozenset[str], None] = {}
    for page in gather.pages_of(archive, wanted):
        stretch = within.get(page.key) if within is not None else None
        for said in page.said:
            if stretch is not None and not stretch.overlaps(said.span):
                continue
            for promise in promises(said):
                places[page.key, said.sequence] = None
                groups[promise.parties] = None
    found: dict[str, dict[str, Pledge]] = {}
    for parties in list(groups)[:MOST]:
        for entry in ledger(archive, sorted(parties)):
            for told in entry.told:
                if (told.said.page.key, told.said.sequence) in places:
                    found.setdefault(told.said.page.key, {})[entry.id] = entry
    return {
        key: tuple(sorted(found[key].values(), key=lambda entry: (_place(entry, key), entry.id)))
        for key in wanted
        if key in found
    }


def _place(entry: Pledge, key: str) -> int:
    return min(told.span.start for told in entry.told if told.said.page.key == key)
