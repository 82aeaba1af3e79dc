"""Titles In Capitals: parsed from a copy in small letters, so that "Australia Expels Envoy" has a verb; words stay."""

from __future__ import annotations

import functools
import re

from communique.knowledge import load

_WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*")
# so many words a title has, and such a share of its longer words starts large
_FEWEST, _MOST, _SHARE = 3, 30, 0.85
_LONG = 4


@functools.cache
def _small() -> frozenset[str]:
    """The forms that a title writes large though they name nobody: verbs of the lexicon, their forms, small words."""
    table = load.data("headline.yaml")
    found = set(table["small"])
    for name in load.names("lexicon", ".yaml"):
        content = load.data(name)
        for row in content.get("frames", ()) if isinstance(content, dict) else ():
            verbs = row.get("verb") or []
            found |= {str(verb).split()[0] for verb in ([verbs] if isinstance(verbs, str) else verbs)}
    for verbs in load.data("lexicon/polarity.yaml").values():
        found |= {str(verb).split()[0] for verb in verbs}
    forms = {form for verb in found for form in _forms(verb)} | set(load.data("lexicon/lemmas.yaml")["forms"])
    return frozenset((found | forms | set(table["nouns"])) - set(table["names"]))


def _forms(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return {verb + "es", verb + "ed", verb + "ing"}
    return {verb + "s", verb + "ed", verb + "ing", verb + verb[-1:] + "ed", verb + verb[-1:] + "ing"}


def is_title(line: str) -> bool:
    """Whether a line writes nearly every longer word with a capital, though not all in capitals."""
    words = _WORD.findall(line)
    longer = [word for word in words if len(word) >= _LONG]
    if not _FEWEST <= len(words) <= _MOST or len(longer) < _FEWEST or line.upper() == line:
        return False
    large = [word for word in longer if word[0].isupper()]
    return len(large) >= _SHARE * len(longer) and any(word.lower() in _small() for word in large[1:])


def lowered(line: str) -> str:
    """A title as a sentence would be written, as long as before; names keep their capitals."""

    def write(match: re.Match[str]) -> str:
        word = match.group()
        plain = word.lower() in _small() and word != word.upper()
        return word.lower() if plain and match.start() > 0 else word

    return _WORD.sub(write, line)
