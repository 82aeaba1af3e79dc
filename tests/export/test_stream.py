"""Items one by one are the same as all at once."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow.parquet
import pytest
from tests.builders import rail_accord

from communique.archive import Archive
from communique.cli import run
from communique.errors import UsageError
from communique.export import parquet, stream
from communique.settings import KINDS


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Seven pages."""
    held = Archive(tmp_path / "a.db")
    for number in range(7):
        held.add(rail_accord(id=f"page-{number}"))
    return held


def test_a_stream_gives_what_a_listing_gives_in_its_order(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "AT_ONCE", 3)
    for kind in KINDS:
        assert list(stream.stream(archive, kind)) == list(archive.items(kind).pairs())
    narrow = {"between": ("CHN", "MNG"), "since": "2019-01-01", "undated": True}
    assert list(stream.stream(archive, "event", **narrow)) == list(archive.items("event", **narrow).pairs())
    with pytest.raises(UsageError, match="no filter colour"):
        list(stream.stream(archive, "event", colour="red"))


def test_parquet_packed_in_small_parts_is_the_same_table(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written() -> pyarrow.Table:
        target = io.BytesIO()
        writer = parquet.Parquet(target)
        for item, page in stream.stream(archive, "event"):
            writer.write_item(item, page)
        writer.close()
        return pyarrow.parquet.read_table(target)

    whole = written()
    monkeypatch.setattr(parquet, "PLAIN_ROWS", 4)
    monkeypatch.setattr(parquet, "GROUP_ROWS", 8)
    assert written() == whole
    assert whole.num_rows == len(archive.events())
    archive.close()
    assert run(["export", "--archive", str(tmp_path / "a.db"), "-o", str(tmp_path / "a.parquet")]) == 0
    assert pyarrow.parquet.read_table(tmp_path / "a.parquet").num_rows == 7 * len(rail_accord().items())
