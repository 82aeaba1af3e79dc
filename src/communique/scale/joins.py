"""Pairs that a merge has to look at, as joins of tables of numbers: distributed by Daft, in passes of bounded size.

A pass takes a part of the keys and a part of the rows on the left; it is decided at once, and only pairs that hold are
kept: one file for each pass, written as a whole. What is written is not done again.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from communique.scale import daftly
from communique.scale.decide import Decider
from communique.scale.prepare import paths, reach_of_a_story

ROWS = 2_000_000  # rows of one pass for each worker, 60 bytes each
PAIRS = 4_000_000  # pairs that they may form before any is dropped, for each worker
ASKED = 4_000  # pairs that a worker decides on at a time


class Joins:
    """The joins of one merge. Frames are Daft's; a stage is known by its name and stands in files of `out`/stages."""

    def __init__(self, daft: Any, out: Path, shards: Sequence[int], runner: str, processes: int) -> None:
        self._daft, self._out, self._shards = daft, out, list(shards)
        self._runner, self._processes = runner, processes
        self._col = daft.col
        self._decider = self._made(Decider)(str(out.absolute()))

    # ---- tables

    def table(self, name: str) -> Any:
        """A table of all prepared shards."""
        return self._daft.read_parquet(paths(self._out, name, self._shards))

    def stage(self, name: str) -> Any:
        """What a stage made, as a frame."""
        return self._daft.read_parquet([str(path) for path in self.files(name)])

    def prepared(self, name: str) -> list[Path]:
        """The files of a table of all prepared shards."""
        return [Path(path) for path in paths(self._out, name, self._shards)]

    def files(self, name: str) -> list[Path]:
        """The files of a stage, in order."""
        return sorted((self._out / "stages").glob(f"{name}-[0-9]*.parquet"))

    def write(self, name: str, table: Any, number: int = 0) -> None:
        """Writes one file of a stage as a whole."""
        import pyarrow.parquet as pq

        path = self._path(name, number)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        pq.write_table(table, part, compression="zstd")
        part.replace(path)

    def there(self, name: str, number: int = 0) -> bool:
        """Whether this file of a stage is written."""
        return self._path(name, number).exists()

    def _path(self, name: str, number: int) -> Path:
        return self._out / "stages" / f"{name}-{number:05d}.parquet"

    def documents(self) -> Any:
        """The documents that count: those that are not there twice and have not been revised."""
        return self.without(self.table("docs"))

    def without(self, frame: Any) -> Any:
        """Rows of documents that count."""
        return frame.join(self.stage("dropped").select("at"), on="at", how="anti")

    def with_text(self, frame: Any) -> Any:
        """Rows with the number of the text that their document copies, its own where it copies nobody."""
        col = self._col
        held = self.without(frame).join(self.stage("roots"), on="at", how="left")
        return held.with_column("text", col("root").fill_null(col("at"))).exclude("root")

    # ---- stages

    def repeated_ids(self) -> Any:
        """(id, at) of documents whose id stands more than once."""
        col = self._col
        rows = self.table("docs").select("id", "at")
        many = rows.groupby("id").agg(col("at").count().alias("n")).where(col("n") > 1)
        return rows.join(many, on="id", how="semi").to_arrow()

    def same(self) -> None:
        """Documents whose sketch is another's, to the last number: (a, b), where a is the first of them."""
        col = self._col
        rows = self.documents().select("digest", "at")
        firsts = rows.groupby("digest").agg(col("at").min().alias("a"), col("at").count().alias("n"))
        found = rows.join(firsts.where(col("n") > 1), on="digest").where(col("at") != col("a"))
        self.write("same", found.select("a", col("at").alias("b")).sort(["a", "b"]).to_arrow())

    def copies(self, moved: Callable[[str], None]) -> None:
        """Documents that copy each other, of those that share a band: (a, b)."""
        col = self._col
        rows = self.without(self.table("bands"))
        rows = rows.join(self.stage("same").select(col("b").alias("at")), on="at", how="anti")

        def pairs(part: Callable[[Any], Any], left: Callable[[Any], Any]) -> Any:
            ones = left(part(rows)).select("bucket", col("at").alias("a"))
            others = part(rows).select("bucket", col("at").alias("b"))
            found = self._ordered(ones.join(others, on="bucket").where(col("a") < col("b")).select("a", "b").distinct())
            asked = self._decider.copies(col("a"), col("b"))
            return found.with_column("yes", asked).where(col("yes")).select("a", "b")

        self._passes("copies", rows, "bucket", "at", pairs, moved)

    def roots(self, labels: Any) -> None:
        """The text of each document that copies or is copied, given (at, label) of these: the first of its label."""
        col = self._col
        rows = self._daft.from_arrow(labels).join(self.table("docs").select("at", "place"), on="at")
        firsts = rows.groupby("label").agg(col("place").min().alias("first"))
        found = (
            rows.join(firsts, on="label").where(col("place") == col("first")).select("label", col("at").alias("root"))
        )
        self.write("roots", rows.join(found, on="label").select("at", "root").sort("at").to_arrow())

    def near(self, moved: Callable[[str], None]) -> None:
        """Texts that are near to each other and how near: (a, b, value), a < b."""
        col, reach = self._col, reach_of_a_story()
        copied = self.stage("roots").where(col("at") != col("root")).select("at")
        rows = self.without(self.table("terms")).join(copied, on="at", how="anti")

        def pairs(part: Callable[[Any], Any], left: Callable[[Any], Any]) -> Any:
            mine = part(rows)
            dated = mine.where(~col("free"))
            early = left(dated).select("here", col("at").alias("x"), col("day").alias("from"))
            late = dated.select("here", col("at").alias("y"), col("day").alias("to"))
            # who comes in the next slot of time meets it too
            later = dated.select(col("before").alias("here"), col("at").alias("y"), col("day").alias("to"))
            apart = col("to") - col("from")
            met = early.join(late.union_all(later), on="here")
            met = met.where((apart >= 0) & (apart <= reach) & ((apart > 0) | (col("x") < col("y")))).select("x", "y")
            # what corrects, or has no day, may meet any day
            free = left(mine.where(col("free"))).select("bucket", col("at").alias("x"))
            any_ = mine.select("bucket", "free", col("at").alias("y"))
            any_met = free.join(any_, on="bucket").where(~col("free") | (col("x") < col("y"))).select("x", "y")
            both = met.union_all(any_met)
            upward = both.where(col("x") < col("y")).select(col("x").alias("a"), col("y").alias("b"))
            downward = both.where(col("x") > col("y")).select(col("y").alias("a"), col("x").alias("b"))
            found = self._ordered(upward.union_all(downward).distinct())
            return found.with_column("value", self._decider.near(col("a"), col("b"))).where(col("value") > 0)

        self._passes("near", rows, "here", "at", pairs, moved, loose=col("free"))

    def ties(self, moved: Callable[[str], None]) -> None:
        """Tellings of different texts that are to be looked at together: (a, b)."""
        col = self._col
        slots, keys = self.with_text(self.table("slots")), self.with_text(self.table("keys"))
        near = self.stage("near")
        names = ("t", "text", "low", "high", "exact", "linking")

        def pairs(part: Callable[[Any], Any], left: Callable[[Any], Any]) -> Any:
            one = left(part(slots)).select("bucket", "said", *(col(name).alias(f"{name}1") for name in names))
            two = part(slots).select("bucket", *(col(name).alias(f"{name}2") for name in names))
            sure = (col("exact1") & col("exact2")) | col("linking1") | col("linking2") | col("said")
            meet = (col("low1") <= col("high2")) & (col("low2") <= col("high1"))
            dated = one.join(two, on="bucket").where((col("text1") < col("text2")) & meet & sure)
            return self._tied(dated.select("t1", "t2", "text1", "text2").distinct(), near)

        self._passes("ties-dated", slots, "bucket", "text", pairs, moved)
        count = near.count_rows()
        shelf = max(1, keys.count_rows() // max(1, self.documents().count_rows()))
        parts = max(1, math.ceil(count * shelf * 4 / (PAIRS * self._processes)))
        for number in range(parts):
            if self.there("ties-story", number):
                continue
            mine = near.where(col("a") % parts == number)
            ends = mine.select(col("a").alias("text")).union_all(mine.select(col("b").alias("text"))).distinct()
            held = keys.join(ends, on="text", how="semi")
            one = held.select(col("text").alias("a"), "key", col("t").alias("t1"))
            two = held.select(_mixed(col, "text", "key"), col("text").alias("b2"), col("key").alias("key2"),
                              col("t").alias("t2"))  # fmt: skip
            met = mine.join(one, on="a").with_column("mixed", _mixed(col, "b", "key")).join(two, on="mixed")
            met = met.where((col("b") == col("b2")) & (col("key") == col("key2")))
            found = met.select("t1", "t2", col("a").alias("text1"), col("b").alias("text2")).distinct()
            tied = self._tied(found, near).to_arrow()
            self.write("ties-story", tied.sort_by([("a", "ascending"), ("b", "ascending")]), number)
            moved("ties-story")

    def _ordered(self, pairs: Any, *names: str) -> Any:
        """Pairs with the same first one beside each other, as what is looked up for one serves for the next."""
        one, other = names or ("a", "b")
        if self._runner == "ray":  # where a sort of all takes hundreds of tasks
            return pairs.repartition(2 * self._processes, one)
        return pairs.sort([one, other])

    def _tied(self, pairs: Any, near: Any) -> Any:
        col = self._col
        known = near.select(_mixed(col, "a", "b"), "a", "b", "value")
        pairs = pairs.with_column("mixed", _mixed(col, "text1", "text2")).join(known, on="mixed", how="left")
        # of other texts with the same hash nothing is taken
        same = ((col("a") == col("text1")) & (col("b") == col("text2"))).fill_null(False)
        pairs = pairs.with_column("value", col("value").fill_null(0.0) * same.cast(self._daft.DataType.float64()))
        asked = self._decider.ties(*(col(name) for name in ("t1", "t2", "text1", "text2", "value")))
        found = self._ordered(pairs, "t1", "t2").with_column("yes", asked).where(col("yes"))
        return found.select(col("t1").alias("a"), col("t2").alias("b"))

    def inside(self) -> None:
        """What copies of one text tell alike: (a, b)."""
        col = self._col
        told = (
            self.table("tells")
            .join(self.stage("roots"), on="at")
            .join(self.stage("dropped").select("at"), on="at", how="anti")
        )
        groups = told.groupby("root").agg(col("t").list_agg().alias("ts")).sort("root").into_batches(16)
        found = groups.with_column("pair", self._decider.inside(col("ts"), col("root"))).select("pair").explode("pair")
        kept = found.where(~col("pair").is_null()).select(col("pair").get(0).alias("a"), col("pair").get(1).alias("b"))
        self.write("inside", kept.sort(["a", "b"]).to_arrow())

    # ---- tasks

    def told(self) -> Any:
        """(t, text, label): every telling, its text, and what it hangs together with."""
        col = self._col
        found = self.with_text(self.table("tells")).join(self.stage("parts"), on="t", how="left")
        return found.with_column("label", col("label").fill_null(col("t"))).select("t", "text", "label")

    def printed(self) -> Any:
        """(t, text, label): every document, its text, and the texts that this one hangs together with."""
        col = self._col
        rows = self.with_text(self.table("docs").select(col("at").alias("t"), "at")).select("t", "text")
        found = rows.join(self.stage("near-parts"), on="text", how="left")
        return found.with_column("label", col("label").fill_null(col("text"))).select("t", "text", "label")

    def tasks(self, kind: str, rows: Any, count: int, some: Sequence[int]) -> list[tuple[int, str]]:
        """These of so many tasks, each with its rows, the nearness of their texts and, of stories, their records."""
        col, daft = self._col, self._daft
        wanted = daft.from_pydict({"task": list(some)})
        rows = rows.with_column("task", col("label") % count).join(wanted, on="task", how="semi")
        texts = rows.select("text", "task").distinct()
        ends = texts.select(col("text").alias("b"), col("task").alias("other"))
        near = self.stage("near").join(texts, left_on="a", right_on="text").join(ends, on="b")
        near = near.where(col("task") == col("other"))
        tables = {"rows": rows.select("task", "t", "text", "label"), "edges": near.select("task", "a", "b", "value")}
        if kind == "stories":
            held = self._daft.read_parquet(str(self._out / "records-*.parquet")).where(~col("home").is_null())
            told = held.select("home", "id", "place", "last").join(texts, left_on="home", right_on="text")
            tables["records"] = told.select("task", "home", "id", "place", "last")
        found: dict[int, dict[str, list[list[Any]]]] = {task: {} for task in some}
        for name, table in tables.items():
            columns = [each for each in table.column_names if each != "task"]
            held_rows = table.to_arrow().to_pydict()
            for task in some:
                found[task][name] = [[] for _ in columns]
            for n, task in enumerate(held_rows["task"]):
                for cells, each in zip(found[task][name], columns, strict=True):
                    cells.append(held_rows[each][n])
        return [(task, json.dumps(held, ensure_ascii=False)) for task, held in found.items()]

    # ---- passes

    def _passes(
        self,
        name: str,
        rows: Any,
        key: str,
        owner: str,
        pairs: Callable[[Callable[[Any], Any], Callable[[Any], Any]], Any],
        moved: Callable[[str], None],
        loose: Any = None,
    ) -> None:
        """Runs a join in passes, and keeps what each one gives. owner is the column that splits its left side."""
        col = self._col
        counted = rows.groupby(key).agg(col(owner).count().alias("n"))
        total = counted.agg(col("n").sum().alias("rows"), (col("n") * col("n")).sum().alias("pairs")).to_pydict()
        held, formed = (int(total[each][0] or 0) for each in ("rows", "pairs"))
        if loose is not None:  # those that meet all of their bucket
            free = rows.where(loose).groupby("bucket").agg(col(owner).count().alias("f"))
            both = free.join(rows.groupby("bucket").agg(col(owner).count().alias("n")), on="bucket")
            more = both.agg((col("f") * col("n")).sum().alias("pairs")).to_pydict()
            formed += int(more["pairs"][0] or 0)
        parts = max(1, math.ceil(held / (ROWS * self._processes)))
        lefts = max(1, math.ceil(formed / parts / (PAIRS * self._processes)))
        for number in range(parts * lefts):
            if self.there(name, number):
                continue
            part, left = number // lefts, number % lefts
            found = pairs(
                lambda frame, part=part: frame if parts == 1 else frame.where(col("bucket") % parts == part),  # type: ignore[misc]
                lambda frame, left=left: frame if lefts == 1 else frame.where(col(owner) % lefts == left),  # type: ignore[misc]
            )
            self.write(name, found.to_arrow().sort_by([("a", "ascending"), ("b", "ascending")]), number)
            moved(name)

    def _made(self, kind: type[Decider]) -> Any:
        """The deciders as workers of Daft, each in a process of its own."""
        daft, types = self._daft, self._daft.DataType

        class Worker:
            """A decider beside others."""

            def __init__(self, folder: str) -> None:
                os.environ.setdefault("OMP_NUM_THREADS", "1")
                self.decider = kind(folder)

            def copies(self, a: Any, b: Any) -> Any:
                return _series(daft, self.decider.copies(_numbers(a), _numbers(b)), "bool_")

            def near(self, a: Any, b: Any) -> Any:
                return _series(daft, self.decider.near(_numbers(a), _numbers(b)), "float64")

            def ties(self, a: Any, b: Any, text: Any, mate: Any, value: Any) -> Any:
                texts, mates = ([str(at) for at in each.to_pylist()] for each in (text, mate))
                found = self.decider.ties(_numbers(a), _numbers(b), texts, mates, value.to_pylist())
                return _series(daft, found, "bool_")

            def inside(self, told: list[int], text: int) -> list[list[int]]:
                return [list(pair) for pair in self.decider.inside(sorted(told), str(text))]

        for name, given in (("copies", types.bool()), ("near", types.float64()), ("ties", types.bool())):
            batch = daft.method.batch(return_dtype=given, batch_size=ASKED)
            setattr(Worker, name, batch(getattr(Worker, name)))
        pairs = types.list(types.list(types.int64()))
        Worker.inside = daft.method(return_dtype=pairs)(Worker.inside)  # type: ignore[method-assign]
        return daftly.workers(daft, Worker, self._runner, self._processes)


def _mixed(col: Any, one: str, other: str) -> Any:
    """A hash of two columns. Joins here are on one column alone: on Ray, Daft 0.7.26 loses rows of a join on two if it
    takes a table that is apart by the two in one order for one that is apart by them in the other.
    """
    return col(one).hash(seed=col(other)).alias("mixed")


def _numbers(series: Any) -> Any:
    return series.to_arrow().to_numpy(zero_copy_only=False)


def _series(daft: Any, values: Sequence[Any], kind: str) -> Any:
    import pyarrow as pa

    return daft.Series.from_arrow(pa.array(values, getattr(pa, kind)()))
