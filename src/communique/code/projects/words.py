"""Words by which undertakings and their stages are known, from knowledge/projects.yaml."""

from __future__ import annotations

import functools
import re

from communique.errors import KnowledgeError
from communique.knowledge import load
from communique.syntax import first_run

STAGES = ("cancelled", "suspended", "in service", "under construction", "agreed", "planned")
VERBAL = frozenset({"VERB", "AUX"})


@functools.cache
def types() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Head noun to (the words before it, the type), the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, names in load.data("projects.yaml")["types"].items():
        for name in names:
            *before, head = str(name).lower().replace("-", " - ").split()
            found.setdefault(head, []).append((tuple(before), str(kind)))
    return {head: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for head, rows in found.items()}


@functools.cache
def words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load.data("projects.yaml")[name])


@functools.cache
def known_names() -> tuple[re.Pattern[str], dict[str, tuple[str, str, tuple[str, ...]]], frozenset[str]]:
    """A pattern of all well-known names, for each (canonical name, type, parties), and the first word of each.

    Where none of the first words stands in a text (`communique.syntax.runs`), the pattern is nowhere in it.
    """
    table: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for row in load.data("projects.yaml")["known"]:
        for name in (row["name"], *row.get("names", ())):
            table[str(name).lower()] = (str(row["name"]), str(row["type"]), tuple(row["parties"]))
    names = sorted(table, key=lambda name: (-len(name), name))
    pattern = (
        r"(?<![\w-])(?:"
        + "|".join(re.escape(name).replace("\\-", "[-–]").replace("\\ ", r"\s") for name in names)
        + r")(?![\w])"
    )
    return re.compile(pattern, re.IGNORECASE), table, frozenset(map(first_run, table))


@functools.cache
def stage_words() -> tuple[dict[str, str], dict[str, str]]:
    """Lemma to stage and phrase to stage.

    Raises KnowledgeError for a stage that the model does not have.
    """
    table = load.data("projects.yaml")
    stages = {**table["stages"], **dict.fromkeys(table["phrases"].values(), ())}
    unknown = set(stages) - set(STAGES)
    if unknown:
        raise KnowledgeError(
            f"unknown stage {sorted(unknown)[0]!r}", where="knowledge/projects.yaml", advice=f"Use {', '.join(STAGES)}"
        )
    lemmas: dict[str, str] = {}
    for stage in STAGES:
        for lemma in table["stages"].get(stage, ()):
            lemmas.setdefault(str(lemma), stage)
    return lemmas, {str(phrase): str(stage) for phrase, stage in table["phrases"].items()}
