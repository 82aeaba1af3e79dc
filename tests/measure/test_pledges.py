"""The ledger of promises: what is one, who is bound, and what later reports make of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from communique.archive import Archive
from communique.errors import UsageError
from communique.ingest import from_text
from communique.measure.pledges import Ledger, Pledge, ledger
from communique.measure.pledges.rows import csv_text
from communique.model import Document
from communique.pipeline import Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def article(number: int, day: str, text: str, source: str = "Tidewater Post") -> Document:
    return from_text(text, id=f"a{number}", source=source, date=day)


def read(tmp_path: Path, coder: Coder, *reports: tuple[str, str], **filters: Any) -> Ledger:
    """The ledger of reports, each a day and a text."""
    with Archive(tmp_path / f"{next(_COUNT)}.db") as archive:
        for number, (day, text) in enumerate(reports):
            archive.add(coder.code(article(number, day, text, f"Outlet {number}")))
        return ledger(archive, **filters)


_COUNT = itertools.count()
FERRY = (
    "2023-02-06",
    "Norway will deliver four rescue ferries to Georgia by June 2024, the Norwegian foreign ministry said on Monday. "
    "The ferries carry ninety passengers each.",
)


def only(found: Ledger) -> Pledge:
    assert len(found) == 1, [entry.promise.words for entry in found]
    entry: Pledge = found[0]
    return entry


def test_a_promise_has_its_sides_its_deadline_and_its_words(tmp_path: Path, coder: Coder) -> None:
    entry = only(read(tmp_path, coder, FERRY))
    assert (entry.promise.by, entry.promise.to) == (("NOR",), ("GEO",))
    assert entry.deadline.latest == dt.date(2024, 6, 30)
    assert entry.promise.words == "Norway will deliver four rescue ferries to Georgia by June 2024"
    assert entry.verdict == "silent"


def test_what_was_delivered_in_time_is_kept(tmp_path: Path, coder: Coder) -> None:
    later = ("2024-05-20", "Norway has delivered the last of four rescue ferries to Georgia, the port of Batumi said.")
    entry = only(read(tmp_path, coder, FERRY, later))
    assert (entry.verdict, entry.late) == ("kept", False)
    assert "delivered" in entry.why and "Outlet 1" in entry.why
    assert entry.evidence[0].said.text.startswith("Norway has delivered")


def test_what_was_delivered_after_the_deadline_is_kept_late(tmp_path: Path, coder: Coder) -> None:
    later = ("2024-09-03", "On Monday, 2 September 2024, Norway delivered the four rescue ferries to Georgia.")
    entry = only(read(tmp_path, coder, FERRY, later))
    assert (entry.verdict, entry.late) == ("kept", True)


@pytest.mark.parametrize(
    "text",
    [
        "Norway will have delivered the four rescue ferries to Georgia before long.",
        "Norway denied that it had delivered the four rescue ferries to Georgia.",
        "Norway was to have delivered four rescue ferries to Georgia.",
        "Norway asked whether the four rescue ferries had been delivered to Georgia.",
        "Norway delivered four rescue helicopters to Moldova, and Georgia looked on.",
        "Have the four rescue ferries been delivered by Norway to Georgia?",
        "Norway and Georgia spoke about rescue ferries.",
    ],
)
def test_what_is_ahead_denied_asked_or_of_others_keeps_nothing(tmp_path: Path, coder: Coder, text: str) -> None:
    found = read(tmp_path, coder, FERRY, ("2024-05-20", text))
    assert found[0].verdict != "kept"


def test_an_earlier_report_keeps_no_later_promise(tmp_path: Path, coder: Coder) -> None:
    earlier = ("2022-05-20", "Norway delivered the four rescue ferries to Georgia.")
    found = read(tmp_path, coder, earlier, FERRY)
    assert [entry.verdict for entry in found] == ["silent"]


def test_an_article_of_unknown_day_keeps_nothing(tmp_path: Path, coder: Coder) -> None:
    with Archive(tmp_path / "undated.db") as archive:
        archive.add(coder.code(article(0, *FERRY)))
        text = "Norway has delivered the last of four rescue ferries to Georgia, the port of Batumi said."
        archive.add(coder.code(from_text(text, id="undated")))
        assert ledger(archive)[0].verdict == "silent"


def test_money_paid_in_part_is_told_with_its_share(tmp_path: Path, coder: Coder) -> None:
    promise = ("2021-04-12", "Canada pledged 80 million euros to Senegal on Monday for a hospital in Kaolack.")
    later = ("2022-10-04", "Canada has paid 20 million euros to Senegal so far for the hospital in Kaolack.")
    entry = only(read(tmp_path, coder, promise, later))
    assert entry.verdict == "partly"
    assert "20 million euros of 80 million euros (25 percent)" in entry.why


def test_a_level_aimed_at_is_kept_when_a_later_figure_reaches_it(tmp_path: Path, coder: Coder) -> None:
    target = ("2020-03-03", "Peru and Thailand aim to raise their trade to 900 million dollars by 2022.")
    below = ("2021-02-02", "Trade between Peru and Thailand came to 700 million dollars in 2020.")
    above = ("2023-02-02", "Trade between Peru and Thailand came to 950 million dollars in 2022.")
    assert only(read(tmp_path, coder, target, below)).verdict == "under way"
    entry = only(read(tmp_path, coder, target, below, above))
    assert entry.verdict == "kept"
    assert [each.verdict for each in entry.evidence] == ["under way", "kept"]


def test_last_year_s_level_does_not_answer_this_year_s_target(tmp_path: Path, coder: Coder) -> None:
    target = ("2020-03-03", "Peru and Thailand aim to raise their trade to 900 million dollars by 2022.")
    past = ("2020-04-04", "Trade between Peru and Thailand came to 950 million dollars in 2018.")
    assert only(read(tmp_path, coder, target, past)).verdict == "silent"


def test_a_forecast_and_a_hope_are_no_promise(tmp_path: Path, coder: Coder) -> None:
    for text in (
        "Analysts say that trade between Peru and Thailand will reach 900 million dollars.",
        "Peru could deliver ferries to Thailand.",
        "Peru refused to deliver ferries to Thailand.",
        "Peru would deliver ferries to Thailand if it were paid.",
        "Peru hopes to help Thailand.",
    ):
        assert len(read(tmp_path, coder, ("2020-03-03", text))) == 0, text


def test_a_visit_is_kept_on_its_day_and_late_soon_after(tmp_path: Path, coder: Coder) -> None:
    plan = ("2024-04-02", "Kenyan President William Ruto will visit India on April 15 for talks in New Delhi.")
    held = ("2024-04-16", "Kenyan President William Ruto met Indian Prime Minister Narendra Modi on Monday.")
    entry = only(read(tmp_path, coder, plan, held))
    assert (entry.verdict, entry.late) == ("kept", False)


def test_the_same_promise_of_two_outlets_is_one_entry(tmp_path: Path, coder: Coder) -> None:
    other = ("2023-02-07", "Norway is to supply Georgia with four rescue ferries by June 2024.")
    entry = only(read(tmp_path, coder, FERRY, other))
    assert len(entry.told) == 2


def test_the_order_of_reading_changes_nothing(tmp_path: Path, coder: Coder) -> None:
    later = ("2024-05-20", "Norway has delivered the last of four rescue ferries to Georgia, the port of Batumi said.")
    coded = [coder.code(article(number, *report)) for number, report in enumerate((FERRY, later))]
    rows = []
    for number, order in enumerate(itertools.permutations(coded)):
        with Archive(tmp_path / f"order{number}.db") as archive:
            for each in order:
                archive.add(each)
            rows.append(ledger(archive).rows())
    assert rows[0] == rows[1]


def test_filters_narrow_and_a_day_can_be_asked_about(tmp_path: Path, coder: Coder) -> None:
    later = ("2024-05-20", "Norway has delivered the last of four rescue ferries to Georgia, the port of Batumi said.")
    assert len(read(tmp_path, coder, FERRY, later, between=("NOR", "GEO"))) == 1
    assert len(read(tmp_path, coder, FERRY, later, between=("NOR", "PER"))) == 0
    assert len(read(tmp_path, coder, FERRY, later, since=dt.date(2023, 3, 1))) == 0
    assert len(read(tmp_path, coder, FERRY, later, verdict=("silent",))) == 0
    assert read(tmp_path, coder, FERRY, later, as_of=dt.date(2024, 1, 1)).count() == {"silent": 1}
    with pytest.raises(UsageError, match="no verdict broken"):
        read(tmp_path, coder, FERRY, verdict=("broken",))


def test_rows_show_the_exact_words(tmp_path: Path, coder: Coder) -> None:
    found = read(tmp_path, coder, FERRY)
    row = json.loads(json.dumps(found.rows()[0]))
    told = row["told"][0]
    assert FERRY[1][told["span"]["start"] : told["span"]["end"]] == row["promise_text"]
    assert csv_text(found).splitlines()[1].split(",")[2] == "NOR"


@pytest.mark.parametrize(
    "text",
    [
        "Norway offered Estonia hearty congratulations on the new ferry of 40 metres.",
        "Norway and Estonia agreed that a quick settlement in the Baltic would advance trade of both regions.",
        "Norway and Estonia pledged to maintain stability in the Baltic.",
        "Norway intends to continue its support for Estonia.",
        "Norway has committed 40 million euros to Estonia since 2009.",
        "We still hope that Norway will pay Estonia 40 million euros.",
        "I suspect that Norway will deliver the ferries to Estonia.",
        "Norway must withdraw its ships from Estonia without further delay.",
        "Norway has not told Estonia as to when they will begin the ferry.",
        "Norway offered Estonia an update on the ferry.",
        "Norway named steps against rights guaranteed by the Treaty with Estonia, which is a binding deal.",
        "The plan has a budget request of $10 billion to support Norway and Estonia.",
    ],
)
def test_courtesies_shared_views_and_what_nobody_can_check_are_no_promises(
    tmp_path: Path, coder: Coder, text: str
) -> None:
    assert not read(tmp_path, coder, ("2023-06-05", text))


def test_who_only_welcomes_an_agreement_is_not_bound_by_it(tmp_path: Path, coder: Coder) -> None:
    text = "Finland welcomes the news that Norway and the Republic of Estonia agreed to build a ferry by March 2024."
    (entry,) = read(tmp_path, coder, ("2023-06-05", text))
    assert set(entry.promise.by) == {"NOR", "EST"}


def test_an_amount_binds_who_stands_before_it_towards_whom_it_goes_to(tmp_path: Path, coder: Coder) -> None:
    text = "Norway is pleased to announce nearly $155 million in additional assistance for the people of Estonia."
    (entry,) = read(tmp_path, coder, ("2023-06-05", text))
    assert (entry.promise.by, entry.promise.to) == (("NOR",), ("EST",))


def test_the_month_of_what_is_promised_is_not_when_it_was_promised(tmp_path: Path, coder: Coder) -> None:
    text = "Norway agreed to pay Estonia 40 million euros for December elections."
    (entry,) = read(tmp_path, coder, ("2023-06-05", text))
    assert entry.promise.made.latest is not None and entry.promise.made.latest.year == 2023


def test_the_day_on_which_a_target_was_told_is_not_its_deadline(tmp_path: Path, coder: Coder) -> None:
    text = "On June 6, the ministry said that Norway and Estonia aimed to increase trade to $20 billion a year."
    (entry,) = read(tmp_path, coder, ("2023-06-07", text))
    assert entry.deadline.latest is None
