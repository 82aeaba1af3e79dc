"""Documents of a shard: what was coded comes back without loss, and what is damaged is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.builders import TEXT, rail_accord
from tests.merge.test_incremental import mixed

from communique.errors import InputError, UsageError
from communique.model import Coded, Document
from communique.scale import kept
from communique.scale.folder import folder


def written(path: Path, *coded: Coded) -> Path:
    with path.open("wb") as stream:
        writer = kept.Writer(stream)
        for each in coded:
            writer.write(each)
        writer.close()
    return path


def test_coded_documents_come_back_as_they_were_in_their_order(tmp_path: Path) -> None:
    coded = [rail_accord("a.txt"), *mixed(), Coded(Document("leer.txt", "Ünïcödé \u2028 und\tmehr"))] * 3
    path = written(tmp_path / "d.parquet", *coded)
    assert list(kept.read(path)) == coded
    assert kept.keys(path) == [each.document.key for each in coded]
    assert list(kept.read(path, frozenset([coded[0].document.key]))) == [coded[0]] * 3


def test_other_programs_find_texts_and_dates_in_columns(tmp_path: Path) -> None:
    row = pq.read_table(written(tmp_path / "d.parquet", rail_accord("a.txt"))).to_pylist()[0]
    assert (row["id"], row["text"], row["date"]) == ("a.txt", TEXT, "2019-06-05")


def test_half_characters_cost_their_document_alone(tmp_path: Path) -> None:
    torn = Coded(Document("torn.txt", "half \ud800 a character"))
    with (tmp_path / "d.parquet").open("wb") as stream:
        writer = kept.Writer(stream)
        with pytest.raises(InputError, match=r"torn\.txt: the text holds half characters"):
            writer.write(torn)
        writer.write(rail_accord("a.txt"))
        writer.close()
    assert [each.document.id for each in kept.read(tmp_path / "d.parquet")] == ["a.txt"]


@pytest.mark.parametrize("cut", [10, 2000])
def test_a_torn_or_missing_file_says_what_to_do(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path / "d.parquet", rail_accord("a.txt"))
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(InputError, match=r"is not whole.*communique scale code"):
        list(kept.read(path))
    path.unlink()
    with pytest.raises(InputError, match="is missing"):
        kept.keys(path)


def test_a_changed_bit_or_another_text_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "d.parquet", rail_accord("a.txt"))
    table = pq.read_table(path)
    at = table.column_names.index("text")
    pq.write_table(table.set_column(at, "text", [[TEXT.replace("June 5", "June 6")]]), path)
    with pytest.raises(InputError, match="not the one that was coded"):
        list(kept.read(path))
    path = written(path, *(replace(rail_accord("a.txt"), document=Document(f"{n}", "x" * n)) for n in range(200)))
    held = bytearray(path.read_bytes())
    held[len(held) // 3] ^= 8
    path.write_bytes(bytes(held))
    with pytest.raises(InputError):
        list(kept.read(path))


def test_folders_without_documents_say_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no folder of shards.*scale code"):
        folder(tmp_path)
    (tmp_path / "_shards.json").write_text('{"shards": [{"file": "part-1.parquet", "documents": 5, "items": 9}]}')
    with pytest.raises(UsageError, match=r"items without their documents.*--no-texts"):
        folder(tmp_path)
    (tmp_path / "_shards.json").write_text("[")
    with pytest.raises(UsageError, match="cannot be read"):
        folder(tmp_path)
