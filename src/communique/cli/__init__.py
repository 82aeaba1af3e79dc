"""The command line, one module for each command."""

from __future__ import annotations

import gc

from communique.cli.app import main, run

# Tables and models are many small objects that all stay: with Python's own thresholds a tenth of a start is spent on
# looking through them for garbage.
gc.set_threshold(50_000, 20, 20)

__all__ = ["main", "run"]
