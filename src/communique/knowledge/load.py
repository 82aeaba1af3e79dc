"""Reads the data files beside this module, once each."""

from __future__ import annotations

import csv
import functools
from importlib.resources import files
from typing import Any

import yaml

from communique.errors import KnowledgeError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    try:
        return yaml.load(text(name), Loader=_Loader)
    except yaml.YAMLError as fault:
        raise KnowledgeError(
            f"is not YAML ({str(fault).splitlines()[0]})", where=f"knowledge/{name}", advice="Mend the file"
        ) from fault


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file with a header as rows by column name; lines that start with # are comments."""
    lines = [line for line in text(name).splitlines() if line.strip() and not line.startswith("#")]
    return tuple(dict(row) for row in csv.DictReader(lines))


def names(folder: str, ending: str) -> tuple[str, ...]:
    """The files of a knowledge folder with that ending, sorted."""
    here = files(__package__) / folder
    if not here.is_dir():
        return ()
    return tuple(sorted(f"{folder}/{entry.name}" for entry in here.iterdir() if entry.name.endswith(ending)))
