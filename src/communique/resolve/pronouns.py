"""Whom "he", "it", "they" and "we" mean: the likeliest of what was named, or nobody where a thing is meant."""

from __future__ import annotations

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve.context import Context, Group
from communique.resolve.discourse import Choice, Seen, choose, clause_mates, clause_subjects, is_plural, seen
from communique.resolve.gazetteer import state_name
from communique.resolve.names import fold
from communique.resolve.nouns import is_actor_noun
from communique.resolve.nouns import reference as words
from communique.syntax import conjuncts
from communique.tree import Token

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
    here_seen = [seen(m, doc[i], sentence.sequence) for i, m in sorted(earlier.items()) if not _inside(i, token)]
    above = clause_subjects(token)
    ranks = {found[i].span.start: rank for rank, i in enumerate(above) if i in found}
    barred = {code for i in mates if i in found for code in found[i].codes}
    if which == "many":
        return _many(token, here_seen, sentence, context, here, found, above, ranks, barred)
    if which == "things":
        if _is_empty(token) or _is_thing(token, sentence, found, context, above):
            return None
        return choose(
            [*context.seen, *here_seen],
            lambda one: _can_be_it(one) and one.codes[0] not in barred,
            sentence.sequence,
            ranks,
            token,
        ) or _nameless(here_seen, ranks, token, sentence, plural=False)
    woman = token.lower_ in ("she", "her", "herself")
    return choose(
        [*context.seen, *here_seen],
        lambda one: one.person and not one.plural and one.woman is not (not woman),
        sentence.sequence,
        ranks,
        token,
    )


def _inside(i: int, token: Token) -> bool:
    """Whether a mention is the noun that the pronoun itself belongs to ("its army")."""
    return token.tag_ == "PRP$" and token.head.i == i


def _can_be_it(one: Seen) -> bool:
    if one.person or one.plural or not one.codes:
        return False
    return one.mention.actors[0].kind != "people" or one.mention.actors[0].sector not in (("CVL",), ("ELI",))


def _many(
    token: Token,
    here_seen: list[Seen],
    sentence: Sentence,
    context: Context,
    here: list[Group],
    found: dict[int, Mention],
    above: list[int],
    ranks: dict[int, int],
    barred: set[str],
) -> Choice | None:
    doc = sentence.syntax.doc
    # a subject of two is both of them; a plural thing above is no actor
    for rank, i in enumerate(above):
        if i not in found:
            if i >= 0 and doc[i].tag_ in ("NNS", "NNPS") and not is_actor_noun(fold(doc[i].lemma_)):
                return None
            continue
        together = tuple(a for c in conjuncts(doc[i]) if c.i in found and c.i < token.i for a in found[c.i].actors)
        if len({a.code for a in together}) > 1 or is_plural(found[i], doc[i]):
            return Choice(_joined(found[i], tuple(dict.fromkeys(together))), (), 0.7 if rank == 0 else 0.6)
    grouped = [
        _group_seen(group, sentence) for group in (*context.groups[-4:], *here) if group.joint and not _of_places(group)
    ]
    candidates = [*context.seen, *here_seen, *grouped]
    found_one = choose(
        candidates,
        lambda one: one.plural and bool(one.codes) and not (barred and set(one.codes) & barred),
        sentence.sequence,
        ranks,
        token,
    )
    if found_one is not None:
        if not _near(found_one, candidates, sentence) and _plural_thing(token, found):
            return None
        return Choice(found_one.mention, found_one.others, min(found_one.confidence, 0.7))
    if _plural_thing(token, found):
        return None
    # a government, a company or a team may be "they"
    return _nameless(here_seen, ranks, token, sentence, plural=True) or choose(
        candidates,
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


def _plural_thing(token: Token, found: dict[int, Mention]) -> bool:
    """Whether a plural noun that is no actor stands before the pronoun in its sentence ("steps ... they")."""
    return any(
        t.tag_ in ("NNS", "NNPS")
        and t.i not in found
        and t.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj")
        and not is_actor_noun(fold(t.lemma_))
        for t in token.sent
        if t.i < token.i
    )


def _is_thing(token: Token, sentence: Sentence, found: dict[int, Mention], context: Context, above: list[int]) -> bool:
    """Whether "it" means a thing: the subject above is one, or the last sentence was about one."""
    doc = sentence.syntax.doc
    nouns = [i for i in above if i >= 0 and doc[i].pos_ in ("NOUN", "PROPN", "PRON")]
    if nouns:
        first = doc[nouns[0]]
        return first.i not in found and first.pos_ == "NOUN" and fold(first.lemma_) not in words()["speaking"]
    if token.dep_ in ("nsubj", "nsubjpass") and not any(i < token.i for i in found):
        return context.thing_before
    return False


def _is_empty(token: Token) -> bool:
    """Whether "it" is nobody: "it remains to be seen", "it is clear that"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ != "nsubj":
        return False
    below = {c.dep_: c for c in verb.children}
    if verb.lemma_ in ("remain", "seem", "appear", "happen", "turn"):
        return bool({"xcomp", "ccomp"} & below.keys()) and not {"acomp", "oprd"} & below.keys()
    if verb.lemma_ in ("rain", "snow"):
        return True
    if verb.lemma_ == "take":
        return "dobj" in below and below["dobj"].lemma_ in words()["durations"]
    if verb.lemma_ not in ("be", "become", "feel", "get") and verb.lower_ not in ("'s", "’s"):
        return False
    if any(c.dep_ in ("acomp", "attr") and c.lemma_.lower() in words()["empty_it"] for c in verb.children):
        return True
    attr = below.get("attr")
    if attr is not None and attr.pos_ == "NOUN" and not is_actor_noun(fold(attr.lemma_)):
        return fold(attr.lemma_) not in words()["state_nouns"]  # "it was an occasion"
    # "it is in our interest that", "it is a sign that": a clause stands for it
    return bool({"attr", "prep"} & below.keys()) and "ccomp" in below and below["ccomp"].i > verb.i
