"""Whose own page a document is: a ministry or a body says "we" for its state or for itself."""

from __future__ import annotations

from collections.abc import Mapping

from communique.addresses import host
from communique.model import Actor, Document
from communique.resolve.discourse import BODIES
from communique.resolve.gazetteer import rows, state_name
from communique.resolve.names import fold
from communique.resolve.nouns import reference


def house(document: Document) -> Actor | None:
    """The state or body whose own page this is, by the host of its address: a ministry says "we" for its state."""
    site = host(document.url)
    if not site:
        return None
    code = _under(site, reference()["hosts"])
    if code is not None:
        return _house(code)
    parts = site.split(".")
    if len(parts) > 2 and parts[-2] in reference()["public_labels"] and len(parts[-1]) == 2:
        for state in rows("states", "states"):
            if fold(str(state.get("iso2") or "")) == parts[-1] and not state.get("to"):
                return _house(str(state["code"]))
    return None


def seat(document: Document) -> str | None:
    """The office whose holder "the Secretary" is on a ministry's own page, by the host of its address."""
    return _under(host(document.url) or "", reference()["seats"])


def _under(site: str, ends: Mapping[str, str]) -> str | None:
    """What stands in a table for a host, by the longest of its ends that is there; None where there is none."""
    found = [end for end in ends if site == end or site.endswith("." + end)]
    return str(ends[max(found, key=len)]) if found else None


def _house(code: str) -> Actor:
    state = code not in BODIES
    return Actor(
        code, ("GOV",) if state else (), state_name(code) if state else None, kind="state" if state else "body"
    )
