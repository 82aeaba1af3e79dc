"""The tables of an archive on PostgreSQL: those of archive.schema, and functions for what SQLite has built in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from communique.archive import schema
from communique.archive.seals import SEALED

NAME = "communique"  # the schema of the database that holds the archive, beside whatever else it holds
BEFORE = "communique_before"  # where an archive waits that another one took the place of
NOTED = "communique_noted"  # a writer's own table of rows that came and went
WATCHED = "communique.watched"  # the setting of a writer's transaction that has them noted

# what a row was, or is, goes to the writer, who digests it (archive.seals). Whoever writes past Communique has no such
# setting, and what he changed is found by `verify`.
_FUNCTIONS = f"""
CREATE FUNCTION note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('{WATCHED}', true) = 'on' THEN
    IF TG_OP <> 'INSERT' THEN
      INSERT INTO pg_temp.{NOTED} SELECT TG_TABLE_NAME, -1, row_to_json(gone)::text FROM gone;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      INSERT INTO pg_temp.{NOTED} SELECT TG_TABLE_NAME, 1, row_to_json(come)::text FROM come;
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION json_extract(body text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT body::json #>> string_to_array(substr(path, 3), '.')
$$;
CREATE FUNCTION instr(text text, words text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT strpos(text, words)
$$;
CREATE FUNCTION json_each(list text) RETURNS TABLE (value bigint) LANGUAGE sql IMMUTABLE AS $$
  SELECT given::bigint FROM json_array_elements_text(list::json) AS given
$$;
"""
# vector: the terms of title and article where they stand (archive.postgres.words); length: how many there are; whole:
# whether the vector says all of it
_WORDS = """
CREATE TABLE words (number bigint PRIMARY KEY, length bigint NOT NULL, whole boolean NOT NULL, vector tsvector);
CREATE INDEX words_by_vector ON words USING gin (vector);
CREATE INDEX words_in_part ON words (number) WHERE NOT whole;
"""
# An entry of an ordinary index may have 2,700 bytes, and these texts may be longer: they are found by their hashes,
# or stand in the index with their first characters.
_INDEXES = {
    "ix_documents_id": "CREATE INDEX ix_documents_id ON documents USING hash (id)",
    "participants_by_name": "CREATE INDEX participants_by_name ON participants USING hash (name)",
    "ix_records_place": "CREATE INDEX ix_records_place ON records (left(place, 200))",
}
_EVENTS = (("INSERT", "NEW TABLE AS come"), ("DELETE", "OLD TABLE AS gone"),
           ("UPDATE", "OLD TABLE AS gone NEW TABLE AS come"))  # fmt: skip


def lay_out(connection: sa.Connection) -> None:
    """Makes schema, tables, indexes, functions and triggers. Stands inside a transaction."""
    connection.exec_driver_sql(f"CREATE SCHEMA {NAME}")
    for table in schema.metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            own = _INDEXES.get(str(index.name))
            connection.execute(sa.text(own) if own else CreateIndex(index))
    for statement in (*_FUNCTIONS.split(";\nCREATE"), *_WORDS.strip().split(";\n")):
        whole = statement.strip().removesuffix(";")
        connection.exec_driver_sql(whole if whole.startswith("CREATE") else f"CREATE {whole}")
    for table in SEALED:
        for event, seen in _EVENTS:
            connection.exec_driver_sql(
                f"CREATE TRIGGER seal_{event.lower()} AFTER {event} ON {table.name} REFERENCING {seen} "
                "FOR EACH STATEMENT EXECUTE FUNCTION note_rows()"
            )


# columns, constraints, functions, triggers and the unusual indexes, without the numbers that the server gives them
DEFINITIONS = f"""
SELECT 'column', c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
  || coalesce(' ' || (SELECT collname::text FROM pg_collation WHERE oid = a.attcollation), '')
  || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid
  AND d.adnum = a.attnum
WHERE c.relnamespace = '{NAME}'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = '{NAME}'::regnamespace
UNION ALL
SELECT 'function', proname::text, pg_get_function_identity_arguments(oid), prosrc
FROM pg_proc WHERE pronamespace = '{NAME}'::regnamespace
UNION ALL
SELECT 'trigger', c.relname::text, t.tgname::text, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = '{NAME}'::regnamespace AND NOT t.tgisinternal
"""
