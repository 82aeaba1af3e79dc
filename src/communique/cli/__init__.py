"""The command line, one module for each command."""

from __future__ import annotations

from communique import garbage, threads

garbage.start()
threads.single()

from communique.cli.app import main, run  # noqa: E402 - what is imported is not to be looked through for garbage

__all__ = ["main", "run"]
