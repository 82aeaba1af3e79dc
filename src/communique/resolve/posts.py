"""Long titles: posts that name the place they deal with, titles in several parts, and the name after them."""

from __future__ import annotations

import itertools
from dataclasses import replace

from communique.model import Mention, Sentence, Span
from communique.resolve.borrow import with_code
from communique.resolve.context import Context
from communique.resolve.gazetteer import gazetteer
from communique.resolve.names import fold
from communique.resolve.nouns import reference as words
from communique.tree import Token

_TO = frozenset({"to", "for", "on", "in", "at"})
_GAPS = frozenset({"and", "of", "for", "", "&"})


def is_posted(token: Token) -> bool:
    """Whether a noun is a post whose place is not its state: envoy, ambassador, coordinator, bureau."""
    return fold(token.lemma_) in words()["envoys"]


def posted_to(token: Token, prep: Token) -> bool:
    """Whether a preposition after a post names where it deals: "envoy for Yemen", not "envoy of Yemen"."""
    if (
        token.tag_ == "NNS"
        and prep.lower_ == "for"
        and fold(token.lemma_) in ("representative", "negotiator", "lawyer")
    ):
        return False  # "representatives for the US" are of it
    return is_posted(token) and prep.dep_ == "prep" and prep.lower_ in _TO


def name_posts(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """ "U.S. Ambassador to Chad Maria Pell" is one person, of the United States; nobody is called "Chad Maria Pell".

    A post for a place whose own state is not said is of the house whose page it is, else of nobody.
    """
    doc = sentence.syntax.doc
    for i in sorted(found):
        mention = found.get(i)
        if mention is None or not is_posted(doc[i]) or len(mention.actors) > 1:
            continue
        place = next((c for p in doc[i].rights if posted_to(doc[i], p) for c in p.children if c.dep_ == "pobj"), None)
        if place is None:
            place = _next_to(mention, found, sentence)
        if place is None:
            continue
        inner = found.get(place.i)
        parts = _place_and_name(inner.text) if inner is not None and inner.actors[0].kind != "state" else None
        if inner is not None and parts is not None:
            end = inner.span.end
            text = sentence.text[mention.span.start - sentence.span.start : end - sentence.span.start]
            actor = replace(mention.actors[0], name=parts[1], kind="person")
            mention = replace(mention, span=Span(mention.span.start, end), text=text, actors=(actor,))
            for key, (_, known, _) in list(context.persons.items()):
                if known.name == inner.actors[0].name:
                    context.persons.pop(key)
            context.introduce(parts[1], actor, None)
            found[i] = mention
            found.pop(place.i)
        if not mention.codes and context.house is not None:
            about = parts[0] if parts else (inner.codes[0] if inner is not None and inner.codes else None)
            if about is not None and about != context.house.code:
                found[i] = with_code(mention, context.house.code, context, 0.7)
    return found


def _next_to(post: Mention, found: dict[int, Mention], sentence: Sentence) -> Token | None:
    """The head of what stands right behind a post and "to": parsers hang it on the verb ("met the Ambassador to")."""
    for i, mention in found.items():
        gap = _gap(post, mention, sentence)
        if gap is not None and gap.lower().removesuffix("the").strip() in ("to", "for"):
            return sentence.syntax.doc[i]
    return None


def _place_and_name(text: str) -> tuple[str, str] | None:
    """The code of the state that a text begins with and the name that follows it."""
    parts = text.removeprefix("the ").split()
    for size in range(min(4, len(parts) - 1), 0, -1):
        entry = next(iter(gazetteer().lookup(" ".join(parts[:size]))), None)
        rest = parts[size:]
        if (
            entry is not None
            and entry.actor.code
            and entry.actor.kind == "state"
            and all(w[:1].isupper() for w in rest)
        ):
            return entry.actor.code, " ".join(rest)
    return None


def whole_titles(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """ "Deputy Prime Minister and Minister of Foreign Affairs Murat Ospanov": one mention, with the name.

    Joined are parts that stand side by side with nothing but "and", "of", "for" between them, where only the first has
    a state and the last is a name; a portfolio ("of Foreign Affairs") is never somebody by itself.
    """
    order = sorted(found, key=lambda i: found[i].span.start)
    for run in _runs(order, found, sentence):
        first, parts = found[run[0]], [found[i] for i in run]
        last = parts[-1]
        named = len(last.text.split()) > 1 and _gap(parts[-2], last, sentence) == ""
        titled = last.via in ("title", "name") and last.actors[0].kind == "person"
        portfolio = _gap(first, parts[1], sentence) in ("of", "for") and parts[1].actors[0].kind == "unknown"
        if not (named or titled or portfolio):
            continue
        if named or titled:
            name = last.actors[0].name
        else:
            run, parts, name = run[:2], parts[:2], first.actors[0].name
        span = Span(first.span.start, parts[-1].span.end)
        text = sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]
        person = named or titled or first.actors[0].kind == "person"
        actor = replace(first.actors[0], name=name, kind="person" if person else first.actors[0].kind)
        found[run[0]] = replace(first, span=span, text=text, actors=(actor,))
        if (named or titled) and name:
            context.introduce(name, actor, None)
        for i in run[1:]:
            found.pop(i)
    return found


def _runs(order: list[int], found: dict[int, Mention], sentence: Sentence) -> list[list[int]]:
    """Mentions side by side: an office first, then offices and names of which none has a state."""
    runs: list[list[int]] = []
    for before, i in itertools.pairwise(order):
        gap = _gap(found[before], found[i], sentence)
        if gap not in _GAPS or not _is_part(found[i], sentence):
            continue
        if runs and runs[-1][-1] == before:
            runs[-1].append(i)
        elif _is_office(found[before], before, sentence) and not (gap == "and" and found[i].codes):
            runs.append([before, i])
    return runs


def _gap(first: Mention, second: Mention, sentence: Sentence) -> str | None:
    start, end = first.span.end - sentence.span.start, second.span.start - sentence.span.start
    return sentence.text[start:end].strip() if 0 <= start < end else None


def _is_office(mention: Mention, i: int, sentence: Sentence) -> bool:
    actor = mention.actors[0]
    singular = sentence.syntax.doc[i].tag_ in ("NN", "NNP")
    bare = f" {sentence.text[: mention.span.start - sentence.span.start]}".rstrip()[-4:].lower()
    described = mention.via in ("description", "nationality") and bool(actor.office) and actor.kind != "body"
    # a holder found by the date stands for the words of the office alone
    return singular and described and len(mention.actors) == 1 and mention.text[:1].isupper() and bare != " the"


def _is_part(mention: Mention, sentence: Sentence) -> bool:
    actor = mention.actors[0]
    return (
        not actor.code
        and len(mention.actors) == 1
        and mention.text[:1].isupper()
        and actor.kind not in ("state", "body", "group")
    )
