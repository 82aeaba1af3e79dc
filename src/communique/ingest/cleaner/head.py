"""The head of a page: what stands above the first paragraph, and which line of it is the title."""

from __future__ import annotations

from communique.ingest.cleaner import names
from communique.ingest.cleaner.page import Page
from communique.ingest.cleaner.patterns import words
from communique.ingest.cleaner.units import Unit
from communique.ingest.labels import BYLINE, TITLE, Label
from communique.ingest.repeats import normalised

TITLE_WORDS = (3, 40)  # a title has so many words
TITLE_SCORE = 0.75
LOOK_AHEAD = 8  # paragraphs whose words a title shares


def label(page: Page) -> None:
    """Find the title and label everything above the body."""
    start = next((n for n in range(len(page.units)) if page.prose(n)), None)
    _given_title(page, start)
    if start is None:
        page.start = len(page.units)
        _bare(page)
        return
    page.start = start
    if page.title_at is None and page.given is None:
        _guess_title(page)
    for number in range(start):
        if page.open(number):
            _above(page, number)
    _dates(page)
    _bylines(page)


def _given_title(page: Page, start: int | None) -> None:
    """Label the lines that say the title we were given; it may stand in the breadcrumb and again above the text."""
    if not page.given:
        return
    wanted = normalised(page.given)
    if not wanted:
        return
    limit = (start if start is not None else len(page.units)) + 1
    for number, unit in enumerate(page.units[:limit]):
        if unit.size <= 2 * len(page.given) + 20 and normalised(unit.text) == wanted and len(page.units) > 1:
            page.put(number, TITLE, "given")
            page.title_at = number


def _guess_title(page: Page) -> None:
    """The line above the body that says most of what the body says."""
    vocabulary: set[str] = set()
    seen = 0
    for number in range(page.start, len(page.units)):
        if page.prose(number):
            vocabulary |= page.units[number].content
            seen += 1
            if seen == LOOK_AHEAD:
                break
    best, best_score = None, TITLE_SCORE
    for number in range(page.start):
        unit = page.units[number]
        if page.open(number) and _may_be_title(unit):
            score = _title_score(page, number, vocabulary)
            if score > best_score:
                best, best_score = number, score
    if best is None:
        return
    page.title_at = best
    page.title = " ".join(page.units[best].span.cut(page.units[best].source).split())
    page.put(best, TITLE, "shares the words of the body")
    wanted = normalised(page.title)
    for number in range(page.start):
        if page.open(number) and normalised(page.units[number].text) == wanted:
            page.put(number, TITLE, "the title again")


def _may_be_title(unit: Unit) -> bool:
    low, high = TITLE_WORDS
    ends_plainly = unit.tail.rstrip("\"'”’)").endswith((".", ":", ";", ","))
    return low <= len(unit.words) <= high and not unit.cut_off and not ends_plainly and unit.size <= 300


def _title_score(page: Page, number: int, vocabulary: set[str]) -> float:
    unit = page.units[number]
    stems = {word[:5] for word in vocabulary}
    shared = sum(word[:5] in stems for word in unit.content) / max(len(unit.content), 1)
    score = shared
    score += 0.25 if unit.capital_share > 0.6 else 0.0
    score += 0.15 if len(unit.words) >= 6 else 0.0
    score += 0.15 if unit.blank_before and number > 0 else 0.0
    score += 0.15 if number == 0 else 0.0
    score -= 0.3 if len(unit.words) < 4 else 0.0
    return score


def _above(page: Page, number: int) -> None:
    """Label one open unit above the body."""
    unit = page.units[number]
    for found in unit.found:
        page.put(number, found.reason, "weak pattern above the body")
        return
    around = {page.reason(number - 1), page.reason(number + 1)}
    if unit.short and "weather widget" in around:
        page.put(number, "weather widget", "beside the weather")
    elif page.title_at is None:
        if unit.short and around & {"navigation"}:
            page.put(number, "navigation", "short line beside a menu")
        elif unit.cut_off and around - {None}:
            page.put(number, "navigation", "cut-off line among furniture")
    elif number < page.title_at:
        if _breadcrumb(unit) or unit.cut_off:
            page.put(number, "navigation", "cut-off line above the title")
        elif unit.short:
            page.put(number, "navigation", "short line above the title")
        elif not unit.ends:
            page.put(number, "teaser of another article", "headline above the title")
    elif unit.short and unit.lower.strip(" :|") in words("section"):
        page.put(number, "navigation", "section name")
    elif names.is_person(unit.text) and not names.mentioned(unit.text, page, number):
        page.put(number, BYLINE, "a name under the title")


def _breadcrumb(unit: Unit) -> bool:
    first = unit.words[0].lower() if unit.words else ""
    return first in words("breadcrumb") or any(sign in unit.text for sign in (" > ", " » ", " › ", " / ", " | "))


def _bare(page: Page) -> None:
    """A page without a paragraph: dates still count, everything open stays article."""
    _dates(page)
    _bylines(page)


def _dates(page: Page) -> None:
    """Sort the date lines: above the title they belong to the page, under it to the article."""
    last = min(page.start, len(page.units))
    for number in range(last):
        if page.reason(number) == "date header":
            after_title = page.title_at is not None and number > page.title_at
            beside_byline = BYLINE in {page.reason(number - 1), page.reason(number + 1)}
            (page.byline_dates if after_title or beside_byline else page.header_dates).append(page.units[number].span)
        elif page.reason(number) in ("publication line", BYLINE) and any(c.isdigit() for c in page.units[number].text):
            page.byline_dates.append(page.units[number].span)


def _bylines(page: Page) -> None:
    """The author: the first byline, wherever it stands."""
    for number, unit in enumerate(page.units):
        if page.reason(number) == BYLINE and page.byline is None:
            page.byline = names.author(" ".join(unit.span.cut(unit.source).split()))
            if page.byline is None and page.labels[number] == Label(BYLINE, "pattern") and len(page.units) == 1:
                page.labels[number] = None
