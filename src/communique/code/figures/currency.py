"""Whose money a bare "$" or "Rs" is: decided by what a document says, where it is from and what it is about."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from communique.code.figures.quantity import Quantity
from communique.knowledge import load
from communique.model import Document

# the most of a text that is looked at: what an article is about stands early
LOOKED_AT = 20_000
_HOST = re.compile(r"(?i)^(?:\w+://)?(?:[^/@]*@)?([^/:?#]+)")
_SIGN = re.compile(r"([^\W\d]+\.?|¥)\s?$")
# "(all figures in Australian dollars)", "amounts are in Canadian dollars unless otherwise noted"
_ALL = re.compile(
    r"(?i)\b(?:all\s)?(?:figures|amounts|sums|values|prices|costs)\s(?:are\s|given\s|stated\s|quoted\s)*in\s"
)


@dataclass(frozen=True, slots=True)
class Home:
    """What bare money words mean in a document: the dollar's ISO 4217 code and why, and the country of the outlet."""

    dollar: str = "USD"
    why: str | None = None
    country: str | None = None


@functools.cache
def _table() -> dict[str, Any]:
    held: dict[str, Any] = load.data("currencies.yaml")
    return held


@functools.cache
def _signs(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = sorted((re.escape(word) for word in words), key=len, reverse=True)
    return re.compile(r"(?<![A-Za-z$])(?:" + "|".join(parts) + r")(?![A-Za-z])")


@functools.cache
def _bare() -> re.Pattern[str]:
    return re.compile(r"(?i)(?<![A-Za-z])\$|\b(?:" + "|".join(_table()["bare"]) + r")\b")


def home(document: Document) -> Home:
    """What "$" and "dollars" mean in a document.

    In this order: the document says in which dollars its figures are; it writes the country's own sign (A$) beside
    bare "$", which then is American; it is by an outlet of a country with its own dollar (by web address or name),
    which writes US$ where it means those, and is not an agency's story of the United States. Else American.
    """
    text = document.text[:LOOKED_AT]
    country = _country(document)
    said = _stated(text)
    if said is not None:
        return Home(*said, country)
    found = _outlet(document)
    if found is None:
        return Home(country=country)
    row = _table()["homes"][found]
    own, american = row["code"], _table()["american"]
    if _signs(tuple(row["signs"])).search(text):
        return Home("USD", f"{row['signs'][0]} stands beside bare $", found)
    if _signs(tuple(american["signs"])).search(text):
        return Home(own, f"outlet of {found}, which writes US$ for the others", found)
    here, there = _count(text, row["names"]), _count(text, american["names"])
    abroad = here == 0 and there > 0
    if abroad or (here < there and _count(text, _table()["agencies"])):
        return Home("USD", f"outlet of {found}, but about the United States", found)
    return Home(own, f"outlet of {found}", found)


def _stated(text: str) -> tuple[str, str] | None:
    for match in _ALL.finditer(text):
        behind = text[match.end() : match.end() + 40]
        for row in _table()["homes"].values():
            sign = _signs(tuple(row["signs"])).match(behind)
            if sign:
                return str(row["code"]), f"the document says: {match.group()}{sign.group()}"
        sign = _signs(tuple(_table()["american"]["signs"])).match(behind)
        if sign:
            return "USD", f"the document says: {match.group()}{sign.group()}"
    return None


def _host(document: Document) -> str:
    found = _HOST.match(document.url or "")
    return found.group(1).lower() if found else ""


def _outlet(document: Document) -> str | None:
    """The country with a dollar of its own whose outlet this is, by the address, else by the outlet's name."""
    host = _host(document)
    for code, row in _table()["homes"].items():
        if any(host.endswith(end) for end in row["domains"]) or any(_of(host, known) for known in row["hosts"]):
            return str(code)
    source = document.source or ""
    named = [code for code, row in _table()["homes"].items() if _count(source, row["names"])]
    return str(named[0]) if len(named) == 1 else None


def _of(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")


def _country(document: Document) -> str | None:
    """The country of the outlet's address, for names that several currencies share."""
    host = _host(document)
    return next((str(code) for end, code in _table()["countries"].items() if host.endswith(end)), None)


def _count(text: str, names: Iterable[str]) -> int:
    return len(_names(tuple(names)).findall(text))


@functools.cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = sorted((re.escape(name) for name in names), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


def at_home(text: str, found: list[Quantity], where: Home) -> list[Quantity]:
    """The quantities with bare dollars read as the document's own.

    A bare sum in brackets right behind one in the home currency is that sum in American dollars and stays so.
    """
    if where.dollar == "USD":
        return found
    american = _signs(tuple(_table()["american"]["signs"]))
    made: list[Quantity] = []
    for each in found:
        words = text[each.start : each.end]
        bare = each.kind == "money" and each.unit == "USD" and _bare().search(words) is not None
        if bare and american.search(text[max(0, each.start - 3) : each.end]) is None and not _american(text, each):
            each = replace(each, unit=where.dollar)
        made.append(each)
    return made


def of_states(text: str, found: list[Quantity], states: Iterable[str]) -> list[Quantity]:
    """Money behind a sign that several states use, by the state that the sentence names: Rs 500 in Nepal."""
    made: list[Quantity] = []
    named = list(states)
    for each in found:
        sign = _SIGN.search(text[each.start : each.number[0]]) if each.kind == "money" else None
        row = _table()["signs"].get(sign.group(1)) if sign else None
        if row is not None:
            code = next((row["by"][state] for state in named if state in row["by"]), None)
            if code is None and row.get("only"):
                continue
            if code is not None and not set(row.get("unless", ())) & set(named):
                each = replace(each, unit=code)
        made.append(each)
    return made


def _american(text: str, each: Quantity) -> bool:
    """Whether an adjective before or behind says whose dollars they are: "5 billion American dollars"."""
    return re.search(r"(?i)\b(?:US|U\.S\.|American)\s*$", text[max(0, each.start - 12) : each.start]) is not None or (
        re.search(r"(?i)\b(?:US|U\.S\.|American)\b", text[each.start : each.end]) is not None
    )
