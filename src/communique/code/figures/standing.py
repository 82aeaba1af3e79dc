"""How a figure stands: observed, change, target, pledged, signed or estimate, by the words above it in the tree."""

from __future__ import annotations

from communique.code.clauses import modal
from communique.code.figures.change import Course
from communique.code.figures.ground import Ground
from communique.code.figures.quantity import Quantity
from communique.code.figures.words import lexemes
from communique.model import FigureStatus
from communique.tree import Token

# how many verbs up the tree are asked
_NEAR = 3
# a plant will generate, a line will carry: a forecast, no pledge
_FLOWS = frozenset({"oil", "gas", "power", "electricity", "volume", "energy"})


def status(ground: Ground, quantity: Quantity, head: Token, course: Course, due: bool) -> FigureStatus:
    """The kind of a figure; due says that the sentence gives it a deadline ("by 2024")."""
    path = [head, *ground.up(head)]
    if quantity.kind == "duration":
        return "signed" if _by_nouns(ground, quantity, path) == "signed" else "observed"
    clause = _clause(path)
    found = _by_nouns(ground, quantity, path) or _by_verbs(path, quantity, course, due)
    if found is None and _estimated(ground, quantity):
        found = "estimate"
    if found in ("target", "pledged", "estimate"):
        return found
    if course.change:
        return "change"
    if found is not None:
        return found
    if due and clause is not None and clause.tag_ == "VB":
        return "target"
    return "observed"


def _clause(path: list[Token]) -> Token | None:
    return next(
        (token for token in path if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")), None
    )


def _by_nouns(ground: Ground, quantity: Quantity, path: list[Token]) -> FigureStatus | None:
    """A target of, a pledge of, contracts worth: the nouns that the figure hangs on, and those right around it."""
    verbs = 0
    for token in path:
        lemma = token.lemma_.lower()
        if token.pos_ in ("VERB", "AUX"):
            verbs += 1
            if verbs > 1 or token.dep_ not in ("acl", "relcl", "pcomp"):
                break
            continue
        if token.pos_ != "NOUN":
            continue
        found = _noun(lemma, token)
        if found:
            return found
    for token in ground.inside(quantity.end, quantity.end + 30)[:4]:
        if token.pos_ in ("VERB", "AUX", "PUNCT"):
            break
        if token.pos_ == "NOUN" and (found := _noun(token.lemma_.lower(), token)):
            return found
    for token in path[:2]:
        verb = _clause([token, *ground.up(token)])
        if (verb is not None and verb.lemma_ == "be") or (
            verb is not None and verb.lemma_ in ("stand", "remain", "set")
        ):
            for child in verb.children:
                if child.dep_ in ("nsubj", "nsubjpass") and child.lemma_.lower() in lexemes("status", "target_nouns"):
                    return "target"
    return None


def _noun(lemma: str, token: Token) -> FigureStatus | None:
    if lemma in lexemes("status", "target_nouns"):
        return "target" if lemma != "mark" else None
    if lemma in ("pledge", "promise", "commitment", "offer", "proposal", "request"):
        return "pledged"
    if lemma in ("estimate", "forecast", "projection", "prediction"):
        return "estimate"
    if lemma in lexemes("status", "signed_nouns") and not any(
        c.lemma_ in ("possible", "potential", "proposed") for c in token.children
    ):
        return "signed"
    return None


def _by_verbs(path: list[Token], quantity: Quantity, course: Course, due: bool) -> FigureStatus | None:
    """The nearest verb above that says how far it is real; reports of facts ("said") say nothing."""
    seen = 0
    below: Token | None = None
    child: Token | None = None
    for under, token in zip([None, *path], path, strict=False):
        child = under
        if token.lower_ in lexemes("status", "factual_prepositions"):
            break
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        seen += 1
        if seen > _NEAR:
            break
        subject = below is None and child is not None and child.dep_ in ("nsubj", "nsubjpass")
        found = _verb(token, below, course, due, subject, quantity.kind in _FLOWS)
        if found is not None:
            return found
        if token.dep_ == "conj" and below is None:
            below = token
            continue
        below = token
        if token.dep_ in ("ccomp", "parataxis") and token.head.lemma_.lower() in lexemes("status", "actual_verbs"):
            break
        if (
            token.dep_ == "relcl"
            and seen >= 1
            and any(c.tag_ in ("VBD", "VBZ", "VBP") for c in (token, *token.children))
        ):
            break
    return None


def _verb(
    token: Token, below: Token | None, course: Course, due: bool, subject: bool, flow: bool
) -> FigureStatus | None:
    lemma = token.lemma_.lower()
    would = modal(token)
    open_ = (below is not None and below.tag_ == "VB") or (below is not None and below.tag_ == "VBG")
    if lemma in lexemes("status", "estimate") and (
        open_ or token.dep_ == "amod" or below is None or below.dep_ == "ccomp"
    ):
        return "estimate"
    if below is None and would is not None:
        if would in lexemes("status", "target_modals"):
            return "target"
        level = lemma in lexemes("status", "levels") or course.word is token
        if subject and not level and token.dep_ != "ccomp" and not any(c.dep_ == "auxpass" for c in token.children):
            return None  # "$1 billion would fund clinics"
        if would in lexemes("status", "estimate_modals"):
            return "estimate"
        if would in lexemes("status", "future_modals"):
            if level or flow:
                return "target" if due else "estimate"
            return "pledged"
    if lemma in lexemes("status", "pledged"):
        if (
            below is not None
            and below.dep_ == "xcomp"
            and (below.lemma_ in lexemes("status", "levels") or _raises(below))
        ):
            return "target"
        if (
            below is None
            or below.dep_ not in ("ccomp", "advcl")
            or (below.dep_ == "ccomp" and modal(below) is not None)
        ):
            return "pledged"
    if lemma in lexemes("status", "target") and below is not None and below.tag_ == "VB":
        return "pledged" if below.lemma_ in lexemes("status", "given") else "target"
    if lemma in ("target", "aim") and below is None:
        return "target"
    if lemma in lexemes("status", "signed") and lemma != "initial" and below is None:
        return "signed"
    if (
        token.tag_ == "VB"
        and token.dep_ in ("acl", "xcomp")
        and token.head.lemma_.lower()
        in (
            lexemes("status", "target_nouns")
            | {"plan", "intention", "pledge", "commitment", "promise", "strategy", "commit"}
        )
    ):
        pledge = token.head.lemma_.lower() in ("pledge", "commitment", "promise", "commit")
        return "pledged" if pledge or token.lemma_ in lexemes("status", "given") else "target"
    if lemma == "be" and below is not None and below.dep_ == "xcomp" and below.tag_ == "VB":
        return "target" if due else "pledged"
    if lemma == "go" and below is not None and below.tag_ == "VB":
        return "pledged"
    return None


def _raises(verb: Token) -> bool:
    return verb.lemma_ in lexemes("change", "up", "verbs") or verb.lemma_ in lexemes("change", "down", "verbs")


def _estimated(ground: Ground, quantity: Quantity) -> bool:
    """Estimated, expected, potential: in the words of the quantity or right before it."""
    start = max(0, quantity.start - 24)
    window = ground.text[start : quantity.number[0]].lower()
    return any(word in window.replace(",", " ").split() for word in lexemes("status", "estimate_words"))
