"""Bytes that change on the disk: each must be found by opening the archive or by `verify`, or matter to nobody."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from communique.archive import Archive
from communique.errors import CommuniqueError
from torture import looking


def flips(folder: Path, number: int, dice: random.Random, name: str = "calm.db") -> dict[str, Any]:
    """Changes single bits of an archive of this name in the folder, one after the other, and looks at each.

    Every second bit is of a byte that holds something.
    """
    whole = folder / name
    with contextlib.closing(sqlite3.connect(whole)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode = DELETE")
    expected = looking.content(whole)
    image = whole.read_bytes()
    found: Counter[str] = Counter()
    lost: list[int] = []
    path = folder / "flipped.db"
    # most of a small archive is room within its pages: every second place is one that holds something
    filled = [place for place, byte in enumerate(image) if byte]
    for turn in range(number):
        place = dice.choice(filled) if turn % 2 else dice.randrange(len(image))
        changed = bytearray(image)
        changed[place] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        outcome = _looked_at(path, expected)
        found[outcome] += 1
        if outcome in ("not found", "crashed", "told without advice"):
            lost.append(place)
        looking.remove(path)
    return {
        "flips": number,
        "bytes that hold something, percent": round(100 * len(filled) / len(image)),
        **dict(sorted(found.items())),
        "places that were not found": lost[:20],
        "failed": len(lost),
    }


def _looked_at(path: Path, expected: list[str]) -> str:
    try:
        with Archive(path, create=False) as archive:
            if archive.verify().faults:
                return "found by verify"
    except CommuniqueError as fault:
        return "found when opened or read" if fault.advice else "told without advice"
    except Exception:
        return "crashed"
    try:
        return "changed nothing" if looking.content(path) == expected else "not found"
    except (CommuniqueError, sqlite3.DatabaseError):  # what cannot be read back was not found
        return "not found"
