"""A large archive out of a small real one: python benchmarks/desk_archive.py SOURCE.db LARGE.db [DOCUMENTS].

Reading a hundred thousand pages would take days, so rows that were really read are written many times over. In each
world (one more copy of the source) every document has another id, is cut at the end of some paragraph, has words of
sentences that tell nothing replaced by others of the same length, and comes out at another time; in most worlds states
change places too. Records, stories and what the merge remembers are copied in step. All spans stay true.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from communique.archive import Archive, schema
from communique.model import content_id

SEED = 8
FIRST, LAST = dt.date(1995, 1, 1), dt.date(2025, 12, 31)
OUTLETS = 300
TRUE_STATES = 0.4  # of the worlds keep the states as they are
WORDS = 0.3  # of the words that may be replaced are
MASK = (1 << 64) - 1
WORD = re.compile(r"\b[a-z]{5,12}\b")
CODE = re.compile(r"\b[A-Z]{3}\b")
BODY = re.compile(r'"document_id":"(?P<id>(?:[^"\\]|\\.)*)"|"code":"(?P<code>[A-Z]{3})"|\b(?P<day>\d{4}-\d\d-\d\d)\b')
HELD = re.compile(r"\b(?P<id>[0-9a-f]{16})\b|\b(?P<day>\d{4}-\d\d-\d\d)\b|(?<=[\[,\"])(?P<number>73\d{4})(?=[\],])")
Row = list[Any]


class Source:
    """The rows of the small archive, with what has to be known of each document to copy it."""

    def __init__(self, path: str) -> None:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as held:
            tables = [row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            kept = {table.name for table in schema.metadata.sorted_tables} - {"meta", "reads", "digests", "pending"}
            self.columns: dict[str, list[str]] = {}
            self.rows: dict[str, list[tuple[Any, ...]]] = {}
            for name in tables:
                if name in kept and name not in ("judgements", "originals"):
                    found = held.execute(f"SELECT * FROM {name}")
                    self.columns[name] = [each[0] for each in found.description]
                    self.rows[name] = found.fetchall()
        self.at = {name: {column: at for at, column in enumerate(held)} for name, held in self.columns.items()}
        self.most = {name: max((row[0] for row in rows), default=0) for name, rows in self.rows.items() if rows}
        self.most["tellings"] = max((row[0] for row in self.rows.get("tellings", ())), default=0)
        self.keys: dict[str, str] = {row[self.at["documents"]["key"]]: row[2] for row in self.rows["documents"]}
        self.codes = self._codes()
        self.whole = self._whole()
        self.ends: dict[str, list[int]] = defaultdict(list)
        for row in self.rows["spans"]:
            if self.of("spans", row, "role") == "article":
                self.ends[self.of("spans", row, "document")].append(self.of("spans", row, "end"))
        self.sides = self._sides()
        self.loose = self._loose()
        by_length: dict[int, set[str]] = defaultdict(set)
        for words in self.loose.values():
            for start, end, word in words:
                by_length[end - start].add(word)
        self.words = {length: sorted(found) for length, found in by_length.items()}

    def of(self, table: str, row: Sequence[Any], column: str) -> Any:
        """A column of a row."""
        return row[self.at[table][column]]

    def _codes(self) -> list[str]:
        at = self.at["participants"]["code"]
        generic = {"IGO", "NGO", "MNC", "ISM", "IMG"}
        return sorted({row[at] for row in self.rows["participants"] if row[at] and len(row[at]) == 3} - generic)

    def _whole(self) -> set[str]:
        """Documents that are never cut: reports of records that say who disagrees."""
        found: set[str] = set()
        for row in self.rows["records"]:
            held = json.loads(self.of("records", row, "body"))
            for each in held.get("disagreements", ()):
                for side in ("first", "second"):
                    found |= {key for _, key in each[side]["said_by"]}
        return found

    def _sides(self) -> dict[int, list[list[str]]]:
        """What beside its place makes the id of an event: who acts and who is acted on."""
        found = {}
        for row in self.rows["events"]:
            held = json.loads(self.of("events", row, "body"))
            found[row[0]] = [
                [str(who["actor"].get("code") or who["text"]) for who in held.get(side, ())]
                for side in ("actor", "recipient")
            ]
        return found

    def _loose(self) -> dict[str, list[tuple[int, int, str]]]:
        """Words of sentences that tell nothing and that nobody is named by."""
        taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for kind in schema.ITEMS.values():
            for row in self.rows[kind.name]:
                at = self.at[kind.name]
                taken[row[at["document"]]].append((row[at["sentence_start"]], row[at["sentence_end"]]))
        at = self.at["mentions"]
        for row in self.rows["mentions"]:
            taken[row[at["document"]]].append((row[at["start"]], row[at["end"]]))
        found = {}
        for row in self.rows["documents"]:
            key, text = self.of("documents", row, "key"), self.of("documents", row, "text")
            free = bytearray(len(text))
            for start, end in taken[key]:
                free[start:end] = b"\1" * (end - start)
            found[key] = [(m.start(), m.end(), m[0]) for m in WORD.finditer(text) if not any(free[m.start() : m.end()])]
        return found


class World:
    """One more copy of the source."""

    def __init__(self, source: Source, number: int) -> None:
        self.source, self.number = source, number
        self.draw = random.Random(f"{SEED}/{number}")
        self.mask = self.draw.getrandbits(63)
        end = dt.date(2021, 12, 31)
        self.days = self.draw.randint((FIRST - dt.date(2021, 1, 1)).days, (LAST - end).days)
        self.codes: dict[str, str] = {}
        if self.draw.random() > TRUE_STATES:
            others = source.codes[:]
            self.draw.shuffle(others)
            self.codes = dict(zip(source.codes, others, strict=True))
        self.ids: dict[str, str] = {}
        self.cut: dict[str, int] = {}
        self.shifted: dict[str, str] = {}

    def code(self, given: str | None) -> str | None:
        """Who stands in the place of a state."""
        return self.codes.get(given, given) if given else given

    def day(self, given: str | None) -> str | None:
        """The day in this world."""
        if not given:
            return given
        if given not in self.shifted:
            try:
                self.shifted[given] = (dt.date.fromisoformat(given) + dt.timedelta(self.days)).isoformat()
            except (ValueError, OverflowError):
                self.shifted[given] = given
        return self.shifted[given]

    def id(self, given: str) -> str:
        """The id of what had this one; those of no document or item are made unlike by a mask."""
        if given not in self.ids:
            self.ids[given] = f"{(int(given, 16) ^ self.mask) & MASK:016x}"
        return self.ids[given]

    def documents(self) -> Iterable[Row]:
        """The documents, cut and reworded; to be asked for first, because all else goes by their keys."""
        source, at = self.source, self.source.at["documents"]
        for held in source.rows["documents"]:
            row = list(held)
            key, text = row[at["key"]], row[at["text"]]
            ends = source.ends[key]
            whole = key in source.whole or len(ends) < 3 or self.draw.random() < 0.1
            cut = len(text) if whole else ends[self.draw.randint(1, len(ends) - 1)]
            self.cut[key] = cut
            row[at["text"]] = self._reworded(key, text[:cut])
            row[at["id"]] = f"{row[at['id']]}-{self.number:03}"
            row[at["key"]] = self.ids[key] = content_id("document", row[at["id"]], row[at["text"]])
            row[0] += self.number * source.most["documents"]
            for name in ("earliest", "latest"):
                row[at[name]] = self.day(row[at[name]])
            for name in ("published", "page_date"):
                row[at[name]] = BODY.sub(self._in_body, row[at[name]])
            if self.draw.random() < 0.7:
                row[at["source"]] = f"Outlet {int(self.draw.paretovariate(0.7)) % OUTLETS + 1}"
            if row[at["url"]]:
                row[at["url"]] = f"{row[at['url']]}?{self.number}"
            yield row

    def _reworded(self, key: str, text: str) -> str:
        parts, at = [], 0
        for start, end, _ in self.source.loose[key]:
            if end > len(text):
                break
            if self.draw.random() < WORDS:
                parts += [text[at:start], self.draw.choice(self.source.words[end - start])]
                at = end
        return "".join([*parts, text[at:]])

    def _in_body(self, found: re.Match[str]) -> str:
        if found["day"]:
            return self.day(found["day"]) or ""
        if found["code"]:
            return f'"code":"{self.code(found["code"])}"'
        return f'"document_id":"{found["id"]}-{self.number:03}"'

    def _in_held(self, found: re.Match[str]) -> str:
        if found["day"]:
            return self.day(found["day"]) or ""
        return str(int(found["number"]) + self.days) if found["number"] else self.id(found["id"])

    def parts(self, table: str) -> Iterable[Row]:
        """Spans, sentences, mentions and items that stand before the cut, under the new key."""
        source, at = self.source, self.source.at[table]
        last = at["sentence_end"] if "sentence_end" in at else at["end"]
        document, body, add = at["document"], at.get("body", 0), self.number * source.most[table]
        for held in source.rows[table]:
            if held[last] > self.cut[held[document]] or held[at["end"]] > self.cut[held[document]]:
                continue
            row = list(held)
            row[0] += add
            row[document] = self.ids[row[document]]
            if table in ("spans", "sentences"):
                yield row
                continue
            if table != "mentions":
                row[at["id"]] = self.ids[held[at["id"]]] = self._item_id(table, held)
                row[at["earliest"]], row[at["latest"]] = self.day(row[at["earliest"]]), self.day(row[at["latest"]])
                row[body] = BODY.sub(self._in_body, row[body])
            elif self.codes and row[at["codes"]]:
                row[at["codes"]] = CODE.sub(lambda found: self.code(found[0]) or "", row[at["codes"]])
                row[body] = BODY.sub(self._in_body, row[body])
            yield row

    def _item_id(self, table: str, row: Sequence[Any]) -> str:
        at = self.source.at[table]
        name = f"{self._name(row[at['document']])}-{self.number:03}"
        if table == "events":
            sides = ["|".join(self.code(who) or who for who in side) for side in self.source.sides[row[0]]]
            return content_id("event", name, row[at["start"]], row[at["end"]], row[at["event"]], *sides)
        more = (row[at["value"]], row[at["unit"]]) if table == "figures" else ()
        return content_id(table[:-1], name, row[at["start"]], row[at["end"]], *more)

    def _name(self, key: str) -> str:
        return self.source.keys[key]

    def participants(self, kept: dict[str, set[int]]) -> Iterable[Row]:
        """Who takes part in what was kept; numbers of items are the new ones."""
        source, at = self.source, self.source.at["participants"]
        for held in source.rows["participants"]:
            table = schema.ITEMS[held[at["kind"]]].name
            item = held[at["item"]] + self.number * source.most[table]
            if item in kept[table]:
                row = list(held)
                row[0] += self.number * source.most["participants"]
                row[at["document"]], row[at["item"]] = self.ids[row[at["document"]]], item
                row[at["code"]] = self.code(row[at["code"]])
                yield row

    def merged(self, members: set[str]) -> dict[str, list[Row]]:
        """What the merge keeps, as far as it rests on items that were kept; members are those, by their old ids."""
        source, found = self.source, defaultdict(list)
        by_record: dict[str, list[str]] = defaultdict(list)
        for record, member in source.rows["record_members"]:
            if member in members:
                by_record[record].append(member)
                found["record_members"].append([self.id(record), self.id(member)])
        at = source.at["records"]
        for held in source.rows["records"]:
            if held[at["id"]] in by_record:
                row = self._held("records", held, ("id", "body", "place", "component"))
                told = json.loads(row[at["body"]])
                told["members"] = [self.id(member) for member in by_record[held[at["id"]]]]
                row[at["body"]] = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
                found["records"].append(row)
        stories: dict[str, list[str]] = defaultdict(list)
        for record, story in source.rows["story_records"]:
            if record in by_record:
                stories[story].append(self.id(record))
                found["story_records"].append([self.id(record), self.id(story)])
        at = source.at["stories"]
        for held in source.rows["stories"]:
            if held[at["id"]] in stories:
                row = self._held("stories", held, ("id", "body", "earliest", "latest"))
                told = json.loads(row[at["body"]])
                told["records"] = stories[held[at["id"]]]
                row[at["body"]] = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
                found["stories"].append(row)
        return found

    def _held(self, table: str, held: Sequence[Any], names: Iterable[str]) -> Row:
        row, at = list(held), self.source.at[table]
        row[0] += self.number * self.source.most[table]
        for name in names:
            if row[at[name]] is not None:
                row[at[name]] = HELD.sub(self._in_held, str(row[at[name]]))
        return row

    def remembered(self, members: set[str]) -> dict[str, list[Row]]:
        """What the merge remembers of texts and tellings, in step with the documents."""
        source, found = self.source, defaultdict(list)
        texts, told = self.number * source.most["documents"], self.number * source.most["tellings"]
        changed: dict[str, dict[str, Callable[[Any], Any]]] = {
            "sketches": {"document": lambda n: n + texts, "text": lambda n: n + texts, "key": self.id,
                         "place": lambda p: HELD.sub(self._in_held, p), "day": lambda d: d and d + self.days},
            "bands": {"band": lambda n: n ^ (self.mask >> 1), "document": lambda n: n + texts},
            "passages": {"hash": lambda n: n ^ (self.mask >> 1), "document": lambda n: n + texts},
            "terms": {"term": lambda n: n ^ (self.mask >> 1), "text": lambda n: n + texts,
                      "day": lambda d: d and d + self.days},
            "affinities": {"one": lambda n: n + texts, "other": lambda n: n + texts},
            "tellings": {"number": lambda n: n + told, "id": lambda i: HELD.sub(self._in_held, i),
                         "document": lambda n: n + texts, "text": lambda n: n + texts,
                         "component": lambda c: c and HELD.sub(self._in_held, c), "record": lambda r: r and self.id(r),
                         "body": lambda b: HELD.sub(self._in_held, b)},
            "telling_keys": {"low": lambda n: n + self.days, "high": lambda n: n + self.days,
                             "telling": lambda n: n + told},
            "story_parts": {"text": lambda n: n + texts, "story": self.id},
        }  # fmt: skip
        gone = set()
        at = source.at["tellings"]
        for row in source.rows["tellings"]:
            if json.loads(row[at["body"]])[0] not in members:
                gone.add(row[0])
        for table, how in changed.items():
            held = source.at[table]
            number = {"tellings": "number", "telling_keys": "telling"}.get(table)
            for row in source.rows[table]:
                if number is None or row[held[number]] not in gone:
                    fresh = list(row)
                    for name, change in how.items():
                        fresh[held[name]] = change(fresh[held[name]])
                    found[table].append(fresh)
        return found


def build(source: str, target: str, documents: int) -> None:
    """Writes as many worlds as hold `documents` documents. Indexes are made at the end."""
    begun = time.monotonic()
    Path(target).unlink(missing_ok=True)
    Archive(target).close()
    held = Source(source)
    with sqlite3.connect(target) as base:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY"):
            base.execute(f"PRAGMA {pragma}")
        indexes = base.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            base.execute(f'DROP INDEX "{name}"')
        for number in range(-(-documents // len(held.rows["documents"]))):
            _write(base, held, World(held, number))
            base.commit()
            print(f"\rworld {number + 1}, {time.monotonic() - begun:.0f} s", end="", file=sys.stderr, flush=True)
        for _, sql in indexes:
            base.execute(sql)
        base.commit()
        base.execute("PRAGMA journal_mode = WAL")
        count = base.execute("SELECT count(*) FROM documents").fetchone()[0]
    with Archive(target) as archive:
        archive.seal()  # also makes the index of words
    size = Path(target).stat().st_size / 1e9
    print(f"\n{target}: {count:,} documents, {size:.1f} GB, {time.monotonic() - begun:.0f} s", file=sys.stderr)


def _write(base: sqlite3.Connection, source: Source, world: World) -> None:
    _insert(base, source, "documents", world.documents())
    kept: dict[str, set[int]] = {}
    members: set[str] = set()
    for table in ("spans", "sentences", "mentions", *(kind.name for kind in schema.ITEMS.values())):
        rows = list(world.parts(table))
        _insert(base, source, table, rows)
        if table in ("events", "figures"):
            at = source.at[table]
            add = world.number * source.most[table]
            numbers = {row[0] - add for row in rows}
            members |= {row[at["id"]] for row in source.rows[table] if row[0] in numbers}
        kept[table] = {row[0] for row in rows}
    _insert(base, source, "participants", world.participants(kept))
    for table, rows in (world.merged(members) | world.remembered(members)).items():
        _insert(base, source, table, rows)


def _insert(base: sqlite3.Connection, source: Source, table: str, rows: Iterable[Sequence[Any]]) -> None:
    names = source.columns[table]
    listed = ", ".join(f'"{name}"' for name in names)
    base.executemany(f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})", rows)


if __name__ == "__main__":
    build(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 100_000)
