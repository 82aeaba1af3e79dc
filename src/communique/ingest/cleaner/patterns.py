"""The furniture patterns of knowledge/furniture.yaml, compiled once: which kinds of furniture a line looks like."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import load

FILE = "furniture.yaml"
QUOTED = 30  # a line that begins with a quotation mark and is longer is somebody's words
_SENTENCE_END = re.compile(r"(?<![.])(?<![ap]\.m)\.[\"')\]]*$", re.I)
REMEMBERED = 80  # characters of the lines whose kinds are remembered
_MACRO = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of furniture: its reason and the patterns that show it.

    whole must fit the whole line, starts its beginning, contains any place in it; `case` says that capitals count.
    name says that they name things, so that a line with a full stop at its end is none. limit is the longest line, in
    characters, that can be of this kind. weak kinds count only beside other furniture.
    opens: a block of such furniture follows ("Most Popular"); closes: no article comes after it.
    """

    reason: str
    rank: int
    whole: re.Pattern[str] | None
    starts: re.Pattern[str] | None
    contains: re.Pattern[str] | None
    case: bool
    name: bool
    limit: int
    weak: bool
    opens: str | None
    closes: bool

    def fits(self, line: str) -> bool:
        """Whether one of its patterns fits the line."""
        if self.name and _SENTENCE_END.search(line):
            return False
        return bool(
            (self.whole and self.whole.fullmatch(line))
            or (self.starts and self.starts.match(line))
            or (self.contains and self.contains.search(line))
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A kind that fits a line."""

    kind: Kind

    @property
    def reason(self) -> str:
        """The reason it gives."""
        return self.kind.reason


def _knowledge() -> dict[str, Any]:
    data = load.data(FILE)
    if not isinstance(data, dict) or "kinds" not in data:
        raise KnowledgeError("has no kinds", where=f"knowledge/{FILE}", advice="Mend the file")
    return data


@functools.cache
def words(name: str) -> frozenset[str]:
    """A word list of the furniture file, in small letters."""
    return frozenset(str(word).lower() for word in _knowledge()["words"].get(name, ()))


def function_words() -> frozenset[str]:
    """English function words."""
    return words("function")


@functools.cache
def macros() -> dict[str, str]:
    """The named parts of patterns, with the parts inside them filled in, and every word list as a choice of words."""
    filled: dict[str, str] = {}
    for name, listed in _knowledge()["words"].items():
        longest_first = sorted(map(str, listed), key=len, reverse=True)
        filled[name] = "(?:" + "|".join(map(re.escape, longest_first)) + ")"
    for name, pattern in _knowledge()["macros"].items():
        filled[name] = "(?:" + _filled(str(pattern), filled) + ")"
    return filled


def _filled(pattern: str, known: dict[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        if match.group(1) not in known:
            raise KnowledgeError(
                f"the pattern {pattern[:60]!r} names no macro <{match.group(1)}>",
                where=f"knowledge/{FILE}",
                advice="Define it above the place where it is used",
            )
        return known[match.group(1)]

    return _MACRO.sub(fill, pattern)


def expand(pattern: str) -> str:
    """A pattern with its <macros> filled in. Raises KnowledgeError where one is unknown."""
    return _filled(pattern, macros())


def _compiled(patterns: list[str] | None, reason: str, tail: str = "", head: str = "") -> re.Pattern[str] | None:
    if not patterns:
        return None
    parts = [expand(str(pattern)) for pattern in patterns]
    try:
        return re.compile(head + "(?:" + "|".join(parts) + ")" + tail)
    except re.error:
        for pattern, part in zip(patterns, parts, strict=True):
            _check(str(pattern), part, reason)
        raise


def _check(pattern: str, expanded: str, reason: str) -> None:
    """Raises KnowledgeError where one pattern by itself is no regular expression."""
    try:
        re.compile(expanded)
    except re.error as fault:
        raise KnowledgeError(
            f"pattern {pattern!r} under {reason!r} is no regular expression ({fault})",
            where=f"knowledge/{FILE}",
            advice="Mend the pattern",
        ) from fault


# These fit a line from its beginning or not at all: \A keeps a long line from being tried at each of its places.
# What may stand around a line's words without changing what it is: bullets, arrows, brackets, colons.
_AROUND = r"[\s\W_]{0,6}"


@functools.cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, strong ones first, each in the order of the file."""
    made: list[Kind] = []
    for rank, entry in enumerate(_knowledge()["kinds"]):
        reason = str(entry["reason"])
        made.append(
            Kind(
                reason,
                rank,
                _compiled(entry.get("whole"), reason, tail=_AROUND, head=rf"\A{_AROUND}"),
                _compiled(entry.get("starts"), reason, head=r"\A[\W_]{0,4}"),
                _compiled(entry.get("contains"), reason),
                bool(entry.get("case", False)),
                bool(entry.get("name", False)),
                int(entry.get("limit", 200)),
                bool(entry.get("weak", False)),
                entry.get("opens"),
                bool(entry.get("closes", False)),
            )
        )
    return tuple(sorted(made, key=lambda kind: (kind.weak, kind.rank)))


def find(text: str, lower: str, size: int) -> tuple[Found, ...]:
    """The kinds that fit a line, strong ones first. size is the line's length in characters before it was cut."""
    return _remembered(text) if size == len(text) <= REMEMBERED else _find(text, lower, size)


@functools.lru_cache(maxsize=10_000)
def _remembered(text: str) -> tuple[Found, ...]:
    """The kinds of a short line: the pages of one outlet share their menus."""
    return _find(text, text.lower(), len(text))


def _find(text: str, lower: str, size: int) -> tuple[Found, ...]:
    if size > QUOTED and text.startswith('"') and not text.endswith(")"):
        return ()
    return tuple(Found(kind) for kind in kinds() if size <= kind.limit and kind.fits(text if kind.case else lower))
