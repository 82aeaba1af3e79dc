"""The series of a pair, worked by hand."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.acts import deed

from communique.errors import UsageError
from communique.measure.acts import Act
from communique.measure.series import chosen, series
from communique.model import PairSeries

# In March: a visit (4), a signature (5), help (10), a sanction (-6), an accusation (-3); in April two acts; in May
# none; in June three acts of conflict.
ACTS = [
    deed("r1", "CONSULT", "CHN RUS", date="2021-03-05", mode="visit", score=4.0, document="a"),
    deed("r2", "SUPPORT", "CHN", "RUS", date="2021-03-05", document="a", story="visit"),
    deed("r3", "AID", "RUS", "CHN", date="2021-03-20", document="b"),
    deed("r4", "SANCTION", "CHN", "RUS", date="2021-03-30", document="b"),
    deed("r5", "ACCUSE", "RUS", "CHN", date="2021-03-31", document="c"),
    deed("r6", "CONSULT", "CHN RUS", date="2021-04-02", document="c"),
    deed("r7", "CONSULT", "CHN RUS", date="2021-04-30", document="d"),
    deed("r8", "ACCUSE", "CHN", "RUS", date="2021-06-01", document="d"),
    deed("r9", "REJECT", "CHN", "RUS", date="2021-06-02", document="e"),
    deed("r10", "COERCE", "RUS", "CHN", date="2021-06-30", document="e"),
]


def shown(acts: list[Act], **choices: object) -> PairSeries:
    return series(acts, "CHN", "RUS", chosen(**choices))  # type: ignore[arg-type]


def test_cooperation_conflict_and_net_are_those_worked_by_hand() -> None:
    march, april, may, june = shown(ACTS).points
    assert (march.cooperation, march.conflict) == (19.0, 9.0)
    assert march.net == pytest.approx((19 - 9) / (19 + 9 + 5), abs=1e-9)
    assert (march.cooperation_verbal, march.cooperation_material) == (9.0, 10.0)
    assert (march.conflict_verbal, march.conflict_material) == (3.0, 6.0)
    assert (march.documents, march.outlets, march.stories) == (3, 3, 5)
    assert (june.cooperation, june.conflict) == (0.0, 12.0)
    assert june.net == pytest.approx(-12 / 17, abs=1e-9)
    assert april.records == ("r6", "r7") and may.records == ()


def test_two_records_have_no_score_and_say_so() -> None:
    april, may = shown(ACTS).points[1:3]
    assert (april.net, april.cooperation, april.conflict, april.low) == (None, None, None, None)
    assert april.note == "2 records: too few for a score"
    assert may.note == "no record"


def test_the_level_is_the_net_of_older_acts_that_fade_with_the_half_life() -> None:
    acts = [deed(f"r{n}", "SUPPORT", "CHN", "RUS", date="2021-01-01") for n in range(3)]
    acts.append(deed("late", "ACCUSE", "CHN", "RUS", date="2021-03-31"))
    january, february, march = shown(acts, half_life=30.0).points
    faded = 15 * 0.5 ** (30 / 30)
    assert january.level == pytest.approx(faded / (faded + 5), abs=1e-9)
    faded = 15 * 0.5 ** (58 / 30)
    assert february.level == pytest.approx(faded / (faded + 5), abs=1e-9)
    faded = 15 * 0.5 ** (89 / 30)
    assert march.level == pytest.approx((faded - 3) / (faded + 3 + 5), abs=1e-9)


def test_the_level_does_not_depend_on_where_the_series_is_cut_or_how_fine_it_is() -> None:
    whole, cut = shown(ACTS), shown(ACTS, since="2021-06-01")
    assert cut.points[-1].level == pytest.approx(whole.points[-1].level, abs=1e-9)
    assert shown(ACTS, by="day").points[-1].level == pytest.approx(whole.points[-1].level, abs=1e-9)


def test_other_weights_are_other_sums() -> None:
    march = shown(ACTS, weights="quad").points[0]
    assert (march.cooperation, march.conflict) == (4.0, 3.0)
    assert march.net == pytest.approx(1 / 8, abs=1e-9)
    goldstein = shown(ACTS, weights="goldstein").points[0]
    assert goldstein.cooperation is not None and goldstein.cooperation > 0


def test_what_is_only_promised_denied_or_possible_never_counts() -> None:
    extra = [
        deed(f"x{n}", "SANCTION", "CHN", "RUS", date="2021-03-10", stance=stance)
        for n, stance in enumerate(("planned", "possible", "conditional", "denied", "historical"))
    ]
    told = shown([*ACTS, *extra])
    assert told.points == shown(ACTS).points
    assert dict(told.left_out) == dict.fromkeys(("planned", "possible", "conditional", "denied", "historical"), 1)


def test_undated_and_vaguely_dated_records_stand_beside() -> None:
    extra = [
        deed("undated", "AID", "CHN", "RUS"),
        deed("until", "AID", "CHN", "RUS", date="2021-03-01/2021-04-01"),
    ]
    told = shown([*ACTS, *extra])
    assert (told.undated, told.vague) == (("undated",), ("until",))
    assert told.points[0].cooperation == 19.0
    assert told.points[0].dated == pytest.approx(5 / 6)
    assert told.points[3].dated == 1.0
    by_year = shown([*ACTS, *extra], by="year")
    assert by_year.vague == () and "until" in by_year.points[0].records


def test_direction_tells_who_acts_on_whom() -> None:
    first, second, mutual = (shown(ACTS, direction=way) for way in ("first", "second", "mutual"))
    assert first.total is not None and first.total.records == ("r2", "r4", "r8", "r9")
    assert second.total is not None and second.total.records == ("r3", "r5", "r10")
    assert mutual.total is not None and mutual.total.records == ("r1", "r6", "r7")
    turned = series(ACTS, "RUS", "CHN", chosen(direction="first"))
    assert turned.total is not None and turned.total.records == second.total.records


def test_all_records_of_one_story_give_a_net_without_an_interval() -> None:
    acts = [deed(f"r{n}", "SUPPORT", "CHN", "RUS", date="2021-01-01", story="summit") for n in range(3)]
    point = shown(acts).points[0]
    assert point.net is not None and point.low is None
    assert point.note == "all records are of one story: no interval"


def test_the_line_of_sensitivity_tells_what_counting_reports_would_have_shown() -> None:
    from tests.acts import report

    from communique.measure.acts import act

    copies = [
        report("SANCTION", "CHN", "RUS", "2021-03-05", event=f"e{n}", document=f"page {n}", outlet="wire")
        for n in range(9)
    ]
    acts = [*ACTS[:3], act("often told", copies)]
    told = shown(acts)
    by_name = {each.name: each for each in told.sensitivity}
    counted = by_name["every report counted"]
    assert counted.records == 12 and counted.net == pytest.approx((19 - 54) / (19 + 54 + 5), abs=1e-9)
    assert (counted.differs, counted.periods) == (1, 1)
    assert set(by_name) == {"goldstein weights", "quad weights", "every report counted"}


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_and_duplication_of_input_change_nothing(chance: random.Random, times: int) -> None:
    acts = [each for each in ACTS for _ in range(times)]
    chance.shuffle(acts)
    assert shown(acts) == shown(ACTS)


def test_a_period_asked_for_shows_its_silent_months() -> None:
    told = shown(ACTS, since=dt.date(2021, 2, 1), until=dt.date(2021, 8, 31))
    assert [point.period for point in told.points] == [f"2021-0{month}" for month in range(2, 9)]


@pytest.mark.parametrize("choice", [{"by": "decade"}, {"weights": "gut"}, {"direction": "up"}, {"half_life": 0.0}])
def test_a_choice_that_there_is_not_is_an_error_that_names_those_there_are(choice: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        shown(ACTS, **choice)


def test_a_pair_of_one_state_is_an_error() -> None:
    with pytest.raises(UsageError, match="two different"):
        series(ACTS, "CHN", "CHN", chosen())
