"""Names with several bearers: Georgia, Jordan, Korea, Congo, Washington; the words around decide."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

from communique.model import Sentence
from communique.resolve.context import Context
from communique.resolve.gazetteer import Entry, Hit, rows
from communique.resolve.names import fold
from communique.tree import Token


@functools.cache
def _ambiguous() -> dict[str, list[dict[str, Any]]]:
    return {fold(str(row["surface"])): row["senses"] for row in rows("states", "ambiguous")}


def settle(hit: Hit, sentence: Sentence, root: Token, context: Context) -> Hit | None:
    """The hit with its likeliest meaning first; None where the word is no name here at all.

    Cues are looked for in the sentence; a state that the article has already named is a cue for itself.
    """
    surface = hit.best.surface
    if _is_name_part(root, hit):
        return None
    senses = _ambiguous().get(fold(surface))
    if not senses:
        return hit
    words = fold(sentence.text)
    scored: list[tuple[float, int, dict[str, Any]]] = []
    for place, sense in enumerate(senses):
        score = sum(1.0 for cue in sense.get("cues") or () if _stands(fold(str(cue)), words))
        code = sense.get("code")
        if code and context.states[code] > 0 and sense.get("kind") is None:
            score += 0.5
        scored.append((-score, place, sense))
    best = min(scored, key=lambda row: row[:2])[2]
    code = best.get("code")
    if code is None:
        return None
    if hit.best.to is not None and hit.best.holds(context.latest) and context.latest and best.get("kind") is None:
        return hit  # a state that stood then: Moscow in 1985
    entries = sorted(hit.entries, key=lambda entry: entry.actor.code != code)
    if entries[0].actor.code != code:
        actor = replace(hit.best.actor, code=code, sector=(), name=str(best.get("name") or surface))
        entries.insert(0, Entry(actor, "city" if best.get("kind") else hit.best.via, surface))
    return replace(hit, entries=tuple(entries))


def _stands(cue: str, words: str) -> bool:
    place = words.find(cue)
    while place >= 0:
        before, after = words[place - 1 : place], words[place + len(cue) : place + len(cue) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        place = words.find(cue, place + 1)
    return False


def _is_name_part(root: Token, hit: Hit) -> bool:
    """Whether a state's or city's name stands inside a longer personal name ("Jordan Martinez", "Paris Hilton")."""
    if hit.best.person is not None or hit.best.via not in ("name", "city", "capital", "group", "nationality"):
        return False
    if hit.best.via in ("group", "nationality") and " " in hit.best.surface:
        return False
    following = root.nbor(1) if root.i + 1 < len(root.doc) else None
    if root.dep_ == "compound" and root.ent_type_ == "PERSON" and following is not None:
        return following.ent_type_ == "PERSON" and following.ent_iob_ == "I"
    return root.ent_type_ == "PERSON" and root.ent_iob_ == "I" and hit.best.via != "name"
