"""The tables of an archive: columns for what is searched and filtered, and `body` for the whole noun.

A document is one row for each text it ever had; when the text of a page changes under the same id, the new row says
in `revises` which one it follows, and the old one is `superseded` and left out of listings. All spans are [start, end)
in characters of the document's stored text. Dates are ISO 8601 days as text, which sorts and compares as dates do.
"""

from __future__ import annotations

import sqlalchemy as sa

VERSION = 6
APPLICATION_ID = 0x434D5145  # "CMQE" in the file's header: `file archive.db` and we ourselves know it by that

metadata = sa.MetaData()

meta = sa.Table("meta", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("byline", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("published", sa.Text, nullable=False),
    sa.Column("page_date", sa.Text, nullable=False),
    sa.Column("date_evidence", sa.Text, nullable=False),
    sa.Column("encoding", sa.Text),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("warnings", sa.Text, nullable=False),
    sa.Column("earliest", sa.Text),
    sa.Column("latest", sa.Text),
    sa.Column("revises", sa.Text, sa.ForeignKey("documents.key")),
    sa.Column("superseded", sa.Boolean, nullable=False, default=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("first_read", sa.Text, nullable=False),
)


def _document() -> sa.Column[str]:
    return sa.Column("document", sa.Text, sa.ForeignKey("documents.key"), nullable=False, index=True)


def _span(prefix: str = "") -> list[sa.Column[int]]:
    return [
        sa.Column(f"{prefix}start", sa.Integer, nullable=False),
        sa.Column(f"{prefix}end", sa.Integer, nullable=False),
    ]


spans = sa.Table(
    "spans",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _document(),
    sa.Column("role", sa.Text, nullable=False),  # article, furniture, repeat
    sa.Column("position", sa.Integer, nullable=False),
    *_span(),
    sa.Column("reason", sa.Text),
    sa.Column("of_start", sa.Integer),
    sa.Column("of_end", sa.Integer),
)

sentences = sa.Table(
    "sentences",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _document(),
    sa.Column("sequence", sa.Integer, nullable=False),
    *_span(),
)

mentions = sa.Table(
    "mentions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _document(),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    *_span(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("via", sa.Text, nullable=False),
    sa.Column("codes", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)


def _items(name: str, *columns: sa.Column[object]) -> sa.Table:
    """A table of things read out of documents: the same head for all kinds, then the kind's own columns."""
    return sa.Table(
        name,
        metadata,
        sa.Column("number", sa.Integer, primary_key=True),
        _document(),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False, index=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        *_span("sentence_"),
        *_span(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("earliest", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        *columns,
        sa.Column("body", sa.Text, nullable=False),
        sa.Index(f"{name}_by_date", "earliest", "latest"),
    )


events = _items(
    "events",
    sa.Column("event", sa.Text, nullable=False, index=True),
    sa.Column("mode", sa.Text),
    sa.Column("quad_code", sa.Integer, nullable=False),
    sa.Column("event_scale", sa.Float, nullable=False),
    sa.Column("stance", sa.Text, nullable=False),
    sa.Column("unordered", sa.Boolean, nullable=False),
    sa.Column("precision", sa.Text, nullable=False),
    sa.Column("place", sa.Text),
)
figures = _items(
    "figures",
    sa.Column("value", sa.Float),
    sa.Column("unit", sa.Text),
    sa.Column("measure", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
)
quotes = _items("quotes", sa.Column("mode", sa.Text, nullable=False))
assessments = _items("assessments")
projects = _items(
    "projects",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("stage", sa.Text),
)
forums = _items(
    "forums", sa.Column("name", sa.Text, nullable=False), sa.Column("code", sa.Text), sa.Column("role", sa.Text)
)

participants = sa.Table(
    "participants",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _document(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("item", sa.Integer, nullable=False),  # the number of the row in the kind's own table
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("code", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("identifier", sa.Text),
    sa.Column("sector", sa.Text, nullable=False),
    sa.Column("office", sa.Text),
    sa.Column("via", sa.Text, nullable=False),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
    sa.Index("participants_by_code", "kind", "code", "item"),
    sa.Index("participants_by_name", "kind", "name", "item"),
    sa.Index("participants_by_item", "kind", "item"),
)

reads = sa.Table(
    "reads",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("inputs", sa.Text, nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("finished", sa.Text),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("subjects", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("undone", sa.Text),  # when it was taken back; the row itself is never deleted
    sa.Column("body", sa.Text),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False, server_default="event"),  # event or figure
    sa.Column("place", sa.Text, nullable=False, server_default="", index=True),  # sorts as records are listed
    sa.Column("component", sa.Text, index=True),
    sa.Column("body", sa.Text, nullable=False),
)
record_members = sa.Table(
    "record_members",
    metadata,
    sa.Column("record", sa.Text, sa.ForeignKey("records.id"), primary_key=True),
    sa.Column("event", sa.Text, primary_key=True, index=True),
)
stories = sa.Table(
    "stories",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("earliest", sa.Text),
    sa.Column("latest", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
)

# what everything stored of a document, or in a table beside the documents, came to when it was written: archive.seals
digests = sa.Table(
    "digests",
    metadata,
    sa.Column("owner", sa.Text, primary_key=True),  # the key of a document, or the name of a table
    sa.Column("kind", sa.Text, primary_key=True),  # document or table
    sa.Column("digest", sa.Text, nullable=False),  # 128 bits, hexadecimal
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
