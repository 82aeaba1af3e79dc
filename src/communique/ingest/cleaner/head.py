"""The head of a page: what stands above the article, and which line of it is the title."""

from __future__ import annotations

import re

from communique.ingest import calendar
from communique.ingest.cleaner import names
from communique.ingest.cleaner.page import Page
from communique.ingest.cleaner.patterns import words
from communique.ingest.cleaner.region import STEM, stems
from communique.ingest.cleaner.units import Unit
from communique.ingest.labels import BYLINE, TITLE, Label
from communique.ingest.repeats import normalised

TITLE_WORDS = (3, 40)  # a title has so many words
TITLE_SCORE = 0.45  # a title shares so much of its words with the body
SET_OFF_SCORE = 0.2  # and so may the first line, where a blank line follows it
CAPITAL_SCORE = 0.25  # one in title case may share less
CLOSE = 0.15  # scores as near as this are equal
DATED_WORDS = 24  # a line with a date that is about the page has no more words
QUESTION_WORDS = 20  # a sentence that is a title is a question of no more words
LOOK_AHEAD = 12  # paragraphs whose words a title shares
SUBSTANCE = 3  # paragraphs that make a body, beside which prose above the title is not the article
STORY = "teaser of another article"
_BARS = re.compile(r"\s+[|•·»›]\s+")
PART_WORDS = 3  # words of a part between two bars, where the line is a menu or a masthead


def label(page: Page) -> None:
    """Find the title and label everything above the body."""
    _given_title(page)
    if page.title_at is None and page.given is None and page.prose(page.start):
        _guess_title(page)
    for number in range(page.start):
        if page.open(number):
            _above(page, number)
    _dates(page)
    _bylines(page)


def _given_title(page: Page) -> None:
    """Label the lines that say the title we were given; it may stand in the breadcrumb and again above the text."""
    wanted = normalised(page.given or "")
    if not wanted or len(page.units) == 1:
        return
    for number, unit in enumerate(page.units[: page.start + 1]):
        if unit.size <= 2 * len(page.given or "") + 20 and normalised(unit.text) == wanted:
            page.put(number, TITLE, "given")
            page.title_at = number


def _vocabulary(page: Page) -> set[str]:
    """The stems of the words of the body's first paragraphs."""
    known: set[str] = set()
    seen = 0
    for number in range(page.start, page.end + 1):
        if page.prose(number):
            known |= stems(page, number)
            seen += 1
            if seen == LOOK_AHEAD:
                break
    return known


def _guess_title(page: Page) -> None:
    """The line above the body that says most of what the body says; of two that say the same, the upper one."""
    known = _vocabulary(page)
    scores: dict[int, float] = {}
    for number in range(page.start):
        unit = page.units[number]
        if unit.prose and not page.whole:
            break  # in a text that is little more than the article nothing of it stands above the title
        if page.open(number) and _may_be_title(unit):
            scores[number] = _title_score(unit, known)
    good = {number: score for number, score in scores.items() if _good(page, number, score)}
    if not good:
        return
    top = max(good.values())
    best = next(number for number, score in good.items() if score >= top - CLOSE)
    while scores.get(best - 1, 0.0) >= CAPITAL_SCORE:
        best -= 1  # what seemed the title is the standfirst under it
    page.title_at = best
    page.title = _whole(page.units[best])
    _again(page, good)


def _good(page: Page, number: int, score: float) -> bool:
    """Whether a line says enough of the body, or stands where a title stands: first, and set off from the body."""
    unit = page.units[number]
    if score >= TITLE_SCORE or (score >= CAPITAL_SCORE and unit.capital_share > 0.6):
        return True
    if page.whole or any(page.open(above) and not page.units[above].found for above in range(number)):
        return False
    signed = page.reason(number + 1) in (BYLINE, "publication line", "date header", "agency credit", "photo caption")
    set_off = number + 1 < len(page.units) and page.units[number + 1].blank_before
    titled = len(unit.words) >= 4 and unit.capital_share > 0.6
    return titled or (signed and len(unit.words) >= 4) or (set_off and score >= SET_OFF_SCORE)


def _whole(unit: Unit) -> str:
    """The words of a line, without the marks of a Markdown heading."""
    return " ".join(unit.span.cut(unit.source).split()).strip("#*_ ")


def _again(page: Page, good: dict[int, float]) -> None:
    """Label the title wherever it stands above the body; where a name was glued to it, the pure line is the title."""
    wanted = normalised(page.title or "")
    for number in good:
        line = normalised(page.units[number].text)
        if len(line) >= 0.6 * len(wanted) and line in wanted and line != wanted:
            page.title, wanted = _whole(page.units[number]), line
    for number in range(page.start):
        line = normalised(page.units[number].text)
        same = line == wanted or (wanted in line and len(line) <= 1.6 * len(wanted) and number in good)
        if page.open(number) and same:
            page.put(number, TITLE, "shares the words of the body")
            page.title_at = number


def _may_be_title(unit: Unit) -> bool:
    low, high = TITLE_WORDS
    if _row_of_names(unit.text):
        return False
    if unit.prose and (len(unit.words) > QUESTION_WORDS or not unit.tail.rstrip("\"'”’)").endswith(("?", "!"))):
        return False
    ends_plainly = unit.tail.rstrip("\"'”’)").endswith((".", ":", ";", ","))
    return low <= len(unit.words) <= high and not unit.cut_off and not ends_plainly and unit.size <= 300


def _row_of_names(line: str) -> bool:
    """Whether a line is a menu or a masthead: "Politics | Economy | Letters", "Aegean Mail | Athens"."""
    parts = _BARS.split(line.strip())
    return len(parts) > 1 and all(len(part.split()) <= PART_WORDS for part in parts)


def _title_score(unit: Unit, known: set[str]) -> float:
    """The share of its words that the body says too; a line of few words proves less."""
    shared = sum(word[:STEM] in known for word in unit.content)
    return shared / max(len(unit.content), 5)


def _above(page: Page, number: int) -> None:
    """Label one open unit above the body."""
    unit = page.units[number]
    title = page.title_at
    if unit.prose:
        if title is not None and number < title and page.paragraphs >= SUBSTANCE:
            page.put(number, "above the article", "prose above the title")
        elif title is None and page.whole and page.paragraphs >= SUBSTANCE:
            page.put(number, "above the article", "prose among the menus above the body")
        return
    for found in unit.found:
        page.put(number, found.reason, "weak pattern above the body")
        return
    if calendar.in_line(unit.text) and len(unit.words) <= DATED_WORDS and unit.function_share < 0.25 and not unit.ends:
        page.put(number, "publication line", "a short line with a date above the body")
        return
    around = {page.reason(number - 1), page.reason(number + 1)}
    if unit.short and "weather widget" in around:
        page.put(number, "weather widget", "beside the weather")
    elif title is None:
        if page.whole or (unit.short and "navigation" in around) or (unit.cut_off and around - {None}):
            page.put(number, "navigation" if unit.short else STORY, "above the body among furniture")
    elif number < title:
        if unit.short or unit.cut_off or _breadcrumb(unit):
            page.put(number, "navigation", "short line above the title")
        elif not unit.ends:
            page.put(number, STORY, "headline above the title")
        elif page.whole:
            page.put(number, "above the article", "line above the title")
    elif unit.short and unit.lower.strip(" :|") in words("section"):
        page.put(number, "navigation", "section name")
    elif names.is_person(unit.text) and not names.mentioned(unit.text, page, number):
        page.put(number, BYLINE, "a name under the title")
    elif page.whole and unit.short:
        page.put(number, "navigation", "short line under the title")


def _breadcrumb(unit: Unit) -> bool:
    first = unit.words[0].lower() if unit.words else ""
    return first in words("breadcrumb") or any(sign in unit.text for sign in (" > ", " » ", " › ", " / ", " | "))


def _head_end(page: Page) -> int:
    """The second paragraph of the body: dates and bylines may stand under the standfirst."""
    paragraphs = (n for n in range(page.start, len(page.units)) if page.prose(n))
    next(paragraphs, None)
    return next(paragraphs, page.start)


def _dates(page: Page) -> None:
    """Sort the date lines: above the title they belong to the page, under it to the article."""
    for number in range(_head_end(page)):
        reason = page.reason(number)
        if reason == "date header":
            after_title = page.title_at is not None and number > page.title_at
            beside_byline = BYLINE in {page.reason(number - 1), page.reason(number + 1)}
            if after_title or beside_byline:
                page.put(number, "publication line", "a date under the title or beside the byline")
                page.byline_dates.append(page.units[number].span)
            elif number < page.start:
                page.header_dates.append(page.units[number].span)
        elif reason in ("publication line", BYLINE) and any(c.isdigit() for c in page.units[number].text):
            above = page.labels[number] != Label(reason, "pattern") and page.title_at is not None
            above = above and number < (page.title_at or 0)
            (page.header_dates if above else page.byline_dates).append(page.units[number].span)


def _bylines(page: Page) -> None:
    """The author: the first byline that names somebody, wherever it stands."""
    for number, unit in enumerate(page.units):
        if page.reason(number) == BYLINE:
            page.byline = names.author(" ".join(unit.span.cut(unit.source).split()))
            if page.byline is not None:
                return
