"""Pictures to files and text: HTML with everything inside, SVG and PNG; no network, no browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from communique.errors import UsageError

FORMS = (".html", ".svg", ".png")
_ID = re.compile(r"\b(gradient_|clip)\d+\b")
SCALE = 2.0  # pixels of a PNG for each unit of the drawing


class Shown:
    """A picture as a notebook's last line: it is drawn as SVG, without network and without a library in the page."""

    def __init__(self, chart: Any) -> None:
        self._svg = svg(chart)

    def _repr_svg_(self) -> str:
        return self._svg

    def __repr__(self) -> str:
        return "a picture"


def svg(chart: Any) -> str:
    """The picture as SVG text."""
    import vl_convert

    return _renumbered(str(vl_convert.vegalite_to_svg(chart.to_dict())))


def _renumbered(text: str) -> str:
    """The same drawing with ids counted from its own beginning: the library counts over all it ever drew."""
    seen: dict[str, str] = {}
    return _ID.sub(
        lambda found: seen.setdefault(
            found.group(), f"{found.group(1)}{sum(k.startswith(found.group(1)) for k in seen)}"
        ),
        text,
    )


def png(chart: Any) -> bytes:
    """The picture as PNG."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(chart.to_dict(), scale=SCALE))


def html(chart: Any) -> str:
    """The picture as one page that shows values under the pointer; the drawing library is inside."""
    import vl_convert

    return str(vl_convert.vegalite_to_html(chart.to_dict(), bundle=True))


def save(chart: Any, path: str | Path) -> None:
    """Writes the picture as its ending says. Raises UsageError for another ending, or a file that cannot be written."""
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in FORMS:
        raise UsageError("a picture is HTML, SVG or PNG", where=str(path), advice="Name a file that ends so")
    drawn = png(chart) if ending == ".png" else (html(chart) if ending == ".html" else svg(chart)).encode("utf8")
    try:
        target.write_bytes(drawn)
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})", where=str(path), advice="Name a file in a folder you may write to"
        ) from fault
