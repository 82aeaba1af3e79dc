"""Pages in: files, HTML, JSON Lines and plain text full of furniture become Documents."""

from __future__ import annotations

from communique.ingest.files import count, read
from communique.ingest.html import from_html
from communique.ingest.text import from_text

__all__ = ["count", "from_html", "from_text", "read"]
