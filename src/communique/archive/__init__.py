"""Keep: one SQLite file that holds documents and all that was read out of them."""

from __future__ import annotations

from communique.archive.query import Filters
from communique.archive.search import Hit
from communique.archive.store import Archive
from communique.archive.verify import Fault, Verdict

__all__ = ["Archive", "Fault", "Filters", "Hit", "Verdict"]
