"""The command line, one module for each command."""

from __future__ import annotations

from communique.cli.app import main, run

__all__ = ["main", "run"]
