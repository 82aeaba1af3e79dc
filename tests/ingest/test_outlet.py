"""Whose page it is, where no address says so."""

from __future__ import annotations

import pytest

from communique.ingest import from_text, outlet

BODY = (
    "Ghana and Togo reopened a border crossing on Monday after talks in Accra, officials said. "
    "The crossing had been closed for two years. Traders on both sides welcomed the decision.\n\n"
    "The two governments will review the step in June, the interior ministry in Lome said in a statement.\n"
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ghana reopens border | Reuters", "Reuters"),
        ("Ghana reopens border - BBC News", "BBC News"),
        ("Ghana reopens border: Reuters", None),
        ("Ghana reopens border - Togo agrees", None),
    ],
)
def test_the_end_of_a_title_names_the_outlet_but_a_colon_may_name_a_source(title: str, name: str | None) -> None:
    assert outlet.in_title(title) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2024 The Lome Courier. All rights reserved.", "The Lome Courier"),
        ("Copyright © 2019-2024 Volta Media Group Ltd. All Rights Reserved", "Volta"),
        ("(c) Copyright Thomson Reuters 2023", "Reuters"),
        ("© 2024 all the pictures on this page", None),
        ("Copyright is a right.", None),
    ],
)
def test_a_copyright_line_names_the_outlet(line: str, name: str | None) -> None:
    assert outlet.in_copyright(line) == name


def test_a_dateline_names_the_agency() -> None:
    assert outlet.in_dateline("ACCRA, May 5 (Reuters) - Ghana reopened a crossing.") == "Reuters"
    assert outlet.in_dateline("Ghana (which reopened a crossing) - is glad.") is None


def test_a_document_has_its_outlet_from_its_last_line_and_an_address_comes_first() -> None:
    text = "Ghana reopens border\n\n" + BODY + "\n© 2024 The Lome Courier. All rights reserved.\n"
    assert from_text(text, id="x").source == "The Lome Courier"
    assert from_text(text, id="x", url="https://www.example.com/a").source == "example.com"
    assert from_text(BODY, id="x").source is None


def test_a_document_from_an_agency_is_the_agencys() -> None:
    text = "Ghana reopens border\n\nACCRA, May 5 (AFP) - " + BODY
    assert from_text(text, id="x").source == "AFP"
