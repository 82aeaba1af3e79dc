"""The whole way, on one page: pages in, coded documents out. Read this first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique import annotate, code, resolve, workers
from communique.garbage import undisturbed
from communique.model import Actor, Assessment, Coded, Document, Event, Figure, Forum, Mention, Project, Sentence, When
from communique.occasion import occasion
from communique.resolve import dates
from communique.resolve.published import Cast, choose
from communique.settings import Settings

# a text of more sentences than these, or one from the page of a state or body, is an article, most of whose sentences
# tell no event
RUNNING_FROM = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with its actors and dates, and the states that stand together when it ends."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    dated: list[dates.Dated]
    group: tuple[Actor, ...]


class Coder:
    """Codes documents. Knowledge and models are loaded on the first document and kept."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        asked = self.settings.encoder and (self.settings.weights != "small" or code.available())
        self._encoder = code.encoder(self.settings.weights) if asked else None

    def code(self, document: Document) -> Coded:
        """One document, all the way. The same document and settings give the same result, always."""
        with undisturbed():
            return self._code(document)

    def _code(self, document: Document) -> Coded:
        kinds = self.settings.kinds
        # annotate: the article in sentences with their syntax
        sentences = annotate.sentences(document, self.settings.model)
        # who and when: the actors and dates of every sentence, with what refers back
        read = _read(document, sentences)
        # the document's own date, from what it says of itself and from who is in office in it
        published = choose(document, _cast(document, read), [one for each in read for one in each.dated])
        dated_anew = (published.earliest, published.latest) != (document.published.earliest, document.published.latest)
        document = replace(document, published=published)
        if dated_anew:
            # the offices and the days of the week as they stood on that date
            read = _read(document, sentences)
        # what: events, figures and all else that a sentence tells
        house, reference = resolve.house(document), occasion(document)
        running = len(read) > RUNNING_FROM or house is not None
        events: list[Event] = []
        last = 0  # events of the sentence before
        figures: list[Figure] = []
        assessments: list[Assessment] = []
        projects: list[Project] = []
        forums: list[Forum] = []
        memory, judged, built = code.Memory.of(document), code.assessments.Memory(), code.projects.Memory()
        for each in read:
            sentence, found, dated = each.sentence, each.mentions, each.dated
            if "event" in kinds:
                when = dates.tells_when(sentence, dated) if last else None
                if when is not None:
                    events[-last:] = dates.dated_after(events[-last:], when)
                told = self._events(each, reference, running, None if house is None else house.code)
                events += told
                last = len(told)
            if "figure" in kinds:
                figures += code.figures(sentence, found, dated, group=each.group, memory=memory)
            if "assessment" in kinds:
                assessments += code.assessments.assessments(sentence, found, dated, judged)
            if "project" in kinds:
                projects += code.projects.projects(sentence, found, dated, built)
            if "forum" in kinds:
                forums += code.forums(sentence, found)
        # who said so: quotes run over sentences
        quotes = code.quotes(document, sentences, [each.mentions for each in read]) if "quote" in kinds else ()
        return Coded(
            document=document,
            sentences=tuple(sentence.span for sentence in sentences),
            mentions=tuple((each.sentence.sequence, mention) for each in read for mention in each.mentions),
            events=tuple(events),
            figures=tuple(figures),
            quotes=quotes,
            assessments=code.assessments.said(assessments, quotes),
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

    def _events(self, each: _Read, reference: When, running: bool, house: str | None) -> tuple[Event, ...]:
        sentence = each.sentence
        found = code.events(
            sentence,
            each.mentions,
            lambda trigger: dates.of_event(sentence, trigger, each.dated, reference),
            reference,
            self._encoder,
            running,
            house,
        )
        return code.assessments.unsettled(sentence, found)


def _read(document: Document, sentences: tuple[Sentence, ...]) -> list[_Read]:
    """Who and when, sentence by sentence, as seen from the document's date."""
    context = resolve.Context.of(document)
    reference = occasion(document)
    previous: When | None = None
    read = []
    for sentence in sentences:
        mentions = resolve.mentions(sentence, context)
        dated = dates.in_sentence(sentence, reference, previous)
        previous = dates.last_named(dated, previous)
        read.append(_Read(sentence, mentions, dated, context.group))
    return read


def _cast(document: Document, read: list[_Read]) -> list[Cast]:
    return [named for each in read for named in resolve.cast(document, each.mentions)]
