"""The process that reads dropped files: says in one JSON line after the other how far it is."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from communique.errors import CommuniqueError, InputError
from communique.model import Document

NICE = 10


def say(**told: Any) -> None:
    """One line for the desk."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """ARCHIVE FOLDER [--no-encoder]: reads the folder's files into the archive and merges."""
    archive, folder = sys.argv[1:3]
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICE)  # pages first
    try:
        read(archive, folder, encoder="--no-encoder" not in sys.argv)
    except CommuniqueError as fault:
        say(fault=_plain(fault, folder))
        say(state="failed")


def read(archive: str, folder: str, *, encoder: bool = True) -> None:
    """Every file of the folder, one after the other; what is known already is not coded again."""
    from communique import ingest, merge
    from communique.archive import Archive
    from communique.archive.write import by_kind
    from communique.pipeline import Coder
    from communique.settings import Settings

    say(total=ingest.count([folder]))
    with Archive(archive, create=True) as store:

        def unknown() -> Iterator[Document]:
            for document in ingest.read([folder], report=lambda fault: say(fault=_plain(fault, folder))):
                if store.known(document):
                    say(known=document.id)
                else:
                    yield document

        for coded in Coder(Settings(encoder=encoder)).code_many(unknown()):
            try:
                added = store.add(coded)
            except InputError as fault:
                say(fault=_plain(fault, folder))
                continue
            if not added:
                say(known=coded.document.id)
                continue
            counts = {kind: len(items) for kind, items in by_kind(coded).items() if items}
            say(article=coded.document.key, title=coded.document.title or coded.document.id, items=counts)
        say(state="merging")
        merge.refresh(store)  # also what an interrupted run left unmerged
    say(state="done")


def _plain(fault: CommuniqueError, folder: str) -> str:
    """The fault without the place where the desk put the file."""
    return fault.line().replace(f"{folder}{os.sep}", "").replace(folder, "the files")
