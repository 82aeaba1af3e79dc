"""Labels for lines: what each line of a page is and why, and how labelled lines become the spans of a Document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.ingest.repeats import find_repeats
from communique.model import Furniture, Repeat, Span

ARTICLE = "article"
TITLE = "title"
BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Label:
    """What a passage is: ARTICLE, or the reason why it is furniture, and the rule that said so."""

    reason: str
    rule: str = ""

    @property
    def article(self) -> bool:
        """Whether the passage belongs to the article."""
        return self.reason == ARTICLE


@dataclass(frozen=True, slots=True)
class Parts:
    """The spans of a Document, in reading order; together they cover every character that is not blank."""

    article: tuple[Span, ...]
    furniture: tuple[Furniture, ...]
    repeats: tuple[Repeat, ...]


def parts(text: str, spans: Sequence[Span], labels: Iterable[Label]) -> Parts:
    """Sort labelled passages into article, furniture and repeats."""
    body: list[Span] = []
    furniture: list[Furniture] = []
    for span, label in zip(spans, labels, strict=True):
        if label.article:
            body.append(span)
        else:
            furniture.append(Furniture(span, label.reason))
    once, repeats = find_repeats(text, body)
    return Parts(tuple(once), tuple(furniture), tuple(repeats))
