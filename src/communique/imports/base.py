"""A data set's file row by row: each row is a document whose text is the row, with the one event that it tells."""

from __future__ import annotations

import gzip
import importlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from communique.errors import InputError, UsageError
from communique.imports.row import Left, Row
from communique.model import Coded

FORMATS = {
    "polecat": "communique.imports.polecat",
    "gdelt": "communique.imports.gdelt",
    "icews": "communique.imports.icews",
}
MAX_LINE = 1_000_000  # bytes of one row
SHOWN = 200  # characters of what is wrong with a file or row
Report = Callable[[InputError], None]


class Reader(Protocol):
    """What the module of a format has.

    columns takes the first line's cells and gives the columns' names and whether that line was a header; it raises
    InputError where they are not the format's. coded raises Left for a row that holds no event of PLOVER, and
    ValueError, with what is wrong, for a bad one.
    """

    def columns(self, first: list[str]) -> tuple[tuple[str, ...], bool]: ...
    def coded(self, row: Row) -> Coded: ...


def read(
    path: str | Path, form: str, report: Report, left: Callable[[str], None] = lambda why: None
) -> Iterator[Coded]:
    """The rows of a file (plain, .gz or .zip) as coded documents; bad rows go to `report` with their line numbers.

    `left` is told why a good row is passed over. Raises UsageError for an unknown format, InputError where the file
    cannot be opened or has other columns.
    """
    if form not in FORMATS:
        raise UsageError(f"no data set is called {form}", advice=f"Formats are {', '.join(FORMATS)}")
    module: Reader = importlib.import_module(FORMATS[form])
    names: tuple[str, ...] = ()
    try:
        with _opened(Path(path)) as stream:
            for number, raw in enumerate(iter(lambda: stream.readline(MAX_LINE + 1), b""), 1):
                if len(raw) > MAX_LINE:  # packed, a gigabyte of it takes a megabyte: what follows is no table
                    raise InputError(
                        f"line {number} is longer than {MAX_LINE:,} bytes", where=str(path), advice="Mend the file"
                    )
                line = raw.rstrip(b"\r\n").decode("utf8", "replace").removeprefix("\ufeff" if number == 1 else "")
                if not line.strip():
                    continue
                cells = line.split("\t")
                if not names:
                    try:
                        names, header = module.columns(cells)
                    except InputError as fault:
                        raise InputError(fault.what, where=str(path), advice=fault.advice) from fault
                    if header:
                        continue
                if len(cells) != len(names):
                    report(_bad(path, number, f"{len(cells)} columns, not {len(names)}"))
                    continue
                try:
                    yield module.coded(Row(line, names, cells, form))
                except Left as why:
                    left(str(why))
                except ValueError as fault:
                    report(_bad(path, number, str(fault)))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        # zip: RuntimeError for what is locked with a password, NotImplementedError for a way of packing of its own
        reason = _shown(getattr(fault, "strerror", None) or str(fault))
        raise InputError(f"cannot be read ({reason})", where=str(path), advice="Name a file of the data set") from fault


def _bad(path: str | Path, number: int, what: str) -> InputError:
    return InputError(_shown(what), where=f"{path}:{number}", advice="The row is left out; mend it and import again")


def _shown(what: str) -> str:
    """What is wrong with a file or row: a cell of it, or a name in a zip, can be as long as a row."""
    return what if len(what) <= SHOWN else f"{what[:SHOWN]}…"


def _opened(path: Path) -> Any:
    if path.suffix.lower() == ".gz":
        return gzip.open(path)
    if path.suffix.lower() == ".zip":
        try:
            return _only(zipfile.ZipFile(path), path)
        except ValueError as fault:  # names that are no UTF-8, places before the file's beginning
            raise zipfile.BadZipFile(f"what it says of itself is broken: {type(fault).__name__}") from fault
    return path.open("rb")


def _only(pack: zipfile.ZipFile, path: Path) -> Any:
    """The one file inside, to be read. Raises InputError for several, and for rare packing: its memory has no bound."""
    inside = [entry for entry in pack.infolist() if not entry.filename.endswith("/")]
    if len(inside) != 1:
        raise InputError(f"holds {len(inside)} files", where=str(path), advice="Unpack it and name one file")
    if inside[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("is packed in a way that is not read here", where=str(path), advice="Unpack it, name the file")
    return pack.open(inside[0])
