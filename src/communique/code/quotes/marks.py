"""Quotation marks: which characters of a paragraph stand inside them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_CLOSERS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'"}
# marks of two fonts that one hand mixes: “ closed by ", “ closed by “, " closed by ”
_MIXED = {"“": '"“', '"': "”“"}
_SINGLE = frozenset("‘'")
# an opening mark stands at the start, or after a blank or an opening sign
_BEFORE = re.compile(r"[\s(\[{—–:,;/-]")
_LONGEST = 6_000
_SIGN = re.compile("[" + "".join(_CLOSERS) + "]")
# a double mark typed as two single ones
_TWINS = ("''", "``")
_TWIN = re.compile("''|``")
_FILLER = "\u2060"


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters [start, end) of a text with the marks at both ends; open where no closing mark was found."""

    start: int
    end: int
    depth: int = 0
    open: bool = False

    def inner(self, text: str) -> tuple[int, int]:
        """The words without their marks and blanks."""
        start = self.start + (2 if text[self.start : self.start + 2] in _TWINS else 1)
        end = self.end if self.open else self.end - (2 if text[self.end - 2 : self.end] == "''" else 1)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end


@functools.lru_cache(maxsize=16)
def marked(text: str) -> tuple[Marked, ...]:
    """The quoted stretches of a paragraph in order, outer ones at depth 0 and quotes inside them at depth 1.

    A stretch that begins the paragraph and never closes runs to its end and is open: the speaker goes on in the next
    paragraph. Any other unclosed mark is taken for a slip and passed over.
    """
    found: list[Marked] = []
    place = 0
    text = _TWIN.sub(_single, text)
    while (sign_at := _SIGN.search(text, place)) is not None:
        place, sign = sign_at.start(), sign_at.group()
        if not _opens(text, place):
            place += 1
            continue
        end = _close(text, place)
        if end is None:
            if sign not in _SINGLE and text[:place].strip() == "" and len(text) - place > 20:
                found.append(Marked(place, len(text.rstrip()), open=True))
                break
            place += 1
            continue
        found.append(Marked(place, end))
        found += [Marked(place + 1 + m.start, place + 1 + m.end, 1) for m in _inside(text[place + 1 : end - 1], sign)]
        place = end
    return tuple(found)


def _single(twin: re.Match[str]) -> str:
    """One sign and a filler for two signs, so that places stay: opening before a word, closing after one."""
    text, start, end = twin.string, twin.start(), twin.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    opening = bool(after) and not after.isspace() and (not before or bool(_BEFORE.match(before)))
    return "“" + _FILLER if opening or twin.group() == "``" else _FILLER + "”"


def _inside(text: str, outer: str) -> list[Marked]:
    """The quotes inside a quote, by the other kind of mark."""
    other = "‘'" if outer not in _SINGLE else '“"'
    found = []
    place = 0
    while place < len(text):
        end = _close(text, place) if text[place] in other and _opens(text, place) else None
        if end is not None and end - place > 3:
            found.append(Marked(place, end))
            place = end
        else:
            place += 1
    return found


def _closes(text: str, place: int) -> bool:
    """Whether a mark stands where one closes: behind the end of a clause or a word, before a blank or a stop."""
    before, after = text[place - 1], text[place + 1] if place + 1 < len(text) else " "
    if after.isalnum() or before.isspace():
        return False
    return before in ",.?!…" if text[place] == "“" else True


def _opens(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if after.isspace():
        return False
    if text[place] in "“«„":
        return True
    if text[place] in _SINGLE and not (after.isalpha() or after in "[…"):
        return False  # '90s
    return bool(_BEFORE.match(before))


def _close(text: str, place: int) -> int | None:
    """Where the quote that opens here ends, just after its closing mark."""
    closers = _CLOSERS[text[place]]
    inside = 0  # marks of the other kind that opened since: theirs closes first
    for end in range(place + 1, min(len(text), place + _LONGEST)):
        if text[end] not in closers:
            other = _MIXED.get(text[place], "")
            if text[end] not in other:
                continue
            if _closes(text, end):
                if not inside:
                    return end + 1
                inside -= 1
            elif _opens(text, end):
                inside += 1
            continue
        before, after = text[end - 1], text[end + 1] if end + 1 < len(text) else " "
        if text[place] in _SINGLE:
            # an apostrophe is no closing mark: it stands inside a word, or after a plural's s with more to come
            if after.isalnum() or before.isspace():
                continue
            if before == "s" and after == " " and any(c in text[end + 1 : place + _LONGEST] for c in closers):
                continue
        elif text[place] == '"' and before.isspace() and not after.isspace():
            continue
        return end + 1
    return None
