"""What the commands share: options, faults on stderr, progress, and where output goes."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from communique.cli import logbook
from communique.cli.plain import harmless
from communique.errors import CommuniqueError, UsageError
from communique.settings import KINDS

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Document

T = TypeVar("T")
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO)
DEFAULT_ARCHIVE = "communique.db"
SOME_UNREADABLE, NONE_READABLE = 3, 4  # exit codes, as docs/commands.md says

Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT", help="Files, folders, JSON Lines, or - for standard input.", show_default=False),
]
States = Annotated[
    list[str] | None,
    typer.Argument(metavar="STATE", help="Codes or names: CHN, China, UNO, NATO.", show_default=False),
]


def archive_named(value: str) -> str:
    """The archive as it is named on the command line, without a password: that goes where no list of processes and no
    message shows it. Raises UsageError for an url that is none.
    """
    from communique.archive.place import place_of, secrets_of

    if "://" not in value:
        return value
    place = place_of(value)
    os.environ.update(secrets_of(place))
    return str(place)


ArchiveOption = Annotated[
    str,
    typer.Option("--archive", "-a", metavar="FILE", help="The archive, a file or a url.", callback=archive_named),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")
]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines instead of text.")]
Model = Annotated[str, typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline with a parser.")]
Processes = Annotated[
    int, typer.Option("--processes", "-p", metavar="N", min=1, help="Worker processes; output stays the same.")
]
BatchSize = Annotated[
    int, typer.Option("--batch-size", metavar="N", min=1, help="Documents that a worker takes at a time.")
]
NoEncoder = Annotated[bool, typer.Option("--no-encoder", help="Code by rules alone.")]
Weights = Annotated[str, typer.Option("--weights", metavar="NAME", help="small, accurate (if installed) or a folder.")]
CoderOption = Annotated[str, typer.Option("--coder", metavar="NAME", help="A coder that a package adds.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="jsonl, csv, parquet, polecat, gdelt, gdelt-mentions, icews, graphml, gexf, ftm, jsonld, csl-json, bibtex "
        "or datapackage.",
        show_default="by the ending of the output, else jsonl",
    ),
]
KindsOption = Annotated[
    str | None,
    typer.Option("--kinds", metavar="LIST", help=f"What to keep, with commas between: {','.join(KINDS)}. All."),
]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="From then on: 2019, 2019-06, 2019-06-05.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to and including then.")]
Undated = Annotated[bool, typer.Option("--undated", help="With --since or --until: also what has no date.")]
DocumentOption = Annotated[str | None, typer.Option("--document", metavar="ID", help="Of this document only.")]
Limit = Annotated[
    int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="At most so many.", show_default="all")
]
Offset = Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Leave out so many first.")]


def say(message: str) -> None:
    """One message on stderr."""
    if book := logbook.current():
        book.message(message)
        return
    print(harmless(message), file=sys.stderr, flush=True)  # noqa: T201 - this is where messages are printed


def fault_said(fault: CommuniqueError, level: str = "warning") -> None:
    """One fault on stderr; its level is for the logbook."""
    if book := logbook.current():
        book.fault(fault, level)
    else:
        say(f"communique: {fault.line()}")


def out(line: str = "") -> None:
    """One line on stdout, as UTF-8 wherever we run."""
    stream = sys.stdout
    stream.flush()
    stream.buffer.write(harmless(line).encode("utf8", "replace") + b"\n")


class Faults:
    """Takes the faults of single inputs: each is one line on stderr, and the rest goes on."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, fault: CommuniqueError) -> None:
        self.count += 1
        fault_said(fault)

    def code(self, read: int) -> int:
        """The exit code, when so many documents were read."""
        if not self.count:
            return 0
        return SOME_UNREADABLE if read else NONE_READABLE


def inputs_of(inputs: list[str] | None) -> list[str]:
    """The inputs; standard input where none is named and something is piped in. Raises UsageError otherwise."""
    if inputs:
        return inputs
    if not sys.stdin.isatty():
        return ["-"]
    raise UsageError("there is nothing to read", advice="Name files or folders, or - for standard input")


def documents_of(inputs: list[str], faults: Faults) -> Iterator[Document]:
    """The documents of the inputs, one after the other; what cannot be read is reported."""
    from communique import ingest

    return ingest.read(inputs, report=faults, stdin=sys.stdin.buffer)


def counted(inputs: list[str]) -> int | None:
    """How many documents there are, if that is cheap to know and somebody looks."""
    from communique import ingest

    return ingest.count(inputs) if sys.stderr.isatty() else None


@contextlib.contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr with rate and time left, where stderr is a terminal; gives the function that moves it by one."""
    with counting(label, total) as moved:
        yield lambda: moved(1)


@contextlib.contextmanager
def counting(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """The same, moved by so many at a time."""
    if not sys.stderr.isatty() or logbook.current():
        yield lambda count: None
        return
    from rich import progress as bars
    from rich.console import Console

    class Rate(bars.ProgressColumn):
        """Documents a second."""

        def render(self, task: bars.Task) -> Any:
            from rich.text import Text

            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        Rate(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda count: bar.advance(task, count)


def moving(items: Iterable[T], move: Callable[[], None]) -> Iterator[T]:
    """The items, with the bar moved for each."""
    for item in items:
        yield item
        move()


def open_archive(path: str, *, create: bool = False) -> Archive:
    """The archive; a missing one is an error unless create says so."""
    from communique.archive import Archive

    return Archive(path, create=create)


def merged_archive(path: str) -> Archive:
    """The archive with its records up to date: what an interrupted run, or --no-merge, left to do is done first."""
    from communique import merge

    store = open_archive(path)
    if store.waiting():
        with progress("merging", None):
            merge.refresh(store)
    return store


@contextlib.contextmanager
def output(path: str | None, *, binary: bool = False) -> Iterator[IO[bytes]]:
    """Where output goes. A file gets its name when it is whole, or holds what was written when interrupted."""
    if path is None or path == "-":
        if binary and sys.stdout.isatty():
            raise UsageError("this format is not for a terminal", advice="Name a file: -o FILE")
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        stream = part.open("wb")
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})", where=path, advice="Name a file in a folder you may write to"
        ) from fault
    keep = False
    try:
        with stream:
            try:
                yield stream
                keep = True
            except KeyboardInterrupt:
                keep = True
                say(f"communique: interrupted; {path} holds what was done")
                raise
    except OSError as fault:
        keep = False
        if fault.errno not in _NO_ROOM:
            raise
        raise UsageError(
            f"cannot be written to its end ({fault.strerror})",
            where=path,
            advice="Make room and start again; what stood there before stands there still",
        ) from fault
    finally:
        if keep:
            part.replace(target)
        else:
            part.unlink(missing_ok=True)


def kinds_of(given: str | None) -> tuple[str, ...]:
    """The kinds of a --kinds option, in our own order. Raises UsageError for a kind that there is not."""
    if given is None:
        return KINDS
    wanted = {word.strip().lower().removesuffix("s") for word in given.split(",") if word.strip()}
    unknown = wanted - set(KINDS)
    if unknown or not wanted:
        what = f"there is no kind {', '.join(sorted(unknown))}" if unknown else "no kind is named"
        raise UsageError(what, where="--kinds", advice=f"Kinds are {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in wanted)


def day(given: str | None, option: str, *, last: bool = False) -> dt.date | None:
    """A day, the first (or last) of a month or year. Raises UsageError where it is none."""
    if given is None:
        return None
    try:
        match given.strip().partition("T")[0].split("-"):
            case [year]:
                return dt.date(int(year), 12, 31) if last else dt.date(int(year), 1, 1)
            case [year, month]:
                first = dt.date(int(year), int(month), 1)
                return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1) if last else first
            case _:
                return dt.date.fromisoformat(given.strip().partition("T")[0])
    except ValueError as fault:
        raise UsageError("is no day", where=f"{option} {given}", advice="Write 2019-06-05, 2019-06 or 2019") from fault


def words_of(given: list[str] | None) -> tuple[str, ...]:
    """The words of an option that may be repeated or hold commas."""
    return tuple(word.strip() for one in given or () for word in one.split(",") if word.strip())


def width() -> int:
    """Columns of the terminal, or 100 where output goes elsewhere."""
    try:
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return 100
