"""GDELT 2.0's 16 columns of mentions: tab-separated, no header, one row for each row of the events file."""

from __future__ import annotations

from typing import Any

from communique.addresses import host
from communique.export.tables import EventTable, number, pairs, published_day
from communique.model import Document, Event, Item, Participant

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB, CITATION = "1", "2"  # GDELT's kinds of collection: a page by its address, or one known by its name alone
NOWHERE = "-1"  # what GDELT writes for an actor without a place in the text


class GdeltMentions(EventTable):
    """Where each event of the format `gdelt` stands: the same GLOBALEVENTID, sentence, characters and confidence.

    The two files are joined on GLOBALEVENTID. Offsets count characters from 0 in the document's text. Times are the
    day on which the page came out, at midnight, for nothing finer is known. Confidence goes from 10 to 100 in steps
    of ten. Tone and Extras are empty, and so is the column of translations, for nothing is translated.
    """

    name = "gdelt-mentions"

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes the mention of one event, a row for each pair."""
        assert isinstance(item, Event)
        day = published_day(document)
        time = f"{day:%Y%m%d}000000" if day else ""
        for position, (actor, target) in enumerate(pairs(item)):
            self.tabbed(
                (
                    number(item.id, position),
                    time,
                    time,
                    WEB if document.url else CITATION,
                    _source(document),
                    document.url or document.id,
                    item.sequence + 1,
                    _offset(actor),
                    _offset(target),
                    item.trigger.start,
                    1,
                    max(10, 10 * round(10 * min(1.0, max(0.0, item.confidence)))),
                    sum(part.end - part.start for part in document.article) or len(document.text),
                    "",
                    "",
                    "",
                )
            )


def _source(document: Document) -> str:
    """The domain of a page with an address, as GDELT has it, else the outlet's name."""
    return host(document.url) or document.source or ""


def _offset(who: Participant | None) -> str:
    return NOWHERE if who is None or who.span is None else str(who.span.start)
