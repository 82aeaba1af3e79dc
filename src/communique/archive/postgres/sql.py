"""Statements as the archive writes them for SQLite, in the words of PostgreSQL and its driver."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import schema

MOST_VALUES = 30_000  # in one statement; the protocol counts them with 16 bits
_INSERT = re.compile(r"INSERT (?:OR (IGNORE|REPLACE) )?INTO (\w+)(?: \(([\w, ]+)\))? VALUES \((\?(?:, \?)*)\)\Z")
_LITERAL = re.compile(r"('(?:[^']|'')*'|\"[^\"]*\")")


@functools.lru_cache(maxsize=512)
def translated(statement: str, values: bool = True) -> str:
    """One statement with `?` for its values, as the driver wants it; values: whether any come with it."""
    found = _INSERT.match(statement)
    if found:
        return f"{_head(found)} ({found[4].replace('?', '%s')}){_tail(found)}"
    # a join in the order as written, which only SQLite's planner has to be told
    plain = re.sub(r"\bCROSS JOIN (\w+) ON\b", r"JOIN \1 ON", statement)
    if not values:
        return plain
    parts = _LITERAL.split(plain.replace("%", "%%"))
    return "".join(part if number % 2 else part.replace("?", "%s") for number, part in enumerate(parts))


def batches(statement: str, rows: Sequence[Sequence[Any]]) -> list[tuple[str, list[Any]]] | None:
    """An insertion of many rows as few statements with many values each; None where it is something else.

    Of rows that replace each other the last is kept: one statement may not write a row twice.
    """
    found = _INSERT.match(statement)
    if found is None or not rows:
        return None
    if found[1] == "REPLACE":
        places = [_columns(found).index(name) for name in _key(found[2])]
        rows = list({tuple(row[place] for place in places): row for row in rows}.values())
    width = found[4].count("?")
    one = f"({', '.join(['%s'] * width)})"
    most = max(1, MOST_VALUES // width)
    made = []
    for start in range(0, len(rows), most):
        part = rows[start : start + most]
        many = ", ".join([one] * len(part))
        made.append((f"{_head(found)} {many}{_tail(found)}", [value for row in part for value in row]))
    return made


def _head(found: re.Match[str]) -> str:
    return f"INSERT INTO {found[2]}{f' ({found[3]})' if found[3] else ''} VALUES"


def _tail(found: re.Match[str]) -> str:
    if found[1] == "IGNORE":
        return " ON CONFLICT DO NOTHING"
    if found[1] != "REPLACE":
        return ""
    key = _key(found[2])
    rest = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in _columns(found) if name not in key)
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {rest}"


def _columns(found: re.Match[str]) -> list[str]:
    return found[3].split(", ") if found[3] else [column.name for column in _table(found[2]).columns]


def _key(name: str) -> list[str]:
    return [column.name for column in _table(name).primary_key]


def _table(name: str) -> sa.Table:
    return schema.metadata.tables[name]
