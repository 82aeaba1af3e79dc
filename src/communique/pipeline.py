"""The whole way, on one page: pages in, coded documents out. Read this first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique import annotate, code, resolve, workers
from communique.model import Coded, Document, Event, Mention, Sentence, When
from communique.resolve import dates
from communique.resolve.published import choose
from communique.settings import Settings


class Coder:
    """Codes documents. Knowledge and models are loaded on the first document and kept."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._encoder = code.encoder() if self.settings.encoder and code.available() else None

    def code(self, document: Document) -> Coded:
        """One document, all the way. The same document and settings give the same result, always."""
        # annotate: the article in sentences with their syntax
        sentences = annotate.sentences(document, self.settings.model)
        # when: the document's own date, from what it says of itself and from who is in office in it
        document = self._dated(document, sentences)
        # who: the actors of every sentence, with what refers back, as the offices stood on that date
        context = resolve.Context.of(document)
        mentions = [resolve.mentions(sentence, context) for sentence in sentences]
        # what: events with the dates that their sentences give them
        events: list[Event] = []
        previous: When | None = None
        for sentence, found in zip(sentences, mentions, strict=True):
            dated = dates.in_sentence(sentence, document.published, previous)
            events += self._events(sentence, found, dated, document)
            previous = dated[-1].when if dated else previous
        return Coded(
            document,
            tuple(sentence.span for sentence in sentences),
            tuple((sentence.sequence, m) for sentence, found in zip(sentences, mentions, strict=True) for m in found),
            tuple(events) if "event" in self.settings.kinds else (),
        )

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Many documents, in their order, over as many processes as the settings say."""
        if self.settings.processes > 1:
            yield from workers.code_many(documents, self.settings)
            return
        for document in documents:
            yield self.code(document)

    @staticmethod
    def _dated(document: Document, sentences: tuple[Sentence, ...]) -> Document:
        context = resolve.Context.of(document)
        cast = [
            named for sentence in sentences for named in resolve.cast(document, resolve.mentions(sentence, context))
        ]
        dated = [found for sentence in sentences for found in dates.in_sentence(sentence, document.published)]
        return replace(document, published=choose(document, cast, dated))

    def _events(
        self, sentence: Sentence, mentions: tuple[Mention, ...], dated: list[dates.Dated], document: Document
    ) -> tuple[Event, ...]:
        return code.events(
            sentence,
            mentions,
            lambda trigger: dates.of_event(sentence, trigger, dated, document.published),
            document.published,
            self._encoder,
        )
