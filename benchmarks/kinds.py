"""What figures, quotes, assessments, projects and forums cost beside events alone, as a ratio of CPU time in one run.

    python benchmarks/kinds.py [FILES...] [--most N]

FILES are read as `communique read` reads them; without any, the sample articles are. Each document is coded once with
all kinds, and the steps of each are timed in it: a second coding of the same text would find its sentences remembered.
The first document warms up and does not count. It fails where all kinds take more than a third longer than the way
without them.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from communique import Coder, code, ingest
from communique.errors import CommuniqueError
from communique.model import Document
from communique.settings import Settings

MOST_SLOWER = 4 / 3
# each kind beside events: where the pipeline finds its step
STEPS: dict[str, tuple[Any, str]] = {
    "figures": (code, "figures"),
    "quotes": (code, "quotes"),
    "assessments": (code.assessments, "assessments"),
    "projects": (code.projects, "projects"),
    "forums": (code, "forums"),
}
SAMPLES = Path(ingest.__file__).parents[1] / "samples"


def measure(documents: Sequence[Document]) -> dict[str, float]:
    """Seconds of CPU for the whole way, for the steps of each kind in it, and the whole by the whole without them."""
    spent = dict.fromkeys(STEPS, 0.0)
    total = 0.0
    coder = Coder(Settings())
    coder.code(documents[0])
    with contextlib.ExitStack() as stack:
        for name, (holder, step) in STEPS.items():
            stack.enter_context(mock.patch.object(holder, step, _timed(getattr(holder, step), name, spent)))
        for document in documents[1:]:
            start = time.process_time()
            coder.code(document)
            total += time.process_time() - start
    rest = total - sum(spent.values())
    return {"whole": total, **spent, "ratio": total / rest, "documents": float(len(documents) - 1)}


def _timed(step: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return step(*given, **named)
        finally:
            spent[name] += time.process_time() - start

    return timed


def main() -> int:
    """Print the figures; the exit code is 1 where all kinds take too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=[str(SAMPLES)])
    parser.add_argument("--most", type=int, default=40, help="documents at most")
    options = parser.parse_args()
    faults: list[CommuniqueError] = []
    documents = []
    for document in ingest.read(options.files, report=faults.append):
        documents.append(document)
        if len(documents) >= options.most:
            break
    figures = measure(documents)
    for name, value in figures.items():
        print(f"{name:12} {value:8.3f}")
    return 1 if figures["ratio"] > MOST_SLOWER else 0


if __name__ == "__main__":
    sys.exit(main())
