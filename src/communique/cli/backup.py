"""`communique backup` and `communique restore`: copies of an archive, while it is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared

if TYPE_CHECKING:
    from communique.archive.backup import Copy

Replace = Annotated[bool, typer.Option("--replace", help="Put it in the place of what stands there.")]


def backup(
    target: Annotated[str, typer.Argument(metavar="FILE", help="The copy to make, or a url.", show_default=False)],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    replace: Replace = False,
    layout: Annotated[
        int | None,
        typer.Option("--layout", metavar="N", help="As the versions of this layout write it.", show_default="today's"),
    ] = None,
) -> int:
    """Copy an archive into one file, as it stands at this moment; or from a file to a server and back.

    Others may read and write it meanwhile. The copy is checked; it appears whole or not at all.

    With --layout, an earlier Communique can go on with the copy. What it has no place for is named and kept aside in
    the copy, and is back when a newer version opens it.
    """
    from communique.archive import schema
    from communique.archive.backup import backup as made
    from communique.archive.place import place_of

    wanted = schema.VERSION if layout is None else layout
    return _tell(made(place_of(archive), place_of(target), replace=replace, layout=wanted))


def restore(
    copy: Annotated[str, typer.Argument(metavar="FILE", help="A copy that backup made, or a url.", show_default=False)],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    replace: Replace = False,
) -> int:
    """Make an archive out of a copy.

    With --replace, the archive that stands there is kept beside it under its name with .before at the end; on a server
    in the schema communique_before.
    """
    from communique.archive.backup import restore as made
    from communique.archive.place import place_of

    return _tell(made(place_of(copy), place_of(archive), replace=replace))


def _tell(copy: Copy) -> int:
    from communique.archive import schema

    earlier = f", in layout {copy.layout}" if copy.layout != schema.VERSION else ""
    shared.out(
        f"{copy.path}: {copy.documents:,} documents, {copy.events:,} events, {copy.size:,} bytes, whole{earlier}"
    )
    for line in copy.left:
        shared.say(f"communique: {copy.path}: layout {copy.layout} has no place for {line}")
    if copy.left:
        shared.say(f"communique: {copy.path}: this is kept aside in the copy, and back when a newer version opens it")
    if earlier:
        shared.say(f"communique: {copy.path}: records and stories are left to the merge of the version that opens it")
    return 0
