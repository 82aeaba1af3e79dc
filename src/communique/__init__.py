"""Communique: from the news to a sourced, dated record of relations between states."""

from __future__ import annotations

__version__ = "0.1.0"
