"""Speed as ratios within one run: the coder against bare spaCy, two processes against one, with and without encoder.

    python benchmarks/run.py [FOLDER OF GOLD SETS]

Without the gold sets the project's own training sentences are coded. Absolute times say more of the machine than of the
program, so only ratios are kept; the report goes to results/latest.json.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from communique import ingest, pipeline
from communique.annotate.syntax import pipeline as language
from communique.settings import DEFAULT_MODEL, Settings

HERE = Path(__file__).resolve().parent
ROUNDS = 3
SENTENCES = 400


def texts(folder: Path) -> list[str]:
    """Sentences to code."""
    gold = folder / "gold" / "plv_dev.jsonl"
    if gold.is_file():
        lines = gold.read_text(encoding="utf8").splitlines()
    else:
        lines = (files("communique.knowledge") / "examples" / "new_b.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line)["text"] for line in lines][:SENTENCES]


def timed(job: Callable[[], object]) -> float:
    """Seconds of one run of a job."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """Measure in turn, several rounds, and report medians of ratios."""
    sentences = texts(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "shared")
    documents = [ingest.from_text(text, id=str(number)) for number, text in enumerate(sentences)]
    spacy = language(DEFAULT_MODEL)
    whole = pipeline.Coder(Settings())
    rules = pipeline.Coder(Settings(encoder=False, kinds=("event",)))
    events = pipeline.Coder(Settings(kinds=("event",)))
    for coder in (whole, rules, events):
        coder.code(documents[0])
    rounds = []
    for _ in range(ROUNDS):
        bare = timed(lambda: [spacy(text) for text in sentences])
        rounds.append(
            {
                "everything, share of bare spaCy's speed": bare / timed(lambda: list(whole.code_many(documents))),
                "events, share of bare spaCy's speed": bare / timed(lambda: list(events.code_many(documents))),
                "events by rules, share of bare spaCy's speed": bare / timed(lambda: list(rules.code_many(documents))),
            }
        )
    report: dict[str, object] = {name: round(statistics.median(r[name] for r in rounds), 3) for name in rounds[0]}
    helped = timed(
        lambda: subprocess.run([sys.executable, "-m", "communique", "--help"], capture_output=True, check=True)
    )
    first = timed(
        lambda: subprocess.run(
            [sys.executable, "-m", "communique", "code", "-"],
            input=sentences[0].encode(),
            capture_output=True,
            check=True,
        )
    )
    report["first sentence from cold, times --help"] = round(first / helped, 1)
    report |= {"sentences": len(sentences), "python": platform.python_version(), "machine": platform.machine()}
    target = HERE / "results" / "latest.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, indent=1) + "\n", encoding="utf8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
