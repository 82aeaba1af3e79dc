"""What `communique.code` hands out: everything read out of one text, as one list and by kind."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Any

from communique.export.listing import Listing
from communique.model import Assessment, Coded, Document, Event, Figure, Forum, Item, Project, Quote
from communique.settings import Settings

if TYPE_CHECKING:
    from communique.pipeline import Coder


class Reading(Listing[Item]):
    """All items of a text in reading order, events first; `events`, `figures` ... give one kind."""

    def __init__(self, coded: Coded) -> None:
        items = coded.items()
        super().__init__(items, [coded.document.key] * len(items), lambda _key: coded.document)
        self.coded = coded

    @property
    def document_read(self) -> Document:
        """The document: its article and furniture, its title, and its date with its bounds."""
        return self.coded.document

    @property
    def events(self) -> Listing[Event]:
        """The events."""
        return Listing.of(self.coded.events, self.coded.document)

    @property
    def figures(self) -> Listing[Figure]:
        """The quantities, rates and trends."""
        return Listing.of(self.coded.figures, self.coded.document)

    @property
    def quotes(self) -> Listing[Quote]:
        """The quotes and reported speech."""
        return Listing.of(self.coded.quotes, self.coded.document)

    @property
    def assessments(self) -> Listing[Assessment]:
        """What somebody judges or expects."""
        return Listing.of(self.coded.assessments, self.coded.document)

    @property
    def projects(self) -> Listing[Project]:
        """The named undertakings."""
        return Listing.of(self.coded.projects, self.coded.document)

    @property
    def forums(self) -> Listing[Forum]:
        """The bodies in which states meet."""
        return Listing.of(self.coded.forums, self.coded.document)


def code(
    text: str | Document,
    *,
    date: dt.date | str | None = None,
    html: bool = False,
    settings: Settings | None = None,
    **about: Any,
) -> Reading:
    """Codes one text, page (html=True) or Document.

    date is when it came out (a day, or ISO text); about may name id, title, url and source. Models are loaded on the
    first call and kept. Raises InputError where there is no text.
    """
    if isinstance(text, Document):
        document = text
    else:
        from communique import ingest

        given = {"date": date.isoformat() if isinstance(date, dt.date) else date, **about}
        named = {name: value for name, value in given.items() if value is not None}
        read = ingest.from_html if html else ingest.from_text
        document = read(text, **{"id": "text", **named})
    return Reading(_coder(settings or Settings()).code(document))


@functools.lru_cache(maxsize=2)
def _coder(settings: Settings) -> Coder:
    from communique.pipeline import Coder

    return Coder(settings)
