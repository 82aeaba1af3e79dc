"""`communique backup` and `communique restore`: copies of an archive, while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared

if TYPE_CHECKING:
    from communique.archive.backup import Copy

Replace = Annotated[bool, typer.Option("--replace", help="Put it in the place of what stands there.")]


def backup(
    target: Annotated[str, typer.Argument(metavar="FILE", help="The copy to make.", show_default=False)],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    replace: Replace = False,
) -> int:
    """Copy an archive into one file, as it stands at this moment.

    Others may read and write it meanwhile. The copy is checked; it appears whole or not at all.
    """
    from communique.archive.backup import backup as made

    return _tell(made(Path(archive), Path(target), replace=replace))


def restore(
    copy: Annotated[str, typer.Argument(metavar="FILE", help="A copy that backup made.", show_default=False)],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    replace: Replace = False,
) -> int:
    """Make an archive out of a copy.

    With --replace, the archive that stands there is kept beside it under its name with .before at the end.
    """
    from communique.archive.backup import restore as made

    return _tell(made(Path(copy), Path(archive), replace=replace))


def _tell(copy: Copy) -> int:
    shared.out(f"{copy.path}: {copy.documents:,} documents, {copy.events:,} events, {copy.size:,} bytes, whole")
    return 0
