"""The tables of the merge: what it remembers of every document, so that a day's reports cost what a day costs.

Nothing in them but `originals` is a source: all of it is made again from documents, items and judgements. `pending`
says of which documents that has still to be done. A document goes by its number in `documents`, a text by the number of
the earliest document that prints it.
"""

from __future__ import annotations

import sqlalchemy as sa

from communique.archive.schema import Text, Whole, metadata

pending = sa.Table("pending", metadata, sa.Column("document", Text, primary_key=True))

sketches = sa.Table(
    "sketches",
    metadata,
    sa.Column("document", Whole, primary_key=True),
    sa.Column("key", Text, nullable=False, unique=True),
    sa.Column("text", Whole, nullable=False, index=True),  # the number of the first document of its text
    sa.Column("place", Text, nullable=False),  # sorts as the order of documents in time
    sa.Column("day", Whole),
    # hashed runs of words as sorted 32-bit numbers: how many are the lead's, those, and those of the whole
    sa.Column("shingles", sa.LargeBinary, nullable=False),
    sa.Column("topic", Text, nullable=False),
    sa.Column("revises", sa.Boolean, nullable=False),
)
bands = sa.Table(
    "bands",
    metadata,
    sa.Column("band", Whole, primary_key=True, autoincrement=False),
    sa.Column("document", Whole, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
passages = sa.Table(
    "passages",
    metadata,
    sa.Column("hash", Whole, primary_key=True, autoincrement=False),
    sa.Column("document", Whole, primary_key=True, autoincrement=False, index=True),
    sa.Column("start", Whole, nullable=False),
    sa.Column("end", Whole, nullable=False),
    sqlite_with_rowid=False,
)
terms = sa.Table(
    "terms",
    metadata,
    sa.Column("term", Whole, primary_key=True, autoincrement=False),  # hash of two chief terms
    sa.Column("text", Whole, primary_key=True, autoincrement=False),
    sa.Column("day", Whole),
    sqlite_with_rowid=False,
)
affinities = sa.Table(
    "affinities",
    metadata,
    sa.Column("one", Whole, primary_key=True, autoincrement=False),
    sa.Column("other", Whole, primary_key=True, autoincrement=False),
    sa.Column("value", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)
tellings = sa.Table(
    "tellings",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("id", Text, nullable=False, unique=True),
    sa.Column("document", Whole, nullable=False, index=True),
    sa.Column("text", Whole, nullable=False, index=True),
    sa.Column("component", Text, index=True),  # tellings of one component were looked at together
    sa.Column("record", Text, index=True),
    sa.Column("body", Text, nullable=False),
)
telling_keys = sa.Table(
    "telling_keys",
    metadata,
    sa.Column("key", Text, primary_key=True),
    sa.Column("low", Whole, primary_key=True, autoincrement=False),
    sa.Column("telling", Whole, primary_key=True, autoincrement=False, index=True),
    sa.Column("high", Whole, nullable=False),
    sqlite_with_rowid=False,
)
story_parts = sa.Table(
    "story_parts",
    metadata,
    sa.Column("text", Whole, primary_key=True, autoincrement=False),
    sa.Column("story", Text, nullable=False, index=True),
)
story_records = sa.Table(
    "story_records",
    metadata,
    sa.Column("record", Text, primary_key=True),
    sa.Column("story", Text, nullable=False, index=True),
)
# what an item or mention was before a person corrected it
originals = sa.Table(
    "originals",
    metadata,
    sa.Column("kind", Text, primary_key=True),
    sa.Column("number", Whole, primary_key=True, autoincrement=False),
    sa.Column("document", Text, nullable=False, index=True),
    sa.Column("body", Text, nullable=False),
)
TABLES = (
    pending, sketches, bands, passages, terms, affinities, tellings, telling_keys, story_parts, story_records,
    originals,
)  # fmt: skip
OLDER = ("1", "2", "3", "4", "5")  # layouts that can be brought up to the current one
READABLE = ("4", "5")  # those that can be read as they are where they cannot be written
MERGED_ALIKE: tuple[str, ...] = ()  # those whose merge is the current one: nothing has to be merged anew
