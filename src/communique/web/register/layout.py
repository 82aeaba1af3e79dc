"""The tables of the register: items by state and day, pairs by day, and what they were made of.

Nothing here is a source: all is made from the archive, which is attached as `a`, and may be deleted at any time. Days
are ISO 8601 text, '' for unknown. A row of `facts` is a state in an item, with its roles as bits; `ties` holds both
orders of every two that face each other in an event: one acts on the other, or both stand on one side of something
mutual.
"""

from __future__ import annotations

from communique.archive.query import TAKING_PART

VERSION = "4"
KINDS = {"event": 0, "figure": 1, "quote": 2, "assessment": 3, "project": 4, "forum": 5}
TABLES = {"event": "events", "figure": "figures", "quote": "quotes", "assessment": "assessments",
          "project": "projects", "forum": "forums"}  # fmt: skip
ACTS, IS_ACTED_ON, OTHERWISE = 1, 2, 4
ON, BY, WITH = 1, 2, 4  # what the first of a tie does: acts on the second, is acted on by it, acts with it

LAYOUT = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS docs (
  number INTEGER PRIMARY KEY, key TEXT UNIQUE, superseded INTEGER, digest TEXT, source TEXT, earliest TEXT,
  latest TEXT);
CREATE TABLE IF NOT EXISTS told (document INTEGER, code TEXT, PRIMARY KEY (document, code)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members (record TEXT, event TEXT, PRIMARY KEY (record, event)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  kind INTEGER, number INTEGER, document INTEGER, day TEXT, earliest TEXT, latest TEXT, type TEXT, stance TEXT,
  quad INTEGER, scale REAL, mutual INTEGER, reported TEXT, record TEXT, PRIMARY KEY (kind, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (
  kind INTEGER, code TEXT, day TEXT, number INTEGER, roles INTEGER,
  PRIMARY KEY (kind, code, day, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ties (
  first TEXT, second TEXT, day TEXT, number INTEGER, way INTEGER,
  PRIMARY KEY (first, second, day, number)) WITHOUT ROWID;
"""
INDEXES = {
    "items_by_document": "items (document)",
    "items_by_day": "items (kind, day)",
    # acts of a kind without a state: all that is asked of them stands in the index
    "items_by_type": "items (type, day, number, latest, earliest, record) WHERE kind = 0",
    "items_by_record": "items (record) WHERE record IS NOT NULL",
    "facts_by_number": "facts (kind, number)",
    "ties_by_number": "ties (number)",
}

# documents that are new here, of which something was written since, and that are gone
CHANGED = """
CREATE TEMP TABLE changed AS
SELECT d.number AS number, d.key AS key, d.superseded AS superseded, g.digest AS digest, d.source AS source,
  d.earliest AS earliest, d.latest AS latest
FROM a.documents d LEFT JOIN {digests} g ON g.owner = d.key AND g.kind = 'document'
LEFT JOIN docs k ON k.key = d.key
WHERE k.key IS NULL OR k.number <> d.number OR k.superseded <> d.superseded OR k.digest IS NOT g.digest
"""
GONE = "SELECT k.number FROM docs k WHERE NOT EXISTS (SELECT 1 FROM a.documents d WHERE d.key = k.key)"
NO_DIGESTS = "(SELECT NULL AS owner, NULL AS kind, NULL AS digest WHERE 0)"

# a day that lies after its own report is a plan, or was read wrongly: it must not push the news down
EVENT_DAY = "coalesce(min(coalesce(e.latest, d.latest), coalesce(d.latest, e.latest)), '')"
ITEM_DAY = "coalesce(e.earliest, e.latest, '')"


def items(kind: str) -> str:
    """Fills `items` with the kind's items of changed documents that are in force."""
    event, figure = kind == "event", kind == "figure"
    return f"""
    INSERT OR REPLACE INTO items
    SELECT {KINDS[kind]}, e.number, d.number, {EVENT_DAY if event else ITEM_DAY}, e.earliest, e.latest,
      {"e.event" if event else "NULL"}, {"e.stance" if event else "e.status" if figure else "NULL"},
      {"e.quad_code, e.event_scale, e.unordered" if event else "NULL, NULL, NULL"},
      CASE WHEN d.earliest IS NOT NULL THEN d.latest END,
      {"(SELECT m.record FROM a.record_members m WHERE m.event = e.id)" if event else "NULL"}
    FROM changed c CROSS JOIN a.documents d ON d.key = c.key CROSS JOIN a.{TABLES[kind]} e ON e.document = c.key
    WHERE NOT c.superseded
    """


def facts(kind: str) -> str:
    """Fills `facts` with who takes part in them."""
    roles = ", ".join(f"'{role}'" for role in TAKING_PART[kind])
    return f"""
    INSERT OR REPLACE INTO facts
    SELECT {KINDS[kind]}, p.code, i.day, i.number,
      max(CASE p.role WHEN 'actor' THEN {ACTS} ELSE 0 END) + max(CASE p.role WHEN 'recipient' THEN {IS_ACTED_ON} ELSE 0
      END) + max(CASE WHEN p.role IN ('actor', 'recipient') THEN 0 ELSE {OTHERWISE} END)
    FROM changed c CROSS JOIN items i ON i.document = c.number AND i.kind = {KINDS[kind]}
    CROSS JOIN a.participants p ON p.kind = '{kind}' AND p.item = i.number
    WHERE p.role IN ({roles}) AND p.code IS NOT NULL
    GROUP BY p.code, i.day, i.number
    """


# which states do something in an article: what a search is narrowed to
TELLING = """
INSERT OR IGNORE INTO told
SELECT DISTINCT i.document, f.code
FROM changed c CROSS JOIN items i ON i.document = c.number AND i.kind = 0
CROSS JOIN facts f ON f.kind = 0 AND f.number = i.number
WHERE length(f.code) = 3
"""
FACING = f"""
INSERT OR REPLACE INTO ties
SELECT o.code, t.code, i.day, i.number,
  CASE WHEN o.roles & {ACTS} AND t.roles & {IS_ACTED_ON} THEN {ON} ELSE 0 END
  + CASE WHEN t.roles & {ACTS} AND o.roles & {IS_ACTED_ON} THEN {BY} ELSE 0 END
  + CASE WHEN i.mutual AND o.roles & t.roles THEN {WITH} ELSE 0 END AS way
FROM changed c CROSS JOIN items i ON i.document = c.number AND i.kind = 0
CROSS JOIN facts o INDEXED BY facts_by_number ON o.kind = 0 AND o.number = i.number
CROSS JOIN facts t INDEXED BY facts_by_number ON t.kind = 0 AND t.number = i.number
WHERE o.code <> t.code AND way > 0
ORDER BY 1, 2, 3, 4
"""
