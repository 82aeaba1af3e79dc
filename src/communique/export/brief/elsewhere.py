"""What a reader is told where the archive holds nothing on a pair: what there is, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from communique.export.brief.gather import Gathered
from communique.export.brief.nouns import Line
from communique.export.brief.wording import capital, counted, in_text, listed, state

SHOWN = 5  # partners of a state that are named


def lines(pair: tuple[str, str], found: Gathered) -> Iterator[Line]:
    """That there is nothing, with whom each of the two is on record instead, and where to look."""
    names = [in_text(state(code)) for code in pair]
    if found.outside:
        left = counted(found.outside, "telling lies", "tellings lie")
        yield Line(f"Nothing between {listed(names)} lies in the asked time; {left} outside it or without any date.")
        return
    yield Line(f"The archive holds nothing between {listed(names)}. It holds {counted(found.pages, 'page')}.")
    for code, name in zip(pair, names, strict=True):
        partners = [f"{in_text(state(other))} ({count})" for other, count in found.partners.get(code, {}).items()]
        if partners:
            more = len(partners) - SHOWN
            shown = listed(partners[:SHOWN]) + (f", and {counted(more, 'other')}" if more > 0 else "")
            yield Line(f"{capital(name)} is on record with {shown}, by number of tellings.")
        else:
            yield Line(f"{capital(name)} is on record with nobody.")
    words = " ".join(state(code) for code in pair)
    yield Line(f"`communique search {words}` looks for the words; `communique read FILES` adds pages.")
