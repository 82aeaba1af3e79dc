"""The pages, one module for each family; `routers` puts them in the order of the menu."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages, in the order of the menu."""
    from communique.web.views import (
        actor,
        article,
        brief,
        item,
        listing,
        network,
        pair,
        reading,
        record,
        search,
        start,
        story,
    )

    return tuple(
        module.router
        for module in (start, search, listing, pair, record, story, actor, item, article, network, brief, reading)
    )
