"""`read`, `judge`, `merge` and `export` killed with SIGKILL at random moments, and what they leave."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.archive import Archive
from communique.errors import CommuniqueError
from torture import looking, pages, server, watch

DEEDS = ("read", "judge", "merge", "export")
FORMATS = ("jsonl", "csv", "parquet", "datapackage", "polecat")
_SMALL_STEPS = 2  # documents that a transaction of the merge takes here: several steps in a merge of eight


@dataclass(frozen=True, slots=True)
class Calm:
    """What an uninterrupted run does: its command, what it begins from and leaves, its seconds and statements.

    last is the number of its last COMMIT, 0 where it writes nothing.
    """

    name: str
    arguments: list[str]
    base: Path | None
    outcome: list[str]
    seconds: float
    statements: int
    last: int


class Setting:
    """The archives that the deeds begin from, and what calm runs make of them.

    place is the folder where they are done, if that is another one.
    """

    def __init__(self, folder: Path, place: Path | None = None) -> None:
        self.folder, self.place = folder, place or folder
        self.pages = pages.written(folder)
        self.hurt = self.place / "hurt.db"
        server.warm(self.pages, folder)
        small_steps()
        self.raw, self.merged = folder / "raw.db", folder / "merged.db"
        self._run(["read", "--no-encoder", "--no-merge", str(self.pages), "--archive", str(self.raw)])
        looking.copy(self.raw, self.merged)
        self._run(["stories", "--archive", str(self.merged)])
        for path in (self.raw, self.merged):
            looking.settle(path)
        self._calm: dict[str, Calm] = {}

    def _run(self, arguments: list[str]) -> None:
        ended = server.in_child(arguments)
        if ended.code:
            raise SystemExit(f"{' '.join(arguments)} ended with {ended.code}: {ended.said}")

    def calm(self, name: str) -> Calm:
        """The calm run of a deed, as in "read" or "judge same"; made once."""
        if name not in self._calm:
            deed, _, how = name.partition(" ")
            arguments, base = self._command(deed, how)
            self._fresh(base)
            number, last = server.statements(arguments)
            self._fresh(base)
            ended = server.in_child(arguments)
            if ended.code:
                raise SystemExit(f"{name} ended with {ended.code}: {ended.said}")
            self._calm[name] = Calm(name, arguments, base, looking.content(self.hurt), ended.seconds, number, last)
        return self._calm[name]

    def begin(self, calm: Calm) -> None:
        """The archive as it stands before the deed."""
        self._fresh(calm.base)

    def _fresh(self, base: Path | None) -> None:
        looking.remove(self.hurt)
        if base:
            looking.copy(base, self.hurt)

    def _command(self, deed: str, how: str) -> tuple[list[str], Path | None]:
        archive = ["--archive", str(self.hurt)]
        if deed == "read":
            return ["read", "--no-encoder", str(self.pages), *archive], None
        if deed == "merge":
            return ["stories", *archive], self.raw
        if deed == "export":
            return ["export", *archive, "--format", how, "-o", str(self.place / f"out.{how}")], self.merged
        with Archive(self.merged, create=False) as store:
            expelled, accused = (
                [event.id for event in store.events(event=kind)] for kind in (("EXPEL", "SANCTION", "REJECT"), "ACCUSE")
            )
            every = [event.id for event in store.events()]
        one, other = (expelled + accused + every)[0], every[-1]
        verdicts = {
            "same": ["same", one, other],
            "different": ["different", *[event for event in every if event != one][:1], one],
            "wrong": ["wrong", one],
            "date": ["wrong", one, "--date", "2024-09-01"],
        }
        return ["judge", *verdicts[how], "--reason", "torture", *archive], self.merged


def small_steps() -> None:
    """Merges in several transactions."""
    import importlib

    importlib.import_module("communique.merge.refresh").BATCH = _SMALL_STEPS  # type: ignore[attr-defined]


def names(deeds: tuple[str, ...]) -> list[str]:
    """The deeds with what they can be done to."""
    hows = {"judge": ("same", "different", "wrong", "date"), "export": FORMATS}
    return [f"{deed} {how}".strip() for deed in deeds for how in hows.get(deed, ("",))]


def kills(folder: Path, number: int, dice: random.Random, deeds: tuple[str, ...] = DEEDS) -> dict[str, Any]:
    """Kills each deed in turn at a random moment, looks at what is left, does it again, and looks again."""
    setting = Setting(folder)
    by_deed: dict[str, Counter[str]] = {deed: Counter() for deed in deeds}
    ways = {deed: names((deed,)) for deed in deeds}
    spent: list[float] = []
    wrong: list[str] = []
    for turn in range(number):
        deed = deeds[turn % len(deeds)]
        calm = setting.calm(dice.choice(ways[deed]))
        setting.begin(calm)
        moment = server.moment(dice, calm.seconds, calm.statements)
        ended = server.in_child(calm.arguments, **moment)
        found = by_deed[deed]
        found["killed" if ended.code == server.KILLED else "ended before it was killed"] += 1
        for fault in [*_left(setting, calm, deed), *again(setting, calm)]:
            found["failed"] += 1
            wrong.append(f"kill {turn} ({calm.name}, {moment}): {fault}")
        spent.append(ended.seconds)
        watch.tell(f"{turn + 1} kills, {len(wrong)} wrong")
    return {
        "kills": number,
        **{deed: dict(sorted(found.items())) for deed, found in by_deed.items()},
        "seconds until killed, median": round(statistics.median(spent), 3) if spent else None,
        "what was wrong": wrong[:20],
        "failed": len(wrong),
    }


def _left(setting: Setting, calm: Calm, deed: str) -> list[str]:
    """What is wrong with what a killed run left."""
    path = setting.hurt
    if not path.exists():
        return [] if deed == "read" else ["the archive is gone"]
    try:
        with Archive(path, create=False) as archive:
            faults = [f"verify: {fault.line()}" for fault in archive.verify().faults]
    except CommuniqueError as fault:
        empty = deed == "read" and "empty" in fault.what  # killed before its first transaction
        return [] if empty else [f"not opened: {fault.line()}"]
    checks: dict[str, Callable[[], list[str]]] = {
        "read": lambda: _whole_documents(setting, path),
        "merge": lambda: _same(setting.raw, path, looking.OF_DOCUMENTS),
        "export": lambda: _same(setting.merged, path, None) + _file(setting, calm),
        "judge": lambda: _judged(setting, calm),
    }
    return faults + checks[deed]()


def _whole_documents(setting: Setting, path: Path) -> list[str]:
    whole, held = looking.parts(setting.raw), looking.parts(path)
    return [f"document {key} is not whole" for key, rows in held.items() if rows != whole.get(key)]


def _same(before: Path, after: Path, tables: tuple[str, ...] | None) -> list[str]:
    same = looking.content(before, tables) == looking.content(after, tables)
    return [] if same else ["the archive is not as it was"]


def _judged(setting: Setting, calm: Calm) -> list[str]:
    """A judgement that is kept must have its way as soon as what waits is merged; one that is not, leaves nothing."""
    with Archive(setting.hurt, create=False) as archive:
        kept = bool(archive.judgements())
    if not kept:
        return _same(setting.merged, setting.hurt, None)
    server.in_child(["stories", "--archive", str(setting.hurt)])
    if looking.content(setting.hurt) != calm.outcome:
        return ["a judgement was kept without its consequences"]
    return []


def _file(setting: Setting, calm: Calm) -> list[str]:
    """An exported file is the earlier one or the whole new one; here both hold the same bytes."""
    target = Path(calm.arguments[-1])
    whole = target.with_name(f"whole-{target.name}")
    if not whole.exists():
        server.in_child([*calm.arguments[:-1], str(whole)])
    return [] if target.read_bytes() == whole.read_bytes() else ["an exported file is not whole"]


def again(setting: Setting, calm: Calm) -> list[str]:
    """What is wrong after the same command, let alone, has come to its end."""
    ended = server.in_child(calm.arguments)
    if ended.code:
        return [f"the next run ended with {ended.code}: {ended.said.strip()[:200]}"]
    wrong = []
    if looking.content(setting.hurt) != calm.outcome:
        wrong.append("the next run made something else")
    with Archive(setting.hurt, create=False) as archive:
        wrong += [f"verify after the next run: {fault.line()}" for fault in archive.verify().faults]
    if calm.name.startswith("export"):
        target = Path(calm.arguments[-1])
        wrong += _file(setting, calm)
        wrong += ["a part of a file was left"] if target.with_name(f".{target.name}.part").exists() else []
    return wrong
