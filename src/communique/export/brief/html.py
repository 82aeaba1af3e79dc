"""The brief as one HTML page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

import functools

import jinja2

from communique.export.brief import chart
from communique.export.brief.nouns import Brief
from communique.export.brief.wording import visible


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("communique.export.brief", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters["web"] = _web
    return environment.get_template("brief.html.j2")


def render(brief: Brief) -> str:
    """The page. Every word that came from elsewhere is escaped; only addresses of the web become links."""
    drawn = chart.svg(brief.names, brief.series)
    return _template().render(brief=brief, drawn=drawn) + "\n"


def _web(address: str | None) -> str | None:
    """An address that may be a link; None for anything that is not of the web."""
    return address if address and address.lower().startswith(("http://", "https://")) else None
