"""The clauses of a sentence: for each verb its logical subjects, objects, prepositions and complements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from communique.code import lexicon
from communique.syntax import conjuncts, remembered, under
from communique.tree import Span, Token

# verbs whose object does what the complement says: "urged Iran to stop"
OBJECT_CONTROL = frozenset(
    "urge ask tell order call press push pressure force compel allow permit enable help let make encourage persuade "
    "convince invite want require request beg implore warn instruct direct command authorise authorize lead cause "
    "oblige tempt advise remind challenge summon get have believe consider accuse expect see hear watch".split()
)
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_VERBAL = frozenset({"VERB", "AUX"})
_ENDS = frozenset((".", "!", "?", "…", '"', "”", ":", ";"))  # of a sentence that is no headline
# relations of what may belong to a phrasal verb or a fixed phrase
_FIXED = frozenset("prt prep agent advmod acomp dobj attr dative oprd nsubjpass npadvmod".split())


@dataclass(slots=True)
class Clause:
    """One verb and what belongs to it, with passives turned round: subjects act, objects undergo."""

    verb: Token
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    preps: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False
    complements: list[Token] = field(default_factory=list)
    gerunds: list[tuple[str, Token]] = field(default_factory=list)
    predicates: list[Token] = field(default_factory=list)
    words: frozenset[str] = frozenset()

    def preposition(self, name: str) -> list[Token]:
        """The nouns under a preposition of the clause."""
        return self.preps.get(name, [])


@remembered
def clause(verb: Token) -> Clause:
    """The clause of a verb."""
    found = Clause(verb)
    found.passive = _is_passive(verb)
    found.subjects = subjects(verb)
    found.objects = [t for t in objects(verb) if not _belongs_below(t, verb)]
    for child in verb.children:
        if child.dep_ == "dative":
            targets = [child] if child.pos_ != "ADP" else [c for c in child.children if c.dep_ == "pobj"]
            found.datives.extend(t for target in targets for t in conjuncts(target))
        elif child.dep_ in ("prep", "prt", "advmod") and child.pos_ in ("ADP", "SCONJ", "ADV"):
            _add_prep(found, child)
        elif child.dep_ in ("xcomp", "ccomp"):
            found.complements.append(child)
        if (
            child.dep_ in ("acomp", "attr", "oprd", "xcomp") and child.pos_ in ("ADJ", "NOUN")
        ) or child.dep_ == "acomp":
            found.complements.extend(
                c for c in child.children if c.dep_ in ("xcomp", "ccomp", "acl") and c.tag_ == "VB"
            )
    for noun in [*found.objects, *(c for c in verb.children if c.dep_ in ("attr", "oprd", "acomp"))]:
        for child in noun.children:
            if child.dep_ == "prep":
                _add_prep(found, child)
            elif child.dep_ == "acl" and child.tag_ == "VB":
                found.complements.append(child)  # "readiness to enhance", "plans to visit"
    _add_predicates(found)
    found.words = _words(verb)
    return found


def _belongs_below(token: Token, verb: Token) -> bool:
    """Whether a parser hung on a verb what an infinitive behind it lists: "met him to discuss trade, Mali's pledge"."""
    if token.i < verb.i or not any(c.dep_ == "prep" and verb.i < c.i for c in verb.children):
        return False
    return any(
        c.dep_ in ("advcl", "xcomp")
        and c.tag_ == "VB"
        and verb.i < c.i < token.i
        and any(t.tag_ == "TO" for t in c.lefts)
        for c in verb.children
    )


def _add_predicates(found: Clause) -> None:
    """What an object is called, found or declared: "called him a liar", "found the officer guilty"."""
    for child in found.verb.children:
        if child.dep_ == "oprd":
            named = found.verb.lemma_ == "call" and child.pos_ == "PROPN" and not found.passive
            if named and not found.objects:
                found.objects.extend(conjuncts(child))  # "called Prime Minister Sato": by telephone
            else:
                found.predicates.append(child)
        elif child.dep_ == "ccomp" and child.pos_ in ("ADJ", "NOUN") and child.tag_ != "VB":
            # a small clause: no verb of its own
            own = [c for c in child.children if c.dep_ == "nsubj"]
            if own and not any(c.dep_ in ("aux", "cop", "mark") for c in child.children):
                found.predicates.append(child)
                found.objects.extend(t for c in own for t in conjuncts(c))
        elif child.dep_ == "dobj":
            for other in child.children:
                between = other.doc[child.i + 1 : other.left_edge.i]
                close = other.dep_ == "appos" and not any(token.is_punct for token in between)
                if close and any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in other.children):
                    found.predicates.append(other)


def _add_prep(found: Clause, prep: Token) -> None:
    name = prep.lower_
    if name == "in" and any(child.lower_ in lexicon.senses()["aside in"] for child in prep.children):
        return  # "in the face of Chinese pressure" tells only amid what
    for child in under(prep):
        if not _is_time(child):
            found.preps.setdefault(name, []).extend(conjuncts(child))
    for child in prep.children:
        if child.dep_ == "pcomp":
            found.gerunds.append((name, child))
        elif child.dep_ == "prep":
            for inner in under(child):
                found.preps.setdefault(child.lower_, []).extend(conjuncts(inner))
                found.preps.setdefault(f"{name} {child.lower_}", []).extend(conjuncts(inner))
    for child in prep.children:
        if child.dep_ == "conj" and child.pos_ == "ADP":
            _add_prep(found, child)


def _is_time(token: Token) -> bool:
    """Whether a noun under a preposition is a date: "called him a fool on Tuesday" does not call on anybody."""
    return token.ent_type_ in ("DATE", "TIME") and token.ent_iob_ in ("B", "I")


def _words(verb: Token) -> frozenset[str]:
    """The small words and fixed nouns around a verb, for phrasal frames."""
    found = set()
    for child in verb.children:
        if child.dep_ == "prep" and any(_is_time(noun) for noun in under(child)):
            continue
        if child.dep_ in _FIXED:
            found |= {child.lower_, child.lemma_.lower()}
            for inner in child.children:
                if inner.dep_ in ("prep", "prt", "pobj"):
                    found |= {inner.lower_, inner.lemma_.lower()}
                    if inner.dep_ == "prep":
                        found |= {c.lemma_.lower() for c in inner.children if c.dep_ == "pobj"}
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    if following is not None and following.pos_ in ("ADP", "ADV", "PART") and not any(map(_is_time, under(following))):
        found.add(following.lower_)
    return frozenset(found)


def _is_passive(verb: Token) -> bool:
    if any(c.dep_ in _PASSIVE_SUBJECTS or c.dep_ == "auxpass" for c in verb.children):
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "conj" and verb.lemma_.lower() in lexicon.senses()["undergone"]:
        # "was abducted and killed": the tagger takes the second participle for a plain past
        return _is_passive(verb.head) and not any(c.dep_ in ("nsubj", "aux", "dobj") for c in verb.children)
    if verb.tag_ == "VBD" and verb.dep_ == "ROOT" and verb.lemma_.lower() in lexicon.senses()["undergone"]:
        # a headline, "Minister arrested on suspicion of fraud": taken for a plain past, but nobody is arrested by him
        bare = not any(c.dep_ in ("aux", "dobj", "ccomp", "dative") for c in verb.children)
        return bare and verb.doc[-1].text not in _ENDS
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "advcl", "amod"):
        return not any(c.dep_ == "aux" for c in verb.children) and not any(c.dep_ == "dobj" for c in verb.children)
    if verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "aux") for c in verb.children):
        return verb.head.pos_ in _VERBAL and verb.head.tag_ == "VBN" and _is_passive(verb.head)
    # a headline: "Two journalists arrested in Minsk", "Summit called off"
    return verb.dep_ == "ROOT" and not any(c.dep_ in ("aux", "dobj") for c in verb.children)


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does it: the own subject, the agent of a passive, or whoever the clause above lends."""
    if _is_passive(verb):
        found = []
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                found += [t for c in under(child) for t in conjuncts(c)]
        return found
    own = _own(verb, _SUBJECTS)
    if own:
        return own
    return _borrowed(verb, depth)


def objects(verb: Token, depth: int = 0) -> list[Token]:
    """Whom it is done to: the direct object, or the subject of a passive."""
    if _is_passive(verb):
        own = _own(verb, _PASSIVE_SUBJECTS) or _own(verb, _SUBJECTS)
        if own:
            return own
        if verb.dep_ in ("acl", "relcl", "amod"):
            return [verb.head]
        if depth < 6 and verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in _VERBAL:
            above = verb.head
            return objects(above, depth + 1) if _is_passive(above) else subjects(above, depth + 1)
        return []
    found = [t for c in verb.children if c.dep_ == "dobj" for t in conjuncts(_antecedent(c))]
    where = any(c.tag_ == "WRB" for c in verb.children)  # "in Geneva, where they met": nobody met Geneva
    if (
        not found
        and not where
        and verb.dep_ == "relcl"
        and _own(verb, _SUBJECTS)
        and verb.head not in _own(verb, _SUBJECTS)
    ):
        if not any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in verb.children):
            return [verb.head]
    return found


def _own(verb: Token, kinds: frozenset[str]) -> list[Token]:
    return [t for c in verb.children if c.dep_ in kinds for t in conjuncts(_antecedent(c))]


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.lower_ in ("who", "which", "that", "whom") and token.head.dep_ == "relcl":
        return token.head.head
    if token.lower_ in ("who", "which", "that") and token.head.head.dep_ == "relcl":
        return token.head.head.head
    return token


def _borrowed(verb: Token, depth: int) -> list[Token]:
    """The subject that a clause without one takes from the clause above."""
    above = verb.head
    if depth > 6 or above.i == verb.i:
        return []
    if verb.dep_ == "conj" and above.pos_ in _VERBAL:
        if _is_passive(above):
            return objects(above, depth + 1)
        return subjects(above, depth + 1)
    if verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ") and above.dep_ in ("dobj", "pobj", "conj", "attr"):
        # joined to a noun by mistake: "helps farmers and works with Malawi"
        higher = next((token for token in above.ancestors if token.pos_ in _VERBAL), None)
        if higher is not None and higher.tag_ == verb.tag_:
            return objects(higher, depth + 1) if _is_passive(higher) else subjects(higher, depth + 1)
    if verb.dep_ == "xcomp" and above.pos_ in (*_VERBAL, "ADJ"):
        if above.lemma_ in OBJECT_CONTROL or _is_passive(above):
            undergo = objects(above, depth + 1) or [
                t for c in above.children if c.dep_ == "dative" for t in ([c] if c.pos_ != "ADP" else [])
            ]
            if not undergo:
                undergo = [
                    t for c in above.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj" for t in [p]
                ]
            if undergo:
                return undergo
        return subjects(above if above.pos_ != "ADJ" else above.head if above.dep_ == "acomp" else above, depth + 1)
    if (
        verb.dep_ == "pcomp"
        and verb.head.lower_ == "for"
        and verb.head.head.lemma_.lower() in lexicon.senses()["judged"]
    ):
        return objects(verb.head.head, depth + 1)  # "thanked Qatar for freeing them"
    if verb.dep_ in ("advcl", "ccomp", "pcomp", "parataxis", "dep") and not _finite(verb):
        while above.pos_ not in _VERBAL and above.head.i != above.i:
            above = above.head
        if above.pos_ in _VERBAL and above.i != verb.i:
            return objects(above, depth + 1) if _is_passive(above) else subjects(above, depth + 1)
    if verb.dep_ in ("relcl", "acl"):
        if verb.tag_ == "VBG" or verb.dep_ == "relcl":
            return [above]
        return _noun_owner(above, depth)
    return []


def _noun_owner(noun: Token, depth: int) -> list[Token]:
    """Whose decision, plan or threat it is to do something: the possessor, or the subject of the verb above."""
    own = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod") and c.text[:1].isupper()]
    if own:
        return own
    if noun.dep_ in ("dobj", "attr", "pobj", "conj"):
        above = noun.head
        while above.pos_ not in _VERBAL and above.head.i != above.i:
            above = above.head
        if above.pos_ in _VERBAL:
            return subjects(above, depth + 1)
    return []


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP", "MD") and any(c.dep_ in _SUBJECTS for c in verb.children)


def verbs(syntax: Span) -> Iterator[Token]:
    """The full verbs of a sentence, in order."""
    for token in syntax:
        # a participle before its noun describes it: "US-backed fighters", "exiled leaders"
        if token.pos_ in _VERBAL and token.dep_ not in ("aux", "auxpass", "amod", "compound"):
            yield token


_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "till", "provided", "providing"})


def is_condition(verb: Token) -> bool:
    """Whether a verb stands in a clause that says on what condition or until when something holds."""
    token = verb
    for _ in range(6):
        if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in token.children):
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def is_background(verb: Token) -> bool:
    """Whether a verb only describes somebody in passing: "farmers who stormed a court", "forces backed by Russia"."""
    token = verb
    for _ in range(8):
        if token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBG", "VBD")):
            return True
        if token.head.i == token.i or token.dep_ in ("ccomp", "parataxis"):
            return False
        token = token.head
    return False


def is_named(verb: Token) -> bool:
    """Whether a gerund only says what a noun is about: "warnings against aiding Russia", "the risk of attacking"."""
    above = verb.head
    about = verb.dep_ == "pcomp" and above.lower_ in ("against", "of", "for", "about", "on", "from", "to")
    return about and above.dep_ == "prep" and above.head.pos_ == "NOUN"


def aim(own: Clause) -> Token | None:
    """The infinitive that says what a clause's act is for: "sent jets to bomb the camp"."""
    for holder in (own.verb, *own.objects):
        for child in holder.children:
            if child.dep_ in ("advcl", "xcomp", "acl", "relcl") and child.tag_ == "VB":
                if any(c.tag_ == "TO" for c in child.children):
                    return child
    return None


def aimed_at(own: Clause) -> list[Token]:
    """The objects of that infinitive."""
    purpose = aim(own)
    return [c for c in purpose.children if c.dep_ == "dobj"] if purpose is not None else []


_FUTURE = frozenset({"will", "'ll", "shall", "wo"})


def modal(verb: Token) -> str | None:
    """The modal of a verb, or "future" for going to and be to; None for plain facts."""
    for child in verb.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            return str(child.lower_.replace("’", "'"))
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "go" and verb.head.tag_ == "VBG":
        return "will"
    if verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon.senses()["goes on"]:
        above = modal(verb.head)
        return above if above in _FUTURE else None
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.head.pos_ == "AUX":
        return "will"
    if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL and not any(c.dep_ in _SUBJECTS for c in verb.children):
        return modal(verb.head)
    return None


def negated(verb: Token) -> bool:
    """Whether the verb itself is negated ("did not", "never", "no longer", "neither")."""
    if any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "hardly") for c in verb.children):
        return True
    return any(
        c.dep_ in ("nsubj", "nsubjpass", "dobj")
        and any(d.lower_ in ("no", "neither") for d in c.children if d.dep_ == "det")
        for c in verb.children
    )
