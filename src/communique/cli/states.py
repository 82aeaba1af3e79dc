"""What a user calls a state or body becomes its code."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from communique.errors import UsageError
from communique.knowledge import load

GENERIC = frozenset({"IGO", "NGO", "MNC", "ISM", "IMG"})  # codes that stand for many bodies: those go by name


@functools.cache
def known() -> dict[str, str]:
    """Every name of a state or body, lower-cased, with what it is filtered by: its code, or its name if generic."""
    names: dict[str, str] = {}
    for section in ("states", "bodies"):
        for file in (f"{section}.yaml", *load.names(section, ".yaml")):
            if file.endswith(f"{section}.yaml") and not (files("communique.knowledge") / file).is_file():
                continue
            for entry in load.data(file).get(section) or ():
                _add(names, entry)
    return names


def _add(names: dict[str, str], entry: dict[str, Any]) -> None:
    code, name = str(entry.get("code") or ""), str(entry.get("name") or "")
    meant = name if code in GENERIC else code
    if not meant:
        return
    if meant == code:
        names.setdefault(code.lower(), code)
    for each in (name, entry.get("iso2"), *(entry.get("names") or ())):
        if each:
            names.setdefault(str(each).lower(), meant)


def codes(given: Iterable[str]) -> tuple[str, ...]:
    """The codes of what a user wrote, in order, each once. Raises UsageError for a name nobody knows."""
    found = []
    for word in given:
        code = known().get(word.strip().lower().removeprefix("the "))
        if code is None:
            near = difflib.get_close_matches(word.lower(), known(), n=3, cutoff=0.75)
            meant = dict.fromkeys(known()[name] for name in near)
            hint = f"Did you mean {' or '.join(meant)}" if meant else "Write its name or its ISO 3166 code, as in CHN"
            raise UsageError("no state or body has this name", where=word, advice=hint)
        found.append(code)
    return tuple(dict.fromkeys(found))
