"""A bar of cooperation and conflict, as long as there are acts."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

WIDTH, HEIGHT = 120.0, 8.0


def bar(pair: Any, most: int) -> Markup:
    """Cooperation, then conflict; the whole is `most` acts wide. Decoration: the numbers stand beside it."""
    unit = WIDTH / max(1, most)
    first, second = pair.cooperation * unit, pair.conflict * unit
    return Markup(
        f'<svg class="bar" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}" aria-hidden="true" '
        f'focusable="false"><rect class="coop" x="0" y="0" width="{first:.1f}" height="{HEIGHT:g}"/>'
        f'<rect class="conf" x="{first:.1f}" y="0" width="{second:.1f}" height="{HEIGHT:g}"/></svg>'
    )
