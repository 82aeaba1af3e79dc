"""Parts of speech and dictionary forms from memory: what spaCy's last two steps say of a word depends on little.

spaCy's attribute ruler tries all its rules (179 in the small English pipeline) on every word, and its lemmatizer asks
its tables anew. What both say of a word follows from the word, its tag and its relation, but for a few rules on several
words. So the two are taken out of the pipeline, are asked about each combination once, alone, and the answer is kept;
where a rule on several words may match, it is tried as ever. What comes out is what the two would say, exactly.
"""

from __future__ import annotations

import re
from typing import Any

import numpy
from spacy.attrs import DEP, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

from communique import tree

_SEEN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})  # what a rule may look at
_BEFORE = frozenset({"tok2vec", "transformer", "tagger", "parser", "ner"})  # what asks neither of the two
_TOLD = frozenset({"IN", "NOT_IN", "REGEX"})
_STEPS = ("attribute_ruler", "lemmatizer")
_MOST = 100_000  # combinations that are kept

_Key = tuple[int, int, int, tuple[int, ...]]


class Finisher:
    """Does what a pipeline's attribute ruler and lemmatizer do, in their place (see `finisher`)."""

    def __init__(self, nlp: Any, mended: dict[str, str]) -> None:
        self._ruler, self._lemmatizer = (nlp.get_pipe(name) for name in _STEPS)
        self._vocab, self._strings, self._mended = nlp.vocab, nlp.vocab.strings, mended
        _indexed(self._lemmatizer)
        self._single: list[tuple[int, dict[str, Any]]] = []
        self._by_tag: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self._several = Matcher(nlp.vocab, validate=False)
        # words and relations without which no rule on several words matches; None where one needs none of them
        anchors: list[set[int] | None] = []
        for number, rule in enumerate(self._ruler.patterns):
            for pattern in rule["patterns"]:
                if len(pattern) == 1:
                    self._single.append((number, pattern[0]))
                else:
                    self._several.add(str(number), [pattern])
                    anchors.append(self._anchor(pattern))
        self._always = None in anchors
        self._anchors = frozenset(key for anchor in anchors for key in anchor or ())
        self._known: dict[_Key, tree.Word] = {}
        self._reaching: dict[int, tuple[int, ...]] = {}

    @staticmethod
    def suits(nlp: Any) -> bool:
        """Whether a pipeline ends in the two, with rules that look at nothing but what is remembered by."""
        names = list(nlp.pipe_names)
        if not set(_STEPS) <= set(names) or not set(names) <= _BEFORE.union(_STEPS):
            return False
        ruler, lemmatizer = (nlp.get_pipe(name) for name in _STEPS)
        if names.index(_STEPS[0]) > names.index(_STEPS[1]) or lemmatizer.mode not in ("rule", "lookup"):
            return False
        return all(
            set(word) <= _SEEN and (len(pattern) > 1 or (rule["index"] in (0, -1) and _is_plain(word)))
            for rule in ruler.patterns
            for pattern in rule["patterns"]
            for word in pattern
        )

    def _anchor(self, pattern: list[dict[str, Any]]) -> set[int] | None:
        """What one of the words of a pattern must be, the rarest first told: a word, one of several, or a relation."""
        for wanted in pattern:
            for name in ("LOWER", "DEP"):
                value = wanted.get(name)
                values = value.get("IN") if isinstance(value, dict) else [value] if value else None
                if values:
                    return {self._strings.add(str(each)) for each in values}
        return None

    def __call__(self, parsed: Doc, line: str) -> tree.Doc:
        """A parsed paragraph with parts of speech and dictionary forms, its words written as in the line."""
        rows = parsed.to_array(["ORTH", "TAG", "DEP", "HEAD", "SENT_START", "SPACY", "ENT_TYPE", "ENT_IOB", "LOWER"])
        orths, tags, deps, heads, starts, blanks, kinds, places, lowers = rows.T.tolist()
        keys: list[_Key] = [(orth, tag, dep, ()) for orth, tag, dep in zip(orths, tags, deps, strict=True)]
        if self._always or not (self._anchors.isdisjoint(lowers) and self._anchors.isdisjoint(deps)):
            for place, rules in self._across(parsed).items():
                keys[place] = (*keys[place][:3], rules)
        known = self._known
        words = [known.get(key) or self._word(key) for key in keys]
        doc = tree.build(words, heads, starts, blanks, line)
        if any(kinds):
            doc.label(self._strings, kinds, places)
        return doc

    def _across(self, parsed: Doc) -> dict[int, tuple[int, ...]]:
        """The rules on several words that match, by the place of the word that they speak of."""
        found: dict[int, tuple[int, ...]] = {}
        for match, start, end in self._several(parsed, allow_missing=True):
            number = int(self._strings[match])
            place = range(start, end)[self._ruler.indices[number]]
            found[place] = tuple(sorted((*found.get(place, ()), number)))
        return found

    def _alone(self, tag: str, lower: str, dep: str, space: bool) -> set[int]:
        """The rules for single words that match."""
        if tag not in self._by_tag:
            self._by_tag[tag] = [rule for rule in self._single if _agrees(rule[1].get("TAG"), tag)]
        return {
            number
            for number, wanted in self._by_tag[tag]
            if _agrees(wanted.get("LOWER"), lower)
            and _agrees(wanted.get("DEP"), dep)
            and wanted.get("IS_SPACE") in (None, space)
        }

    def _word(self, key: _Key) -> tree.Word:
        """What ruler and lemmatizer say of a word with this tag and relation."""
        orth, tag, dep, rules = key
        alone = Doc(self._vocab, words=[self._strings[orth]])
        values: Any = numpy.array([[tag, dep]], dtype="uint64")
        alone.from_array([TAG, DEP], values)
        token = alone[0]
        matches = self._alone(token.tag_, token.lower_, token.dep_, token.is_space)
        attrs = {
            name: value for rule in sorted(matches.union(rules)) for name, value in self._ruler.attrs[rule].items()
        }
        if attrs:
            set_token_attrs(token, attrs)
        self._lemmatizer(alone)
        lemma = token.lemma_
        if token.lower_ in self._mended and token.pos_ in ("VERB", "NOUN", "PROPN"):
            lemma = self._mended[token.lower_]
        word = tree.word(token.text, lemma, token.pos_, token.tag_, token.dep_)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = word
        return word


def _is_plain(wanted: dict[str, Any]) -> bool:
    """Whether `_agrees` can tell for each of its conditions."""
    return all(
        isinstance(value, bool) if name == "IS_SPACE" else isinstance(value, str) or set(value) <= _TOLD
        for name, value in wanted.items()
    )


def _agrees(wanted: Any, value: str) -> bool:
    """Whether a word's attribute is what a pattern wants of it, in the language of spaCy's matcher."""
    if wanted is None or isinstance(wanted, str):
        return wanted is None or wanted == value
    return (
        value in wanted.get("IN", (value,))
        and value not in wanted.get("NOT_IN", ())
        and re.search(wanted.get("REGEX", ""), value) is not None
    )


def _indexed(lemmatizer: Any) -> None:
    """Gives a lemmatizer its lists of known forms (57,000 nouns) as tables: it looks each form up, not through them."""
    table = lemmatizer.lookups.get_table("lemma_index", {})
    for part, forms in list(table.items()):
        if isinstance(forms, list):
            table[part] = dict.fromkeys(forms)


def finisher(nlp: Any, mended: dict[str, str]) -> Finisher | None:
    """Takes ruler and lemmatizer out of a pipeline and gives what does their work; None where they had better stay.

    `mended` holds forms whose dictionary form taggers get wrong, with the right one.
    """
    if not Finisher.suits(nlp):
        return None
    found = Finisher(nlp, mended)
    for name in _STEPS:
        nlp.remove_pipe(name)
    return found
