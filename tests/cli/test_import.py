"""`communique import`: a data set of others becomes an archive that can be asked and measured."""

from __future__ import annotations

from pathlib import Path

from communique.archive import Archive
from communique.export.polecat import COLUMNS


def rows_of(days: range) -> str:
    """A file of POLECAT's columns: one visit a day, told by another paper each."""
    lines = ["\t".join(COLUMNS)]
    for day in days:
        cells = dict.fromkeys(COLUMNS, "None") | {
            "Event ID": f"E{day}",
            "Event Date": f"2021-02-{day:02}",
            "Event Type": "CONSULT",
            "Event Mode": "visit",
            "Actor Name": "China",
            "Actor Country": "CHN",
            "Recipient Name": "Mongolia",
            "Recipient Country": "MNG",
            "Source": f"Paper {day}",
        }
        lines.append("\t".join(cells.values()))
    return "\n".join(lines) + "\n"


def test_rows_are_imported_once_and_can_be_proved_and_measured(communique, tmp_path: Path) -> None:
    path, archive = tmp_path / "p.tsv", str(tmp_path / "a.db")
    path.write_text(rows_of(range(1, 9)), "utf8")
    first = communique("import", str(path), "-f", "polecat", "-a", archive)
    assert (first.code, first.err.split(": ")[1]) == (0, "8 events imported, 0 known already, 0 faults\n")
    second = communique("import", str(path), "-f", "polecat", "-a", archive)
    assert "0 events imported, 8 known already" in second.err
    assert communique("verify", "-a", archive).code == 0
    assert communique("pair", "CHN", "MNG", "-a", archive).code == 0
    with Archive(archive, create=False) as store:
        [point] = store.pair("CHN", "MNG", by="month").series.points
    assert (len(point.records), point.outlets, point.conflict) == (8, 8, 0)


def test_bad_rows_are_told_and_the_exit_code_says_so(communique, tmp_path: Path) -> None:
    path, archive = tmp_path / "p.tsv", str(tmp_path / "a.db")
    path.write_text(rows_of(range(1, 3)) + "no\trow\n", "utf8")
    told = communique("import", str(path), "-f", "polecat", "-a", archive)
    assert told.code == 3
    assert f"{path}:4: 2 columns, not 40" in told.err
    assert communique("import", "-a", archive).code == 2
    assert communique("import", str(tmp_path / "none"), "-f", "gdelt", "-a", archive).code == 4
