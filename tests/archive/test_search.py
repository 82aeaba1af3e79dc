"""Words to sentences."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import rail_accord

from communique.archive import Archive, search
from communique.archive.search import article_text, expression
from communique.errors import UsageError


@pytest.fixture(scope="module")
def archive() -> Archive:
    """An archive with one page."""
    made = Archive(":memory:")
    made.add(rail_accord())
    return made


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("trade", "Mongolia said that [trade] with China rose 24.5 percent to 8 billion dollars last year."),
        ("TRADING china", "Mongolia said that [trade] with [China] rose 24.5 percent to 8 billion dollars last year."),
        ('"steppe railway"', "Analysts expect the [Steppe Railway] to open by 2024"),
        ("condem*", "Russia did not [condemn] China."),
        ("sanctions OR condemned", "Russia did not [condemn] China."),
        ("friendships -sanctions", '"Our [friendship] is older than the railway," Wang Yi told reporters.'),
    ],
)
def test_the_sentence_that_holds_the_words_is_found_with_their_places(
    archive: Archive, words: str, sentence: str
) -> None:
    (hit,) = archive.search(words)
    assert hit.marked().startswith(sentence)
    for span in hit.words:
        assert hit.sentence.covers(span)


@pytest.mark.parametrize("words", ["Copyright", "menu", "sanctions", "trade -China", '"China rose trade"'])
def test_furniture_is_not_searched_and_all_words_must_be_there(archive: Archive, words: str) -> None:
    assert archive.search(words) == []


def test_words_of_the_title_find_the_article(archive: Archive) -> None:
    (hit,) = archive.search("accord")
    assert hit.words == ()
    assert hit.sequence == 0


def test_an_older_text_is_searched_only_if_asked_for(archive: Archive) -> None:
    with Archive(":memory:") as changing:
        changing.add(rail_accord())
        changing.add(rail_accord(change=lambda text: text.replace("reporters", "journalists")))
        assert changing.search("friendship reporters") == []
        assert len(changing.search("friendship reporters", revised=True)) == 1


@pytest.mark.parametrize("words", ["", "  ", "-trade", "!!", '""', "OR"])
def test_a_search_for_nothing_is_told(words: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        expression(words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60))
def test_no_words_of_a_user_break_the_index(archive: Archive, words: str) -> None:
    try:
        archive.search(words)
    except UsageError as fault:
        assert "no word" in fault.what


def test_a_page_too_long_for_the_indexs_own_marks_is_marked_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    page = rail_accord()
    text = article_text(page.document)
    words = '"steppe railway" NOT condemned'
    monkeypatch.setattr(search, "PART", 60)
    told = search.marked(text, expression(words))
    assert told.replace("\ue000", "").replace("\ue001", "") == text
    assert "\ue000Steppe Railway\ue001" in told or "\ue000Steppe\ue001 \ue000Railway\ue001" in told
    with Archive(":memory:") as made:
        made.add(page)
        (plain,) = made.search("trade china")
        monkeypatch.setattr(search, "LONG", 10)
        (again,) = made.search("trade china")
    assert (again.sentence, again.words) == (plain.sentence, plain.words)
