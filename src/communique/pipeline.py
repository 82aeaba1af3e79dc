"""The whole way, on one page: pages in, coded documents out. Read this first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique import annotate, code, resolve, workers
from communique.model import Assessment, Coded, Document, Event, Figure, Forum, Mention, Project, Sentence, When
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
        kinds = self.settings.kinds
        # annotate: the article in sentences with their syntax
        sentences = annotate.sentences(document, self.settings.model)
        # when: the document's own date, from what it says of itself and from who is in office in it
        document = self._dated(document, sentences)
        # who: the actors of every sentence, with what refers back, as the offices stood on that date
        context = resolve.Context.of(document)
        mentions: list[tuple[Mention, ...]] = []
        # what: events and figures with the dates that their sentences give them
        events: list[Event] = []
        figures: list[Figure] = []
        assessments: list[Assessment] = []
        projects: list[Project] = []
        forums: list[Forum] = []
        memory, judged, built = code.Memory(), code.assessments.Memory(), code.projects.Memory()
        previous: When | None = None
        for sentence in sentences:
            found = resolve.mentions(sentence, context)
            dated = dates.in_sentence(sentence, document.published, previous)
            if "event" in kinds:
                events += self._events(sentence, found, dated, document)
            if "figure" in kinds:
                figures += code.figures(sentence, found, dated, group=context.group, memory=memory)
            if "assessment" in kinds:
                assessments += code.assessments.assessments(sentence, found, dated, judged)
            if "project" in kinds:
                projects += code.projects.projects(sentence, found, dated, built)
            if "forum" in kinds:
                forums += code.forums(sentence, found)
            previous = dates.last_named(dated, previous)
            mentions.append(found)
        # who said so: quotes run over sentences
        quotes = code.quotes(document, sentences, mentions) if "quote" in kinds else ()
        return Coded(
            document=document,
            sentences=tuple(sentence.span for sentence in sentences),
            mentions=tuple((s.sequence, m) for s, found in zip(sentences, mentions, strict=True) for m in found),
            events=tuple(events),
            figures=tuple(figures),
            quotes=quotes,
            assessments=tuple(assessments),
            projects=tuple(projects),
            forums=tuple(forums),
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
        dated: list[dates.Dated] = []
        previous: When | None = None
        for sentence in sentences:
            found = dates.in_sentence(sentence, document.published, previous)
            previous = dates.last_named(found, previous)
            dated += found
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
