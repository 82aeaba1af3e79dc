"""The tables of an archive: columns for what is searched and filtered, and `body` for the whole noun.

A document is one row for each text it ever had; when the text of a page changes under the same id, the new row says
in `revises` which one it follows, and the old one is `superseded` and left out of listings. All spans are [start, end)
in characters of the document's stored text. Dates are ISO 8601 days as text, which sorts and compares as dates do.
"""

from __future__ import annotations

import sqlalchemy as sa

from communique.errors import ArchiveError

VERSION = 6
APPLICATION_ID = 0x434D5145  # "CMQE" in the file's header: `file archive.db` and we ourselves know it by that

# SQLite's integers have 64 bits and its text sorts by code points: so it is to be on every database
Whole = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

metadata = sa.MetaData()

meta = sa.Table("meta", metadata, sa.Column("name", Text, primary_key=True), sa.Column("value", Text))

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("key", Text, nullable=False, unique=True),
    sa.Column("id", Text, nullable=False, index=True),
    sa.Column("text", Text, nullable=False),
    sa.Column("title", Text),
    sa.Column("byline", Text),
    sa.Column("source", Text),
    sa.Column("url", Text),
    sa.Column("language", Text),
    sa.Column("published", Text, nullable=False),
    sa.Column("page_date", Text, nullable=False),
    sa.Column("date_evidence", Text, nullable=False),
    sa.Column("encoding", Text),
    sa.Column("media_type", Text, nullable=False),
    sa.Column("warnings", Text, nullable=False),
    sa.Column("earliest", Text),
    sa.Column("latest", Text),
    sa.Column("revises", Text, sa.ForeignKey("documents.key")),
    sa.Column("superseded", sa.Boolean, nullable=False, default=False),
    sa.Column("coder", Text, nullable=False),
    sa.Column("first_read", Text, nullable=False),
)


def _document() -> sa.Column[str]:
    return sa.Column("document", Text, sa.ForeignKey("documents.key"), nullable=False, index=True)


def _span(prefix: str = "") -> list[sa.Column[int]]:
    return [
        sa.Column(f"{prefix}start", Whole, nullable=False),
        sa.Column(f"{prefix}end", Whole, nullable=False),
    ]


spans = sa.Table(
    "spans",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _document(),
    sa.Column("role", Text, nullable=False),  # article, furniture, repeat
    sa.Column("position", Whole, nullable=False),
    *_span(),
    sa.Column("reason", Text),
    sa.Column("of_start", Whole),
    sa.Column("of_end", Whole),
)

sentences = sa.Table(
    "sentences",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _document(),
    sa.Column("sequence", Whole, nullable=False),
    *_span(),
)

mentions = sa.Table(
    "mentions",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _document(),
    sa.Column("sequence", Whole, nullable=False),
    sa.Column("position", Whole, nullable=False),
    *_span(),
    sa.Column("text", Text, nullable=False),
    sa.Column("via", Text, nullable=False),
    sa.Column("codes", Text, nullable=False),
    sa.Column("body", Text, nullable=False),
)


def _items(name: str, *columns: sa.Column[object]) -> sa.Table:
    """A table of things read out of documents: the same head for all kinds, then the kind's own columns."""
    return sa.Table(
        name,
        metadata,
        sa.Column("number", Whole, primary_key=True),
        _document(),
        sa.Column("position", Whole, nullable=False),
        sa.Column("id", Text, nullable=False, index=True),
        sa.Column("sequence", Whole, nullable=False),
        *_span("sentence_"),
        *_span(),
        sa.Column("text", Text, nullable=False),
        sa.Column("earliest", Text),
        sa.Column("latest", Text),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("rule", Text, nullable=False),
        *columns,
        sa.Column("body", Text, nullable=False),
        sa.Index(f"{name}_by_date", "earliest", "latest"),
    )


events = _items(
    "events",
    sa.Column("event", Text, nullable=False, index=True),
    sa.Column("mode", Text),
    sa.Column("quad_code", Whole, nullable=False),
    sa.Column("event_scale", sa.Float, nullable=False),
    sa.Column("stance", Text, nullable=False),
    sa.Column("unordered", sa.Boolean, nullable=False),
    sa.Column("precision", Text, nullable=False),
    sa.Column("place", Text),
)
figures = _items(
    "figures",
    sa.Column("value", sa.Float),
    sa.Column("unit", Text),
    sa.Column("measure", Text),
    sa.Column("status", Text, nullable=False),
)
quotes = _items("quotes", sa.Column("mode", Text, nullable=False))
assessments = _items("assessments")
projects = _items(
    "projects",
    sa.Column("name", Text, nullable=False),
    sa.Column("type", Text, nullable=False),
    sa.Column("stage", Text),
)
forums = _items("forums", sa.Column("name", Text, nullable=False), sa.Column("code", Text), sa.Column("role", Text))

participants = sa.Table(
    "participants",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _document(),
    sa.Column("kind", Text, nullable=False),
    sa.Column("item", Whole, nullable=False),  # the number of the row in the kind's own table
    sa.Column("role", Text, nullable=False),
    sa.Column("code", Text),
    sa.Column("name", Text),
    sa.Column("identifier", Text),
    sa.Column("sector", Text, nullable=False),
    sa.Column("office", Text),
    sa.Column("via", Text, nullable=False),
    sa.Column("start", Whole),
    sa.Column("end", Whole),
    sa.Index("participants_by_code", "kind", "code", "item"),
    sa.Index("participants_by_name", "kind", "name", "item"),
    sa.Index("participants_by_item", "kind", "item"),
)

reads = sa.Table(
    "reads",
    metadata,
    sa.Column("id", Text, primary_key=True),
    sa.Column("inputs", Text, nullable=False),
    sa.Column("coder", Text, nullable=False),
    sa.Column("started", Text, nullable=False),
    sa.Column("finished", Text),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("id", Text, nullable=False, unique=True),
    sa.Column("verdict", Text, nullable=False),
    sa.Column("subjects", Text, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("by", Text, nullable=False),
    sa.Column("at", Text, nullable=False),
    sa.Column("undone", Text),  # when it was taken back; the row itself is never deleted
    sa.Column("body", Text),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("id", Text, nullable=False, unique=True),
    sa.Column("event", Text, nullable=False),
    sa.Column("status", Text, nullable=False, index=True),
    sa.Column("kind", Text, nullable=False, server_default="event"),  # event or figure
    sa.Column("place", Text, nullable=False, server_default="", index=True),  # sorts as records are listed
    sa.Column("component", Text, index=True),
    sa.Column("body", Text, nullable=False),
)
record_members = sa.Table(
    "record_members",
    metadata,
    sa.Column("record", Text, sa.ForeignKey("records.id"), primary_key=True),
    sa.Column("event", Text, primary_key=True, index=True),
)
stories = sa.Table(
    "stories",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("id", Text, nullable=False, unique=True),
    sa.Column("title", Text, nullable=False),
    sa.Column("earliest", Text),
    sa.Column("latest", Text),
    sa.Column("body", Text, nullable=False),
)

# what everything stored of a document, or in a table beside the documents, came to when it was written: archive.seals
digests = sa.Table(
    "digests",
    metadata,
    sa.Column("owner", Text, primary_key=True),  # the key of a document, or the name of a table
    sa.Column("kind", Text, primary_key=True),  # document or table
    sa.Column("digest", Text, nullable=False),  # 128 bits, hexadecimal
    sqlite_with_rowid=False,
)

ITEMS: dict[str, sa.Table] = {
    "event": events,
    "figure": figures,
    "quote": quotes,
    "assessment": assessments,
    "project": projects,
    "forum": forums,
}
OF_A_DOCUMENT = (spans, sentences, mentions, participants, *ITEMS.values())

# The words index keeps no text of its own: it reads titles and article text through this view, so an archive holds
# each text once. `articles` joins the article's paragraphs in reading order with one newline between them.
ARTICLES = """
CREATE VIEW articles AS
SELECT number, coalesce(title, '') AS title,
  coalesce((SELECT group_concat(part, char(10)) FROM (
    SELECT substr(documents.text, start + 1, "end" - start) AS part FROM spans
    WHERE spans.document = documents.key AND role = 'article' ORDER BY position)), '') AS body
FROM documents
"""
WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
  title, body, content='articles', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')
"""


def other_layout(version: object, where: object) -> ArchiveError:
    """The error for an archive of a layout that is neither today's nor brought up to it."""
    return ArchiveError(
        f"is an archive of layout {version}, and this Communique knows layout {VERSION}",
        where=str(where),
        advice="Use the version that made it, or read the pages into a new archive",
    )
