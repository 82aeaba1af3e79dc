"""The set of invented articles: its answers name articles that stand there, in words that they have."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "evaluation" / "occasions"


@pytest.fixture(scope="module", params=["", "second_"], ids=["first set", "second set"])
def prefix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def articles(prefix: str) -> dict[str, dict[str, str]]:
    lines = (FOLDER / f"{prefix}articles.jsonl").read_text("utf8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def answers(prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{prefix}answers.yaml").read_text("utf8"))
    return found


def named(occasion: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every article that an occasion names, with the words that it should have."""
    for event in occasion["events"]:
        yield from event["told"].items()
    for key in ("disagreements", "compatible", "supersedes"):
        for entry in occasion.get(key, ()):
            yield from ((side["article"], side["words"]) for side in entry.values() if isinstance(side, dict))
    yield from ((stage["article"], stage["words"]) for stage in occasion["stages"])
    for promise in occasion.get("promises", ()):
        yield promise["article"], promise["words"]
        yield promise["because"]["article"], promise["because"]["words"]


def test_there_are_enough_articles_of_a_newspaper_item_s_length(
    articles: dict[str, dict[str, str]], prefix: str
) -> None:
    assert len(articles) >= (20 if prefix else 60)
    for row in articles.values():
        assert 80 <= len(f"{row['title']} {row['text']}".split()) <= 220, row["id"]
        dt.date.fromisoformat(row["date"])


def test_every_article_belongs_to_exactly_one_occasion(
    articles: dict[str, dict[str, str]], answers: dict[str, Any]
) -> None:
    listed = [name for occasion in answers["occasions"] for name in occasion["articles"]]
    assert sorted(listed) == sorted(articles)


def test_the_words_of_every_answer_stand_in_its_article(
    articles: dict[str, dict[str, str]], answers: dict[str, Any]
) -> None:
    for occasion in answers["occasions"]:
        for name, words in named(occasion):
            assert words in articles[name]["text"] or words in articles[name]["title"], (name, words)


def test_voices_are_articles_that_tell_the_event(answers: dict[str, Any]) -> None:
    for occasion in answers["occasions"]:
        for event in occasion["events"]:
            voices = [name for voice in event["voices"] for name in voice]
            assert set(voices) <= set(event["told"]) and len(voices) == len(set(voices)), event["id"]


def test_every_type_of_disagreement_is_planted(answers: dict[str, Any]) -> None:
    types = {entry["type"] for occasion in answers["occasions"] for entry in occasion["disagreements"]}
    assert {"value", "date", "place", "participants", "stance"} <= types
