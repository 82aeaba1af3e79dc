"""Records as acts: who acts on whom, what they score, when they were."""

from __future__ import annotations

import datetime as dt
import itertools

from tests.acts import deed, report

from communique.measure.acts import act, fold


def test_a_meeting_is_mutual_and_an_accusation_has_a_direction() -> None:
    assert deed("r", "CONSULT", "CHN RUS").direction("CHN", "RUS") == "mutual"
    assert deed("r", "ACCUSE", "CHN", "RUS").direction("CHN", "RUS") == "first"
    assert deed("r", "ACCUSE", "CHN", "RUS").direction("RUS", "CHN") == "second"


def test_two_who_act_on_a_third_do_nothing_to_each_other() -> None:
    assert deed("r", "SANCTION", "USA GBR", "RUS").direction("USA", "GBR") is None
    assert deed("r", "SANCTION", "USA GBR", "RUS").direction("GBR", "RUS") == "first"


def test_the_score_is_what_most_pages_say_in_whatever_order_they_came() -> None:
    told = [
        report("CONSULT", "CHN RUS", date="2021-03-05", event="e1", document="a", mode="visit", score=4.0),
        report("CONSULT", "CHN RUS", date="2021-03-01/2021-03-31", event="e2", document="b"),
        report("CONSULT", "CHN RUS", date="2021-03-05", event="e3", document="c", mode="visit", score=4.0),
    ]
    made = {act("r", order) for order in itertools.permutations(told)}
    assert len(made) == 1
    only = made.pop()
    assert (only.mode, only.score("plover")) == ("visit", 4.0)
    assert only.earliest == only.latest == dt.date(2021, 3, 5)


def test_a_record_counts_as_soon_as_one_report_tells_it_as_done() -> None:
    told = [
        report("AID", "CHN", "RUS", "2021-03-05", event="e1", document="a", stance="planned"),
        report("AID", "CHN", "RUS", "2021-03-06", event="e2", document="b"),
    ]
    made = act("r", told)
    assert made.counts and made.earliest == dt.date(2021, 3, 6) and len(made.reports) == 1
    assert not act("r", told[:1]).counts


def test_dates_that_do_not_meet_give_the_most_exact_one() -> None:
    told = [
        report("AID", "CHN", "RUS", "2021-03-05", event="e1", document="a"),
        report("AID", "CHN", "RUS", "2021-04-01/2021-04-30", event="e2", document="b"),
    ]
    assert act("r", told).latest == dt.date(2021, 3, 5)


def test_mirrored_records_of_the_same_words_are_one_mutual_act() -> None:
    one = deed("b", "SUPPORT", "CHN", "RUS", "2021-03-05", document="a", at=40)
    other = deed("a", "SUPPORT", "RUS", "CHN", "2021-03-05", document="a", at=40)
    elsewhere = deed("c", "SUPPORT", "RUS", "CHN", "2021-03-05", document="a", at=90)
    for order in itertools.permutations([one, other, elsewhere, one]):
        folded = {each.record: each for each in fold(order)}
        assert sorted(folded) == ["a", "c"]
        assert folded["a"].direction("CHN", "RUS") == "mutual"
        assert folded["c"].direction("CHN", "RUS") == "second"


def test_a_meeting_told_as_promised_and_as_held_is_a_meeting() -> None:
    promised = report("AGREE", "USA KOR", date="2021-07-21", event="a", document="schedule")
    held = report("CONSULT", "USA KOR", date="2021-07-21", event="b", document="release")
    for told in ([promised, held], [held, promised]):
        assert act("r", told).kind == "CONSULT"
    again = report("AGREE", "USA KOR", date="2021-07-21", event="c", document="briefing")
    assert act("r", [promised, held, again]).kind == "AGREE"  # most pages say so
