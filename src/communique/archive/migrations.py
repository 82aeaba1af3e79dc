"""What earlier layouts write otherwise than today's; each change is made once, when such an archive is opened."""

from __future__ import annotations

import sqlalchemy as sa

from communique.archive import codec, schema, write
from communique.model import Figure


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
