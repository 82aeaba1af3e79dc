"""The body of a page and what hangs on it: lists of other stories, comment forms, author blurbs, promotions, menus."""

from __future__ import annotations

import re

from communique.ingest.cleaner.names import author, is_person
from communique.ingest.cleaner.page import Page
from communique.ingest.cleaner.patterns import expand, words
from communique.ingest.cleaner.region import expected_share, stems
from communique.ingest.labels import BYLINE

PAIR = 0.4  # the share of a headline's words that its teaser says again
LIKELY, UNLIKELY = 0.15, 0.6  # above or below the share of words that is to be expected of the article's own paragraph
CLOSING = 0.75  # the share of a page's prose that must stand above a comment form that closes the article
BLURB_SIZE = 1_000  # characters of the longest paragraph about an author
SUBSTANCE = 3  # paragraphs that make a body, beside which prose far below it is not the article
HEADINGS = frozenset(("navigation", "share bar", "player", "tags"))  # what a heading of the article may be taken for
COMMENT_LINES = 12  # so far below a heading the signs of comments are looked for
COMMENTS = "comments"
STORY = "teaser of another article"
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her|their)\b", re.I)


def label(page: Page) -> None:
    """Label the open units of the body and below it."""
    closed = _closing(page)
    _teasers(page, closed if closed is not None else len(page.units))
    for number in range(closed if closed is not None else len(page.units), len(page.units)):
        if page.open(number):
            page.put(number, "below the article", "the comment form closes the article")
    _blurbs(page)
    _promotions(page)
    _subheadings(page)
    _weak(page)
    _tail(page)


def _closing(page: Page) -> int | None:
    """The first line that closes the article: a comment form with most of the prose before it."""
    sizes = [page.units[n].size if page.prose(n) else 0 for n in range(len(page.units))]
    total, before = sum(sizes), 0
    for number, unit in enumerate(page.units):
        before += sizes[number]
        reason = page.reason(number)
        if (
            reason
            and before
            and any(f.kind.closes and f.reason == reason for f in unit.found)
            and before >= CLOSING * total
        ):
            return number
    return None


def _opens(page: Page, number: int) -> str | None:
    """What the unit announces: "stories", "comments" or nothing."""
    reason = page.reason(number)
    if reason is None:
        return None
    opened = next((f.kind.opens for f in page.units[number].found if f.kind.opens and f.reason == reason), None)
    if opened != COMMENTS:
        return opened
    ahead = range(number + 1, min(number + 1 + COMMENT_LINES, len(page.units)))
    signs = sum(
        page.reason(n) in (COMMENTS, "comment form") or any(f.reason == COMMENTS for f in page.units[n].found)
        for n in ahead
    )
    return COMMENTS if signs >= 2 else None  # else it is a mere button


def _teasers(page: Page, closed: int) -> None:
    """After "Most Popular" and the like come headlines and teasers, until the article's own prose goes on; after
    "3 comments" come comments, and no article.

    closed: the unit from which on no article is to be expected.
    """
    known: set[str] = set()
    inside: str | None = None
    for number in range(page.start, len(page.units)):
        opened = _opens(page, number)
        if opened:
            inside = opened
            continue
        if not page.open(number):
            continue
        if inside == COMMENTS:
            page.put(number, COMMENTS, "below the heading of the comments")
            continue
        if inside:
            if number < closed and _resumes(page, number, known):
                inside = None
            else:
                page.put(number, STORY, "in a list of other stories")
                continue
        if page.units[number].prose:
            known |= stems(page, number)


def _resumes(page: Page, number: int, known: set[str]) -> bool:
    """Whether the article goes on with this unit of a list of other stories.

    known: the stems of the article so far. A teaser says the words of the headline above it; a paragraph of the
    article says the words of the article, or others like it follow.
    """
    unit = page.units[number]
    if unit.cut_off or not unit.prose:
        return False
    following = page.prose(number + 1) and not page.units[number + 1].cut_off
    if following and page.prose(number + 2):
        return True  # lists of other stories have no three paragraphs in a row
    mine = stems(page, number)
    share = len(mine & known) / max(len(mine), 1)
    expected = expected_share(len(known))
    if page.reason(number - 1) == STORY and not page.units[number - 1].ends:
        headline = stems(page, number - 1)
        if len(headline & mine) >= PAIR * max(len(headline), 1):
            listed = page.open(number + 1) and not page.units[number + 1].prose  # the next headline of the list
            return not listed and share >= expected + LIKELY
    if following and not page.whole:
        return True
    return share >= expected * (UNLIKELY / 2 if following else UNLIKELY)


def _blurbs(page: Page) -> None:
    """Who the author is: after a byline below the text, under "About the author", or in the last paragraph."""
    last = max((n for n in range(len(page.units)) if page.prose(n)), default=None)
    if last is None:
        return
    for number in range(page.start + 1, len(page.units)):
        before = page.labels[number - 1]
        if page.open(number) and page.reason(number - 1) == "author blurb" and is_person(page.units[number].text):
            page.put(number, "author blurb", "the author's name")
        if not page.prose(number):
            continue
        if before is None or page.units[number].size > BLURB_SIZE or last - number > 1:
            continue
        if before.reason == "author blurb" and _PRONOUN.search(page.units[number].text):
            page.put(number, "author blurb", "under the author's name")
        elif before.reason == BYLINE and _names_author(page, number):
            page.put(number, "author blurb", "after the byline")
    if page.prose(last) and last > page.start and page.units[last].size < 600 and _is_blurb(page, last):
        page.put(last, "author blurb", "says who somebody is that the article does not name")


def _names_author(page: Page, number: int) -> bool:
    """Whether a paragraph speaks of the person of the byline before it: Matthew Rose is "Matt" or "he"."""
    name = author(page.units[number - 1].text)
    text = page.units[number].text
    if name is None or len(name.split()) < 2:
        return False
    starts = text[:3].lower() in {part[:3].lower() for part in name.split()}
    return starts or name.split()[-1] in text or bool(re.match(r"(?:he|she|they)\b", text, re.I))


def _is_blurb(page: Page, number: int) -> bool:
    """Whether a paragraph says what somebody is by profession whom the article has not named before."""
    text = page.units[number].text
    match = re.match(
        expand(r"(?P<who><person>)(?:,? [^.]{0,60},)? (?:is|was|works|writes|covers|reports|serves)\b"), text
    )
    if not match or not re.search(expand(r"\b<author_role>\b"), text[match.end() :][:120], re.I):
        return False
    surname = match.group("who").split()[-1]
    return not any(surname in unit.span.cut(unit.source) for unit in page.units[page.start : number])


def _promotions(page: Page) -> None:
    """Orders to the reader to buy, join or download: an imperative, "you", and an address or a thing on offer."""
    for number in range(page.start, len(page.units)):
        unit = page.units[number]
        if not page.open(number) or unit.size > 700 or not unit.words:
            continue
        order = unit.words[0].lower() in words("promotion_verb")
        you = any(word.lower() in ("you", "your", "you're") for word in unit.words)
        offer = len(unit.content & words("promotion_word"))
        address = bool(re.search(r"https?://\S+\W*$|www\.\S+\W*$", unit.tail)) or "http" in unit.tail
        if order and ((you and (address or offer >= 2)) or (address and offer >= 1)):
            page.put(number, "promotion", "an order to the reader with an offer")


def _subheadings(page: Page) -> None:
    """A lone name between paragraphs ("Security", "Support") is a heading of the article, not a menu."""
    for number in range(page.start + 1, page.end):
        label = page.labels[number]
        if label is None or label.rule != "pattern" or len(page.units[number].words) > 2:
            continue
        alone = not page.reason(number - 1) and not page.reason(number + 1)
        if label.reason in HEADINGS and alone and not page.whole:
            page.labels[number] = None


def _weak(page: Page) -> None:
    """Weak patterns count below the body's beginning only beside furniture."""
    for number in range(page.start, len(page.units)):
        if page.open(number) and page.units[number].found:
            before, after = page.reason(number - 1), page.reason(number + 1)
            at_end = number + 1 == len(page.units)
            if (page.whole and (before or after or at_end)) or (number > page.end and (before or at_end)):
                page.put(number, page.units[number].found[0].reason, "weak pattern beside furniture")


def _tail(page: Page) -> None:
    """Lines below the last paragraph: a menu where the text is a whole page, several are known sections, or furniture
    stands around them; a list that merely ends an article stays."""
    last = max((n for n in range(len(page.units)) if page.prose(n)), default=len(page.units))
    if page.whole and page.paragraphs >= SUBSTANCE:
        last = page.end
        for number in range(page.end + 1, len(page.units)):
            if page.prose(number):
                page.put(number, "below the article", "tells another story")
    run: list[int] = []
    for number in range(last + 1, len(page.units) + 1):
        if page.open(number) and not page.units[number].ends:
            run.append(number)
            continue
        if run:
            _tail_run(page, run)
            run = []


def _tail_run(page: Page, run: list[int]) -> None:
    known = sum(page.units[n].lower.strip(" :|") in words("section") for n in run)
    before, after = page.reason(run[0] - 1), page.reason(run[-1] + 1)
    enclosed = bool(before) and (bool(after) or run[-1] + 1 == len(page.units))
    if (len(run) >= 3 and known >= 0.3 * len(run)) or enclosed or page.whole:
        for number in run:
            page.put(number, "navigation" if page.units[number].short else STORY, "below the article among furniture")
