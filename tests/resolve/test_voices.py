"""Whom "he", "she" and "they" mean in a transcript: never the one who speaks."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import ingest, pipeline
from communique.settings import Settings

PAGE = "https://www.state.gov/briefings/a-briefing/"
HEAD = "Ned Price, Department Spokesperson\n"


@pytest.fixture(scope="module")
def coder() -> pipeline.Coder:
    return pipeline.Coder(Settings(kinds=(), encoder=False))


def _names(coder: pipeline.Coder, text: str, words: str) -> list[str | None]:
    """The names of whom the last such words in a text mean; an empty list where they are nobody's."""
    document = ingest.from_text(text, id="x", url=PAGE, date=dt.date(2021, 7, 28).isoformat())
    start = text.rindex(words)
    end = start + len(words.strip())
    found = [m for _, m in coder.code(document).mentions if m.span.start < end and start < m.span.end]
    return [actor.name for mention in found[-1:] for actor in mention.actors]


@pytest.mark.parametrize(
    ("said", "words", "name"),
    [
        ("I can say that the Secretary called President Saied on Monday, and he urged calm.", "he ", "Antony Blinken"),
        ("I would add that Secretary Blinken, when he called Foreign Minister Wang Yi, raised it.", "he ",
         "Antony Blinken"),
        ("We know the case. Special Envoy Lenderking flew to Riyadh, and I expect that he will stay.", "he ",
         "Tim Lenderking"),
        ("We were glad to see Chancellor Merkel. I think that she was heard.", "she ", "Angela Merkel"),
        ("We asked President Duque to come. We thanked him.", "him", "Iván Duque"),
    ],
)  # fmt: skip
def test_a_speaker_does_not_call_himself_he(coder: pipeline.Coder, said: str, words: str, name: str) -> None:
    assert _names(coder, f"{HEAD}MR PRICE: {said}", words) == [name]


def test_they_are_the_two_who_were_named_and_not_the_one_who_speaks(coder: pipeline.Coder) -> None:
    text = f"{HEAD}MR PRICE: It has been Deputy Secretary Sherman and our ambassador. They met Kurdish leaders."
    assert _names(coder, text, "They") == ["Wendy Sherman", "our ambassador"]


def test_a_group_with_the_speaker_is_we_and_not_they(coder: pipeline.Coder) -> None:
    text = f"{HEAD}MR PRICE: We agreed with India on a plan. Ghanaian officials heard of it. They welcomed the plan."
    assert _names(coder, text, "They") == ["Ghanaian officials"]


def test_in_a_quotation_a_speaker_may_be_he_again(coder: pipeline.Coder) -> None:
    text = 'President Saied spoke on Monday. "I will not leave," he said.'
    assert _names(coder, text, "he ") == ["Kais Saied"]


def test_she_and_him_in_one_clause_are_two(coder: pipeline.Coder) -> None:
    text = "President Biden called Chancellor Merkel. She thanked him for the vaccines."
    assert (_names(coder, text, "She"), _names(coder, text, "him")) == (["Angela Merkel"], ["Joe Biden"])


def test_they_who_are_one_tool_are_the_sanctions_before(coder: pipeline.Coder) -> None:
    assert _names(coder, "Ghana and Togo met in May. Sanctions are a tool. They are not the last one.", "They") == []


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The United States works with Laos in its role as host.", "its role", "Laos"),
        ("The United States thanks Qatar for the role it is playing.", "it ", "Qatar"),
    ],
)
def test_who_plays_a_role_is_named_before_it(coder: pipeline.Coder, text: str, words: str, name: str) -> None:
    # "its role" makes no mention of its own: what counts is that nobody else is taken for it
    assert _names(coder, text, words) in ([name], [])


def test_who_went_to_a_town_stands_together_with_nobody_there(coder: pipeline.Coder) -> None:
    text = "Envoy Robert Malley returned to Vienna. The talks were long. Iranian envoys sat with them. They left."
    assert "Vienna" not in _names(coder, text, "They")


def test_two_who_stand_together_are_they_though_one_of_them_says_we(coder: pipeline.Coder) -> None:
    text = "Wendy Sherman met Heiko Maas. Sherman and Maas spoke of what we defend. They discussed Mali."
    assert _names(coder, text, "They") == ["Wendy Sherman", "Heiko Maas"]
