"""Whatever refers back ("he", "it", "the two countries", "the minister", "its army"), and what else it could be."""

from __future__ import annotations

from dataclasses import replace

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve import descriptions, pairs, pronouns, voice
from communique.resolve.context import Context, Group
from communique.resolve.discourse import (
    BODIES,
    Choice,
    Seen,
    clause_subjects,
    distinct,
    is_first_person,
    is_person,
    seen,
)
from communique.resolve.names import fold
from communique.resolve.nouns import is_actor_noun
from communique.resolve.nouns import reference as words
from communique.resolve.persons import holder_on
from communique.syntax import conjuncts, verb_of
from communique.tree import Token

# one person, who is not two
_SINGULAR = frozenset({"i", "me", "he", "him", "she", "her"})


def resolve(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """Adds mentions for pairs, pronouns, descriptions and counterparts; each says how, at a lower confidence."""
    voice.listen(sentence, context, found)
    marks = context.marks = voice.quoted(sentence, context)
    if any(marks) or context.quote_open:
        context.quoted = voice.speaker(sentence, found, marks) or context.quoted
    for token in sentence.syntax:
        mention = _mention_at(token, found, sentence, context, marks)
        if mention is not None:
            found[token.i] = mention
        elif _same_holder(token, found):
            found.pop(token.i)
    if marks:
        context.quote_open = marks[-1] and "”" not in sentence.text[-3:]
    if not any(marks):
        context.quoted = voice.speaker(sentence, found, marks) or context.quoted
    return found


def remember(found: dict[int, Mention], sentence: Sentence, context: Context) -> None:
    """Put a sentence that was read into the memory."""
    doc = sentence.syntax.doc
    here = pairs.groups(sentence, found)
    if not here and not context.groups:
        here = pairs.opening(sentence, found)
    heard = [
        seen(m, doc[i], sentence.sequence, voice.of_mention(m, sentence, context))
        for i, m in sorted(found.items())
        if m.actors
    ]
    context.note([*heard, *_couples(found, sentence, context)], here)
    subjects = [
        t
        for t in sentence.syntax
        if (t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT") or (t.dep_ == "ROOT" and t.pos_ == "NOUN")
    ]
    context.thing_before = bool(subjects) and all(
        t.i not in found and t.pos_ == "NOUN" and t.lemma_.lower() not in words()["speaking"] for t in subjects
    )
    context.things_before = context.thing_before and any(
        t.tag_ == "NNS" and not is_actor_noun(fold(t.lemma_)) for t in subjects
    )


def _couples(found: dict[int, Mention], sentence: Sentence, context: Context) -> list[Seen]:
    """Two of one state who stand together, whom "they" may mean: "the minister and our ambassador"."""
    doc = sentence.syntax.doc
    made = []
    for i, mention in sorted(found.items()):
        if doc[i].dep_ == "conj" and doc[i].head.i in found:
            continue
        both = [found[c.i] for c in conjuncts(doc[i]) if c.i in found]
        if len(both) < 2 or not all(is_person(one) and not is_first_person(one) for one in both):
            continue
        actors = tuple(dict.fromkeys(actor for one in both for actor in one.actors))
        if len(actors) > 1 and len({actor.code for actor in actors}) == 1 and actors[0].code:
            said = voice.of_mention(mention, sentence, context)
            made.append(replace(seen(replace(mention, actors=actors), doc[i], sentence.sequence, said), plural=True))
    return made


def _mention_at(
    token: Token, found: dict[int, Mention], sentence: Sentence, context: Context, marks: list[bool]
) -> Mention | None:
    if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "ADV"):
        return None
    own = found.get(token.i)
    pair = pairs.is_pair(token)
    if own is not None and own.codes and not pair:
        return None
    if not pair and not _refers(token, own):
        return None
    here = pairs.groups(sentence, found, token.i)
    speaks = _voice(token, found, sentence, context, marks)
    if pair:
        return _pair(token, own, sentence, context, found, speaks)
    lower = token.lower_
    if lower in ("bilateral", "bilaterally") and own is None:
        chosen = pairs.choose(token, here, context, sentence.sequence)
        actors = distinct(chosen[0]) if chosen else ()
        named = {code for i, m in found.items() if i < token.i for code in m.codes if code not in BODIES}
        if named and not named & {actor.code for actor in actors}:
            return None  # "Argentina's speaker is coming for bilateral talks" is not of the two who met before
        return _made(token, tuple(map(_bare, actors)), "pair", sentence, 0.6, ()) if len(actors) == 2 else None
    if own is None and fold(token.lemma_) in words()["bonds"]:
        return _bond(token, sentence, context, found)
    if _owns_deed(token):
        return _owner(token, found, sentence, context, marks, here)
    if token.pos_ == "PRON" and token.tag_ != "PRP$" and own is None:
        choice = pronouns.resolve(token, found, sentence, context, here, speaks)
        if choice is None or (lower in _SINGULAR and len(distinct(choice.mention.actors)) > 1):
            return None
        return _made(token, choice.mention.actors, "pronoun", sentence, choice.confidence, choice.others)
    if fold(token.lemma_) == "counterpart":
        return _counterpart(token, found, sentence, context)
    described = descriptions.resolve(token, found, sentence, context, here, speaks)
    if described is None:
        return None
    actors, others, sure = described
    made = _made(token, actors, "description", sentence, sure, others)
    return replace(own, actors=actors, via="description", alternatives=others, confidence=sure) if own else made


def _bond(token: Token, sentence: Sentence, context: Context, found: dict[int, Mention]) -> Mention | None:
    """ "our strategic partnership", "the relationship": of the last two who stood together, said by one of them."""
    told = any(c.dep_ == "prep" and c.lower_ in ("with", "between", "of", "to", "among", "for") for c in token.rights)
    if told or token.dep_ in ("compound", "nsubj") or any(t.i in found for t in token.subtree if t.i < token.i):
        return None
    group = context.group
    who = next((found[c.i] for c in verb_of(token).lefts if c.dep_ == "nsubj" and c.i in found), None)
    if who is None or len(group) != 2 or len(set(who.codes)) != 1 or who.codes[0] not in {a.code for a in group}:
        return None
    return _made(token, tuple(map(_bare, group)), "pair", sentence, 0.5, ())


def _same_holder(token: Token, found: dict[int, Mention]) -> bool:
    """Whether an office without an article is a second one of the person before: "the vice president and minister"."""
    own = found.get(token.i)
    if own is None or own.codes or own.via != "description" or own.actors[0].kind != "office":
        return False
    before = found.get(token.head.i) if token.dep_ == "conj" and token.tag_ in ("NN", "NNP") else None
    bare = not any(c.dep_ in ("det", "poss", "nummod") for c in token.lefts)
    return bare and before is not None and bool(before.codes) and bool(before.actors[0].office)


def _refers(token: Token, own: Mention | None) -> bool:
    """Whether a word can refer back at all: pronouns, definite and owned nouns, and what pairs do."""
    if token.pos_ == "PRON":
        return own is None and (token.tag_ != "PRP$" or _owns_deed(token))
    if token.lower_ in ("bilateral", "bilaterally") or fold(token.lemma_) == "counterpart":
        return True
    return descriptions.is_definite(token) or any(c.tag_ == "PRP$" for c in token.lefts)


def _owns_deed(token: Token) -> bool:
    """Whether a pronoun says whose deed a noun tells: "his talks with Rao", "its attack on Mali"."""
    return token.tag_ == "PRP$" and token.dep_ == "poss" and fold(token.head.lemma_) in words()["owned_deeds"]


def _owner(
    token: Token,
    found: dict[int, Mention],
    sentence: Sentence,
    context: Context,
    marks: list[bool],
    here: list[Group],
) -> Mention | None:
    """Whose deed a noun tells, by the pronoun before it; None where the clause itself says so."""
    if _before_subject(token) and fold(token.text) not in ("our", "my"):
        return None  # "In his first call with Cairo, President Rao": who is named next
    mine = _voice(token.head, found, sentence, context, marks)
    choice = pronouns.resolve(token, found, sentence, context, here, mine)
    if choice is None or not choice.mention.codes or len(distinct(choice.mention.actors)) > 1:
        return None
    told = any(set(choice.mention.codes) & set(m.codes) for i, m in found.items() if i < token.i)
    if told and token.head.dep_ not in ("nsubj", "nsubjpass"):
        return None  # "continued their attacks": by whom, the verb says
    return _made(token, choice.mention.actors, "pronoun", sentence, choice.confidence, choice.others)


def _before_subject(token: Token) -> bool:
    """Whether a phrase stands before the subject of its clause: "During her visit to Chad, Minister Rao said"."""
    verb = verb_of(token.head)
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.i > token.head.i for c in verb.children)


def _bare(actor: Actor) -> Actor:
    return pairs.as_state(actor)


def _pair(
    token: Token,
    own: Mention | None,
    sentence: Sentence,
    context: Context,
    found: dict[int, Mention],
    speaks: Choice | None,
) -> Mention | None:
    here = pairs.groups(sentence, found, token.i)
    if any(c.lower_ == "our" for c in token.lefts) and speaks is not None and speaks.mention.codes:
        mine = speaks.mention.codes[0]
        for group in [*reversed(here), *reversed(context.groups)]:
            if mine in {a.code for a in group.actors} and len(distinct(group.actors)) == 2:
                return _made(token, tuple(map(_bare, distinct(group.actors))), "pair", sentence, 0.7, ())
        partner = next((code for code, _ in context.states.most_common() if code != mine), None)
        if partner is not None:
            both = (speaks.mention.actors[0], Actor(partner))
            return _made(token, tuple(map(_bare, both)), "pair", sentence, 0.55, ())
    owner = next((c for c in token.lefts if c.tag_ == "PRP$" and c.lower_ == "their"), None)
    if owner is not None:
        choice = pronouns.resolve(owner, found, sentence, context, here, speaks)
        actors = distinct(choice.mention.actors) if choice else ()
        if choice is not None and len(actors) > 1:
            return _made(token, tuple(map(_bare, actors)), "pair", sentence, choice.confidence, choice.others)
        if choice is not None and set(choice.mention.codes) and set(choice.mention.codes) <= BODIES:
            return None  # "Nato leaders ... their countries"
    its = next((c for c in token.lefts if c.tag_ == "PRP$" and c.lower_ == "its"), None)
    whose = pronouns.resolve(its, found, sentence, context, here, speaks) if its is not None else None
    chosen = pairs.choose(
        token, here, context, sentence.sequence, whose.mention.codes[0] if whose and whose.mention.codes else None
    )
    if chosen is None:
        if own is None or own.codes:
            return None
        described = descriptions.resolve(token, found, sentence, context, here, speaks)
        return (
            replace(own, actors=described[0], via="description", alternatives=described[1], confidence=described[2])
            if described
            else None
        )
    actors, sure = chosen
    return _made(token, tuple(_in_office(actor, token, context) for actor in actors), "pair", sentence, sure, ())


def _in_office(actor: Actor, token: Token, context: Context) -> Actor:
    """ "The two presidents" are those of the two states, whoever spoke for them before."""
    title = fold(token.lemma_)
    if title not in words()["heads"] or (actor.kind == "person" and title in fold(actor.office or "")):
        return actor
    return holder_on(actor.code or "", None, title, context) or _bare(actor)


def _voice(
    token: Token, found: dict[int, Mention], sentence: Sentence, context: Context, marks: list[bool]
) -> Choice | None:
    """Who "we" and "our" are at a word: of a quote its speaker, else of the page or the transcript."""
    if fold(token.text) not in words()["speakers"] and not any(c.lower_ in ("our", "my") for c in token.lefts):
        return None
    place = token.idx + sentence.offset - sentence.span.start
    if 0 <= place < len(marks) and marks[place]:
        who = context.quoted
        if who is None or not who.codes:
            return None
        verb = token.head.lemma_.lower()
        if token.dep_ == "nsubj" and verb in words()["together"] and len(set(who.codes)) == 1:
            for group in reversed(context.groups[-6:]):
                if who.codes[0] in {a.code for a in group.actors} and len(distinct(group.actors)) > 1:
                    return Choice(replace(who, actors=group.actors), (), 0.55)
        return Choice(who, (), 0.75)
    if context.labelled:
        # an envoy against a militia speaks for the house, not for the militia
        against = context.label is not None and context.label.code in ("IMG", "ISM")
        return _as_choice(context.house if against else context.label, token, 0.75)
    if context.signatories:
        named = Mention(Span(0, 0), token.text, context.signatories, "pronoun", (), 0.65, int(token.i))
        return Choice(named, (), 0.65)
    for i in clause_subjects(token):
        if i in found and found[i].codes and found[i].via != "pronoun" and context.house is not None:
            subjects = [c.i for c in conjuncts(sentence.syntax.doc[i]) if c.i in found and c.i < token.i]
            actors = distinct(actor for j in subjects for actor in found[j].actors)
            return Choice(replace(found[i], actors=actors), (), 0.6)
    return _as_choice(context.house, token, 0.65)


def _as_choice(actor: Actor | None, token: Token, sure: float) -> Choice | None:
    if actor is None or not actor.code:
        return None
    return Choice(Mention(Span(0, 0), token.text, (actor,), "pronoun", (), sure, int(token.i)), (), sure)


def _counterpart(token: Token, found: dict[int, Mention], sentence: Sentence, context: Context) -> Mention | None:
    """ "his counterpart": the other one of the two that act."""
    subject = next((found[i] for i in clause_subjects(token) if i in found), None)
    if subject is None:
        verb = verb_of(token.head)
        subject = next((found[c.i] for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i in found), None)
    if subject is None or not subject.codes:
        return None
    pair = next(
        (g.actors for g in reversed(pairs.groups(sentence, found, token.i)) if len(distinct(g.actors)) == 2), ()
    )
    if not pair:
        named = distinct(a for i in sorted(found) if i < token.i for a in found[i].actors)
        pair = named if len(named) == 2 else context.group
    if len(distinct(pair)) != 2:
        return None
    others = tuple(replace(actor, name=None) for actor in distinct(pair) if actor.code not in subject.codes)
    return _made(token, others[:1], "description", sentence, 0.6, ()) if len(others) == 1 else None


def _made(
    token: Token,
    actors: tuple[Actor, ...],
    via: str,
    sentence: Sentence,
    confidence: float,
    alternatives: tuple[str, ...],
) -> Mention:
    left = min([t.i for t in token.lefts if t.dep_ in ("det", "nummod", "predet", "amod", "poss")] + [token.i])
    doc = sentence.syntax.doc
    start = max(sentence.offset + doc[left].idx, sentence.span.start)
    end = sentence.offset + token.idx + len(token)
    text = sentence.text[start - sentence.span.start : end - sentence.span.start]
    return Mention(Span(start, end), text, actors, via, alternatives, confidence, int(token.i))
