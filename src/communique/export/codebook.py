"""The codebook: which columns each kind of item has and what they hold, out of knowledge/codebook.yaml."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from communique.errors import KnowledgeError
from communique.export.flat import COLUMNS
from communique.knowledge import load
from communique.settings import KINDS

FILE = "codebook.yaml"


@functools.cache
def columns(kind: str) -> dict[str, str]:
    """The columns of a kind with what they hold, in the order of export.flat.

    Raises KnowledgeError where a column that only this kind could have is described nowhere.
    """
    held = load.data(FILE)
    parties = {
        f"{role}_{part}": f"{meant[:1].upper()}{meant[1:]}: {held['party'][part]}"
        for role, meant in held["parties"][kind].items()
        for part in held["party"]
    }
    described = {**held["all"], **parties, **held[kind]}
    return {name: str(described[name]) for name in COLUMNS if name in described}


def check() -> None:
    """Raises KnowledgeError where a column of the flat tables is described for no kind."""
    missing = set(COLUMNS).difference(*(columns(kind) for kind in KINDS))
    if missing:
        raise KnowledgeError(
            f"columns without a description: {', '.join(sorted(missing))}",
            where=f"knowledge/{FILE}",
            advice="Describe them under the kinds that have them",
        )


def markdown(kinds: Iterable[str] = KINDS) -> str:
    """The codebook as a page."""
    about = load.data(FILE)["kinds"]
    parts = [
        "# Codebook\n\nOne table for each kind of item. Several values in one cell are joined by `; `; parties and "
        "their names stand in the same order in all columns of one role. An empty cell is: not known, or not said."
    ]
    for kind in kinds:
        rows = "\n".join(
            f"| {name} | {_type(name)} | {meant.replace('|', '/')} |" for name, meant in columns(kind).items()
        )
        parts.append(f"## {kind}s\n\n{about[kind]}.\n\n| column | type | what it holds |\n|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _type(name: str) -> str:
    return {"list": "text, several", "flag": "true or false"}.get(COLUMNS[name][0], COLUMNS[name][0])
