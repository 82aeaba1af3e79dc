"""spaCy's attribute ruler with a memory: most of its rules look at one word alone, and words come again and again.

The ruler tries all its rules (179 in the small English pipeline) on every word. Which of the rules for single words
match depends only on the word's tag, small letters, relation and whether it is blank, so that is worked out once for
each such combination; the few rules for several words are tried as before. The result is the ruler's own, exactly.
"""

from __future__ import annotations

from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

_SEEN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})  # what a remembered rule may look at
_MOST = 200_000  # combinations that are remembered


class Remembering:
    """Does what an attribute ruler does, in its place: `install` puts it there where all its rules allow it."""

    def __init__(self, ruler: Any) -> None:
        vocab = ruler.vocab
        self._single, self._several = Matcher(vocab, validate=False), Matcher(vocab, validate=False)
        self._attrs, self._index = ruler.attrs, ruler.indices
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                alone = len(pattern) == 1
                (self._single if alone else self._several).add(f"{number}:{len(pattern)}", [pattern])
        self._strings = vocab.strings
        self._known: dict[tuple[int, int, int, bool], tuple[int, ...]] = {}
        self._merged: dict[tuple[int, ...], dict[Any, Any]] = {}

    @staticmethod
    def suits(ruler: Any) -> bool:
        """Whether its rules look at nothing but what is remembered by, one word at each place."""
        return all(
            set(word) <= _SEEN and (len(pattern) > 1 or rule["index"] in (0, -1))
            for rule in ruler.patterns
            for pattern in rule["patterns"]
            for word in pattern
        )

    def __call__(self, doc: Doc) -> Doc:
        """The document with the attributes that the rules give, later rules over earlier ones."""
        known = self._known
        found: list[tuple[int, ...]] = []
        for token in doc:
            key = (token.tag, token.lower, token.dep, token.is_space)
            rules = known.get(key)
            if rules is None:
                rules = self._alone(doc, token.i)
                if len(known) < _MOST:
                    known[key] = rules
            found.append(rules)
        for match, start, end in self._several(doc, allow_missing=True):
            number = self._number(match)
            place = range(start, end)[self._index[number]]
            found[place] = tuple(sorted((*found[place], number)))
        for place, rules in enumerate(found):
            if rules:
                set_token_attrs(doc[place], self._of(rules))
        return doc

    def _number(self, match: int) -> int:
        return int(self._strings[match].split(":")[0])

    def _alone(self, doc: Doc, place: int) -> tuple[int, ...]:
        matches = self._single(doc[place : place + 1], allow_missing=True)
        return tuple(sorted({self._number(match) for match, _, _ in matches}))

    def _of(self, rules: tuple[int, ...]) -> dict[Any, Any]:
        merged = self._merged.get(rules)
        if merged is None:
            merged = self._merged[rules] = {name: value for rule in rules for name, value in self._attrs[rule].items()}
        return merged


def install(nlp: Any) -> None:
    """Gives a pipeline's attribute ruler a memory, where it has one whose rules allow it."""
    if "attribute_ruler" not in nlp.pipe_names:
        return
    ruler = nlp.get_pipe("attribute_ruler")
    if not Remembering.suits(ruler):
        return
    quick = Remembering(ruler)
    ruler.match = lambda doc: doc
    ruler.set_annotations = lambda doc, _: quick(doc)
