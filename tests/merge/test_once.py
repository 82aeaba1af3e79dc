"""Deeds that two states do once in days, in two wordings: merged; and those that come daily, or twice: not."""

from __future__ import annotations

import pytest
from tests.pages import page, together, told_differently


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("SANCTION", "Peru expelled three Bolivian diplomats on Friday for spying, its ministry said.",
         "Five Bolivian diplomats who had organised strikes were expelled by Peru on Friday."),
        ("ACCUSE", "Sudan summoned the Chadian ambassador on Friday to protest.",
         "Chad's ambassador was summoned to the Sudanese foreign ministry on Friday."),
        ("ACCUSE", "Sudan summoned the Chadian ambassador on Friday to protest.",
         "Sudan called in the Chadian ambassador."),
        ("AID", "India handed a patrol boat to the Maldives on Friday.",
         "India delivered the patrol boat to the Maldives on Saturday, the yard said."),
        ("MOBILIZE", "Two Belarusian jets violated Latvian airspace near Indra on Friday.",
         "Belarusian jets entered Latvian airspace near Indra on Thursday."),
    ],
)  # fmt: skip
def test_a_deed_done_once_in_days_is_one_in_other_words(kind: str, one: str, other: str) -> None:
    assert together(kind, page("Post", "2021-05-08", one), page("Times", "2021-05-09", other))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("SANCTION", "Peru expelled three Bolivian diplomats on Friday.",
         "Bolivia expelled three Peruvian diplomats on Friday."),
        ("ASSAULT", "Sudan shelled a Chadian village on Friday.", "Sudan shelled a Chadian village on Thursday."),
        ("REQUEST", "Iran called on Iraq to open the border on Friday.",
         "Iran called on Iraq to pay its debts on Friday."),
        ("AID", "India handed a patrol boat to the Maldives on Friday.",
         "India gave the Maldives vaccines on Saturday."),
    ],
)  # fmt: skip
def test_what_comes_daily_or_the_other_way_round_is_two(kind: str, one: str, other: str) -> None:
    assert not together(kind, page("Post", "2021-05-08", one), page("Times", "2021-05-09", other))


def test_a_later_page_may_tell_the_month_of_what_an_earlier_one_dates() -> None:
    one = page("Post", "2021-03-08", "Ghana seized four Togolese boats on Saturday, the harbour office said.")
    two = page("Times", "2021-07-01", "In March Ghana seized four Togolese boats and freed them after a week.")
    three = page("Herald", "2021-07-01", "In April Ghana seized four Togolese boats and freed them after a week.")
    assert together("COERCE", one, two)
    assert not together("COERCE", one, three)


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("Kenya expelled two Ugandan envoys on Friday.",
         "Kenya denied on Monday that it had expelled envoys of Uganda."),
        ("Kenya sent relief goods to Uganda on Friday.",
         "Uganda denied on Monday that it had received relief goods from Kenya."),
        ("Kenya suspended its payments to Uganda in April.",
         "Kenya had not suspended its payments to Uganda, its minister said."),
        ("Ugandan Foreign Minister Jeje Odongo thanked Kenya.",
         "Foreign Minister Jeje Odongo of Uganda did not thank Kenya, he said."),
    ],
)  # fmt: skip
def test_a_denial_finds_what_it_denies(told: str, denied: str) -> None:
    one, two = page("Post", "2021-05-08", told), page("Times", "2021-05-10", denied)
    assert ("stance", "contradiction") in told_differently(one, two)


@pytest.mark.parametrize(
    "told", ["Uganda expelled two Kenyan envoys on Friday.", "Uganda expelled two envoys of Kenya."]
)
def test_who_denies_a_deed_of_his_denies_nothing_that_was_done_to_him(told: str) -> None:
    one = page("Post", "2021-05-08", told)
    two = page("Times", "2021-05-10", "Kenya denied on Monday that it had expelled envoys of Uganda.")
    assert ("stance", "contradiction") not in told_differently(one, two)
