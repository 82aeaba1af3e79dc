"""Speed as ratios within one run, kept with the description of the machine.

    python benchmarks/run.py [FOLDER OF GOLD SETS] [--rounds N] [--size SHARE] [--quick]

Bare spaCy (the whole small pipeline, the same paragraphs) and the coder take turns at every document, and the medians
over the rounds of their ratios in CPU seconds are reported: absolute times say more of the machine, and of what else
runs on it, than of the program. Two processes and the cold start are measured by the clock.
Without the gold sets the project's own training sentences and sample articles are coded. The report goes to
results/latest.json and, by day, beside it.
"""

from __future__ import annotations

import argparse
import atexit
import datetime as dt
import functools
import gzip
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import spacy

from communique import garbage, ingest, syntax
from communique.annotate.syntax import blocks
from communique.model import Document
from communique.pipeline import Coder
from communique.settings import DEFAULT_MODEL, Settings

HERE = Path(__file__).resolve().parent


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, packed or not; none where it is missing."""
    if path.is_file():
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
            yield from map(json.loads, lines)


def sentences(shared: Path, most: int) -> list[Document]:
    """Gold sentences, all of which tell something."""
    own = Path(str(files("communique.knowledge"))) / "examples" / "new_b.jsonl"
    rows = list(islice(lines_of(shared / "gold" / "plv_dev.jsonl"), most)) or list(islice(lines_of(own), most))
    return [ingest.from_text(row["text"], id=f"gold-{n}", date="2020-01-01") for n, row in enumerate(rows)]


def releases(shared: Path, most: int) -> list[Document]:
    """Running text: press releases of a foreign ministry, or the sample articles."""
    rows = list(islice(lines_of(shared / "corpus" / "state_2021" / "releases.jsonl.gz"), most))
    found = [ingest.from_text(row["text"], id=f"release-{n}", date=row.get("date")) for n, row in enumerate(rows)]
    return found or list(ingest.read([str(files("communique.samples"))], report=lambda fault: None))


def news(shared: Path, most: int) -> list[bytes]:
    """General news as pages."""
    folder = shared / "corpus" / "html"
    rows = islice(lines_of(folder / "pages.jsonl"), most)
    return [gzip.decompress((folder / row["html"]).read_bytes()) for row in rows]


def timed(job: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """CPU seconds of one run of a job in this process, or seconds by another clock."""
    start = clock()
    job()
    return clock() - start


def against_spacy(documents: list[Document], rounds: int, coder: Coder, nlp: Any) -> dict[str, float]:
    """The coder's speed as a share of bare spaCy's on the same paragraphs: the median of rounds in turn."""
    texts = [[text for _, _, text in blocks(document)] for document in documents]
    coder.code(documents[0])
    ratios = []
    for _ in range(rounds):
        forget(coder)  # what is remembered of repeated sentences must not count twice
        bare = ours = 0.0
        for text, document in zip(texts, documents, strict=True):
            bare += timed(lambda text=text: list(nlp.pipe(text, batch_size=64)))
            ours += timed(lambda document=document: coder.code(document))
        ratios.append((bare / ours, bare))
    words = sum(len(text.split()) for one in texts for text in one)
    return {
        "share of bare spaCy": round(statistics.median(ratio for ratio, _ in ratios), 3),
        "words a second": round(statistics.median(words / (bare / ratio) for ratio, bare in ratios)),
        "documents": len(documents),
        "words": words,
    }


def forget(coder: Coder) -> None:
    """Empty the memories of repeated sentences."""
    from communique.ingest import linearise
    from communique.resolve.dates import find
    from communique.resolve.gazetteer import gazetteer

    sys.modules[find.__module__]._found.cache_clear()  # type: ignore[attr-defined]
    syntax.runs.cache_clear()
    linearise._place_by_name.cache_clear()
    gazetteer()._remembered.cache_clear()
    if coder._encoder is not None:
        coder._encoder._remembered.cache_clear()


def pages_a_second(pages: list[bytes], coder: Coder, rounds: int) -> dict[str, float]:
    """From HTML to records, against trafilatura alone."""
    import trafilatura

    ratios, rates = [], []
    for _ in range(rounds):
        forget(coder)
        own = ours = 0.0
        for n, page in enumerate(pages):
            own += timed(lambda page=page: trafilatura.extract(page))
            ours += timed(lambda n=n, page=page: coder.code(ingest.from_html(page, id=str(n))))
        ratios.append(own / ours)
        rates.append(len(pages) / ours)
    return {
        "share of trafilatura's pages": round(statistics.median(ratios), 3),
        "pages a second": round(statistics.median(rates), 2),
        "pages": len(pages),
    }


def processes(documents: list[Document], rounds: int) -> dict[str, float]:
    """Two worker processes against one, start included."""
    ratios = []
    for _ in range(rounds):
        one, two = (
            timed(lambda n=n: sum(1 for _ in Coder(Settings(processes=n)).code_many(documents)), time.perf_counter)
            for n in (1, 2)
        )
        ratios.append(one / two)
    return {"two processes, times one": round(statistics.median(ratios), 2), "documents": len(documents)}


def command(*words: str, given: str = "") -> tuple[float, float, float]:
    """Seconds, CPU seconds and megabytes of one run of the command line."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = _compiled()  # an installed package is compiled, a checkout may not be
    start, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, "-m", "communique", *words],
        input=given.encode(),
        capture_output=True,
        check=True,
        env=environment,
    )
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, worked, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


@functools.cache
def _compiled() -> str:
    """A folder for compiled modules, filled by the first run and removed at the end."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def cold(rounds: int) -> dict[str, float]:
    """From nothing to the first record, and to the help."""
    sentence = "China and Russia held talks in Beijing on June 5."
    command("code", "-", given=sentence)  # fills the caches of tables and of compiled modules
    first = [command("code", "-", given=sentence) for _ in range(rounds)]
    helped = [command("--help") for _ in range(rounds)]
    return {
        "--help, seconds": round(statistics.median(seconds for seconds, _, _ in helped), 2),
        "--help, CPU seconds": round(statistics.median(worked for _, worked, _ in helped), 2),
        "one sentence, seconds": round(statistics.median(seconds for seconds, _, _ in first), 2),
        "one sentence, CPU seconds": round(statistics.median(worked for _, worked, _ in first), 2),
        "one sentence, megabytes": round(max(size for _, _, size in first)),
    }


def growth(documents: list[Document], small: int, large: int) -> dict[str, float]:
    """Cost of an article and peak memory at a large number against a small one, read into an archive."""
    costs, sizes = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in (small, large):
            path = Path(folder) / f"{number}.jsonl"
            with path.open("w", encoding="utf8") as stream:
                for n in range(number):
                    text = f"Number {n}. {documents[n % len(documents)].text[:400]}"
                    stream.write(json.dumps({"id": str(n), "text": text}) + "\n")
            _, worked, size = command("read", str(path), "--archive", str(Path(folder) / f"{number}.db"))
            costs.append(worked / number)
            sizes.append(size)
    return {
        f"cost of an article at {large:,}, times that at {small:,}": round(costs[1] / costs[0], 2),
        f"megabytes at {large:,}": round(sizes[1]),
    }


def machine() -> dict[str, Any]:
    """What it ran on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "load when it began": [round(load, 2) for load in os.getloadavg()],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("spacy", "onnxruntime", "numpy", "trafilatura")},
    }


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=float, default=1.0, help="a share of all samples, for a busy machine")
    parser.add_argument("--quick", action="store_true", help="small samples, one round: whether it runs at all")
    options = parser.parse_args()
    rounds, size = (1, 0.1) if options.quick else (options.rounds, options.size)
    report: dict[str, Any] = {"day": dt.datetime.now(tz=dt.UTC).date().isoformat(), "rounds": rounds, "size": size}
    garbage.start()  # as the command line does
    report["machine"] = machine()
    report["cold start"] = cold(rounds)
    nlp = spacy.load(DEFAULT_MODEL)
    coder = Coder(Settings())
    texts = releases(options.shared, max(3, int(40 * size)))
    report["gold sentences"] = against_spacy(sentences(options.shared, int(400 * size)), rounds, coder, nlp)
    report["running text"] = against_spacy(texts, rounds, coder, nlp)
    pages = news(options.shared, max(3, int(30 * size)))
    if pages:
        articles = [ingest.from_html(page, id=str(n)) for n, page in enumerate(pages)]
        report["general news"] = against_spacy(articles, rounds, coder, nlp)
        report["pages"] = pages_a_second(pages, coder, rounds)
    many = [Document(f"{n}", text.text[:800], text.article) for n, text in enumerate(texts * 50)]
    many = [ingest.from_text(one.text, id=one.id) for one in many[: int(2_000 * size)]]
    report["processes"] = processes(many, 1)
    report["growth"] = growth(texts, int(1_000 * size), int(4_000 * size))
    target = HERE / "results"
    target.mkdir(exist_ok=True)
    written = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    names = ["quick.json"] if options.quick else ["latest.json", f"{report['day']}.json"]
    for name in names:
        (target / name).write_text(written, encoding="utf8")
    print(written, end="")


if __name__ == "__main__":
    main()
