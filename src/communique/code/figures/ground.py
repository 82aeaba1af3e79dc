"""A sentence as the figures need it: from characters to tokens, counted nouns, and the way up the tree."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from communique.code.clauses import Clause, clause, verbs
from communique.code.figures.numbers import Number
from communique.code.figures.words import Counted, counted, lexemes, table
from communique.code.roles import Roles
from communique.model import Mention, Sentence
from communique.tree import Token

# so many of those that are mostly not counted are people
_MANY = 1000
_STEP = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM", "DET", "PUNCT", "CCONJ", "PART", "X", "SYM", "VERB"})
_VERBAL = frozenset({"VERB", "AUX"})


class Ground:
    """One sentence, its mentions and clauses; places are offsets in the sentence's text."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.mentions: Sequence[Mention] = mentions
        self.roles = Roles(sentence, mentions)
        self.tokens = list(sentence.syntax)
        shift = sentence.offset - sentence.span.start
        self._starts = [shift + token.idx for token in self.tokens]
        self._heads = {mention.head: mention for mention in mentions}
        self.clauses: dict[int, Clause] = {verb.i: clause(verb) for verb in verbs(sentence.syntax)}

    def without(self, places: Sequence[tuple[int, int]]) -> None:
        """Forget mentions that lie in some places: the state in "Egyptian pounds" is no side of the figure."""
        shift = self.sentence.span.start
        inside = [(start + shift, end + shift) for start, end in places]
        self.mentions = [m for m in self.mentions if not any(s <= m.span.start and m.span.end <= e for s, e in inside)]

    def place(self, token: Token) -> int:
        """Where a token begins in the sentence's text."""
        return self._starts[token.i - self.tokens[0].i]

    def index(self, place: int) -> int:
        """The number of the token at a place, counted in the sentence."""
        return max(0, bisect.bisect_right(self._starts, place) - 1)

    def inside(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in a stretch of the text, or hold its first character."""
        return self.tokens[self.index(start) : bisect.bisect_left(self._starts, end)]

    def head(self, start: int, end: int) -> Token:
        """The token that heads a stretch: the one whose own head lies outside, the last where several do."""
        touched = self.inside(start, end) or [self.tokens[self.index(start)]]
        known = {token.i for token in touched}
        tops = [token for token in touched if token.head.i not in known or token.head.i == token.i]
        nouns = [token for token in tops if token.pos_ in ("NOUN", "PROPN", "SYM", "NUM")]
        return (nouns or tops or touched)[-1]

    def noun(self, number: Number) -> tuple[int, int, Counted] | None:
        """The counted noun behind a number, past its adjectives: (token, end, what it is)."""
        first = bisect.bisect_left(self._starts, number.end)
        if number.letter and first < len(self.tokens) and self._starts[first] < number.end:
            first += 1
        best: tuple[int, int, Counted] | None = None
        for step, token in enumerate(self.tokens[first : first + 9]):
            word = token.lower_
            if step == 0 and word in ("of", "more", "other", "additional"):
                continue
            if token.pos_ == "ADP" and word == "of" and best is None and step > 0:
                if self.tokens[first + step - 1].lemma_.lower() in lexemes("counted_of"):
                    continue
                break
            if best is not None and token.pos_ in ("CCONJ", "PUNCT", "VERB", "ADV", "DET", "AUX", "ADP", "PRON"):
                if token.text == "-" and step + 1 < 9:
                    continue
                break
            if token.pos_ not in _STEP and token.lower_ not in ("u.s.", "of"):
                break
            if token.pos_ == "VERB" and token.tag_ not in ("VBN", "VBG"):
                break
            if token.pos_ == "PUNCT" and token.text not in ("-", "–", "“", '"', "’", "'"):
                break
            if token.pos_ == "NUM" and token.text[:1].isdigit():
                break
            few = number.low < _MANY  # 150,000 members are people, 193 may be states
            if (few and token.lemma_.lower() in lexemes("not_counted")) or token.text in ("MPs", "MEPs", "MP"):
                return None
            kind = self._counted(token, number)
            if kind is not None:
                best = (token.i, self.place(token) + len(token), kind)
            elif best is not None and token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
                break
            elif (
                token.pos_ == "NOUN"
                and token.dep_ not in ("compound", "amod", "nmod", "npadvmod", "poss")
                and token.tag_ == "NNS"
            ):
                return None  # some other noun is counted
        return best

    @staticmethod
    def _flies(token: Token) -> bool:
        """Whether a sentence is of aircraft: then its fighters are no soldiers."""
        beside = table()["flying"]["beside"]
        return any(each.lemma_.lower() in beside or each.lower_ in beside for each in token.sent)

    def _counted(self, token: Token, number: Number) -> Counted | None:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            return None
        nation = self._nation(token)
        found = counted().get(token.lemma_.lower()) or counted().get(token.lower_)
        if found is None and token.lower_.endswith("s"):
            found = counted().get(token.lower_[:-1])
        if found is None and not nation:
            return None
        following = token.nbor(1) if token.i + 1 < len(token.doc) else None
        joined = (
            following is not None and following.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "amod", "nmod")
        )
        if joined or (following is not None and following.text == "-" and following.whitespace_ == ""):
            return None
        if found is None:
            return Counted("people", "people")
        if token.lemma_.lower() in table()["flying"]["nouns"] and self._flies(token):
            found = counted()[table()["flying"]["as"]]
        plural = token.tag_ in ("NNS", "NNPS") or token.lower_ in (
            "people",
            "personnel",
            "staff",
            "dead",
            "aircraft",
            "police",
            "troops",
        )
        if number.low > 1 and not plural and token.lower_ not in ("dead", "wounded"):
            return None
        if number.low < max(2, table()["least"].get(token.lemma_.lower(), 0)):
            return None
        return found

    def _nation(self, token: Token) -> bool:
        """Cubans, Afghans, North Koreans: a people in the plural."""
        mention = self._heads.get(token.i)
        plural = token.tag_ in ("NNPS", "NNS") or (token.tag_ == "NNP" and token.lower_.endswith("is"))
        if not plural or not token.text[:1].isupper() or mention is None:
            return False
        return mention.via in ("demonym", "nationality", "people") or any(a.kind == "people" for a in mention.actors)

    def up(self, token: Token) -> Iterator[Token]:
        """The tokens above one, the nearest first."""
        for _ in range(30):
            if token.head.i == token.i:
                return
            token = token.head
            yield token

    def verb(self, token: Token) -> Token | None:
        """The verb that a token hangs on, itself included."""
        if token.pos_ in _VERBAL and token.dep_ not in ("aux", "auxpass"):
            return token
        return next((t for t in self.up(token) if t.pos_ in _VERBAL and t.dep_ not in ("aux", "auxpass")), None)
