"""Across reports: which pages copy each other, and which events are one event told more than once."""

from __future__ import annotations

from communique.merge.copies import near_copies, voices
from communique.merge.judge import judge, undo
from communique.merge.records import records
from communique.merge.refresh import refresh

__all__ = ["judge", "near_copies", "records", "refresh", "undo", "voices"]
