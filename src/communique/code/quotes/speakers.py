"""Who speaks: the subject of a cue, as a participant; nameless speakers keep their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from communique.code.clauses import clause
from communique.code.quotes.page import Draft, Paragraph
from communique.code.quotes.words import sectors
from communique.model import Actor, Mention, Participant, Span, participants
from communique.tree import Token

_PERSON = frozenset({"he", "she", "him", "her", "i", "me"})
_MANY = frozenset({"they", "them", "we", "us", "both", "many", "some", "others", "all", "most", "few", "several"})
_OWN = {"his": "he", "her": "she", "their": "they", "its": "it"}
# what hangs on a name and is not part of it
_LOOSE = frozenset({"relcl", "appos", "acl", "advcl", "cc", "conj", "punct", "parataxis", "ccomp", "dep", "npadvmod"})
_NOBODY = frozenset({"it", "there", "that", "this", "which", "what", "who", "these", "those"})


@dataclass(slots=True)
class Memory:
    """The last speakers of an article: of "he said", "they said" and "it said"."""

    person: Actor | None = None
    many: Actor | None = None
    thing: Actor | None = None
    # each of those who spoke together, by the actor that stands for them all
    parts: dict[Actor, tuple[Participant, ...]] = field(default_factory=dict)

    def note(self, who: Participant, token: Token) -> None:
        """Remember who spoke just now."""
        if who.actor.name is None and who.actor.code is None:
            return
        if who.actor in self.parts:
            self.many = who.actor
        elif who.actor.kind == "person" or (token.ent_type_ == "PERSON") or who.actor.office:
            self.person = who.actor
        elif token.tag_ in ("NNS", "NNPS"):
            self.many = who.actor
        elif token.pos_ == "NOUN" and sectors().get(token.lemma_.lower()) and who.actor.kind in ("unknown", "people"):
            self.person = who.actor
        else:
            self.thing = who.actor

    def recall(self, token: Token) -> Actor | None:
        """Whom a pronoun means as a speaker."""
        word = token.lower_
        word = _OWN.get(word, word)
        if word in _PERSON:
            return self.person
        if word == "they":
            return self.many or self.thing
        return self.thing if word == "it" else None


def subject(verb: Token) -> Token | None:
    """The token that names who does the verb's speaking; None for passives without agent and for clauses without."""
    found = clause(verb).subjects
    for token in found:
        if token.i == verb.i:
            continue
        if token.lower_ in ("who", "which", "that") and token.head.dep_ == "relcl":
            return token.head.head
        return token
    return None


def name(token: Token) -> tuple[int, int]:
    """The noun phrase of a token as token indices [start, end), without what merely hangs on it."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.dep_ in _LOOSE or (child.dep_ == "prep" and child.lower_ not in ("of", "for", "from", "in", "at")):
            continue
        if child.i < token.i and child.right_edge.i < token.i:
            start = min(start, child.left_edge.i)
        elif child.dep_ == "prep" and child.left_edge.i == end and child.right_edge.i - token.i < 12:
            end = max(end, child.right_edge.i + 1)
        elif child.dep_ in ("nummod", "flat", "nmod", "case", "amod") and child.i == end:
            end = child.i + 1
    doc = token.doc
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > token.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    # marks inside a name ("the “gang of eight”") stay; a cut at a quotation mark would not
    return start, end


def participant(page: Paragraph, token: Token, memory: Memory) -> Participant | None:
    """The actor that a token names; somebody without a code where the actors of the sentence do not hold it.

    Several names joined by "and" are one group; each of them is kept in the memory's parts.
    """
    tokens = joined(page, token)
    named = [who for one in tokens if (who := _one(page, one, memory)) is not None]
    if len(named) < 2 or len({who.actor for who in named}) < 2:
        return named[0] if named else None
    last = name(tokens[-1])[1]
    words = page.span(page.doc[name(token)[0]].idx, page.doc[last - 1].idx + len(page.doc[last - 1]))
    text = words.cut(" " * page.offset + page.doc.text)
    return _group(named, text, named[0].via, words, min(who.confidence for who in named), memory)


def joined(page: Paragraph, token: Token) -> list[Token]:
    """A speaker and those who stand beside it with "and": "China and Russia", "Ms A, Mr B and the envoy".

    A second name that only describes the first ("Japan's minister and envoy Sato") is not another speaker.
    """
    found = [token]
    below = token
    for _ in range(6):
        after = next((c for c in below.children if c.dep_ == "conj" and c.i > below.i), None)
        if after is None or not _speaks(page, after) or after.head.i != below.i:
            break
        between = page.doc[below.i + 1 : after.left_edge.i]
        if any(t.pos_ in ("VERB", "AUX") or t.lower_ in ("or", "but", "nor", "not") for t in between):
            break
        found.append(after)
        below = after
    if len(found) == 2 and token.pos_ == "NOUN" and _title(found[1]):
        return found[:1]  # "the president and founder Sato" is one
    if len(found) > 1 and not any(t.lower_ in ("and", "&") for t in page.doc[found[-2].i : found[-1].i]):
        return found[:1]
    return found


def _speaks(page: Paragraph, token: Token) -> bool:
    if token.i in page.mentions or token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    # without a word of its own before it, it goes on with the same person: "president and founder"
    own = any(c.dep_ in ("det", "poss", "nummod") for c in token.children)
    return own and token.lemma_.lower() in sectors()


def _title(token: Token) -> bool:
    """Whether a name follows its title without an article: "founder Sato"."""
    first = token.left_edge
    return token.ent_type_ == "PERSON" and first.i < token.i and first.pos_ == "NOUN" and first.is_lower


def _one(page: Paragraph, token: Token, memory: Memory) -> Participant | None:
    mention = _mention(page, token)
    if mention is not None and any(actor.code or actor.name for actor in mention.actors):
        return _whole(page, _known(mention, token, memory), token)
    if token.lower_ in _NOBODY and not (token.lower_ == "it" and memory.thing):
        return None
    start, end = name(token)
    doc = page.doc
    words = page.span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    text = doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])]
    if token.pos_ == "PRON" or token.tag_ == "PRP$":
        actor = memory.recall(token)
        return Participant(actor or Actor(None, (), text), text, "pronoun", words, (), 0.7 if actor else 0.4)
    sector = sectors().get(token.lemma_.lower())
    owner = next(
        (m for c in token.children if c.dep_ in ("poss", "compound", "amod", "nmod") and (m := page.mentions.get(c.i))),
        None,
    )
    code = owner.codes[0] if owner is not None and len(owner.codes) == 1 and owner.actors[0].kind == "state" else None
    person = token.ent_type_ == "PERSON"
    actor = Actor(code, (sector,) if sector else (), text, kind="person" if person else "unknown")
    return Participant(actor, text, "entity" if token.ent_type_ else "description", words, (), 0.8)


def _whole(page: Paragraph, who: Participant, token: Token) -> Participant:
    """A described speaker with all of its words: "China's Ministry of Foreign Affairs"; experts speak for no state."""
    if who.via not in ("description", "nationality", "context") or who.span is None or who.actor.kind == "group":
        return who
    start, end = name(token)
    words = page.span(page.doc[start].idx, page.doc[end - 1].idx + len(page.doc[end - 1]))
    actor = who.actor
    if who.via == "context" and sectors().get(token.lemma_.lower()) in ("EDU", "JRN", "CVL"):
        actor = replace(actor, code=None, sector=(sectors()[token.lemma_.lower()],))
    if not words.covers(who.span) or words == who.span:
        return replace(who, actor=actor)
    text = words.cut(" " * page.offset + page.doc.text)
    return replace(who, actor=replace(actor, name=text), text=text, span=words)


def _known(mention: Mention, token: Token, memory: Memory) -> Participant:
    """The actor of a mention; several that speak together are a group."""
    found = participants([mention])
    if mention.via == "pronoun" and mention.confidence < 0.5:
        actor = memory.recall(token)
        if actor is not None:
            return Participant(actor, mention.text, "pronoun", mention.span, (), 0.7)
    if len(found) == 1:
        return found[0]
    return _group(found, mention.text, mention.via, mention.span, mention.confidence, memory)


def _group(
    found: Sequence[Participant], text: str, via: str, span: Span, confidence: float, memory: Memory
) -> Participant:
    """Those who speak together as one: with the code that all share, if any, and the names of all."""
    codes = {who.actor.code for who in found}
    names = list(dict.fromkeys(" ".join((who.actor.name or who.text).split()) for who in found))
    joint = Actor(
        codes.pop() if len(codes) == 1 else None,
        tuple(dict.fromkeys(sector for who in found for sector in who.actor.sector)),
        " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names),
        kind="group",
    )
    memory.parts[joint] = tuple(found)
    return Participant(joint, text, via, span, (), confidence)


def _mention(page: Paragraph, token: Token) -> Mention | None:
    """The mention that a token heads, or whose words it stands in as the head of a name or an apposition."""
    found = page.mentions.get(token.i)
    if found is not None:
        return found
    place = page.place(token)
    for mention in page.mentions.values():
        if mention.span.covers(place) and page.doc[mention.head].head.i != token.i:
            return mention
    for child in token.children:  # "the minister, Gao Feng, said": the name beside the office
        if child.dep_ == "appos" and child.i in page.mentions and child.ent_type_ == "PERSON":
            return page.mentions[child.i]
    return None


def source_span(draft: Draft) -> Span | None:
    """The words that name the speaker of a draft."""
    if draft.speaker is None:
        return None
    start, end = name(draft.speaker)
    doc = draft.page.doc
    return draft.page.span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
