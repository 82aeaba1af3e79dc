"""Which actors stand in which part of a clause: from slots ("object", "to", "possessor") to mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from communique.code.clauses import Clause, aimed_at, clause
from communique.code.lexicon import noun_classes, senses
from communique.model import Mention, Sentence, Span
from communique.syntax import conjuncts, under
from communique.tree import Token

# nouns that only count or gather what follows "of"
_PARTITIVE = frozenset(
    "group number hundred thousand dozen score series majority handful couple lot some many most all one two three "
    "four five ten several pair wave crowd team rest part half third million member leader any none each both either "
    "neither column convoy contingent batch faction array host bunch list total body people side representative".split()
)
# what a recipient may be taken from where the frame's own slots give nobody
_FALLBACK = ("object", "dative", "to", "against", "with", "possessor", "complement")
# what is signed or held, and where
_PAPERS = frozenset({"agreement", "contract", "peace", "ceasefire", "talks", "meeting", "conference"})
_OF = ("of", "by", "from", "against", "with", "between", "among", "for", "on", "in", "to", "over")


# what stands before the last of a list
_REST = re.compile(r"(?: \([A-Z]{2,6}\))?,? and (?:the )?")


class Roles:
    """The mentions of one sentence, reachable from tokens."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self.sentence = sentence
        self.at: dict[int, Mention] = {mention.head: mention for mention in mentions}
        self._inside: dict[int, Mention] = {}
        # the noun classes of tokens, once they were asked for (`match.classes_of`)
        self.classes: dict[int, frozenset[str]] = {}
        doc = sentence.syntax.doc
        tokens = list(sentence.syntax) if mentions else []
        starts = [sentence.offset + token.idx for token in tokens]
        for mention in mentions:
            head = doc[mention.head]
            for place in range(bisect_left(starts, mention.span.start), bisect_left(starts, mention.span.end)):
                if head.is_ancestor(tokens[place]):
                    self._inside.setdefault(tokens[place].i, mention)

    def mention(self, token: Token) -> Mention | None:
        """The mention that a token heads, or that it stands in as a part of a name."""
        return self.at.get(token.i) or self._inside.get(token.i)

    def direct(self, token: Token) -> list[Mention]:
        """The actors that a noun is, with everything coordinated; counting nouns look through "of"."""
        found: list[Mention] = []
        for item in conjuncts(token):
            mention = self.mention(item)
            named = self._listed(item) if mention is None or not mention.codes else []
            if named:
                found += named
                continue
            if mention is not None and (mention.codes or item.lemma_.lower() not in _PARTITIVE):
                found += [*self._beside(item, mention), mention, *self._joined_inside(item, mention)]
                continue
            if item.lemma_.lower() in _PARTITIVE or item.pos_ == "NUM" or item.tag_ in ("DT", "PDT"):
                for prep in item.children:
                    if prep.dep_ == "prep" and prep.lower_ in ("of", "from", "among"):
                        for child in prep.children:
                            if child.dep_ == "pobj":
                                found += self.direct(child)
            if not found and mention is not None:
                found.append(mention)
        return _unique([*found, *self._last(found)])

    def _last(self, found: list[Mention]) -> list[Mention]:
        """The last of a list of states that a parser left out: "Japan, the Republic of Korea (ROK), and Mongolia"."""
        states = [m for m in found if m.actors[0].kind == "state"]
        if len(states) < 2:
            return []
        end = max(m.span.end for m in states) - self.sentence.span.start
        for mention in self.at.values():
            start = mention.span.start - self.sentence.span.start
            if 0 < start - end < 24 and mention.actors[0].kind == "state" and mention.via == "name":
                if _REST.fullmatch(self.sentence.text[end:start]):
                    return [mention]
        return []

    def _beside(self, token: Token, mention: Mention) -> list[Mention]:
        """The first of two people whom a parser took for one: "Secretary Hale and Cabinet Secretary Omondi"."""
        if mention.actors[0].kind != "person":
            return []
        heads = [c for c in token.children if c.dep_ in ("compound", "nmod") and c.i < token.i]
        heads += [c for head in heads for c in head.children if c.dep_ == "compound"]
        others = [self.at[c.i] for c in heads if c.i in self.at and self.at[c.i].actors[0].kind == "person"]
        return [other for other in others if not other.span.overlaps(mention.span)]

    def _joined_inside(self, token: Token, mention: Mention) -> list[Mention]:
        """Whoever a parser joins to the end of a name: "the United States of America and the Republic of Ghana"."""
        found: list[Mention] = []
        if mention.actors[0].kind != "state":
            return found
        for prep in token.children:
            for word in under(prep) if prep.dep_ == "prep" and prep.lower_ == "of" else ():
                if self._inside.get(word.i) is mention:
                    found += [m for t in conjuncts(word) if t.i != word.i for m in self.direct(t)]
        return found

    def _listed(self, token: Token) -> list[Mention]:
        """Those whom a nameless group is said to include: "nine states, including Cuba, Laos and Togo"."""
        found: list[Mention] = []
        for prep in token.children:
            such = prep.lower_ == "as" and any(c.lower_ == "such" for c in prep.children)
            if prep.i > token.i and (such or prep.lower_ == "including"):
                for child in under(prep):
                    found += self.direct(child)
        return [mention for mention in found if mention.codes]

    def possessor(self, token: Token) -> list[Mention]:
        """Whose it is: "Israel's raid", "the Israeli raid", "the raid by Israel", "the arrest of a journalist"."""
        found = []
        for child in token.children:
            if child.dep_ in ("poss", "compound", "amod", "nmod") and child.i < token.i:
                for item in conjuncts(child):
                    mention = self.mention(item)
                    if mention is not None:
                        found += [*self._hyphened(mention), mention]
        return _unique(found)

    def _hyphened(self, mention: Mention) -> list[Mention]:
        """Those who are joined to a name by hyphens: "Chad-Mali-Niger cooperation"."""
        found: list[Mention] = []
        while True:
            start = mention.span.start - self.sentence.span.start
            before = [m for m in self.at.values() if m.span.end == mention.span.start - 1]
            if not before or self.sentence.text[start - 1 : start] not in ("-", "–", "/"):
                return found
            mention = before[0]
            found.insert(0, mention)

    def under(self, token: Token, names: Iterable[str]) -> list[Mention]:
        """The actors under the first of some prepositions after a noun that has any."""
        for name in names:
            found: list[Mention] = []
            for prep in token.children:
                if prep.dep_ in ("prep", "agent") and prep.lower_ == name:
                    for child in under(prep):
                        found += self.direct(child)
            if found:
                return _unique(found)
        return []

    def deep(self, token: Token) -> list[Mention]:
        """The actors that a noun is, else its possessor, else whoever stands under its prepositions."""
        found = self.direct(token)
        if any(mention.codes for mention in found):
            return found
        owner = self.possessor(token)
        if owner:
            return owner
        for name in _OF:
            # "detained the owner of Harbour Lodge": of a name that no list has, it is not known to be anybody
            below = _known(self.under(token, (name,)))
            if name == "in" and _PAPERS & set(noun_classes().get(token.lemma_.lower(), ())):
                # "signed a treaty in Washington", "held talks in Beijing": where, not with whom
                below = [mention for mention in below if mention.via not in ("city", "capital")]
            if below:
                return below
        for prep in token.children:
            if prep.dep_ == "prep":
                for child in prep.children:
                    if child.dep_ == "pobj" and not _is_aside(child, token):
                        inner = _known(self.possessor(child) or self.under(child, _OF))
                        if inner:
                            return inner
        return found

    def slot(self, name: str, own: Clause, last: str | None = None) -> list[Mention]:
        """The actors in one slot of a clause; last is the preposition that ends a phrasal verb."""
        tokens: list[Token] = []
        if name == "subject":
            return self._each(own.subjects, self.deep)
        if name == "object":
            tokens = own.objects or (own.preposition(last) if last else [])
            return self._each(tokens, self.deep if tokens and not self._each(tokens, self.direct) else self.direct)
        if name == "dative":
            return self._each(own.datives, self.direct)
        if name == "possessor":
            for token in own.objects or (own.preposition(last) if last else []):
                found = _known(self.possessor(token) or self.under(token, ("of", "by", "from", "against", "on")))
                if found:
                    return found
            return []
        if name == "complement":
            return self.complement(own)
        if name == "ends":
            return [m for token in own.subjects for m in self.ends(token)]
        if name == "aim":
            return self._each(aimed_at(own), self.deep)
        return self._each(own.preposition(name), self.deep)

    def wielders(self, own: Clause) -> list[Mention]:
        """Whose subject it is, where the subject is a thing: "US drone attacks killed", "Israeli jets bombed"."""
        found: list[Mention] = []
        for token in own.subjects:
            direct = [m for m in self.direct(token) if m.codes]
            near = [m for m in self.possessor(token) if m not in direct]
            of = self.under(token, ("of", "by", "from")) if not direct and not near else []
            found += direct or near or of or self._within(token)
        return _unique(found)

    def ends(self, token: Token) -> list[Mention]:
        """The states that a thing joins: "the line from Chad to Mali", "the bridge between them", "Chad-Mali road"."""
        found = self.under(token, ("between",)) or self.under(token, ("from",))
        for prep in token.subtree:
            if prep.dep_ == "prep" and prep.lower_ in ("to", "into") and prep.i > token.i:
                found = [*found, *(m for child in under(prep) for m in self.direct(child))]
        found = [*self.possessor(token), *found]
        return _unique([m for m in found if m.codes and m.actors[0].kind in ("state", "body")])

    def _within(self, token: Token) -> list[Mention]:
        """Actors among the words before a noun ("recent US drone attacks")."""
        before = [c for c in token.children if c.dep_ in ("compound", "amod", "nmod") and c.i < token.i]
        found = [m for child in before for inner in child.subtree if (m := self.mention(inner)) is not None and m.codes]
        return _unique(found)

    def complement(self, own: Clause) -> list[Mention]:
        """Who acts in the clause below, else to whom it is done there.

        What is denied is denied to somebody else: in "Chad denied that it had agreed with Mali", "it" is Chad again.
        """
        acting = self._each(own.subjects, self.deep)
        taken = {m.span for m in acting}
        denied = own.verb.lemma_.lower() in senses()["denying"]
        codes = {code for m in acting for code in m.codes} if denied else set()
        spare: list[Mention] = []
        for verb in [*own.complements, *(verb for _, verb in own.gerunds)]:
            below = clause(verb)
            groups = [below.subjects, below.objects, below.datives, *below.preps.values()]
            for lower in (clause(inner) for inner in below.complements):
                groups += [lower.subjects, lower.objects, lower.datives, *lower.preps.values()]
            for tokens in groups:
                found = [m for m in self._each(tokens, self.deep) if m.span not in taken]
                for each in (found, self.hosts(tokens) if denied else []):
                    if any(not (m.codes and set(m.codes) <= codes) for m in each):
                        return each
                spare = spare or found
        return spare

    def hosts(self, tokens: Iterable[Token]) -> list[Mention]:
        """The states to which envoys are sent: "its ambassador in Oslo", "the envoy to Norway"."""
        posted = [token for token in tokens if token.lemma_.lower() in senses()["envoys"]]
        return [m for m in self._each(posted, lambda token: self.under(token, ("in", "to"))) if m.codes]

    @staticmethod
    def _each(tokens: Iterable[Token], how: object) -> list[Mention]:
        found: list[Mention] = []
        for token in tokens:
            found += how(token)  # type: ignore[operator]
        return _unique(found)

    def recipients(
        self, slots: Sequence[str], own: Clause, actors: Sequence[Mention], last: str | None, fallback: bool = True
    ) -> list[Mention]:
        """The other side of an act: the first slot of the frame, then of the usual ones, that gives somebody else."""
        taken = {mention.span for mention in actors}
        order = [*slots, *(name for name in _FALLBACK if fallback and name not in slots)]
        spare: list[Mention] = []
        codes = {code for mention in actors for code in mention.codes}
        for name in order:
            found = [m for m in self.slot(name, own, last) if m.span not in taken]
            if any(m.codes and not self._is_self(m, codes, name) for m in found):
                return found
            spare = spare or found
        if spare and any(m.codes for m in spare):
            return spare
        return (
            self._buried([*own.objects, *(t for name in order for t in own.preposition(name))], taken, codes, own)
            or spare
        )

    @staticmethod
    def _is_self(mention: Mention, codes: set[str], slot: str) -> bool:
        """Whether the other side is only the actor's own state once more: "conveyed Russia's admiration for"."""
        own = bool(mention.codes) and set(mention.codes) <= codes
        return own and (slot == "possessor" or mention.actors[0].kind == "state")

    def _buried(self, tokens: Iterable[Token], taken: set[Span], codes: set[str], own: Clause) -> list[Mention]:
        """Somebody else deep inside an object: "gratitude for the support they received from China"."""
        for token in tokens:
            # the clause itself may stand inside: "the reporter, who was abducted by soldiers"
            chain = {own.verb.i, *(t.i for t in own.verb.ancestors)}
            inside = {t.i for c in token.children if token.i in chain and c.i in chain for t in c.subtree}
            for inner in token.subtree:
                if inner.i in inside or _is_aside(inner, token) or _is_told_of(inner, token):
                    continue
                mention = self.at.get(inner.i)
                if mention is not None and mention.span not in taken and set(mention.codes) - codes:
                    if mention.via != "city" and inner.head.lower_ not in ("in", "at", "near"):
                        others = [m for m in self.direct(inner) if m.span not in taken and set(m.codes) - codes]
                        return others or [mention]
        return []


def _is_aside(token: Token, top: Token) -> bool:
    """Whether a noun only says amid what something is: "stands with them in the face of Chinese pressure"."""
    words = senses()
    while token.i != top.i and token.head.i != token.i:
        if token.lower_ in words["aside in"] and token.head.lower_ == "in":
            return True
        token = token.head
        if token.dep_ == "prep" and token.lower_ in words["aside"]:
            return True
    return False


def _known(mentions: Iterable[Mention]) -> list[Mention]:
    """Those of whom something is known beside a name."""
    return [m for m in mentions if m.codes or m.actors[0].sector or m.via != "entity"]


def _is_told_of(token: Token, top: Token) -> bool:
    """Whether a noun stands in what a relative clause says a thing is: "a region, which is vital to Mali"."""
    while token.i != top.i and token.head.i != token.i:
        subject = any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in token.children)
        if token.dep_ == "relcl" and token.lemma_ == "be" and subject:
            return True
        token = token.head
    return False


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    seen: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.span.start, mention.span.end), mention)
    return list(seen.values())


def joined(first: Sequence[Mention], second: Sequence[Mention]) -> list[Mention]:
    """The first, and those of the second that stand elsewhere."""
    seen = {m.span for m in first}
    return [*first, *(m for m in second if m.span not in seen)]
