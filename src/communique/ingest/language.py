"""The language of an article."""

from __future__ import annotations

import functools
import io
import re
from pathlib import Path
from typing import Any, Protocol

from communique.knowledge import cache

MIN_CHARACTERS = 20  # fewer say nothing about the language
SAMPLE = 4_000
CREOLES = {"pcm", "jam", "bi", "tpi", "srn", "sco", "ang"}  # what short English headlines are taken for
# Words that only English has, in this number and share: the model need not be asked. On 1,485 releases and gold
# sentences the model never said otherwise where a share of .15 with four different words was met.
_ENGLISH = frozenset(
    "the and of that which with from have has had been were was would could should their they there this these those "
    "while who whose when where after before because between about into its his her him she said than then until upon "
    "more most other such also not are will".split()
)
_SHARE, _DIFFERENT = 0.2, 4
_WORD = re.compile(r"\w+")


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@functools.cache
def _identifier() -> _Identifier:
    """The language model, loaded when first asked."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    try:
        made: _Identifier = _unpacked(Path(MODEL_DIR) / MODEL_FILE, LanguageIdentifier)
    except Exception:  # another version's layout: its own loader knows it
        made = LanguageIdentifier.from_model_file(MODEL_FILE)
    return made


def _unpacked(path: Path, kind: Any) -> _Identifier:
    """The model from its unpacked form in the cache: unpacking takes longer than everything else at a start."""
    import lzma

    import numpy as np
    from py3langid import modelio

    packed = path.read_bytes()
    content = cache.kept_bytes(cache.key(("langid", packed)), lambda: lzma.decompress(packed))
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        return kind(  # type: ignore[no-any-return]
            data["ptc"],
            data["pc"],
            data["classes"].tolist(),
            modelio._to_array(data["nextmove"]),
            data["out_feat"].tolist(),
            tk_row=modelio._to_array(data["nextmove_row"]),
        )


def language(text: str) -> str | None:
    """ISO 639-1 code of the language of a text; None for fewer than MIN_CHARACTERS letters."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < MIN_CHARACTERS:
        return None
    if _surely_english(sample):
        return "en"
    return next((str(code) for code, _ in _identifier().rank(sample) if code not in CREOLES), None)


def _surely_english(sample: str) -> bool:
    """Whether the text is plainly English by its small words."""
    words = _WORD.findall(sample.lower())
    own = [word for word in words if word in _ENGLISH]
    return len(own) >= _SHARE * len(words) and len(set(own)) >= _DIFFERENT
