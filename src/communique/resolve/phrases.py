"""From noun phrases to mentions: who a phrase stands for, by its names, nationalities, titles and head noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve import nouns, papers
from communique.resolve.ambiguity import settle
from communique.resolve.chains import chains
from communique.resolve.context import Context
from communique.resolve.gazetteer import Hit, dated, gazetteer, state_name
from communique.resolve.names import fold
from communique.resolve.persons import person_actor, surname_actor
from communique.resolve.titles import is_given, is_namesake
from communique.tree import Doc, Token

_LEFT = frozenset("amod compound poss nmod nummod npadvmod det appos advmod punct case conj cc prep pobj".split())
# sectors of nouns that a group's name before them makes more exact
_ARMED = frozenset({"UAF", "MIL", "REB", "GOV", "CVL", "ELI", "OPP"})
_STATE_VIA = frozenset({"name", "demonym", "capital", "seat", "city", "body", "nationality", "government"})


class Phrase:
    """A noun phrase under its head word: the names inside it and the words that say what it is."""

    def __init__(self, head: Token, hits: dict[int, Hit]) -> None:
        self.head = head
        self.left = list(_left_words(head))
        inside = {t.i for t in self.left} | {head.i}
        self.hits = [(i, hit) for i, hit in sorted(hits.items()) if i in inside]
        self.words = [*self.left, head]

    @property
    def lemmas(self) -> list[str]:
        """Folded lemmas, head last, without articles and numbers."""
        return [fold(t.lemma_) for t in self.words if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") or t.i == self.head.i]

    def start(self) -> int:
        """The first word of the phrase that is not an article."""
        for token in self.words:
            if token.pos_ not in ("DET", "PUNCT") and token.lower_ not in ("the", "a", "an", "'s", "’s"):
                return int(token.i)
        return int(self.head.i)


def is_stray_subject(token: Token) -> bool:
    """Whether a "subject" is a modifier: parsers see one in a bare phrase without a verb ("Boko Haram gunmen")."""
    return (
        token.dep_ == "nsubj"
        and token.head.pos_ == "NOUN"
        and token.i == token.head.i - 1
        and not any(c.pos_ in ("AUX", "VERB") for c in token.head.children)
    )


def _left_words(head: Token) -> Iterator[Token]:
    """The words before the head that belong to it, in order."""
    found: list[Token] = []
    stack = [t for t in head.lefts if t.dep_ in _LEFT or is_stray_subject(t)]
    while stack:
        token = stack.pop()
        found.append(token)
        stack.extend(t for t in token.children if t.dep_ in _LEFT and t.i < head.i)
    return iter(sorted(found, key=lambda t: t.i))


def find_hits(sentence: Sentence, context: Context) -> dict[int, Hit]:
    """The known names of a sentence by the index of their head token; spans are in the document's text."""
    found: dict[int, Hit] = {}
    doc = sentence.syntax.doc
    named = chains(sentence.text)
    for hit in gazetteer().hits(sentence.text):
        if hit.best.via in ("city", "capital", "name") and is_given(hit.span, named):
            continue
        if hit.best.person is not None and is_namesake(hit.span, hit.best.person.names, named, sentence.text):
            continue  # "Sheikh Khalifa Al Harthy" is not the Sheikh Khalifa of the tables
        span = Span(hit.span.start + sentence.span.start, hit.span.end + sentence.span.start)
        tokens = doc.char_span(span.start - sentence.offset, span.end - sentence.offset)
        if tokens is None:
            continue
        settled = settle(dated(replace(hit, span=span), context.latest), sentence, tokens.root, context)
        if settled is None or papers.is_surname_piece(settled, sentence, tokens.root):
            continue
        if not papers.is_first_name(settled, context):
            found[int(tokens.root.i)] = settled
    return found


def mention_of(head: Token, hits: dict[int, Hit], sentence: Sentence, context: Context) -> Mention | None:
    """The mention that a noun phrase makes, or None where it stands for nobody."""
    phrase = Phrase(head, hits)
    own = hits.get(head.i)
    several = nouns.reference()["several"].get(fold(head.text))
    if several is not None and head.text[:1].isupper() and (own is None or own.best.actor.code is None):
        # "the two Koreas"
        start, end = sentence.offset + head.idx, sentence.offset + head.idx + len(head)
        both = tuple(Actor(code, (), state_name(code), None, None, "state") for code in several)
        return Mention(Span(start, end), head.text, both, "name", (), 0.95, int(head.i))
    described = _describe(phrase, own, context)
    if described is None:
        return None
    actors, via, alternatives, confidence = described
    start, end = _bounds(phrase, own, sentence)
    span = Span(start, end)
    text = sentence.text[start - sentence.span.start : end - sentence.span.start]
    return Mention(span, text, actors, via, alternatives, confidence, int(head.i))


def _bounds(phrase: Phrase, own: Hit | None, sentence: Sentence) -> tuple[int, int]:
    doc = sentence.syntax.doc
    start = sentence.offset + doc[phrase.start()].idx
    end = sentence.offset + phrase.head.idx + len(phrase.head)
    if own is not None:
        if own.best.actor.kind == "state":
            return own.span.start, own.span.end
        start, end = min(start, own.span.start), max(end, own.span.end)
    return start, min(end, sentence.span.end)


def _describe(
    phrase: Phrase, own: Hit | None, context: Context
) -> tuple[tuple[Actor, ...], str, tuple[str, ...], float] | None:
    """Who the phrase is: actors, how decided, what else it could be, how sure."""
    former = any(fold(t.text) in nouns.reference()["former"] for t in phrase.words)
    states = _states(phrase, own)
    title = _title(phrase)
    if own is not None and own.best.person is not None:
        actor, alternatives, confidence = person_actor(own.best.person, title, context, former)
        codes = [state.code for state, _ in states if state.code]
        if codes and actor.code not in codes:
            # "UN mediator X": here the person acts for whom the text says
            actor = replace(actor, code=codes[0], office=title.office if title else None)
            alternatives = (str(own.best.actor.code), *alternatives)
        context.introduce(actor.name or "", actor, own.best.person)
        return (actor,), "name", alternatives, confidence
    if own is not None:
        return None if papers.is_brand(phrase.head, own) else _named(phrase, own, states)
    lemma = fold(phrase.head.lemma_)
    acts = nouns.is_actor_noun(lemma) or nouns.sector_of(phrase.lemmas) is not None
    if _is_abstract(phrase, states):
        return None
    # "Lenderking met officials": an unknown surname may look like any other word
    introduced = phrase.head.text[:1].isupper() and fold(phrase.head.text) in context.persons
    # "the Special Coordinator": a title alone is nobody's name
    titled = phrase.head.text[:1].isupper() and fold(phrase.head.text) in nouns.titles()
    acts = acts or (titled and all(_is_post(t, phrase) for t in phrase.words))
    if (phrase.head.pos_ == "PROPN" or introduced) and not acts:
        if papers.is_paper(head=phrase.head, words=phrase.words):
            return None
        return _unlisted(phrase, states, title, former, context)
    if not acts:
        return None
    return _common(phrase, states, title, former, context)


def _is_abstract(phrase: Phrase, states: list[tuple[Actor, str]]) -> bool:
    """Whether a noun is a thing here: "a measure of justice", "the authority granted to him", "Canada Day"."""
    lower = phrase.head.lower_
    if lower in nouns.reference()["no_surnames"]:
        return True
    tables = nouns.reference()
    if lower in tables["qualities"] and any(t.lower_ in tables["quality_words"] for t in phrase.left):
        return True
    bare = not states and not any(t.dep_ == "compound" for t in phrase.left)
    return bare and lower in nouns.reference()["abstract"] and phrase.head.text.islower()


def _named(
    phrase: Phrase, own: Hit, states: list[tuple[Actor, str]]
) -> tuple[tuple[Actor, ...], str, tuple[str, ...], float]:
    """A name from the gazetteer as head: "Russia", "the Kremlin", "China's Huawei"."""
    best = own.best
    alternatives = tuple(
        dict.fromkeys(e.actor.code or e.surface for e in own.entries[1:] if e.actor.code != best.actor.code)
    )
    actor = best.actor
    if states and (
        (actor.code is None and best.via in ("group", "nationality"))
        or (best.via == "group" and "PTY" in actor.sector and states[0][1] in ("name", "demonym"))
    ):
        # "Iraqi Kurds"; "New Zealand's Labour Party" is not the British one
        actor = replace(actor, code=states[0][0].code)
    if any(t.lower_ == "ethnic" for t in phrase.words) and best.via == "demonym":
        # ethnic Albanians are of the state that they live in, which the text says or not
        return (
            (Actor(None, ("CVL",), best.surface, None, None, "people"),),
            "nationality",
            (best.actor.code or "",),
            0.6,
        )
    return (actor,), best.via, alternatives, 1.0 if not alternatives else 0.8


def _unlisted(
    phrase: Phrase,
    states: list[tuple[Actor, str]],
    title: nouns.Title | None,
    former: bool,
    context: Context,
) -> tuple[tuple[Actor, ...], str, tuple[str, ...], float] | None:
    """A proper name that no list has: a surname of somebody known, or a new person or body."""
    name_words = [t for t in phrase.words if t.pos_ == "PROPN" and not _is_title_word(t, phrase)]
    hit_words = {i for i, _ in phrase.hits}
    name = " ".join(t.text for t in name_words if t.i not in hit_words) or phrase.head.text
    codes = tuple(dict.fromkeys(actor.code for actor, _ in states if actor.code))
    if phrase.head.ent_type_ in ("DATE", "TIME") and title is None and not codes:
        return None
    known = surname_actor(phrase.head.text, name, title, codes, context, former)
    if known is not None:
        return known
    sector: tuple[str, ...] = title.sector if title else ()
    if not sector:
        # "security chief Ann Li": what stands before the name says what somebody is
        named = {t.i for t in name_words}
        post = [fold(t.lemma_) for t in phrase.words if t.i not in named | hit_words and t.pos_ in ("NOUN", "ADJ")]
        word = nouns.sector_of(phrase.lemmas) or (nouns.sector_of(post) if post and name_words else None)
        sector = (word,) if word else ()
    person = title is not None or phrase.head.ent_type_ == "PERSON"
    if former and person:
        sector = ("ELI",)
    kind = "person" if person else "unknown"
    office = title.office if title and not former else None
    if (
        not codes
        and not person
        and phrase.head.ent_type_ in ("DATE", "TIME", "MONEY", "LANGUAGE", "CARDINAL", "ORDINAL")
    ):
        return None
    actors = tuple(Actor(code, sector, name, None, office, kind) for code in codes or (None,))  # type: ignore[arg-type]
    if person:
        context.introduce(name, actors[0], None)
    return actors, "title" if title else "entity", (), 0.8 if codes else 0.6


def _common(
    phrase: Phrase,
    states: list[tuple[Actor, str]],
    title: nouns.Title | None,
    former: bool,
    context: Context,
) -> tuple[tuple[Actor, ...], str, tuple[str, ...], float] | None:
    """A common noun: "the Turkish government", "Rwandan rebels", "the Chinese leader", "police"."""
    lemma = fold(phrase.head.lemma_)
    sector = nouns.sector_of(phrase.lemmas)
    if (
        sector is None
        and title is not None
        and phrase.head.text[:1].isupper()
        and fold(phrase.head.text) in nouns.titles()
    ):
        sector = title.sector[0]
    if sector is None and lemma in nouns.reference()["generic"] and not states:
        return None
    kinds = {via for _, via in states}
    sectors: tuple[str, ...] = (
        ("ELI",) if former and sector in ("GOV", "LEG", "MIL", "JUD") else (sector,) if sector else ()
    )
    groups = [actor for actor, via in states if via == "group"]
    if groups and (not sectors or (sector in _ARMED and "BUS" not in groups[0].sector)):
        sectors = groups[0].sector  # "Boko Haram gunmen" are Boko Haram
    if any(t.lower_ == "ethnic" for t in phrase.words):
        states = [(actor, via) for actor, via in states if via != "demonym"]
    codes = tuple(dict.fromkeys(actor.code for actor, _ in states if actor.code))
    office = title.office if title and not former else None
    words = " ".join(t.text for t in phrase.words if t.pos_ not in ("DET", "PUNCT"))
    if not codes:
        return (Actor(None, sectors, words, None, office, "office" if office else "people"),), "description", (), 0.6
    actors = tuple(_office_holder(code, sectors, words, office, lemma, context) for code in codes)
    via = (
        "description"
        if actors[0].name != words
        else "nationality"
        if kinds <= {"demonym", "nationality"}
        else "description"
    )
    return actors, via, (), 0.9


def _office_holder(
    code: str, sectors: tuple[str, ...], words: str, office: str | None, lemma: str, context: Context
) -> Actor:
    """ "The Chinese leader" is whoever held the office on the document's day, or was named in the article."""
    from communique.resolve.persons import holder_on

    holder = holder_on(code, office, lemma, context)
    if holder is not None:
        return replace(holder, sector=sectors or holder.sector)
    return Actor(code, sectors, words, None, office, "office" if office or sectors == ("GOV",) else "people")


def _is_title_word(token: Token, phrase: Phrase) -> bool:
    word = fold(token.text).rstrip(".")
    return (
        word in nouns.titles()
        or nouns.is_actor_noun(word)
        or word in ("foreign", "prime", "vice", "deputy", "mr", "mrs", "ms")
        or (word in nouns.reference()["portfolios"] and token.i < phrase.head.i and _title(phrase) is not None)
    )


def _is_post(token: Token, phrase: Phrase) -> bool:
    """Whether a word of a phrase is no name: a small word, a state's, or part of a title."""
    named = token.i in {i for i, _ in phrase.hits}
    return named or token.pos_ != "PROPN" or not token.text[:1].isupper() or _is_title_word(token, phrase)


def _title(phrase: Phrase) -> nouns.Title | None:
    """The longest title among the words of the phrase."""
    words = [fold(t.text).rstrip(".") for t in phrase.words]
    table = nouns.titles()
    for size in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            found = table.get(" ".join(words[start : start + size])) or table.get("-".join(words[start : start + size]))
            if found is not None:
                return found
    return None


def _states(phrase: Phrase, own: Hit | None) -> list[tuple[Actor, str]]:
    """The states and bodies that the phrase names beside its head, before it first, then after it."""
    # "Kyiv's allies" are of other states
    is_other = fold(phrase.head.lemma_) in nouns.reference()["neighbours"] | nouns.reference()["relations"]
    found = [
        (hit.best.actor, hit.best.via)
        for i, hit in phrase.hits
        if hit is not own
        and (hit.best.via in _STATE_VIA or hit.best.via == "group" or hit.best.person is not None)
        and not _is_posting(phrase, i)
        and not _is_stand(phrase.head.doc, i)
        and not (is_other and phrase.head.doc[i].dep_ == "poss")
    ]
    if any(via in ("name", "demonym") for _, via in found):
        # "the Serbian Labour Minister" has nothing of Britain's Labour
        found = [(actor, via) for actor, via in found if via != "group" or "PTY" not in actor.sector]
    return found


def _is_stand(doc: Doc, place: int) -> bool:
    """Whether a state is only whom somebody is for, against or helped by: "pro-Russian rebels", "Iran-backed"."""
    if place > 1 and doc[place - 1].text in "-–" and doc[place - 2].lower_ in ("pro", "anti"):
        return True
    after = doc[place + 2].lower_ if place + 2 < len(doc) and doc[place + 1].text in "-–" else ""
    return after in nouns.reference()["backed"]


def _is_posting(phrase: Phrase, place: int) -> bool:
    """Whether a state is where an envoy is sent: the second of "Omani Ambassador to the United States Ana Roth"."""
    before = [t for t in phrase.words if t.i < place]
    while before and (
        before[-1].pos_ in ("DET", "PROPN", "ADJ") and before[-1].lower_ not in nouns.reference()["envoys"]
    ):
        before.pop()
    if len(before) < 2 or before[-1].lower_ not in ("to", "for", "on"):
        return False
    return fold(before[-2].text) in nouns.reference()["envoys"]
