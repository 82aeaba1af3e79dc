"""Nouns into words on a page: the templates' environment, its filters, and what every page is given."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import jinja2

from communique.export.brief.wording import capital, in_text, state, visible
from communique.model import When
from communique.web.text import Block

# marks that turn the direction of writing without being seen, beside those that `visible` knows
_HIDDEN = re.compile("[\u200b-\u200f\u061c\u2060-\u2064\ufeff\u2028\u2029\u180e\U000e0000-\U000e007f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def shown(text: str) -> str:
    """Text from a page with every unseen sign made to be seen or taken out: it can neither steer nor hide."""
    return _HIDDEN.sub("", visible(text)) if text else text


@functools.cache
def templates() -> jinja2.Environment:
    """The environment of all templates: every value is escaped, and unseen signs are taken out of it."""
    from communique.web import words
    from communique.web.draw import balance

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("communique.web", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: "" if value is None else shown(value) if type(value) is str else value,
    )
    environment.filters |= {
        "web": web,
        "part": lambda value: quote(str(value), safe=""),
        "number": words.number,
        "share": words.share,
        "day": words.day_of,
        "date": lambda when: words.date(when) if isinstance(when, When) else str(when),
        "state": state,
        "in_text": in_text,
        "stance": words.stance,
        "event_noun": words.event_noun,
        "shorten": words.shorten,
        "signed": words.signed,
        "signed2": words.signed2,
        "in_text_of": lambda code: in_text(state(code)),
        "status_words": words.status,
        "balance_bar": balance.bar,
        "near_hit": near_hit,
        "ago": words.moment,
        "capital": capital,
    }
    environment.globals |= {"query": query, "plural": words.plural, "kinds": words.KINDS, "version": words.version()}
    return environment


def near_hit(shown: list[Block]) -> list[Block]:
    """The paragraph with the marked sentence and its neighbours: enough to decide by."""
    hits = [number for number, block in enumerate(shown) if any(sentence.hit for sentence in block.sentences)]
    if not hits:
        return shown[:3]
    return [block for block in shown[max(0, hits[0] - 2) : hits[-1] + 3] if block.kind == "article"]


def web(address: str | None) -> str | None:
    """An address that may be a link; None for anything that is not of the web."""
    return address if address and address.lower().startswith(("http://", "https://")) else None


def query(given: Mapping[str, Any] | Iterable[tuple[str, Any]], **changed: Any) -> str:
    """The query of an address with some of it changed; None takes one out. Empty where nothing is left."""
    pairs = list(given.items()) if isinstance(given, Mapping) else list(given)
    kept = [(name, value) for name, value in pairs if name not in changed and value not in (None, "")]
    for name, value in changed.items():
        if isinstance(value, (list, tuple)):
            kept += [(name, each) for each in value]
        elif value not in (None, ""):
            kept.append((name, value))
    return f"?{urlencode(kept)}" if kept else ""


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV with a header. Cells that a spreadsheet would run as a formula get an apostrophe before them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in names])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(each) for each in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
