"""What an event was about: PLOVER's contexts, from cue words in its sentence."""

from __future__ import annotations

import functools
import re

from communique.code.ontology import contexts_of_cameo
from communique.knowledge import load

# a context that stands on one cue only is kept while there are few; more than this many say nothing
_MOST = 4


@functools.cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """One pattern over all cues, and the contexts of each cue."""
    table = load.data("contexts.yaml")
    found: dict[str, list[str]] = {}
    for name, cues in (table.get("contexts") or table).items():
        for cue in cues:
            found.setdefault(str(cue).lower(), []).append(str(name))
    ordered = sorted(found, key=lambda cue: (-len(cue), cue))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(cue) for cue in ordered) + r")(?:s|es)?(?!\w)")
    return pattern, {cue: tuple(names) for cue, names in found.items()}


def contexts(text: str, cameo: str | None, own: tuple[str, ...]) -> tuple[str, ...]:
    """The contexts of an event: its frame's and its CAMEO code's own, then those with most cues in the sentence."""
    fixed = [*own, *(contexts_of_cameo(cameo) if cameo else ())]
    return tuple(dict.fromkeys([*fixed, *_ranked(text)]))[:_MOST]


@functools.lru_cache(maxsize=32)
def _ranked(text: str) -> tuple[str, ...]:
    """The contexts of a text, those with most cues first; a sentence's events ask one after the other."""
    pattern, table = _cues()
    counts: dict[str, int] = {}
    for match in pattern.finditer(text.lower()):
        word = match.group()
        names = table.get(word) or table.get(word.removesuffix("s")) or table.get(word.removesuffix("es")) or ()
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
