"""Mentions resolved one by one: state, sector, name and office against people's codes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from communique.resolve import resolve_mention
from communique.resolve.names import fold

# the set is older than PLOVER's codes in places: Kosovo
_SAME = {"XKX": "KOS"}


def measure(shared: Path, misses: bool = False) -> dict[str, float]:
    """Share right of those where the gold says something."""
    right: dict[str, list[bool]] = {"country": [], "sector": [], "name": [], "office": []}
    for line in (shared / "gold" / "actors_dev.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        day = dt.date.fromisoformat(row["date"]) if row["date"] else None
        found = resolve_mention(row["mention"], day, row["context"])
        wanted = row["expected"]
        before = {key: list(value) for key, value in right.items()}
        if "country" in wanted:
            right["country"].append(found.code == _SAME.get(wanted["country"], wanted["country"]))
        if "sector" in wanted:
            right["sector"].append(wanted["sector"] in (found.sector or ("UNK",)))
        if wanted.get("name"):
            right["name"].append(fold(wanted["name"].split(" (")[0]) == fold(found.name or ""))
        if wanted.get("office"):
            right["office"].append(fold(found.office or "?") in fold(wanted["office"]))
        wrong = [key for key in right if len(right[key]) > len(before[key]) and not right[key][-1]]
        if misses and set(wrong) - {"name"}:
            print(wrong, row["mention"], row["date"], row["context"], wanted, "->", found)
    return {f"{name} right": sum(values) / len(values) for name, values in right.items()}


if __name__ == "__main__":
    import sys

    print(measure(Path(sys.argv[1]), misses=True))
