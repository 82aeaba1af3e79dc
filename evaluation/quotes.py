"""Quotes against attributions that people marked (PolNeAR), and against what the seeds must give."""

from __future__ import annotations

import difflib
import gzip
import json
import re
from pathlib import Path
from typing import Any

from communique import annotate, ingest, resolve
from communique.code import assessments, projects
from communique.code.forums import forums
from communique.code.quotes import quotes
from communique.errors import CommuniqueError
from communique.model import Assessment, Coded, Document, Forum, Project, Quote, Span
from communique.resolve import dates
from communique.settings import Settings

Row = dict[str, Any]
_WORD = re.compile(r"\w+")
_MARKS = "“”\"‘’'«» "
# a content is the same as a marked one from this token F1 on
MATCH = 0.5


def rows(shared: Path, name: str = "polnear_dev") -> list[Row]:
    """The articles with their attributions."""
    with gzip.open(shared / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


def found_in(row: Row) -> tuple[Document, tuple[Quote, ...]]:
    """The quotes of one article, taken whole: page furniture is not what is measured here."""
    document = Document(row["id"], row["text"], (Span(0, len(row["text"])),), title=row["title"])
    sentences = annotate.sentences(document, Settings().model)
    context = resolve.Context.of(document)
    mentions = [resolve.mentions(sentence, context) for sentence in sentences]
    return document, quotes(document, sentences, mentions)


def places(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Where the words of some stretches begin."""
    return {start + word.start() for start, end in spans for word in _WORD.finditer(text[start:end])}


def own_places(document: Document, quote: Quote) -> set[int]:
    """Where a quote's own words begin: its span without what is not in its words."""
    span, place, found = quote.span, quote.span.start, set()
    words = [word.group() for word in _WORD.finditer(quote.quote)]
    here = [(w.group(), span.start + w.start()) for w in _WORD.finditer(span.cut(document.text))]
    # the cue stands between the pieces: the longest matching runs of words are the pieces
    matcher = difflib.SequenceMatcher(None, words, [word for word, _ in here], autojunk=False)
    for block in matcher.get_matching_blocks():
        found.update(at for _, at in here[block.b : block.b + block.size])
    return found or {place}


def _f1(right: float, said: float, gold: float) -> float:
    return 2 * right / (said + gold) if said + gold else 0.0


class Tally:
    """Counts over articles."""

    def __init__(self) -> None:
        self.union = [0, 0, 0]
        self.paired = [0, 0, 0]
        self.matched = self.source = self.gold = self.said = self.direct = self.speaker = 0
        self.misses: list[tuple[str, str, str]] = []

    def add(self, row: Row, document: Document, found: tuple[Quote, ...]) -> None:
        """Compare one article."""
        text = row["text"]
        mine = [(own_places(document, quote), quote) for quote in found]
        gold = []
        for one in row["attributions"]:
            spans = [(a, b) for part in one["content"] for a, b in part["spans"]]
            source = [(a, b) for part in one["source"] for a, b in part["spans"]]
            words = places(text, spans)
            if words:
                gold.append((words, source, spans))
        all_mine: set[int] = set().union(*(words for words, _ in mine))
        all_gold: set[int] = set().union(*(words for words, _, _ in gold))
        for index, value in enumerate((len(all_mine & all_gold), len(all_mine), len(all_gold))):
            self.union[index] += value
        self.gold += len(gold)
        self.said += len(mine)
        pairs = sorted(
            (
                (-_f1(len(words & other), len(words), len(other)), g, m)
                for g, (words, _, _) in enumerate(gold)
                for m, (other, _) in enumerate(mine)
                if words & other
            )
        )
        used_gold: dict[int, int] = {}
        used_mine: set[int] = set()
        for score, g, m in pairs:
            if g in used_gold or m in used_mine or -score < MATCH:
                continue
            used_gold[g] = m
            used_mine.add(m)
        self.paired[1] += sum(len(words) for words, _ in mine)
        for g, (words, source, spans) in enumerate(gold):
            self.paired[2] += len(words)
            first, last = spans[0], spans[-1]
            exact = text[first[0]] in '“"' and text[first[0] : last[1]].rstrip(" ,.")[-1:] in ("”", '"')
            right = False
            if g in used_gold:
                self.paired[0] += len(words & mine[used_gold[g]][0])
                if source:
                    self.matched += 1
                    right = self._same(mine[used_gold[g]][1], source)
                    self.source += right
                    if not right:
                        who = mine[used_gold[g]][1].speaker
                        name = " ".join(text[a:b] for a, b in source)
                        self.misses.append(
                            ("source", f"{name} <> {who.text if who else None}", text[first[0] : last[1]])
                        )
            if exact and source and len(words) >= 4:
                self.direct += 1
                self.speaker += right
                if g not in used_gold:
                    self.misses.append(("direct", " ".join(text[a:b] for a, b in source), text[first[0] : last[1]]))
            if g not in used_gold:
                self.misses.append(("gold", text[first[0] : last[1]], ""))
        self.misses += [("mine", q.rule + ": " + q.cue, q.quote) for m, (_, q) in enumerate(mine) if m not in used_mine]

    @staticmethod
    def _same(quote: Quote, source: list[tuple[int, int]]) -> bool:
        """Whether the speaker's words stand in, or around, the marked source."""
        if quote.speaker is None or quote.speaker.span is None:
            return False
        span = quote.speaker.span
        return any(start < span.end and span.start < end for start, end in source)

    def figures(self) -> dict[str, float]:
        """Token F1 of all content, of content attribution by attribution, sources and speakers right."""
        return {
            "content token F1": _f1(*self.union),
            "content token F1, paired": _f1(*self.paired),
            "source right where content matches": self.source / max(1, self.matched),
            "direct speech, speaker right": self.speaker / max(1, self.direct),
        }


def read(document: Document) -> Coded:
    """All that is said, judged, built and met in, of one document, without its events."""
    sentences = annotate.sentences(document, Settings().model)
    context = resolve.Context.of(document)
    mentions = [resolve.mentions(sentence, context) for sentence in sentences]
    judged, built = assessments.Memory(), projects.Memory()
    found: tuple[list[Assessment], list[Project], list[Forum]] = ([], [], [])
    for sentence, actors in zip(sentences, mentions, strict=True):
        dated = dates.in_sentence(sentence, document.published)
        found[0].extend(assessments.assessments(sentence, actors, dated, judged))
        found[1].extend(projects.projects(sentence, actors, dated, built))
        found[2].extend(forums(sentence, actors))
    return Coded(
        document,
        quotes=quotes(document, sentences, mentions),
        assessments=tuple(found[0]),
        projects=tuple(found[1]),
        forums=tuple(found[2]),
    )


def seeds_met(shared: Path) -> dict[str, float]:
    """The shares of the seeds' quotes, assessments, projects and forums that come out."""

    def report(fault: CommuniqueError) -> None:
        raise fault

    coded = {document.id: read(document) for document in ingest.read([shared / "seeds"], report=report)}
    met: dict[str, list[bool]] = {"quote": [], "assessment": [], "project": [], "forum": []}
    for line in (shared / "gold" / "seeds.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if row["kind"] in met:
            met[row["kind"]].append(seed_met(row, coded[row["seed"]]))
    return {f"seeds' {kind}s met": sum(values) / max(1, len(values)) for kind, values in met.items()}


def seed_met(row: Row, coded: Coded) -> bool:
    """Whether one expectation of the seeds stands."""
    if row["kind"] == "quote":
        return any(
            row["text"] in quote.quote
            and quote.speaker is not None
            and quote.speaker.actor.name == row["speaker"]
            and (
                "attribution_through" not in row
                or (quote.through is not None and quote.through.text in row["attribution_through"])
            )
            and ("about" not in row or row["about"] in {who.actor.name for who in quote.about})
            for quote in coded.quotes
        )
    if row["kind"] == "assessment":
        at = coded.document.text.find(row["snippet"])
        return any(
            one.sentence.start <= at < one.sentence.end
            and one.hedges
            and (one.by is not None and row["by"] in one.by.text.lower())
            for one in coded.assessments
        )
    if row["kind"] == "project":
        return any(
            row["name"].casefold() in one.name.casefold()
            and {who.actor.code for who in one.between} == set(row["between"])
            for one in coded.projects
        )
    return any(one.name == row["name"] for one in coded.forums)


def measure(shared: Path) -> dict[str, float]:
    """Token F1 of content, sources right, speakers of direct speech right, and the seeds' items met."""
    tally = Tally()
    for row in rows(shared):
        tally.add(row, *found_in(row))
    figures = tally.figures()
    return figures | seeds_met(shared)
