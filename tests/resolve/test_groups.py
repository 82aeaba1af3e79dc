"""Groups, parties, firms and peoples: what they are on a date, and for whom they act."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.resolve import resolve_mention
from communique.resolve.gazetteer import gazetteer, rows


def test_there_are_more_than_a_thousand_groups_and_no_row_stands_twice() -> None:
    names = [str(row["name"]) for row in rows("groups", "groups")]
    assert len(names) >= 1000
    assert len(names) == len(set(names))


def test_every_group_has_a_state_and_a_sector() -> None:
    for row in rows("groups", "groups"):
        for term in row.get("terms") or [row]:
            assert term["code"], row
            assert term["sector"], row


@pytest.mark.parametrize(
    ("mention", "date", "code", "sector"),
    [
        ("the Taliban", "1998-05-05", "AFG", "GOV"),
        ("the Taliban", "2010-05-05", "AFG", "REB"),
        ("the African National Congress", "1985-05-05", "ZAF", "OPP"),
        ("the African National Congress", "2005-05-05", "ZAF", "PTY"),
        ("the FMLN", "1985-05-05", "SLV", "REB"),
        ("the Khmer Rouge", "1976-05-05", "KHM", "GOV"),
        ("Boko Haram gunmen", "2015-05-05", "NGA", "REB"),
        ("the rebel M23 force", "2023-05-05", "COD", "REB"),
        ("Rosneftegaz", "2015-05-05", "RUS", "BUS"),
        ("Iraqi Kurds", "2015-05-05", "IRQ", None),
        ("Bosnian Serbs", "1994-05-05", "BIH", None),
        ("Uighurs", "2019-05-05", "CHN", "CVL"),
        ("Ukrainian farmers", "2023-05-05", "UKR", "AGR"),
        ("smugglers", None, None, "CRM"),
        ("a group of rebels", None, None, "REB"),
        ("New Zealand's Labour Party", "2019-05-05", "NZL", "PTY"),
        ("OPEC+", "2022-05-05", "IGO", None),
        ("P5+1", "2014-05-05", "IGO", None),
    ],
)
def test_a_group_is_what_it_was_on_the_date(
    mention: str, date: str | None, code: str | None, sector: str | None
) -> None:
    found = resolve_mention(mention, dt.date.fromisoformat(date) if date else None)
    assert found.code == code
    assert sector is None or sector in found.sector


def test_ethnic_albanians_act_where_they_live() -> None:
    assert resolve_mention("ethnic Albanians in Macedonia").code == "MKD"
    assert resolve_mention("ethnic Albanians").code is None


@pytest.mark.parametrize("text", ["The independent commission met.", "He had a total of nine.", "The age of steam."])
def test_common_words_at_the_start_of_a_sentence_are_no_names(text: str) -> None:
    assert list(gazetteer().hits(text)) == []


@pytest.mark.parametrize("text", ["OPEC+", "P5+1", "C5+1"])
def test_a_plus_belongs_to_the_name(text: str) -> None:
    hit = next(gazetteer().hits(f"Ministers of {text} met."))
    assert hit.best.surface == text
    assert hit.span.end - hit.span.start == len(text)
