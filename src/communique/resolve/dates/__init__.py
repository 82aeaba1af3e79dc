"""Dates in text: `find` reads the words, `resolve` says which days they mean, `in_sentence` does both with syntax."""

from __future__ import annotations

from communique.resolve.dates.after import dated_after, tells_when
from communique.resolve.dates.attach import of_event
from communique.resolve.dates.expression import Dated, Expression, Fields, Relation, Role, Tense
from communique.resolve.dates.find import find
from communique.resolve.dates.iso import iso
from communique.resolve.dates.resolve import resolve
from communique.resolve.dates.sentence import in_sentence, last_named
from communique.resolve.dates.tense import by_words

__all__ = [
    "Dated",
    "Expression",
    "Fields",
    "Relation",
    "Role",
    "Tense",
    "by_words",
    "dated_after",
    "find",
    "in_sentence",
    "iso",
    "last_named",
    "of_event",
    "resolve",
    "tells_when",
]
