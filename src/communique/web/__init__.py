"""The desk: an archive in a browser. Pages made on the server; they need no script and nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.web.app import create_app
    from communique.web.options import Options

__all__ = ["Options", "create_app"]


def __getattr__(name: str) -> Any:
    """The parts on demand: naming the package must not load a web server."""
    if name == "create_app":
        from communique.web.app import create_app

        return create_app
    if name == "Options":
        from communique.web.options import Options

        return Options
    raise AttributeError(name)
