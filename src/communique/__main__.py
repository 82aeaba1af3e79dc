"""`python -m communique` is the command line."""

from __future__ import annotations

from communique.cli import main

main()
