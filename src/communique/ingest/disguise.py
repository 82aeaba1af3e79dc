"""Writing that looks like other writing: invisible characters, turned direction, letters of another alphabet in a word.

Such a text is read as it stands and nothing in it is changed: "Рutin" with a Cyrillic letter is not Putin. The document
carries a warning, so that nobody wonders why.
"""

from __future__ import annotations

import re
import unicodedata

# zero-width space, joiners, word joiner, soft hyphen, byte order mark inside a text
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
# embeddings, overrides and isolates that turn the direction of what is shown
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"[^\W\d_]{3,40}")
_SHOWN = 3  # examples in a warning


def warnings_of(text: str) -> tuple[str, ...]:
    """What should be known of a text before it is believed; nothing for a text in plain letters."""
    if text.isascii():
        return ()
    found = []
    turned = len(_TURNED.findall(text))
    if turned:
        found.append(
            f"{turned} characters turn the direction of the text: it may be shown in another order than stored"
        )
    invisible = sum(1 for match in _INVISIBLE.finditer(text) if _inside(text, match.start()))
    if invisible:
        found.append(f"{invisible} invisible characters stand inside words: those words are not recognised")
    mixed = list(dict.fromkeys(word for word in _WORD.findall(text) if not word.isascii() and _is_mixed(word)))
    if mixed:
        shown = ", ".join(repr(word) for word in mixed[:_SHOWN])
        found.append(f"{len(mixed)} words mix alphabets ({shown}): letters that look alike are not the same")
    return tuple(found)


def _inside(text: str, place: int) -> bool:
    return place > 0 and text[place - 1].isalpha() and text[place + 1 : place + 2].isalpha()


def _is_mixed(word: str) -> bool:
    """Whether a word holds Latin letters beside Cyrillic or Greek ones."""
    alphabets = {_alphabet(letter) for letter in word}
    return "LATIN" in alphabets and bool(alphabets & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def _alphabet(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    if letter in "µΩ":  # signs of units
        return ""
    return unicodedata.name(letter, "").split(" ", 1)[0]
