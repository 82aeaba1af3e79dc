"""Whom "he", "it", "they" and "we" mean: the likeliest of what was named, or nobody where a thing is meant."""

from __future__ import annotations

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve.context import Context, Group
from communique.resolve.discourse import (
    Choice,
    Seen,
    choose,
    clause_mates,
    clause_subjects,
    is_first_person,
    is_plural,
    seen,
)
from communique.resolve.gazetteer import state_name
from communique.resolve.names import fold
from communique.resolve.nouns import is_actor_noun
from communique.resolve.nouns import reference as words
from communique.resolve.things import (
    anybody_before,
    can_be_it,
    in_its_role,
    is_after_things,
    is_empty,
    is_of_things,
    is_thing,
)
from communique.resolve.voice import is_quoted, of_mention
from communique.syntax import conjuncts
from communique.tree import Token

# how many sentences back "they" reaches: further up somebody else was plural in between, though not seen as such
_MANY_BACK = 12
# a government or a body is "they" in the next sentences alone, and less surely so
_ONE_BACK, _ONE_SURE = 2, 0.6
_ROLE_SURE = 0.8
_OWNERS = {"his": "persons", "her": "persons", "its": "things", "their": "many", "our": "speakers", "my": "speakers"}


def kind(token: Token) -> str | None:
    """Which list of knowledge/reference.yaml a pronoun stands in: persons, things, many or speakers."""
    lower = fold(token.text)
    if token.tag_ == "PRP$":
        return _OWNERS.get(lower)
    return next((name for name in ("persons", "things", "many", "speakers") if lower in words()[name]), None)


def resolve(
    token: Token,
    found: dict[int, Mention],
    sentence: Sentence,
    context: Context,
    here: list[Group],
    voice: Choice | None,
) -> Choice | None:
    """Whom a pronoun means, or None: relative pronouns, an empty "it" and what nobody was named for."""
    if token.tag_ in ("WP", "WDT", "WP$"):
        return None  # relative clauses find their noun by syntax
    which = kind(token)
    if which == "speakers":
        return voice
    if which is None:
        return None
    doc = sentence.syntax.doc
    mates = set() if token.tag_ == "PRP$" or token.lower_.endswith(("self", "selves")) else clause_mates(token)
    earlier = {i: m for i, m in found.items() if i < token.i and i not in mates and m.actors}
    said_in = "quoted" if is_quoted(sentence.offset + token.idx, sentence, context) else "speaker"
    # nobody calls himself "he", nor a group that he is one of "they"
    others = [one for one in context.seen if one.voice not in (said_in, "label")]
    here_seen = [
        one
        for one in (
            seen(m, doc[i], sentence.sequence, of_mention(m, sentence, context))
            for i, m in sorted(earlier.items())
            if not _inside(i, token)
        )
        if one.voice not in (said_in, "label")
    ]
    above = clause_subjects(token)
    ranks = {found[i].span.start: rank for rank, i in enumerate(above) if i in found}
    barred = {code for i in mates if i in found for code in found[i].codes}
    if which == "many":
        # "they urged China": China is none of them
        barred |= {
            code
            for child in token.head.children
            if token.dep_ == "nsubj" and child.dep_ == "dobj" and child.i in found
            for code in found[child.i].codes
            if found[child.i].actors[0].kind == "state" and found[child.i].via == "name"
        }
        return _many(token, [*others, *here_seen], sentence, context, here, found, above, ranks, barred)
    if which == "things":
        if is_empty(token) or is_thing(token, sentence, found, context, above):
            return None
        playing = in_its_role(token, found)
        if playing is not None:
            return Choice(playing, (), _ROLE_SURE)
        return choose(
            [*others, *here_seen],
            lambda one: can_be_it(one) and one.codes[0] not in barred,
            sentence.sequence,
            ranks,
            token,
        ) or _nameless(here_seen, ranks, token, sentence, plural=False)
    woman = token.lower_ in ("she", "her", "herself")
    # "she thanked him": two, though neither is known by name
    acting = {actor for i in mates if i in found for actor in found[i].actors}
    speaking = context.label if context.labelled and said_in == "speaker" else None
    return choose(
        [*others, *here_seen],
        lambda one: (
            one.person
            and not one.plural
            and one.woman is not (not woman)
            and not _is_of(one.mention, speaking)
            and one.mention.actors[0] not in acting
        ),
        sentence.sequence,
        ranks,
        token,
    )


def _is_of(mention: Mention, speaking: Actor | None) -> bool:
    """Whether a mention is of the one who speaks, by name."""
    return speaking is not None and any(a.name and a.name == speaking.name for a in mention.actors)


def _inside(i: int, token: Token) -> bool:
    """Whether a mention is the noun that the pronoun itself belongs to ("its army")."""
    return token.tag_ == "PRP$" and token.head.i == i


def _many(
    token: Token,
    named: list[Seen],
    sentence: Sentence,
    context: Context,
    here: list[Group],
    found: dict[int, Mention],
    above: list[int],
    ranks: dict[int, int],
    barred: set[str],
) -> Choice | None:
    doc = sentence.syntax.doc
    if context.things_before and not anybody_before(found, token) and is_of_things(token):
        return None
    here_seen = [one for one in named if one.sequence == sentence.sequence]
    # a subject of two is both of them; a plural thing above is no actor
    for rank, i in enumerate(above):
        if i in found and is_first_person(found[i]):
            continue
        if i not in found:
            if i >= 0 and doc[i].tag_ in ("NNS", "NNPS") and not is_actor_noun(fold(doc[i].lemma_)):
                return None
            continue
        together = tuple(a for c in conjuncts(doc[i]) if c.i in found and c.i < token.i for a in found[c.i].actors)
        if len(set(together)) > 1 or is_plural(found[i], doc[i]):
            return Choice(_joined(found[i], tuple(dict.fromkeys(together))), (), 0.7 if rank == 0 else 0.6)
    grouped = [
        _group_seen(group, sentence)
        for group in (*context.groups[-4:], *here)
        if group.joint
        and not group.voiced
        and not _of_places(group)
        and sentence.sequence - group.sequence <= _MANY_BACK
    ]
    candidates = [*(one for one in named if sentence.sequence - one.sequence <= _MANY_BACK), *grouped]
    found_one = choose(
        candidates,
        lambda one: one.plural and bool(one.codes) and not (barred and set(one.codes) & barred),
        sentence.sequence,
        ranks,
        token,
    )
    if found_one is not None:
        if not _near(found_one, candidates, sentence) and is_after_things(token, found):
            return None
        return Choice(found_one.mention, found_one.others, min(found_one.confidence, 0.7))
    if is_after_things(token, found):
        return None
    # a government, a company or a team may be "they"
    nameless = _nameless(here_seen, ranks, token, sentence, plural=True)
    if nameless is not None:
        return nameless
    # "Beijing threatens the people there. We stand with them": the last who are several, though of no known state
    nobodies = [one for one in named if sentence.sequence - one.sequence <= 1 and one.plural and not one.codes]
    unknown = choose(nobodies, lambda one: True, sentence.sequence, ranks, token)
    if unknown is not None:
        return unknown
    one_body = choose(
        [one for one in candidates if sentence.sequence - one.sequence <= _ONE_BACK],
        lambda one: (
            bool(one.codes)
            and not one.person
            and not (set(one.codes) & barred)
            and not (one.sequence < sentence.sequence and _is_far_from_many(one))
        ),
        sentence.sequence,
        ranks,
        token,
    )
    if one_body is None or _near(one_body, candidates, sentence):
        return one_body
    return Choice(one_body.mention, one_body.others, min(one_body.confidence, _ONE_SURE))


def _is_far_from_many(one: Seen) -> bool:
    """Whether a firm, or a state that was only a place or a topic, is nobody that a new sentence calls "they"."""
    first = one.mention.actors[0]
    return "BUS" in first.sector or (first.kind == "state" and one.role not in ("subject", "owner"))


def _of_places(group: Group) -> bool:
    """Whether a group holds a town or region, which is no "they": "ice in Alaska and Canada"."""
    return any(a.kind == "state" and not a.sector and a.name != state_name(a.code) for a in group.actors)


def _nameless(
    here_seen: list[Seen], ranks: dict[int, int], token: Token, sentence: Sentence, plural: bool
) -> Choice | None:
    """Somebody of the same sentence whose state is not known: still an actor ("the party said it would")."""
    return choose(
        here_seen,
        lambda one: not one.codes and one.plural == plural and not one.person and one.place in ranks,
        sentence.sequence,
        ranks,
        token,
    )


def _near(choice: Choice, candidates: list[Seen], sentence: Sentence) -> bool:
    return any(one.mention is choice.mention and one.sequence == sentence.sequence for one in candidates)


def _group_seen(group: Group, sentence: Sentence) -> Seen:
    mention = Mention(Span(0, 0), "", group.actors, "pair", (), 0.7)
    # "China stands with the people of X as they": within a sentence, whoever is plural by name comes first
    loose = group.sequence == sentence.sequence and not group.together
    role = "other" if loose else "group" if group.subject else "owner"
    return Seen(mention, group.sequence, -1, role, True, False)


def _joined(mention: Mention, actors: tuple[Actor, ...]) -> Mention:
    return Mention(
        mention.span, mention.text, actors or mention.actors, mention.via, (), mention.confidence, mention.head
    )
