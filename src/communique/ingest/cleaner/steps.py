"""Labels the units of a text: patterns first, then the head of the page, then the body and its blocks, then the rest.

Precision first: what nothing speaks against is article, and a text whose only content would be lost is article whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.ingest.cleaner import body, head
from communique.ingest.cleaner.page import Page
from communique.ingest.cleaner.patterns import words
from communique.ingest.cleaner.region import region, trimmed, whole_page
from communique.ingest.cleaner.units import LONGEST, Unit, units
from communique.ingest.labels import ARTICLE, TITLE, Label
from communique.model import Span

OFFERS = frozenset(("login or paywall", "sign-up"))
OFFER_LINES, OFFER_SIZE = 2, 200  # so many lines of so many characters can stand between two lines of an offer


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the cleaner saw: every unit with its label, and what the page says of itself.

    header_dates stand above the article (perhaps the day of viewing), byline_dates beside the byline or under the
    title; both are spans of the text.
    """

    units: tuple[Unit, ...]
    labels: tuple[Label, ...]
    title: str | None = None
    byline: str | None = None
    header_dates: tuple[Span, ...] = ()
    byline_dates: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the units stand."""
        return tuple(unit.span for unit in self.units)


def clean(text: str, *, title: str | None = None, spans: Sequence[Span] | None = None) -> Cleaned:
    """Label every unit of a text. Linear in the text.

    title: what the title is known to be, from elsewhere. spans: the units, where the caller has cut them.
    """
    cut = units(text) if spans is None else [Unit(text, span, True) for span in spans]
    page = Page(cut, title)
    if not page.units:
        return Cleaned((), ())
    _patterns(page)
    if any(unit.size > LONGEST for unit in page.units):
        page.warnings.append(f"a line of more than {LONGEST:,} characters is not read as an article")
    _find_body(page)
    head.label(page)
    body.label(page)
    _spare(page)
    labels = tuple(label or Label(ARTICLE) for label in page.labels)
    return Cleaned(
        tuple(page.units),
        labels,
        page.title,
        page.byline,
        tuple(page.header_dates),
        tuple(page.byline_dates),
        tuple(page.warnings),
    )


def _patterns(page: Page) -> None:
    """Give every unit the reason of its strongest pattern; weak ones wait for their neighbours."""
    if len(page.units) == 1 and page.units[0].size <= LONGEST:
        return  # the only content is never furniture
    for number, unit in enumerate(page.units):
        if unit.size > LONGEST:
            page.put(number, "line too long to read", "size")
            continue
        for found in unit.found:
            if not found.kind.weak:
                page.put(number, found.reason, "pattern")
                break
    _enclosed(page)


def _enclosed(page: Page) -> None:
    """What stands between two lines of one offer (to log in, to subscribe) is part of the offer."""
    last: int | None = None
    for number in range(len(page.units)):
        reason = page.reason(number)
        if reason in OFFERS:
            if last is not None and 1 < number - last <= OFFER_LINES + 1:
                between = range(last + 1, number)
                if all(_offer(page.units[n]) for n in between):
                    for inner in between:
                        if page.open(inner):
                            page.put(inner, page.reason(last) or reason, "inside an offer")
            last = number
        elif reason is not None and reason not in OFFERS and reason != "share bar":
            last = None


def _offer(unit: Unit) -> bool:
    """Whether a line may belong to an offer: short, and if it is a sentence, with a word of such offers."""
    return unit.size <= OFFER_SIZE and (not unit.prose or bool(unit.content & words("offer")))


def _find_body(page: Page) -> None:
    """Note where the main stretch of prose stands."""
    page.whole = whole_page(page)
    found = region(page)
    if found is None:
        page.start = len(page.units)
        return
    page.start, page.end = trimmed(page, *found) if page.whole else found
    page.paragraphs = sum(page.prose(number) for number in range(page.start, page.end + 1))


def _spare(page: Page) -> None:
    """Where nothing would remain of the article, take back what is least certain."""
    if any(label is None or label.article for label in page.labels):
        return
    for reasons in ({TITLE}, None):
        for number, label in enumerate(page.labels):
            if label is None or label.rule == "size" or not (reasons is None or label.reason in reasons):
                continue
            page.labels[number] = Label(ARTICLE, "only content")
            if label.reason == TITLE and reasons is not None:
                page.title = None if page.given is None else page.given
        if any(label is not None and label.article for label in page.labels):
            return
