"""Actors without a state borrow one: of their sentence, of the article, or of the house whose page it is."""

from __future__ import annotations

from dataclasses import replace

from communique.model import Actor, Mention, Sentence
from communique.resolve import pairs
from communique.resolve.context import Context
from communique.resolve.names import fold
from communique.resolve.nouns import reference as words
from communique.syntax import verb_of
from communique.tree import Token

# sentences in which a guest's rank is not taken for one of the house
_GUEST_BACK = 4
_NO_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC"})


def states(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """Actors without a state borrow the only one of their sentence: "Police in Minsk ... opposition leaders".

    "The people", "governments", "partners" borrow only a foreign state that their sentence names, never the state of
    the page or what the rest of the article is about. The state of the page is lent to nobody: a ministry that writes
    of "journalists" does not mean its own.
    """
    codes = {
        code
        for mention in found.values()
        if fold(mention.text) not in words()["speakers"]  # whom "we" call for are others
        and not _is_firm(mention)  # police who seize a Hyundai are no Koreans
        for code in mention.codes
        if code not in _NO_STATES
    }
    house = context.house.code if context.house is not None else None
    foreign = codes - {house}
    home = context.home() if not codes else None
    places = _opening_places(found, sentence)
    for i, mention in sorted(found.items()):
        if not _borrows(i, mention, sentence) or fold(sentence.syntax.doc[i].lemma_) in words()["of several"]:
            continue
        beside = _of_list(i, found, sentence)
        if beside is not None:
            found[i] = with_code(mention, beside, context, 0.6)
            continue
        token = sentence.syntax.doc[i]
        if _of_which(token) or (pairs.is_pair(token) and pairs.numbered(token)):
            continue  # "the two presidents met in Geneva" are not of one state
        guests = context.headed - {house}
        if (
            mention.via == "title"
            and house in context.headed | {house}
            and len(guests) == 1
            and guests <= (codes or guests)
        ):
            # the page's heading says whose minister came: "the Secretary's meeting with the Omani Deputy Minister"
            found[i] = with_code(mention, next(iter(guests)), context, 0.65)
            continue
        if mention.via == "title" and _is_ambassador(mention):
            # "Ambassador X was called to the ministry in Ankara": of the other state of which the article tells
            sender = _sender(codes, context)
            if sender is not None:
                found[i] = with_code(mention, sender, context, 0.5)
            continue
        loose = fold(sentence.syntax.doc[i].lemma_) in words()["loose"]
        if mention.via != "title" and len(places) > 1 and i > places[-1][0]:
            actors = tuple(replace(mention.actors[0], code=code) for _, code in places)
            found[i] = replace(mention, actors=actors, via="context", confidence=0.5)
            continue
        if _comes_to(i, found, sentence):
            # "the minister pledged generators to Ukraine": of the other state of which the article tells
            giver = _sender(codes, context) if mention.actors[0].kind in ("office", "person") else None
            if giver is not None and _given(token):
                found[i] = replace(
                    mention, actors=(replace(mention.actors[0], code=giver),), via="context", confidence=0.4
                )
            continue
        if loose and _is_done_to(i, found, sentence):
            continue
        if len(foreign) == 1 and (loose or len(codes) == 1):
            code, sure = next(iter(foreign)), 0.5
        elif home is not None and home != house and not loose:
            code, sure = home, 0.4
        else:
            continue
        found[i] = replace(mention, actors=(replace(mention.actors[0], code=code),), via="context", confidence=sure)
    return found


def _is_ambassador(mention: Mention) -> bool:
    """Whether somebody is an ambassador of whom it is not said whose: he is not of the state in which he is."""
    return fold(mention.text).split()[0] in ("ambassador", "charge")


def _sender(codes: set[str], context: Context) -> str | None:
    """The one state, besides the one of the sentence, of which an article tells mostly; None where none stands out."""
    if len(codes) != 1:
        return None
    others = [(number, code) for code, number in context.states.items() if code not in codes | _NO_STATES]
    others.sort(key=lambda pair: (-pair[0], pair[1]))
    if not others or (len(others) > 1 and others[0][0] == others[1][0]):
        return None
    return others[0][1]


def _is_firm(mention: Mention) -> bool:
    return mention.via == "entity" or (mention.via == "group" and "BUS" in mention.actors[0].sector)


def _of_which(token: Token) -> bool:
    """Whether a relative clause says whose somebody is: "a network, the leaders of which"."""
    return any(p.dep_ == "prep" and any(c.tag_ in ("WDT", "WP") for c in p.children) for p in token.children)


def _opening_places(found: dict[int, Mention], sentence: Sentence) -> tuple[tuple[int, str], ...]:
    """The states that a sentence opens with as places: "In Chad and Niger, she will meet government leaders"."""
    first = sentence.syntax[0]
    if first.lower_ not in ("in", "across", "throughout") or first.dep_ != "prep":
        return ()
    inside = sorted(t.i for t in first.subtree if t.i in found and found[t.i].actors[0].kind == "state")
    return tuple((i, found[i].codes[0]) for i in inside if len(found[i].codes) == 1)


def _is_done_to(i: int, found: dict[int, Mention], sentence: Sentence) -> bool:
    """Whether a state itself acts on somebody, who may be of any state: "Iran struck a ship and killed two people"."""
    verb = verb_of(sentence.syntax.doc[i])
    for _ in range(4):
        acting = [c for c in verb.children if c.dep_ == "nsubj" and c.i != i and not c.tag_.startswith("W")]
        if acting:
            who = found.get(acting[0].i)
            return who is not None and who.actors[0].kind == "state" and who.via == "name"
        if verb.head.i == verb.i:
            return False
        verb = verb.head
    return False


def _comes_to(i: int, found: dict[int, Mention], sentence: Sentence) -> bool:
    """Whether the only state is where or with whom somebody is: "the deputy will travel to Ankara", "met Kenyans"."""
    token = sentence.syntax.doc[i]
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if token.head.lemma_.lower() in words()["talked of"] and any(c.lower_ in ("the", "both") for c in token.lefts):
        # "the officials discussed the crisis in Mali": what it is about
        told = [c for c in token.head.children if c.i > token.i and not (c.dep_ == "prep" and c.lower_ == "with")]
        topic = {t.i for c in told for t in c.subtree}
        coded = [i for i, mention in found.items() if set(mention.codes) - _NO_STATES]
        return bool(coded) and topic.issuperset(coded)
    if token.tag_ not in ("NN", "NNP"):
        return False
    others = [t for c in token.head.children if c.i > token.i for t in c.subtree if t.i in found and found[t.i].codes]
    heads = [c for c in token.head.children if c.dep_ == "dobj"]
    heads += [n for c in token.head.children if c.dep_ == "prep" and c.lower_ in ("to", "with") for n in c.children]
    if _given(token):
        heads += [n for d in heads[:1] for c in d.children if c.dep_ == "prep" and c.lower_ == "to" for n in c.children]
    reached = [t for head in heads for t in (head, *head.conjuncts) if t.i in found and found[t.i].codes]
    # "condemned Israeli strikes": whose strikes they are is another's
    owned = [c for c in heads[:1] for c in c.children if c.dep_ == "amod"]
    reached += [t for t in owned if t.i in found and found[t.i].via == "demonym" and t not in reached]
    return bool(reached) and len(reached) == len(others)


def _given(token: Token) -> bool:
    """Whether somebody gives or promises something, so that the state to which it goes is another's."""
    return token.head.lemma_.lower() in words()["gives"]


def _of_list(i: int, found: dict[int, Mention], sentence: Sentence) -> str | None:
    """The state of the people before a titled one in a list: "Crown Prince X, Energy Minister Y and Trade Minister Z".

    Of two who are joined by "and" the second may be of another state; of three and more they are of one.
    """
    if found[i].via != "title":
        return None
    order = sorted(found.values(), key=lambda mention: mention.span.start)
    place = order.index(found[i])
    before = order[place - 1] if place else None
    if before is None or before.actors[0].kind != "person" or len(set(before.codes)) != 1:
        return None

    def gap(first: Mention, second: Mention) -> str:
        return sentence.text[first.span.end - sentence.span.start : second.span.start - sentence.span.start].strip()

    longer = (place > 1 and gap(order[place - 2], before) == ",") or gap(before, found[i]) == ","
    return before.codes[0] if longer and gap(before, found[i]) in (",", ", and", "and", "; and", ";") else None


def _borrows(i: int, mention: Mention, sentence: Sentence) -> bool:
    actor = mention.actors[0]
    described = mention.via in ("description", "title", "entity")
    named = mention.via == "nationality" and sentence.syntax.doc[i].tag_ in ("NNS", "NNPS")
    return actor.code is None and bool(actor.sector) and (described or named) and "ELI" not in actor.sector


def house_ranks(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """ "Under Secretary Hale", on a ministry's page, is its own: such ranks are said without a state at home only."""
    if context.house is None or context.house.kind != "state":
        return found
    for i, mention in found.items():
        actor = mention.actors[0]
        if (
            actor.code is None
            and mention.via in ("title", "description", "surname", "entity")
            and _ranked(mention, sentence)
            and not _is_guest(mention, sentence, context)
        ):
            named = _named_before(mention, i, sentence, context)
            found[i] = (
                replace(mention, actors=(named,), confidence=0.7)
                if named is not None
                else with_code(mention, context.house.code, context, 0.75)
            )
    return found


def _named_before(mention: Mention, i: int, sentence: Sentence, context: Context) -> Actor | None:
    """ "The Deputy Secretary": who was last named by this rank on the page of his house, and by no lesser one."""
    head = sentence.syntax.doc[i]
    if mention.actors[0].kind == "person" or head.tag_ not in ("NN", "NNP") or context.house is None:
        return None
    before = sentence.text[: max(0, mention.span.start - sentence.span.start)].split()[-1:]
    if not {"the", "this"} & {word.casefold() for word in (*before, *mention.text.split()[:1])}:
        return None
    title = [word for word in fold(mention.text).split() if word != "the"]
    lesser = set(words()["lesser"]) - {"acting"}  # who acts for somebody is called by the rank
    for one in reversed(context.seen):
        said = f" {fold(one.mention.text)} "
        actor = one.mention.actors[0]
        named = actor.name and set(title).isdisjoint(fold(actor.name).split())  # "its Special Envoy" is no name
        if one.person and not one.plural and named and actor.code == context.house.code:
            start = said.find(f" {' '.join(title)} ")
            if start >= 0 and lesser.isdisjoint(said[:start].split()[-1:]):
                return actor
    return None


def _is_guest(mention: Mention, sentence: Sentence, context: Context) -> bool:
    """Whether "the Special Coordinator" was named a little before as one of another state or body."""
    title = set(fold(mention.text).split()) - {"the"}
    house = context.house.code if context.house is not None else None
    return mention.actors[0].kind != "person" and any(
        one.person and one.codes and house not in one.codes and title <= set(fold(one.mention.text).split())
        for one in context.seen
        if sentence.sequence - one.sequence <= _GUEST_BACK
    )


def _ranked(mention: Mention, sentence: Sentence) -> bool:
    # parsers take "Under" before a title for a preposition
    before = sentence.text[: max(0, mention.span.start - sentence.span.start)].split()[-1:]
    text = " ".join(["", *map(fold, [*before, mention.text]), ""])
    return any(f" {rank} " in text for rank in words()["own_ranks"])


def with_code(mention: Mention, code: str | None, context: Context, sure: float) -> Mention:
    """The mention with a state, which the memory of persons learns too."""
    before = mention.actors[0]
    actor: Actor = replace(before, code=code)
    for key, (name, known, person) in list(context.persons.items()):
        if known == before or (known.name == before.name and known.code is None and person is None):
            context.persons[key] = name, actor, person
    return replace(mention, actors=(actor,), confidence=sure)
