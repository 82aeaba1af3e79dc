"""Whom a cue names beside its speaker: "according to" whom, said to whom."""

from __future__ import annotations

from communique.code.quotes.words import listed
from communique.tree import Token


def according_source(token: Token) -> Token | None:
    """Whom "according to" names."""
    for child in token.children:
        if child.dep_ in ("prep", "pcomp") or child.lower_ == "to":
            for inner in child.children:
                if inner.dep_ in ("pobj", "dobj"):
                    return inner
    return None


def addressee(verb: Token) -> Token | None:
    """Whom the words are said to: "told reporters", "said to the council", "in an interview with the agency"."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "NOUN", "PRON") and child.i > verb.i:
            if verb.lemma_ in (
                "tell",
                "inform",
                "ask",
                "assure",
                "remind",
                "warn",
                "urge",
                "brief",
                "notify",
                "advise",
            ):
                return child
            if child.dep_ == "dative" and child.lower_ != "to":
                return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            if verb.lemma_ in (
                "say",
                "explain",
                "write",
                "complain",
                "confirm",
                "reply",
                "suggest",
                "announce",
                "admit",
            ):
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.ent_type_ not in ("DATE", "TIME"):
                        return inner
        if child.dep_ == "prep" and child.lower_ in ("in", "during", "on"):
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in listed("occasions"):
                    for prep in noun.children:
                        if prep.dep_ == "prep" and prep.lower_ in ("with", "to"):
                            return next((t for t in prep.children if t.dep_ == "pobj"), None)
    return None
