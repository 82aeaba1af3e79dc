"""What earlier layouts write otherwise than today's; each change is made once, when such an archive is opened."""

from __future__ import annotations

import sqlalchemy as sa

from communique.archive import codec, layouts, schema, schema_merge, write
from communique.model import Figure

_OF_THE_MERGE = (
    *(table for table in schema_merge.TABLES if table is not schema_merge.originals),
    schema.record_members,
    schema.records,
    schema.stories,
)


def merge_anew(connection: sa.Connection) -> None:
    """The tables of the merge as they are now, and all pages to be merged anew.

    What people corrected stays corrected and can be taken back; rows of data sets keep records of their own.
    """
    from communique.imports import keep

    columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(judgements)")}
    if schema.judgements.c.body.name not in columns:
        connection.exec_driver_sql("ALTER TABLE judgements ADD COLUMN body TEXT")
    schema.metadata.drop_all(connection, tables=list(_OF_THE_MERGE))
    schema.metadata.create_all(connection, tables=[*_OF_THE_MERGE, schema_merge.originals])
    pages = sa.select(schema.documents.c.key).where(~keep.of_data_sets())
    connection.execute(sa.insert(schema_merge.pending).from_select(["document"], pages))
    keep.recorded_alone(connection)


def put_back(connection: sa.Connection) -> int:
    """Puts back what was kept aside in a copy that was written in an earlier layout (archive.earlier).

    How much was not, as the earlier program changed what it belongs to.
    """
    if not sa.inspect(connection).has_table(layouts.aside.name):
        return 0
    changed = 0
    # what was before a correction comes first: it is known by how the corrected item reads in the copy
    first = sa.case((layouts.aside.c.part.startswith(layouts.CORRECTED), 0), else_=1)
    for row in connection.execute(sa.select(layouts.aside).order_by(first, layouts.aside.c.number)).all():
        name, _, kind = row.part.partition(" ")
        if name == layouts.CORRECTED:
            changed += not _original(connection, kind, row.number, row.here, row.whole)
            continue
        table = schema.metadata.tables[name]
        here = [table.c.number == row.number, (table.c.id if table is schema.judgements else table.c.body) == row.here]
        if kind:
            here.append(table.c.kind == kind)
        changed += not connection.execute(sa.update(table).where(*here).values(body=row.whole)).rowcount
    layouts.aside.drop(connection)
    return changed


def _original(connection: sa.Connection, kind: str, number: int, here: str, whole: str) -> bool:
    """Keeps an item as it was read beside the corrected one; False where that is not there any more."""
    items = schema.ITEMS.get(kind, schema.mentions).c
    chosen = sa.select(items.document).where(items.number == number, items.body == here)
    document = connection.execute(chosen).scalar()
    if document is None:
        return False
    held = {"kind": kind, "number": number, "document": document, "body": whole}
    connection.execute(sa.insert(schema_merge.originals), [held])
    return True


def renew_figures(connection: sa.Connection) -> int:
    """Writes figures anew whose numbers were kept as whole ones where fractions are kept today; how many there were.

    A figure's id holds its value: "2" and "2.0" are two ids of one figure. Judgements that name the old one get the
    new one.
    """
    figures, judgements = schema.figures, schema.judgements
    renewed = 0
    for row in connection.execute(sa.select(figures)).mappings().all():
        fresh = write.item_row(codec.load(Figure, row["body"]), row["document"], row["position"], row["number"])
        if (fresh["id"], fresh["body"]) == (row["id"], row["body"]):
            continue
        connection.execute(sa.update(figures).where(figures.c.number == row["number"]).values(**fresh))
        for column in (judgements.c.subjects, judgements.c.body):
            named = column.contains(row["id"], autoescape=True)
            put = sa.func.replace(column, row["id"], fresh["id"])
            connection.execute(sa.update(judgements).where(named).values({column: put}))
        renewed += 1
    return renewed
