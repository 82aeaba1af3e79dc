"""The pages, one module for each family; `routers` puts them in the order of the menu."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages, in the order of the menu."""
    from communique.web.views import article, brief, item, listing, pair, reading, record, search, start

    return tuple(module.router for module in (start, search, listing, pair, record, item, article, brief, reading))
