"""Checks the tables of offices: dates, codes, overlaps, gaps; `python -m communique.resolve.offices_check [--gaps]`.

Faults (a date that is none, an office of a state that did not exist, two presidents at once, a gap in the two top
offices of a member of the G20 since 1990) end with exit code 1. --gaps lists also the gaps of all other members of the
United Nations, which are shown and not faults: there the table says nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import load
from communique.resolve.discourse import BODIES
from communique.resolve.gazetteer import rows as knowledge_rows
from communique.resolve.names import parse_day

_FIRST, _LAST = dt.date(1850, 1, 1), dt.date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: who held what of whom from when to when, and where it stands."""

    person: str
    office: str
    code: str
    from_: dt.date
    to: dt.date
    own: bool
    where: str
    # for an office that is known to the year or month: the last day it can have begun, the first it can have ended
    begun: dt.date = _FIRST
    ended: dt.date = _LAST


def rules() -> Any:
    """What knowledge/offices/rules.yaml says."""
    return load.data("offices/rules.yaml")


def read() -> tuple[list[Row], list[str]]:
    """All rows, and what is wrong with single ones: dates, order of dates, codes that are no state's or body's."""
    faults, found = [], []
    codes = {str(state["code"]) for state in knowledge_rows("states", "states")} | BODIES
    for name in load.names("offices", ".csv"):
        for number, row in enumerate(load.table(name), start=2):
            where = f"knowledge/{name}:{number}"
            try:
                from_ = parse_day(row["from"].strip()) or _FIRST
                to = parse_day((row["to"] or "").strip(), last=True) or _LAST
                begun = parse_day(row["from"].strip(), last=True) or from_
                ended = parse_day((row["to"] or "").strip()) or to
            except (ValueError, TypeError):
                faults.append(
                    f"{where}: {row['from']!r} to {row['to']!r} is no period; write YYYY-MM-DD, YYYY-MM or YYYY"
                )
                continue
            except AttributeError as fault:
                raise KnowledgeError("a row with too few columns", where=where, advice="Fill all columns") from fault
            who = f"{row['person']}, {row['office']} of {row['code']}"
            if not row["person"].strip() or not row["office"].strip():
                faults.append(f"{where}: a row without person or office")
            if from_ > to:
                faults.append(f"{where}: {who} ends ({row['to']}) before it begins ({row['from']})")
            if row["code"] not in codes:
                faults.append(f"{where}: {who}: {row['code']} is no state's or body's code")
            own = (row.get("source") or "") != "phoenix"
            found.append(
                Row(row["person"].strip(), row["office"].strip(), row["code"], from_, to, own, where, begun, ended)
            )
    return found, faults


def outside(rows: Iterable[Row]) -> Iterator[str]:
    """Offices of states that did not exist on the whole of the term: the Soviet Union after 1991."""
    lives: dict[str, tuple[dt.date, dt.date]] = {}
    for state in knowledge_rows("states", "states"):
        code = str(state["code"])
        begin, end = parse_day(state.get("from")) or _FIRST, parse_day(state.get("to"), last=True) or _LAST
        old = lives.get(code, (begin, end))
        lives[code] = (min(old[0], begin), max(old[1], end))
    for row in rows:
        life = lives.get(row.code)
        if row.own and life and row.from_ > life[1] + dt.timedelta(days=31):
            yield f"{row.where}: {row.person}, {row.office}, begins {row.from_} when {row.code} was no more"


def overlaps(rows: Iterable[Row]) -> Iterator[str]:
    """Two people who surely held an office at once that one holds at a time, for longer than a handing over takes."""
    table = rules()
    allowed = dt.timedelta(days=table["overlap"])
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.own and row.office in table["single"] and row.code not in BODIES and row.code not in table["collegial"]:
            held[(row.code, row.office)].append(row)
    for (code, office), terms in sorted(held.items()):
        terms.sort(key=lambda row: (row.from_, row.to))
        for place, first in enumerate(terms):
            for second in terms[place + 1 :]:
                if second.from_ + allowed >= first.to:
                    break
                until = min(first.ended, second.ended)
                if second.person != first.person and until - second.begun > allowed:
                    yield (
                        f"{second.where}: two hold the office of {office} of {code} from {second.begun} to {until}: "
                        f"{first.person} ({first.where.rsplit(':', 1)[-1]}) and {second.person}"
                    )


def gaps(rows: list[Row], code: str, offices: Iterable[str], since: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Periods after a day in which nobody holds any of some offices of a state."""
    table = rules()
    wanted, longest = frozenset(offices), dt.timedelta(days=table["gap"])
    reached = since
    codes = {code, *(table["predecessors"].get(code) or ())}
    for row in sorted((r for r in rows if r.code in codes and r.office in wanted), key=lambda r: r.from_):
        if row.from_ - reached > longest:
            yield reached, row.from_
        reached = max(reached, row.to)
    if table["to"] - reached > longest:
        yield reached, table["to"]


def check() -> tuple[list[str], list[str]]:
    """Faults, and gaps of members of the United Nations that are only shown."""
    table = rules()
    rows, faults = read()
    faults += [*outside(rows), *overlaps(rows)]
    for code, pairs in table["g20"].items():
        for offices in pairs:
            for begin, end in gaps(rows, code, offices, table["from"]):
                faults.append(f"nobody is {' or '.join(offices)} of {code} from {begin} to {end}; add the missing term")
    shown = []
    for code, joined in sorted(table["members"].items()):
        since = dt.date(joined, 12, 31) if joined else table["from"]
        for name in ("heads", "foreign"):
            for begin, end in gaps(rows, code, table[name], since):
                what = "head of state or government" if name == "heads" else "foreign minister"
                shown.append(f"{code}: no {what} from {begin} to {end}")
    if len(table["members"]) != 193:
        faults.append(f"knowledge/offices/rules.yaml: {len(table['members'])} members of the United Nations, not 193")
    return faults, shown


def main(arguments: list[str] | None = None) -> int:
    """Prints what is wrong; 1 where anything is."""
    parser = argparse.ArgumentParser(prog="offices_check", description="Checks the tables of offices.")
    parser.add_argument("--gaps", action="store_true", help="list the gaps of all members of the United Nations")
    options = parser.parse_args(arguments)
    faults, shown = check()
    lines = [*faults, *(shown if options.gaps else ())]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    states = len({line[:3] for line in shown})
    sys.stderr.write(f"{len(faults)} faults; {len(shown)} gaps in {states} of 193 states\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
