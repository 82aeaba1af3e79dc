"""Schemathesis asks the desk what its description allows and what it does not, and gets nothing that is not in it."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from communique.archive import Archive
from communique.web import Options, app, create_app
from torture import answers

pytest.importorskip("schemathesis", reason="schemathesis is not installed: make dev brings it")


def test_the_desk_answers_nothing_that_it_does_not_describe(made: Path) -> None:
    with Archive(made) as archive:
        ids = answers.ids_of(archive)
    statuses, wrong = answers.asked(create_app(Options(made, readonly=True)), ids, 2, random.Random(7))
    assert wrong == []
    assert statuses[200] > 40
    assert {400, 404, 422} <= statuses.keys() <= {200, 303, 307, 400, 404, 422}


def test_an_answer_that_is_not_described_is_found(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = app.described

    def less(desk: Any) -> dict[str, Any]:
        found = copy.deepcopy(whole(desk))
        del found["paths"]["/story/{id}.json"]["get"]["responses"]["404"]
        return found

    monkeypatch.setattr(app, "described", less)
    statuses, wrong = answers.asked(
        create_app(Options(made, readonly=True)), (), 3, random.Random(1), part="/story/{id}.json"
    )
    assert statuses[404] and wrong
    assert all("404" in line and "/story/" in line for line in wrong)
