"""How often the encoder names the right event of a sentence whose actors it is told, one label a sentence.

Of plv_dev both sides are marked where the coders marked them; of plover_gsr_dev the first actor and the first recipient
that have words. A sentence whose words are not found as they stand is left out and counted. `--weights` of this module
alone measures another encoder: python evaluation/told.py PATH_TO_SHARED [small|accurate|FOLDER].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from communique.code.encoder import NONE, Encoder
from communique.model import Span

_SETS = ("plover_gsr_dev", "plv_dev")


def _sides(row: dict[str, Any]) -> tuple[str | None, str | None]:
    if "actor_text" in row:
        return row["actor_text"], row["recipient_text"]
    named = [[one["text"] for one in row[side] if one.get("text")] for side in ("actor", "recipient")]
    if row.get("unordered") and not named[1] and len(named[0]) > 1:
        return named[0][0], named[0][1]
    return next(iter(named[0]), None), next(iter(named[1]), None)


def _span(text: str, words: str | None) -> Span | None:
    start = text.find(words) if words else -1
    return Span(start, start + len(words)) if words and start >= 0 else None


def measure(shared: Path, weights: str = "small") -> dict[str, float]:
    """The share of sentences whose likeliest event, NONE left out, is the one that people gave; and of how many."""
    encoder = Encoder(weights)
    found: dict[str, float] = {}
    for name in _SETS:
        right = asked = both = right_both = 0
        for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            first, second = (_span(row["text"], words) for words in _sides(row))
            if first is None and second is None:
                continue
            if first and second and first.overlaps(second):
                second = None
            (answer,) = encoder.ask(row["text"], [(first, second, None)])
            events = {event: sure for event, sure in answer.events.items() if event != NONE}
            asked += 1
            hit = max(events, key=lambda event: (events[event], event)) == row["event"]
            right += hit
            both += bool(first and second)
            right_both += hit and bool(first and second)
        found[f"{name} told its actors"] = right / max(1, asked)
        found[f"{name} told both sides"] = right_both / max(1, both)
        found[f"{name} sentences"] = float(asked)
        found[f"{name} sentences with both"] = float(both)
    return found


if __name__ == "__main__":
    for title, value in measure(Path(sys.argv[1]), *sys.argv[2:3]).items():
        print(f"{title:42} {value:8.3f}")
