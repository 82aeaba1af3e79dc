"""Addresses as the web has them: some are none."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit


def host(address: str | None) -> str:
    """The host of an address in small letters without "www.", empty where it has none or is broken ("https://[x]/")."""
    try:
        return (urlsplit(address or "").hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


_WORD = re.compile(r"[^\W_]+")
_CAPITALS = frozenset(
    "eu uk un us uae nato asean osce oecd au drc prc dprk rok gcc imf wto who iaea opec brics".split()
)
# words that stay small in a heading
_SMALL = frozenset("a an and as at by for from in into of on or over the to under via with".split())


def slug(address: str | None) -> str:
    """The heading that the last part of an address spells, each word with a capital; empty where it spells none.

    "https://x.org/2021/joint-statement-on-belarus/" gives "Joint Statement on Belarus".
    """
    try:
        parts = [part for part in urlsplit(address or "").path.split("/") if part]
    except ValueError:
        return ""
    words = _WORD.findall(unquote(parts[-1]).removesuffix(".html").removesuffix(".htm")) if parts else []
    if sum(word.isalpha() for word in words) < 4 or not parts[-1].count("-") + parts[-1].count("_") > 2:
        return ""
    words = [word.upper() if word in _CAPITALS else word for word in words]
    told = " ".join(
        word if word in _SMALL and place else word[:1].upper() + word[1:] for place, word in enumerate(words)
    )
    return re.sub(r"\bU S\b", "U.S.", told)
