"""Text of pages and names of files as they may be shown: without what a terminal takes as an order to itself."""

from __future__ import annotations

import re

# colours, titles, cleared screens, the clipboard: all begin with a control character. What we set ourselves (bold and
# turned around, on and off) harms nobody, whoever wrote it.
_ORDERS = re.compile(r"\x1b(?!\[(?:1|22|7|27)m)|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """The text with a sign (U+FFFD) for each control character; JSON says them in its own way and keeps its value."""
    if text.startswith(('{"', '[{"')):
        return _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _ORDERS.sub("\ufffd", text)
