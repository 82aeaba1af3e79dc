"""Where the article stands in a text: the stretch with the most prose and the least else, and whether the text is a
whole page (menus, lists, forms around the article) or little more than the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.ingest.cleaner.page import Page
from communique.ingest.cleaner.patterns import words

PAGE_KINDS = 3  # of so many kinds that stand around articles,
LONG = 60  # a paragraph counts for no more words than this
LINE_COST = 7  # what a line that is no prose costs, in words of prose
FURNITURE_COST = 4  # what a line of known furniture costs: adverts and links stand in the midst of articles
FIT_COST = 180  # no stretch of lines between two paragraphs costs more: an article may hold a long list
PAGE_LINES = 6  # a text with so many lines of known furniture,
PAGE_SHARE = 0.12  # and such a share of them, is a whole page
STEM = 5  # letters by which "visits" and "visited" are one word
# The share of a paragraph's words that the article before it has used: of 2,052 article paragraphs of 91 pages nine in
# ten share .12 or more with fewer than 150 known words and .47 or more with over 600; other stories half as much.
SHARE_AT_NONE, SHARE_AT_MANY, MANY = 0.15, 0.45, 700
# What it speaks for a paragraph, as such a share, that others follow it; and against it, that it stands alone.
TOGETHER, ALONE = 0.12, -0.08
NEAR = 4  # so many units beyond the ends of the stretch a short paragraph may stand
DOUBT = 8.0  # words of difference that are too few to cut anything


def whole_page(page: Page) -> bool:
    """Whether the text is a page with its menus rather than an article: lines of several kinds of furniture, and
    either many of them or more lines that are no prose than paragraphs."""
    reasons = [label.reason for label in page.labels if label is not None and not label.article]
    around = [reason for reason in reasons if reason not in words("within_articles")]
    if len(around) < PAGE_LINES or len(set(around)) < PAGE_KINDS:
        return False
    prose = sum(unit.prose for unit in page.units)
    return len(reasons) >= PAGE_SHARE * len(page.units) or prose <= len(page.units) / 2


def region(page: Page) -> tuple[int, int] | None:
    """The first and the last unit of the main stretch of prose; None where there is no prose. Linear.

    Only in a whole page can prose stand outside the article: else it is all of it.
    """
    if not page.whole:
        paragraphs = [number for number in range(len(page.units)) if page.prose(number)]
        return (paragraphs[0], paragraphs[-1]) if paragraphs else None
    best: tuple[float, int, int] | None = None
    total, start, gap = 0.0, 0, 0.0
    running = False
    for number, unit in enumerate(page.units):
        if page.prose(number):
            if not running or total - gap <= 0:
                total, start, running = 0.0, number, True
            else:
                total -= gap
            gap = 0.0
            total += min(len(unit.words), LONG)
            if best is None or total > best[0]:
                best = (total, start, number)
        elif running:
            gap = min(gap + (LINE_COST if page.open(number) else FURNITURE_COST), FIT_COST)
    return None if best is None else _widened(page, best[1], best[2])


def _widened(page: Page, start: int, end: int) -> tuple[int, int]:
    """The stretch with short paragraphs near its ends: a line or two, a caption, an advert may stand before them."""
    while (near := _near(page, range(start - 1, start - 1 - NEAR, -1), lines=False)) is not None:
        start = near
    while (near := _near(page, range(end + 1, end + 1 + NEAR), lines=True)) is not None:
        end = near
    return start, end


def _near(page: Page, ahead: Iterable[int], *, lines: bool) -> int | None:
    """The next paragraph among a few units, with nothing before it that stands around articles.

    lines: whether other lines may stand between; above the body one of them would be the title.
    """
    for number in ahead:
        if page.prose(number):
            return number
        if not lines and page.open(number):
            return None
        reason = page.reason(number)
        if not 0 <= number < len(page.units) or (reason and reason not in words("within_articles")):
            return None
    return None


def trimmed(page: Page, start: int, end: int) -> tuple[int, int]:
    """The region without other stories at its ends: from its longest run of paragraphs outwards, as far as the runs
    speak of the same things. Cuts only between runs, where lines that are no prose stand between them."""
    runs = _runs(page, start, end)
    if len(runs) < 2:
        return start, end
    core = max(range(len(runs)), key=lambda number: (_weight(page, runs[number]), -number))
    known: set[str] = set().union(*(stems(page, number) for number in runs[core]))
    first = core - _reach(page, known, runs[:core][::-1])
    last = core + _reach(page, known, runs[core + 1 :])
    return runs[first][0], runs[last][-1]


def _runs(page: Page, start: int, end: int) -> list[list[int]]:
    """Paragraphs that follow each other with nothing between them but known furniture: an advert, a credit."""
    runs: list[list[int]] = []
    broken = True
    for number in range(start, end + 1):
        if page.prose(number):
            if broken:
                runs.append([])
            runs[-1].append(number)
            broken = False
        elif page.open(number):
            broken = True
    return runs


def _weight(page: Page, run: Iterable[int]) -> int:
    return sum(min(len(page.units[number].words), LONG) for number in run)


def stems(page: Page, number: int) -> set[str]:
    """The beginnings of a unit's content words."""
    return {word[:STEM] for word in page.units[number].content}


def expected_share(known: int) -> float:
    """How much of a paragraph an article with so many known words should share with it."""
    return SHARE_AT_NONE + (SHARE_AT_MANY - SHARE_AT_NONE) * min(known, MANY) / MANY


def _reach(page: Page, known: set[str], others: Sequence[Sequence[int]]) -> int:
    """How many of the runs beside the core, nearest first, still tell its story. Adds their words to the known ones."""
    total = best = 0.0
    reach = 0
    for count, run in enumerate(others, 1):
        favour = TOGETHER if len(run) > 1 else ALONE
        gain = 0.0
        for number in run:
            mine = stems(page, number)
            share = len(mine & known) / max(len(mine), 1)
            gain += (share + favour - expected_share(len(known))) * min(len(page.units[number].words), LONG)
        if gain > 0 or len(run) > 1:
            for number in run:
                known |= stems(page, number)
        total += gain
        if total > best:
            best, reach = total, count
    return len(others) if total > best - DOUBT else reach
