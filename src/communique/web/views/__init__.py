"""The pages, one module for each family."""

from __future__ import annotations

import importlib

from fastapi import APIRouter

FAMILIES = (
    "start search listing pair record story actor item article "
    "network map pledges disagreements review brief export reading"
).split()


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages."""
    found = []
    for name in FAMILIES:
        router = importlib.import_module(f"communique.web.views.{name}").router
        assert isinstance(router, APIRouter)
        found.append(router)
    return tuple(found)
