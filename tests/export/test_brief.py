"""The brief: what it says, that every line has its source, and that all formats say the same."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reports import Said, report

from communique import merge
from communique.archive import Archive
from communique.errors import UsageError
from communique.export.brief import make, render
from communique.export.brief.nouns import Brief, Section
from communique.model import Coded, Judgement

SIGNED = {"event": "SUPPORT", "act": "signed", "actor": "CHN, RUS", "date": "2024-09-14"}
WIRE = (
    Said(
        "China and Russia signed a grain accord worth 3.2 billion dollars on Saturday.",
        (SIGNED,),
        (("3.2 billion dollars", 3.2e9, "USD", "signed"),),
        extra={"measure": "grain accord", "between": "CHN, RUS"},
    ),
    Said(
        "Russia will supply China with 7 million tonnes a year.",
        ({"event": "AGREE", "act": "supply", "actor": "RUS", "recipient": "CHN"},),
        (("7 million tonnes", 7e6, "tonne", "pledged"),),
        extra={"measure": "grain", "between": "CHN, RUS", "deadline": "2030"},
    ),
    Said(
        "Trade between the two rose to 240 billion dollars in 2023.",
        ({"event": "COOPERATE", "act": "Trade", "actor": "CHN, RUS", "date": "2023"},),
        (("240 billion dollars", 2.4e11, "USD", "observed"),),
        extra={"measure": "trade", "between": "CHN, RUS", "period": "2023"},
    ),
    Said(
        'China "has waited <long> enough", Mishustin said.',
        quote=("has waited <long> enough", "Mikhail Mishustin", "RUS"),
        extra={"about": "CHN"},
    ),
    Said(
        "China could pay less for Russian gas, analysts say.",
        assessment=("China could pay less for Russian gas", "analysts"),
        extra={"about": "CHN, RUS"},
    ),
)
OTHER = (
    Said(
        "The grain accord that was signed is worth 2.3 billion dollars, the ministry said.",
        ({**SIGNED, "by": "RUS:Oksana Lut"},),
        (("2.3 billion dollars", 2.3e9, "USD", "signed"),),
        extra={"measure": "grain accord", "between": "CHN, RUS"},
    ),
    Said(
        "A spokesman denied that Russia had agreed to supply China with tonnes of grain.",
        ({"event": "AGREE", "act": "agreed", "actor": "RUS", "recipient": "CHN", "stance": "denied"},),
    ),
    Said(
        "China may ban Russian timber if checks go on.",
        (
            {
                "event": "COERCE",
                "mode": "restrict",
                "act": "ban",
                "actor": "CHN",
                "recipient": "RUS",
                "stance": "conditional",
                "date": "2025-01",
                "confidence": 0.4,
            },
        ),
    ),
    Said(
        "Russia rejected China's demand for lower duties.",
        (
            {
                "event": "REJECT",
                "mode": "yield",
                "act": "rejected",
                "actor": "RUS",
                "recipient": "CHN",
                "date": "2024-10-02",
                "by": "a person who asked not to be named",
            },
        ),
    ),
    Said("India met Pakistan.", ({"event": "CONSULT", "act": "met", "actor": "IND", "recipient": "PAK"},)),
)


def coded() -> list[Coded]:
    return [
        report("wire.txt", *WIRE, source="Meridian Wire", published="2024-09-14", title="China & Russia sign <accord>"),
        report("copy.txt", *WIRE, source="Baltic Ledger", published="2024-09-15"),
        report("amur.txt", *OTHER, source="Amur Record"),
    ]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db") as held:
        for each in coded():
            held.add(each)
        yield held


@pytest.fixture
def brief(archive: Archive) -> Brief:
    return make(archive, "CHN", "RUS")


def part(brief: Brief, name: str) -> Section:
    return next(section for section in brief.sections if section.name == name)


def texts(brief: Brief, name: str) -> list[str]:
    return [line.text for line in part(brief, name).lines]


def test_short_part_has_four_to_six_sentences_and_each_has_its_sources(brief: Brief) -> None:
    assert 4 <= len(brief.summary) <= 6
    assert all(line.numbers for line in brief.summary)


def test_short_part_counts_events_once_and_says_who_copies(brief: Brief) -> None:
    text = brief.summary[0].text
    assert "3 pages (3 named outlets) tell of 6 events between China and Russia" in text
    assert "1 page only copies another" in text


def test_balance_is_the_formula_over_dated_acts_that_were_done(brief: Brief) -> None:
    text = brief.summary[1].text
    assert "Among the 3 acts with a date cooperation outweighs conflict" in text
    assert "+14.5 for cooperation and −2 for conflict" in text
    net = (14.5 - 2) / (14.5 + 2 + 10)
    assert f"net +{net:.2f}" in text


def test_there_is_no_balance_of_fewer_than_three_dated_acts(tmp_path: Path) -> None:
    with Archive(tmp_path / "b.db") as held:
        held.add(report("one.txt", WIRE[0]))
        assert "There is no balance" in make(held, "CHN", "RUS").summary[1].text


def test_timeline_is_sorted_by_date_and_what_has_none_stands_last(brief: Brief) -> None:
    dates = [line.date for line in part(brief, "timeline").lines]
    assert dates == ["2023", "14 September 2024", "2 October 2024", "January 2025", "date unknown", "date unknown"]


def test_events_of_other_pairs_are_not_in_it(brief: Brief) -> None:
    assert not any("India" in line.text for section in brief.sections for line in section.lines)


def test_promises_stand_apart_from_deeds(brief: Brief) -> None:
    assert texts(brief, "deeds") == ["China and Russia traded or worked together"]
    pledges = texts(brief, "pledges")
    assert "Russia made a promise or an offer to China" in pledges
    assert "Grain: 7 million tonnes, China and Russia" in pledges
    assert not any(text.startswith("Trade") for text in pledges)


def test_what_was_not_done_says_so_before_anything_else(brief: Brief) -> None:
    assert "Denied: Russia made a promise or an offer to China" in texts(brief, "timeline")
    assert texts(brief, "pressures") == [
        "Russia refused to yield to China",
        "Only under a condition: China restricted Russia",
    ]


def test_targets_and_pledges_are_marked_as_not_delivered(brief: Brief) -> None:
    line = next(line for line in part(brief, "figures").lines if "7 million" in line.text)
    assert line.notes[0] == "pledged, not delivered"
    assert "due by 2030" in line.notes


def test_the_same_figure_in_a_copy_is_one_line_with_two_places(brief: Brief) -> None:
    trade = [line for line in part(brief, "figures").lines if line.text.startswith("Trade")]
    assert len(trade) == 1
    assert trade[0].numbers == (1, 2)


def test_quotes_name_their_speaker_and_keep_the_exact_words(brief: Brief) -> None:
    line = part(brief, "quotes").lines[0]
    assert line.text == "Mikhail Mishustin (Russia) said"
    assert line.words == "has waited <long> enough"


def test_assessments_are_in_no_other_part(brief: Brief) -> None:
    assert texts(brief, "assessments") == ["Analysts, on China and Russia"]
    assert not any("pay less" in (line.words or "") for line in part(brief, "timeline").lines)


def test_disputed_values_are_shown_with_who_gives_them(brief: Brief) -> None:
    line = next(line for line in part(brief, "unknown").lines if "disagree" in line.text)
    assert "3.2 billion dollars [1" in line.text
    assert "2.3 billion dollars [" in line.text
    assert "against" in line.text


def test_what_is_not_known_names_undated_events_unnamed_people_undated_pages_and_weak_readings(brief: Brief) -> None:
    text = "\n".join(texts(brief, "unknown"))
    assert "2 events have no date at all" in text
    assert "a person who asked not to be named" in text
    assert "The day on which [3] was published is not known" in text
    assert "1 event was read with less than 50% confidence" in text


def test_a_copy_does_not_count_as_a_second_outlet(brief: Brief) -> None:
    line = next(line for line in part(brief, "timeline").lines if "signed" in line.text)
    assert "told independently by 2 outlets" in line.notes
    assert "also in 1 copy" in line.notes
    assert [source.copy_of for source in brief.sources] == [None, 1, None]


def test_every_line_cites_a_sentence_that_stands_in_its_document(archive: Archive, brief: Brief) -> None:
    exempt = "left out"
    for section in brief.sections:
        for line in section.lines:
            assert line.evidence or exempt in line.text, line
            for each in line.evidence:
                document = archive.document(each.source.key)
                assert each.sentence == each.span.cut(document.text)
                assert "".join(each.pieces()) == each.sentence
                assert each.reference == f"{document.id}:{each.span.start}-{each.span.end}"


def test_a_period_keeps_what_may_lie_in_it_and_counts_what_it_leaves_out(archive: Archive) -> None:
    found = make(archive, "CHN", "RUS", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert [line.date for line in part(found, "timeline").lines] == ["14 September 2024", "2 October 2024"]
    assert found.asked == "Asked for the time from 1 January 2024 to 31 December 2024."
    assert any("left out" in text for text in texts(found, "unknown"))


def test_a_period_without_events_says_how_many_lie_outside(archive: Archive) -> None:
    text = render(archive, "CHN", "RUS", dt.date(1999, 1, 1), dt.date(1999, 12, 31))
    assert "Nothing between China and Russia lies in the asked time" in text
    assert "outside it or without any date" in " ".join(text.split())


def test_an_empty_pair_says_what_there_is_instead(archive: Archive) -> None:
    text = render(archive, "CHN", "IND")
    assert "The archive holds nothing between China and India. It holds 3 pages." in text
    assert "China is on record with Russia" in text
    assert "India is on record with Pakistan" in text
    assert "communique search China India" in text
    for form in ("markdown", "html", "json"):
        assert "holds nothing between China and India" in render(archive, "CHN", "IND", format=form)


def test_what_a_person_judged_wrong_is_left_out_and_counted(archive: Archive) -> None:
    refused = next(event for event in archive.events() if event.event == "REJECT")
    now = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    archive.judge(Judgement("j1", "wrong", (refused.id,), "misread", "Ada", now))
    found = make(archive, "CHN", "RUS")
    assert not any("refused" in text for text in texts(found, "timeline"))
    assert "1 reading that a person judged wrong is left out" in texts(found, "unknown")


def test_what_a_person_called_different_is_two_events_in_the_brief_too(tmp_path: Path) -> None:
    signed = {"event": "AGREE", "act": "signed", "actor": "CHN", "recipient": "RUS", "date": "2024-09-14"}
    text = "China and Russia signed a pact on river ferries in Harbin."
    with Archive(tmp_path / "a.db") as held:
        held.add(report("one.txt", Said(text, (signed,)), source="Amur Record", published="2024-09-14"))
        held.add(report("two.txt", Said(f"Officials said that {text}", (signed,)), source="Baltic Ledger",
                        published="2024-09-15"))  # fmt: skip
        merge.refresh(held)
        assert len(texts(make(held, "CHN", "RUS"), "timeline")) == 1
        one, two = (event.id for event in held.events())
        merge.judge(held, "different", [one, two], reason="two signings")
        assert len(texts(make(held, "CHN", "RUS"), "timeline")) == 2


def test_reports_that_disagree_on_the_day_are_shown_with_both_days(tmp_path: Path) -> None:
    signed = {"event": "AGREE", "act": "signed", "actor": "CHN", "recipient": "RUS"}
    text = "China and Russia signed a pact on river ferries and ice breakers in Harbin."
    with Archive(tmp_path / "a.db") as held:
        for name, day in (("one", "2024-09-13"), ("two", "2024-09-14")):
            said = Said(text if name == "one" else f"It is told that {text}", ({**signed, "date": day},))
            held.add(report(f"{name}.txt", said, source=f"Paper {name}", published="2024-09-15"))
        merge.refresh(held)
        line = next(line for line in part(make(held, "CHN", "RUS"), "unknown").lines if "disagree" in line.text)
    assert "day 2024-09-13 [1] against 2024-09-14 [2]" in line.text


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json"])
def test_the_same_archive_gives_the_same_bytes_in_any_order_of_reading(tmp_path: Path, form: str) -> None:
    pages = coded()
    outcomes = set()
    for number, order in enumerate((pages, pages[::-1], pages)):
        with Archive(tmp_path / f"{number}.db") as held:
            for each in order:
                held.add(each)
            outcomes.add(render(held, "CHN", "RUS", format=form))
    assert len(outcomes) == 1


def test_all_formats_hold_every_line_and_every_reference(archive: Archive, brief: Brief) -> None:
    forms = ("terminal", "markdown", "html", "json")
    plain = {form: _words(render(archive, "CHN", "RUS", format=form)) for form in forms}
    for section in brief.sections:
        for line in section.lines:
            for form, text in plain.items():
                assert _words(line.text) in text, (form, line.text)
                assert all(_words(each.reference) in text for each in line.evidence[:6]), (form, line.text)


def _words(text: str) -> str:
    for entity, sign in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    text = re.sub(r"\]\(#source-\d+\)", "", text)
    return re.sub(r"[^\w.:%-]+", " ", text).strip()


def test_states_go_by_name_and_codes_do_not_show(archive: Archive) -> None:
    text = render(archive, "CHN", "RUS")
    assert not re.search(r"\b(?:CHN|RUS|AGREE|COERCE)\b", text)


def test_terminal_lines_are_at_most_a_hundred_columns_wide(archive: Archive) -> None:
    assert max(len(line) for line in render(archive, "CHN", "RUS").splitlines()) <= 100


def test_signs_that_steer_a_terminal_do_not_get_through(tmp_path: Path) -> None:
    with Archive(tmp_path / "c.db") as held:
        held.add(
            report(
                "x.txt",
                Said("China and Russia signed \x1b[2J\x07 a \u202egrain accord.", (SIGNED,)),
                title="\x1b]0;x\x07",
            )
        )
        for form in ("terminal", "markdown", "html"):
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", render(held, "CHN", "RUS", format=form))


def test_markdown_of_a_page_is_not_markup(tmp_path: Path) -> None:
    with Archive(tmp_path / "d.db") as held:
        held.add(report("a`b.txt", Said("China and Russia signed [x](y) *z* <b>.", (SIGNED,)), title="# No | heading"))
        text = render(held, "CHN", "RUS", format="markdown")
    assert r"signed \[x\](y) \*z\* \<b\>." in text
    assert r"\# No \| heading" in text
    assert "``a`b.txt:0-39``" in text


def test_json_is_the_whole_brief(archive: Archive, brief: Brief) -> None:
    row = json.loads(render(archive, "CHN", "RUS", format="json"))
    assert row["names"] == ["China", "Russia"]
    assert [section["name"] for section in row["sections"]] == [section.name for section in brief.sections]


def test_other_formats_and_a_pair_of_one_state_are_refused_with_advice(archive: Archive) -> None:
    with pytest.raises(UsageError, match="Formats are terminal"):
        render(archive, "CHN", "RUS", format="pdf")
    with pytest.raises(UsageError, match="two different states"):
        render(archive, "CHN", "CHN")


def test_text_and_md_are_names_of_formats_too(archive: Archive) -> None:
    assert render(archive, "CHN", "RUS", format="text") == render(archive, "CHN", "RUS")
    assert render(archive, "CHN", "RUS", format="md") == render(archive, "CHN", "RUS", format="markdown")


def test_order_of_the_pair_changes_the_title_only_not_the_lines(archive: Archive) -> None:
    one, other = make(archive, "CHN", "RUS"), make(archive, "RUS", "CHN")
    assert [section.lines for section in one.sections] == [section.lines for section in other.sections]
    assert other.title == "Russia and China"
