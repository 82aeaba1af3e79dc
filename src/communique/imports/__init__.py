"""Event data sets of others in: rows of POLECAT, GDELT and ICEWS become coded documents without a text of their own."""

from __future__ import annotations

from communique.imports.base import FORMATS, read

__all__ = ["FORMATS", "read"]
