"""Readers of third parties: the entry point group "communique.readers", by file ending."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from communique.errors import CommuniqueError, PluginError
from communique.model import Document

GROUP = "communique.readers"
Report = Callable[[CommuniqueError], None]
Reader = Callable[[Path, Report], Iterable[Document]]


@functools.cache
def _entries() -> dict[str, EntryPoint]:
    """The entry points by ending (".warc"), the first of each."""
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        ending = entry.name.lower()
        found.setdefault(ending if ending.startswith(".") else f".{ending}", entry)
    return found


def reader_for(ending: str) -> Reader | None:
    """The reader that a third party offers for an ending, guarded: what breaks in it becomes a PluginError."""
    entry = _entries().get(ending)
    if entry is None:
        return None

    def guarded(path: Path, report: Report) -> Iterator[Document]:
        try:
            reader = entry.load()
            for document in reader(path, report):
                if not isinstance(document, Document):
                    raise TypeError(f"it gave a {type(document).__name__}, not a Document")
                yield document
        except CommuniqueError:
            raise
        except Exception as fault:  # a plug-in may raise anything
            raise PluginError(
                f"the reader {entry.value!r} for {ending} failed ({type(fault).__name__}: {fault})",
                where=str(path),
                advice="Update or remove the package that brings it",
            ) from fault

    return guarded
