"""Reads the data files beside this module, once each."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import cache

# how JSON holds what it has no form for: a day, and a mapping whose keys are not all text
_DAY, _MAP = "\0day", "\0map"


def text(name: str) -> str:
    """The content of a knowledge file, by its path inside the folder ("lexicon/verbs.yaml").

    Raises KnowledgeError where the file is missing or is not UTF-8.
    """
    try:
        return (files(__package__) / name).read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as fault:
        raise KnowledgeError(
            "cannot be read", where=f"knowledge/{name}", advice="Install the package again, or mend the file"
        ) from fault


@functools.cache
def data(name: str) -> Any:
    """A YAML file as plain Python values. Callers must not change what they get."""
    content = text(name)
    kept = cache.kept(cache.key(("yaml", content)), lambda: _as_json(_parsed(name, content)))
    return kept["plain"] if "plain" in kept else _from_json(kept["marked"])


def _parsed(name: str, content: str) -> Any:
    import yaml

    try:
        return yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as fault:
        raise KnowledgeError(
            f"is not YAML ({str(fault).splitlines()[0]})", where=f"knowledge/{name}", advice="Mend the file"
        ) from fault


def _as_json(value: Any) -> dict[str, Any]:
    """The value under "plain" where JSON has a form for all of it, else under "marked"."""
    marked = _marked(value)
    return {"plain": value} if marked == value else {"marked": marked}


def _marked(value: Any) -> Any:
    if isinstance(value, dict):
        if all(isinstance(name, str) for name in value):
            return {name: _marked(inner) for name, inner in value.items()}
        return {_MAP: [[_marked(name), _marked(inner)] for name, inner in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_marked(inner) for inner in value]
    return {_DAY: value.isoformat()} if isinstance(value, dt.date) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        if _DAY in value:
            return dt.date.fromisoformat(value[_DAY])
        if _MAP in value:
            return {_from_json(name): _from_json(inner) for name, inner in value[_MAP]}
        return {name: _from_json(inner) for name, inner in value.items()}
    return [_from_json(inner) for inner in value] if isinstance(value, list) else value


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file with a header as rows by column name; lines that start with # are comments."""
    lines = [line for line in text(name).splitlines() if line.strip() and not line.startswith("#")]
    return tuple(dict(row) for row in csv.DictReader(lines))


@functools.cache
def digest(*places: str) -> str:
    """The SHA-256 of files and whole folders of knowledge: the key of what is computed from them."""
    found = []
    for place in places:
        here = files(__package__) / place
        for name in names(place, "") if here.is_dir() else (place,):
            found += [name, text(name)]
    return cache.key(found)


def names(folder: str, ending: str) -> tuple[str, ...]:
    """The files of a knowledge folder with that ending, sorted."""
    here = files(__package__) / folder
    if not here.is_dir():
        return ()
    return tuple(sorted(f"{folder}/{entry.name}" for entry in here.iterdir() if entry.name.endswith(ending)))
