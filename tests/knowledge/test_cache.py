"""The cache between runs: the same values with it and without it, and nothing wrong taken for right."""

from __future__ import annotations

import concurrent.futures
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.knowledge import cache, load
from communique.resolve import gazetteer, people

_LEAF = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.dates()
_YAML = st.recursive(
    _LEAF,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | st.integers(0, 9) | st.booleans() | st.none(), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "kept"))
    cache.folder.cache_clear()
    yield tmp_path / "kept"
    cache.folder.cache_clear()


@given(_YAML)
def test_what_yaml_can_hold_comes_back_from_json_the_same(value: object) -> None:
    kept = load._as_json(value)
    back = kept["plain"] if "plain" in kept else load._from_json(kept["marked"])
    assert back == value
    assert yaml.safe_dump(back, sort_keys=False) == yaml.safe_dump(value, sort_keys=False)


def test_a_value_is_computed_once(place: Path) -> None:
    made = []
    for _ in range(2):
        assert cache.kept("a" * 64, lambda: made.append(1) or {"x": [1, "é\u2028\ud800"]}) == {
            "x": [1, "é\u2028\ud800"]
        }
    assert made == [1]
    assert [file.name for file in place.iterdir()] == ["a" * 64 + ".json"]


@pytest.mark.parametrize("damage", [b"", b"x", b'{"x":1}', b"0" * 64 + b'\n{"x":2}'])
def test_a_damaged_file_is_not_believed_and_is_mended(place: Path, damage: bytes) -> None:
    cache.kept("k", lambda: 1)
    (place / "k.json").write_bytes(damage)
    assert cache.kept("k", lambda: 1) == 1
    assert cache.kept("k", lambda: 3) == 1


def test_a_flipped_bit_is_not_believed(place: Path) -> None:
    cache.kept("k", lambda: ["abc"])
    content = bytearray((place / "k.json").read_bytes())
    content[-3] ^= 1
    (place / "k.json").write_bytes(content)
    assert cache.kept("k", lambda: ["abc"]) == ["abc"]


def test_nothing_is_kept_where_the_cache_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, "off")
    cache.folder.cache_clear()
    assert cache.folder() is None
    assert [cache.kept("k", lambda n=n: n) for n in (1, 2)] == [1, 2]
    cache.folder.cache_clear()


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "file" / "below"))
    cache.folder.cache_clear()
    assert cache.kept("k", lambda: 7) == 7
    cache.folder.cache_clear()


def test_many_writers_at_once_leave_one_whole_file(place: Path) -> None:
    cache.folder()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cache.kept("k", lambda: list(range(20_000))), range(40)))
    assert all(one == list(range(20_000)) for one in found)
    assert [file.name for file in place.iterdir()] == ["k.json"]


def test_old_versions_do_not_pile_up(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 5)
    monkeypatch.setattr(cache, "_FEWEST", 3)
    for number in range(12):
        cache.kept(str(number), lambda: 1)
    assert len(list(place.iterdir())) <= 5


def test_the_key_tells_where_one_part_ends_and_the_next_begins() -> None:
    assert cache.key(["ab", "c"]) != cache.key(["a", "bc"]) != cache.key(["abc"])


def test_people_and_names_are_the_same_from_the_tables_and_from_what_was_kept() -> None:
    read = people._read()
    assert people.all_people() == read
    assert dict(people.by_surname()) == people._surname_index(read)
    assert dict(people.by_office()) == people._office_index(read)
    fresh = gazetteer.Gazetteer(gazetteer._all_buckets())
    text = "On May 3, 2011 the Russian foreign minister met Angela Merkel and the NATO Secretary-General in New York."
    assert list(fresh.hits(text)) == list(gazetteer.gazetteer().hits(text))


def test_a_gazetteer_can_be_made_of_a_few_entries() -> None:
    entry = next(gazetteer.gazetteer().hits("France")).best
    assert [hit.entries for hit in gazetteer.Gazetteer.of([entry]).hits("Germany and France")] == [(entry,)]


def test_days_in_yaml_stay_days(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "text", lambda name: "a: 2020-01-02\n1: x\n")
    for _ in range(2):
        load.data.cache_clear()
        assert load.data("none.yaml") == {"a": dt.date(2020, 1, 2), 1: "x"}
    load.data.cache_clear()
