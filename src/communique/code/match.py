"""Which frame a verb or noun answers: the sense that asks for most and gets it."""

from __future__ import annotations

from communique.code import everyday, lexicon
from communique.code.clauses import Clause
from communique.code.lexicon import Frame
from communique.code.roles import Roles
from communique.model import Mention
from communique.tree import Token

_COINS = frozenset({"dollar", "euro", "pound", "yen", "yuan", "rupee", "rouble", "ruble", "franc", "peso", "crore"})
# an object of these classes may also be known by who it is, not by its noun
_BY_ACTOR = {
    "GOV": {"official", "person"},
    "MIL": {"troops", "military", "person"},
    "COP": {"police", "person"},
    "REB": {"rebels", "person"},
    "UAF": {"rebels", "person"},
    "CRM": {"criminal", "person"},
    "JRN": {"journalist", "person", "media"},
    "REF": {"refugees", "person"},
    "CVL": {"person", "civilians"},
    "OPP": {"person", "opposition"},
    "PTY": {"party"},
    "BUS": {"company"},
}

# words that make a phrasal verb only where they are its particle: "gave in", but not "gave money in food aid"
_PARTICLES = frozenset({"in", "up", "out", "off", "down", "away", "back", "over"})
# classes that say little: a telling class of the same noun goes before them
_GENERAL = frozenset({"body", "military", "none-state", "official", "person", "place", "state", "troops"})


def classes_of(token: Token, roles: Roles) -> frozenset[str]:
    """The noun classes of an object, by its words and by who it is."""
    found = roles.classes.get(token.i)
    if found is None:
        found = roles.classes[token.i] = _classes(token, roles)
    return found


def _classes(token: Token, roles: Roles) -> frozenset[str]:
    table = lexicon.noun_classes()
    lemma = token.lemma_.lower()
    found = set(table.get(lemma, ())) | set(table.get(token.lower_, ()))
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod", "poss"):
            found |= table.get(f"{child.lower_} {lemma}", frozenset())
            found |= table.get(f"{child.lower_} {token.lower_}", frozenset())
            if child.dep_ == "compound":
                found |= {name for name in table.get(child.lemma_.lower(), ()) if not found}
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                found |= table.get(f"{lemma} of {inner.lemma_.lower()}", frozenset())
                if lemma in lexicon.senses()["counting"]:
                    found |= table.get(inner.lemma_.lower(), frozenset())
                elif token.pos_ == "NUM" or lemma in lexicon.senses()["ordering"]:
                    found |= classes_of(inner, roles) & lexicon.senses()["things"]
    if "support" in found and _is_sum(token):
        found.add("money")  # "45 million euros in support", "$3bn support"
    mention = roles.at.get(token.i)
    if mention is not None and token.pos_ == "PRON":
        found |= _meant(token, mention, roles)
    if mention is not None:
        actor = mention.actors[0]
        if actor.kind == "state":
            found |= {"state", "place"}
        elif actor.kind == "body":
            found |= {"body", "state"}
        else:
            found.add("none-state")
        if actor.kind in ("person", "people", "office"):
            found.add("person")
        for sector in actor.sector:
            found |= _BY_ACTOR.get(sector, {"person"})
    else:
        found.add("none-state")
        found |= {"person"} & ({"person"} if token.ent_type_ == "PERSON" else set())
    return frozenset(found)


def _meant(token: Token, pronoun: Mention, roles: Roles) -> frozenset[str]:
    """The kinds of thing that a pronoun stands for, where its sentence named them: "met two jets and escorted them"."""
    for index in sorted((i for i in roles.at if i < token.i), reverse=True):
        other = roles.at[index]
        if other.via != "pronoun" and other.actors == pronoun.actors:
            head = token.doc[index]
            return classes_of(head, roles) & lexicon.senses()["things"] if head.pos_ != "PRON" else frozenset()
    return frozenset()


def _is_sum(token: Token) -> bool:
    """Whether a noun is counted in money."""
    near = [t for c in token.children if c.i < token.i for t in c.subtree]
    return any(t.tag_ == "$" or t.text in "$€£¥₹" or t.lemma_.lower() in _COINS for t in near)


def verb_frame(own: Clause, roles: Roles) -> tuple[Frame, str | None] | None:
    """The frame of a clause and the preposition that ends its phrasal verb; None where no frame fits."""
    lemma = own.verb.lemma_.lower()
    best: tuple[float, int, Frame] | None = None
    for frame in lexicon.frames().get(("verb", lemma), ()):
        if _fits(frame, own, roles):
            score = frame.constraints + 0.1 * (not frame.object and not frame.prep)
            if best is None or (-score, frame.order) < (-best[0], best[1]):
                best = (score, frame.order, frame)
    composed = composition(own, roles)
    if composed is not None and (best is None or best[0] < 1.05):
        best = (1.5, 0, composed)
    if best is None:
        return None
    frame = best[2]
    last = (
        next((word for word in reversed(frame.words[1:]) if word in own.preps), None) if len(frame.words) > 1 else None
    )
    return frame, last


def composition(own: Clause, roles: Roles) -> Frame | None:
    """What a verb that begins, ends or eases something makes of the kind of thing its object is."""
    rules = lexicon.rules()
    for words, polarity in lexicon.polarities().get(own.verb.lemma_.lower(), ()):
        if any(word not in own.words for word in words[1:]):
            continue
        objects = own.objects or (own.preposition(words[-1]) if len(words) > 1 else [])
        for token in objects:
            if any(c.dep_ == "acl" and c.tag_ == "VB" for c in token.children):
                continue  # "readiness to talk" is no alert, "plans to strike" no strike: the clause below decides
            for name in sorted(classes_of(token, roles), key=lambda name: (name in _GENERAL, name)):
                found = rules.get((polarity, name))
                if found is not None and not everyday.is_everyday(found, own, roles):
                    return found
    return None


def _fits(frame: Frame, own: Clause, roles: Roles) -> bool:
    if len(frame.words) > 1 and not own.words.issuperset(frame.words[1:]):
        return False
    if len(frame.words) == 2 and frame.words[1] in _PARTICLES and not _is_particle(own, frame.words[1]):
        return False
    if (frame.passive == "only" and not own.passive) or (frame.passive == "never" and own.passive):
        return False
    if not frame.predicate and own.predicates and frame.words == ("call",):
        return False  # "called him a liar" is no telephone call
    if frame.predicate and not any(frame.predicate & _described(token, roles) for token in own.predicates):
        return False
    last = frame.words[-1] if len(frame.words) > 1 else None
    objects = own.objects or (own.preposition(last) if last else [])
    if frame.intransitive and own.objects:
        return False
    if frame.object and not any(classes_of(token, roles) & frame.object for token in objects):
        return False
    if frame.not_object and any(classes_of(token, roles) & frame.not_object for token in objects):
        return False
    if frame.subject and not any(classes_of(token, roles) & frame.subject for token in own.subjects):
        return False
    for name, classes in frame.prep:
        # "handed the ship to Chad": a parser may take "to" for a dative
        tokens = own.preposition(name) or (own.datives if name == "to" and frame.event == "AID" else [])
        if not tokens or (classes and not any(classes_of(token, roles) & classes for token in tokens)):
            return False
    if frame.complement and not frame.complement & complement_kinds(own):
        return False
    return not everyday.is_everyday(frame, own, roles)


def _described(token: Token, roles: Roles) -> frozenset[str]:
    """The classes of a predicate: its own, and those of the adjectives before it ("a very stupid guy")."""
    found = classes_of(token, roles)
    for child in token.children:
        if child.dep_ == "amod":
            found |= lexicon.noun_classes().get(child.lemma_.lower(), frozenset())
    return found


def _is_particle(own: Clause, word: str) -> bool:
    if any(c.lower_ == word and c.dep_ in ("prt", "advmod") for c in own.verb.children):
        return True
    following = own.verb.nbor(1) if own.verb.i + 1 < len(own.verb.doc) else None
    return following is not None and following.lower_ == word


def complement_kinds(own: Clause) -> frozenset[str]:
    """Which kinds of clauses a verb governs: infinitive, that, gerund."""
    found = set()
    for verb in own.complements:
        if verb.tag_ == "VBG":
            found.add("gerund")
        elif any(c.tag_ == "TO" for c in verb.children) or (
            verb.tag_ == "VB" and not any(c.tag_ == "MD" for c in verb.children)
        ):
            found.add("infinitive")
        else:
            found.add("that")
    if own.gerunds:
        found.add("gerund")
    return frozenset(found)


def noun_frame(token: Token, roles: Roles | None = None) -> Frame | None:
    """The frame of a noun, the longest name first, then the one that asks for more and gets it."""
    lemma = token.lemma_.lower()
    best: Frame | None = None
    before = {c.lower_ for c in token.children if c.dep_ in ("compound", "amod", "nmod")} | {
        c.lemma_.lower() for c in token.children if c.dep_ in ("compound", "amod", "nmod")
    }
    for frame in lexicon.frames().get(("noun", lemma), ()):
        if not all(word in before for word in frame.words[:-1]) or not _has_preps(frame, token, roles):
            continue
        if best is None or (len(frame.words), frame.constraints) > (len(best.words), best.constraints):
            best = frame
    return best


def _has_preps(frame: Frame, noun: Token, roles: Roles | None) -> bool:
    """Whether a noun has the prepositions that its frame asks for: "measures against Huawei", but not "measures"."""
    for name, classes in frame.prep:
        found = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == name for t in c.children]
        if not found or (classes and roles is not None and not any(classes_of(t, roles) & classes for t in found)):
            return False
    return True


def governor(own: Clause) -> tuple[str, str] | None:
    """The class and kind of a verb that governs another clause ("promise", "refuse", "speech")."""
    if own.verb.lemma_.lower() in ("want", "like") and any(
        c.dep_ == "nsubj" for verb in own.complements if verb.i > own.verb.i for c in verb.children
    ):
        return "request", ""  # "wants Iran to stop"
    if own.verb.lemma_.lower() == "expect" and not own.passive and _named_by_name(own):
        return "request", ""  # "the Union expects Serbia to try them"
    if everyday.is_inquiry(own) or everyday.is_wish(own):
        return "belief", ""
    state = own.verb.lemma_ in ("remain", "seem", "appear")  # what is remained decides: "remains committed to"
    state = state and any(c.dep_ in ("acomp", "oprd") for c in own.verb.children)
    for words, name, kind in lexicon.governors().get(("verb", own.verb.lemma_.lower()), ()):
        if not state and all(word in own.words for word in words[1:]):
            return name, kind
    if own.verb.lemma_ in ("be", "stand", "remain", "seem", "appear"):
        for child in own.verb.children:
            if child.dep_ in ("acomp", "attr", "oprd"):
                pos = "adj" if child.pos_ in ("ADJ", "VERB") else "noun"
                for words, name, kind in lexicon.governors().get((pos, child.lemma_.lower()), ()):
                    if len(words) == 1:
                        return name, kind
                for words, name, kind in lexicon.governors().get((pos, child.lower_), ()):
                    if len(words) == 1:
                        return name, kind
    return None


def _named_by_name(own: Clause) -> bool:
    """Whether somebody with a name expects something of somebody with a name."""
    below = [c for verb in own.complements for c in verb.children if c.dep_ == "nsubj" and verb.tag_ == "VB"]
    return bool(below) and all(token.pos_ == "PROPN" for token in (*below, *own.subjects))


def noun_governor(token: Token) -> str | None:
    """The class of a noun that governs an infinitive ("a promise to", "plans to", "the refusal to")."""
    for words, name, _ in lexicon.governors().get(("noun", token.lemma_.lower()), ()):
        if len(words) == 1:
            return name
    return None
