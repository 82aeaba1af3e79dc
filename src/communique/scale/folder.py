"""What stands in a folder of shards, for those who go on with it: an archive over it, and a merge of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from communique.errors import UsageError
from communique.settings import KINDS

LISTED = "_shards.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """The documents of one shard: the file that holds them, and how many were coded."""

    path: Path
    documents: int


@dataclass(frozen=True, slots=True)
class Folder:
    """The shards that belong together, in the order in which `communique read` reads them.

    coder is the program that coded them, kinds what it looked for.
    """

    path: Path
    coder: str
    kinds: tuple[str, ...]
    shards: tuple[Kept, ...]

    @property
    def documents(self) -> int:
        """How many documents were coded."""
        return sum(shard.documents for shard in self.shards)


def folder(path: Path) -> Folder:
    """The shards of a folder. Raises UsageError where it is none, or holds items without their documents."""
    try:
        held = json.loads((path / LISTED).read_text(encoding="utf8"))
        listed = [(row["file"], row.get("texts"), int(row["documents"])) for row in held["shards"]]
    except FileNotFoundError as fault:
        raise UsageError(
            f"is no folder of shards (it has no {LISTED})",
            where=str(path),
            advice=f"Code pages first, to the end: communique scale code PAGES --out {path}",
        ) from fault
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageError(
            f"{LISTED} cannot be read ({fault})", where=str(path), advice="Start `communique scale code` again"
        ) from fault
    bare = [file for file, texts, _ in listed if not texts]
    if bare:
        raise UsageError(
            f"{len(bare):,} of {len(listed):,} shards hold items without their documents: they were coded with "
            "--no-texts, or by an earlier version",
            where=str(path),
            advice=f"Code them again without that option: communique scale code PAGES --out {path}",
        )
    coder = f"communique {held.get('version', 'of unknown version')}"
    kinds = tuple(str(kind) for kind in held.get("kinds", KINDS))
    return Folder(path, coder, kinds, tuple(Kept(path / str(texts), count) for _, texts, count in listed))
