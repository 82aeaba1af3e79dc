"""Pictures of what was measured: one theme, readable in grey and by the colour-blind, written without network."""

from __future__ import annotations

from communique.export.pictures.write import Shown, html, png, save, svg

__all__ = ["Shown", "html", "png", "save", "svg"]
