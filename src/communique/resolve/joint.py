"""Whose voice a joint statement has: the states that its title names, else a group without a name."""

from __future__ import annotations

import re

from communique.addresses import slug
from communique.model import Actor, Document
from communique.resolve.discourse import BODIES
from communique.resolve.gazetteer import gazetteer, state_name

_JOINT = re.compile(
    r"(?i)\bjoint (?:\w+[ -]){0,3}?(?:statement|declaration|communiqu[eé]|press release|leaders['’]? statement)\b"
    r"|\bstatement (?:by|of|from) the (?:foreign|defen[cs]e|finance|g7|g20|g8) (?:and \w+ )?ministers\b"
    r"|\bstatement (?:by|of|from) the .{0,120}\band the foreign ministers of\b"
    r"|\b(?:foreign|defen[cs]e|finance) ministers['’]? (?:joint )?(?:statement|communiqu[eé]|declaration)\b"
    r"|\b(?:G-?7|G-?8|G-?20|Quad|Troika|Quint)\b.{0,50}\b(?:statement|communiqu[eé]|declaration)\b"
    r"|^(?:the )?(?:\w+[ -]){1,4}(?:coalition|alliance|contact group|core group|friends of \w+)\b.{0,30}?"
    r"\b(?:statement|communiqu[eé]|declaration)\b"
)
# what an issuing ministry writes above or below a statement of several
_ISSUED = re.compile(
    r"(?i)\b(?:statement|communiqu[eé]|declaration|text)\b.{0,60}?\b(?:released|issued|made|agreed|adopted|signed|endorsed)"
    r" (?:\w+ )?by\b(?P<by>[^\n]{10,1500}?)(?:\.\s|\.?\n|\Z|:)"
    r"|^\s*(?:signed|endorsed|joined|supported) by\b(?P<below>[^\n]{10,1500}?)(?:\.\s|\.?\n|\Z)",
    re.MULTILINE,
)
# as far from either end of a text as such words stand
_EDGE = 2000
# what follows is what the statement is about
_TOPIC = re.compile(
    r"(?i)\b(?:on|regarding|about|concerning|condemning|following|marking|welcoming|ahead of|against)\b"
)
# bodies that are called by one word only in such a title
_FORUMS = {"quad": "Quad", "troika": "Troika", "quint": "Quint"}


def signatories(document: Document, house: Actor | None) -> tuple[Actor, ...]:
    """Who "we" are in a joint statement; empty where the document is none.

    The states and bodies before the topic of the title; one state alone is joined by the house, whose page it is.
    Where the title names nobody, one actor without a code, called "signatories". Those whom the text itself says to
    have issued it come first; without a title the words of the address are read.
    """
    issued = _issued(document)
    if issued:
        return issued
    title = document.title or slug(document.url)
    hit = _JOINT.search(title)
    if hit is None:
        return ()
    named: dict[str, Actor] = {}
    front = _TOPIC.split(title)[0] if document.title else title[: hit.end()]
    for name in gazetteer().hits(front):
        actor = name.best.actor
        if actor.kind == "state" and front[name.span.end : name.span.end + 2] in ("'s", "’s"):
            continue  # "Troika Statement: South Sudan's Independence Day"
        if actor.kind in ("state", "body") or name.best.person is not None:
            _sign(named, actor)
    found = tuple(named.values())
    if len(found) == 1 and found[0].kind == "state" and house is not None and house.code != found[0].code:
        found = (*found, house)
    if len(found) > 1 or (found and found[0].kind == "body"):
        return found
    forum = next((name for word, name in _FORUMS.items() if re.search(rf"(?i)\b{word}\b", title)), None)
    if forum is not None:
        return (Actor("IGO", ("GOV",), forum, kind="body"),)
    return (Actor(None, ("GOV",), "signatories", kind="group"),)


def _issued(document: Document) -> tuple[Actor, ...]:
    """Two or more states and bodies that the head or foot of a text says to have issued or signed it."""
    text = document.text
    for part in (text[:_EDGE], text[-_EDGE:]):
        for hit in _ISSUED.finditer(part):
            named: dict[str, Actor] = {}
            for name in gazetteer().hits(hit["by"] or hit["below"]):
                actor = name.best.actor
                if actor.kind == "body" or (actor.kind == "state" and name.best.via != "demonym"):
                    _sign(named, actor)
            if len(named) > 1:
                return tuple(named.values())
    return ()


def _sign(named: dict[str, Actor], actor: Actor) -> None:
    """Adds a body as itself, and a state or whoever acts for it as the state's government."""
    if actor.kind == "body" and actor.code:
        named.setdefault(actor.name or actor.code, actor)
    elif actor.code and actor.code not in BODIES:
        named.setdefault(actor.code, Actor(actor.code, ("GOV",), state_name(actor.code), kind="state"))
