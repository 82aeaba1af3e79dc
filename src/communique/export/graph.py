"""Events as edges of a graph: who acted on whom."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

Edge = tuple[str, str, dict[str, Any]]
KEPT = ("id", "event", "mode", "quad_code", "event_scale", "date", "enddate", "stance", "document_id", "text")


def edges(rows: Iterable[dict[str, Any]]) -> Iterator[Edge]:
    """(actor, recipient, attributes) for each pair of each event; a mutual event gives both directions.

    rows are events as the contract's JSON; other kinds are passed over. Attributes that are unknown are left out, as
    GraphML and GEXF hold no empty values.
    """
    for row in rows:
        if row["kind"] != "event":
            continue
        attributes = {name: row[name] for name in KEPT if row[name] is not None}
        attributes["unordered"] = row["unordered"]
        actors, recipients = _nodes(row["actor"]), _nodes(row["recipient"])
        if row["unordered"]:
            for one, other in itertools.permutations(dict.fromkeys([*actors, *recipients]), 2):
                yield one, other, dict(attributes)
        else:
            for one, other in itertools.product(actors, recipients):
                yield one, other, dict(attributes)


def _nodes(side: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(str(who["code"] or who["name"] or who["entity_text"]) for who in side))
