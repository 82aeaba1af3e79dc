"""Where the article stands in a text: the stretch with the most prose and the least else, and whether the text is a
whole page (menus, lists, forms around the article) or little more than the article."""

from __future__ import annotations

from communique.ingest.cleaner.page import Page

LONG = 60  # a paragraph counts for no more words than this
LINE_COST = 7  # what a line that is no prose costs, in words of prose
FURNITURE_COST = 4  # what a line of known furniture costs: adverts and links stand in the midst of articles
FIT_COST = 180  # no stretch of lines between two paragraphs costs more: an article may hold a long list
PAGE_LINES = 6  # a text with so many lines of known furniture,
PAGE_SHARE = 0.12  # and such a share of them, is a whole page


def whole_page(page: Page) -> bool:
    """Whether the text is a page with its menus rather than an article."""
    known = sum(label is not None and not label.article for label in page.labels)
    return known >= PAGE_LINES and known >= PAGE_SHARE * len(page.units)


def region(page: Page) -> tuple[int, int] | None:
    """The first and the last unit of the main stretch of prose; None where there is no prose. Linear."""
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
    return None if best is None else (best[1], best[2])
