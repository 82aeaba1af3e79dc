"""Sentences written for these tests, each beside the figures that must come out of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import annotate, resolve
from communique.code.figures import Memory, figures
from communique.code.figures.numbers import numbers
from communique.model import Actor, Document, Figure, Span, When
from communique.resolve import dates
from communique.settings import DEFAULT_MODEL

WRITTEN = When(dt.date(2019, 6, 7), dt.date(2019, 6, 7), "day", "stated")
PAIR = (Actor("LAO", name="Laos", kind="state"), Actor("VNM", name="Vietnam", kind="state"))


def read(text: str, group: tuple[Actor, ...] = ()) -> list[Figure]:
    document = Document("test", text, (Span(0, len(text)),), published=WRITTEN)
    context, memory = resolve.Context.of(document), Memory()
    found: list[Figure] = []
    for sentence in annotate.sentences(document, DEFAULT_MODEL):
        dated = dates.in_sentence(sentence, WRITTEN)
        found += figures(sentence, resolve.mentions(sentence, context), dated, group=group, memory=memory)
    return found


def sides(figure: Figure) -> set[str | None]:
    return {each.actor.code for each in figure.between}


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("US$20 billion", 2e10, "USD"),
        ("€450m", 4.5e8, "EUR"),
        ("¥3.2tn", 3.2e12, "JPY"),
        ("Rs 500 crore", 5e9, "INR"),
        ("38 billion roubles", 3.8e10, "RUB"),
        ("£2.5bn", 2.5e9, "GBP"),
        ("A$12 million", 1.2e7, "AUD"),
        ("7 billion yuan", 7e9, "CNY"),
        ("1.2 lakh crore rupees", 1.2e12, "INR"),
        ("half a billion dollars", 5e8, "USD"),
        ("two hundred and fifty thousand euros", 250000, "EUR"),
        ("four and a half million US dollars", 4.5e6, "USD"),
        ("90 million Egyptian pounds", 9e7, "EGP"),
        ("USD 15 million", 1.5e7, "USD"),
        ("15 million USD", 1.5e7, "USD"),
    ],
)
def test_money_is_read_in_every_usual_writing(words: str, value: float, unit: str) -> None:
    (found,) = read(f"Norway gave Malawi {words} in aid.")
    assert (found.value, found.unit, found.currency) == (value, unit, unit)
    assert found.measure == "aid"
    assert sides(found) == {"NOR", "MWI"}


@pytest.mark.parametrize("words", ["The ministry values them at 3 million euros.", "They are worth 3 million euros."])
def test_the_price_of_what_was_told_before_is_between_those_whom_that_names(words: str) -> None:
    found = read(f"Norway handed Malawi eleven lorries of seed. {words}")[-1]
    assert (found.value, sides(found)) == (3e6, {"NOR", "MWI"})


@pytest.mark.parametrize(
    ("text", "value", "unit", "per"),
    [
        ("Iran exports 1.5 million barrels of oil a day to China.", 1.5e6, "barrels", "day"),
        ("Turkmenistan sold 38 bcm of gas to China.", 3.8e10, "cubic metres", None),
        ("Russia delivers 10 billion cubic metres of gas per year to Hungary.", 1e10, "cubic metres", "year"),
        ("Ukraine shipped 4.6m tonnes of wheat to Egypt.", 4.6e6, "tonnes", None),
        ("The plant gives Kenya 120 megawatts.", 120, "megawatts", None),
        ("Poland sent 300 troops to Lithuania.", 300, "troops", None),
        ("Some 5,000 Syrian refugees crossed into Jordan.", 5000, "people", None),
        ("Berlin sent 18 tanks to Kyiv.", 18, "tanks", None),
        ("Chilean ministers spent four days in Peru.", 4, "days", None),
        ("Inflation in Turkey fell by 2 percentage points.", 2, "percentage points", None),
    ],
)
def test_goods_people_arms_and_days_have_their_unit_and_rate(
    text: str, value: float, unit: str, per: str | None
) -> None:
    found = read(text)
    assert (value, unit, per) in [(f.value, f.unit, f.per) for f in found]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("more than $20 million", 2e7, None),
        ("at least $20 million", 2e7, None),
        ("up to $20 million", None, 2e7),
        ("nearly $20 million", None, 2e7),
        ("about $20 million", None, None),
        ("$20 million", 2e7, 2e7),
        ("$20 million or more", 2e7, None),
    ],
)
def test_a_bound_leaves_the_other_end_open(words: str, low: float | None, high: float | None) -> None:
    (found,) = read(f"Japan lent {words} to Fiji.")
    assert (found.value, found.low, found.high) == (2e7, low, high)


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("between 3 and 5 million dollars", 3e6, 5e6, "USD"),
        ("$3-5 million", 3e6, 5e6, "USD"),
        ("$3m to $5m", 3e6, 5e6, "USD"),
        ("7–10%", 7, 10, "percent"),
    ],
)
def test_a_range_is_one_figure_with_two_ends(words: str, low: float, high: float, unit: str) -> None:
    (found,) = read(f"The loan to Fiji costs {words}.")
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_a_rise_and_the_level_it_led_to_are_two_linked_figures() -> None:
    rise, level = read("Trade between Kenya and Uganda saw a 12.5 percent rise to a record US$8 billion last year.")
    assert (rise.value, rise.unit, rise.status, rise.direction) == (12.5, "percent", "change", "up")
    assert (level.value, level.status, level.direction) == (8e9, "observed", "record")
    assert rise.linked == (level.id,)
    assert level.linked == (rise.id,)
    assert rise.measure == level.measure == "trade"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru and Chile signed contracts worth $2 billion.", "signed"),
        ("Norway pledged $2 billion in aid to Malawi.", "pledged"),
        ("India and Nepal aim to raise trade to $2 billion.", "target"),
        ("Trade between India and Nepal reached $2 billion.", "observed"),
        ("Chinese investment in Zambia is expected to reach $2 billion.", "estimate"),
        ("Trade between India and Nepal grew by $2 billion.", "change"),
        ("India and Nepal set a target of $2 billion in trade.", "target"),
        ("Trade between India and Nepal could exceed $2 billion.", "estimate"),
    ],
)
def test_how_real_a_figure_is_follows_from_the_words_above_it(text: str, status: str) -> None:
    (found,) = read(text)
    assert (found.value, found.status) == (2e9, status)


def test_a_target_keeps_its_deadline_and_a_fact_behind_it_stays_a_fact() -> None:
    target, rise = read("Peru and Chile aim to raise trade to $9 billion by 2024 after last year's 5 percent rise.")
    assert (target.status, target.deadline.earliest) == ("target", dt.date(2024, 1, 1))
    assert (rise.status, rise.deadline.known) == ("change", False)


def test_to_double_by_a_year_is_a_target_with_a_deadline() -> None:
    (found,) = read("Peru and Chile agreed to double trade by 2024.")
    assert (found.value, found.unit, found.status, found.direction) == (2, "times", "target", "up")
    assert found.deadline.latest == dt.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("text", "direction", "measure"),
    [
        ("Trade between Laos and Vietnam stands at an all-time high.", "record", "trade"),
        ("Commerce between Laos and Vietnam slipped a little in recent weeks.", "down", "trade"),
        ("Gas exports from Laos to Vietnam rose sharply.", "up", "exports"),
    ],
)
def test_a_trend_without_a_number_has_a_direction_and_no_value(text: str, direction: str, measure: str) -> None:
    (found,) = read(text)
    assert (found.value, found.unit, found.direction) == (None, None, direction)
    assert (found.measure or "").startswith(measure)
    assert sides(found) == {"LAO", "VNM"}


def test_a_record_and_a_slight_decline_keep_their_own_periods() -> None:
    text = "Trade between Laos and Vietnam hit a record in 2018. Their trade has slipped a little in recent weeks."
    record, decline = read(text, PAIR)
    assert record.period.latest == dt.date(2018, 12, 31)
    assert decline.period.text == "recent weeks"
    assert record.period != decline.period


@pytest.mark.parametrize(
    "text",
    [
        "Egypt will build a 5G network.",
        "Turkey bought S-400 systems from Russia.",
        "Call the embassy of Peru on +1-202-555-0143.",
        "In Ghana 120 MPs voted for the pact with Togo.",
        "Resolution 2231 and Article 5 apply to Iran.",
        "Talks between Peru and Chile began at 2:15 p.m. on June 5, 2019.",
        "The 45-year-old envoy of Ghana flew an F-16.",
        "The two leaders met in Ghana, the COVID-19 pandemic permitting.",
        "Spain said on the record that the G7 would meet.",
        "Peru is in full agreement with the P5+1 and the E3+3.",
    ],
)
def test_names_phones_dates_and_ages_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_a_conversion_is_linked_to_the_sum_it_converts_and_nothing_is_converted_unasked() -> None:
    yen, dollars = read("Japan lent 300 billion yen (US$2.7 billion) to Fiji.")
    assert (yen.unit, dollars.unit, dollars.rule) == ("JPY", "USD", "figure.conversion")
    assert yen.linked == (dollars.id,)
    assert [f.unit for f in read("Japan lent 300 billion yen to Fiji.")] == ["JPY"]


def test_the_pair_of_the_article_is_taken_only_where_the_sentence_names_none() -> None:
    (found,) = read("Bilateral trade reached $5 billion.", PAIR)
    assert sides(found) == {"LAO", "VNM"}
    (found,) = read("Trade between Peru and Chile reached $5 billion.", PAIR)
    assert sides(found) == {"PER", "CHL"}


def test_clauses_side_by_side_keep_their_own_sides() -> None:
    aid, loan = read("Norway gave $4 million in aid to Malawi, and Japan lent $9 million to Fiji.")
    assert sides(aid) == {"NOR", "MWI"}
    assert sides(loan) == {"JPN", "FJI"}


def test_the_state_in_a_currency_is_no_side() -> None:
    (found,) = read("Norway gave Malawi 90 million Egyptian pounds in aid.")
    assert (found.unit, sides(found)) == ("EGP", {"NOR", "MWI"})


def test_what_a_figure_was_compared_with_is_not_its_period() -> None:
    (found,) = read("Exports from Peru to Chile fell 3 percent in 2018 compared with 2017.")
    assert found.period.earliest == dt.date(2018, 1, 1)
    assert (found.base.earliest, found.base.latest) == (dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    (grown,) = read("Tourism from Peru to Chile doubled since 2015.")
    assert grown.base.text == "2015"


def test_an_unpriced_number_takes_the_money_beside_it() -> None:
    assert [f.unit for f in read("Norway gave $2 billion to Malawi, with another 2 billion to come.")] == ["USD", "USD"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("tens of thousands", 1e4, 1e5),
        ("several hundred", 300, 1000),
        ("two dozen", 24, 24),
        ("12,34,567", 1234567, 1234567),
        ("one thousand two hundred and five", 1205, 1205),
        ("a million and a half", 1.5e6, 1.5e6),
        ("twenty-five", 25, 25),
        ("a quarter of a billion", 2.5e8, 2.5e8),
    ],
)
def test_words_and_groups_of_digits_are_numbers(text: str, low: float, high: float) -> None:
    (found,) = numbers(text)
    assert (found.start, found.end, found.low, found.high) == (0, len(text), low, high)


PIECES = st.sampled_from(
    ["$5", "bn", " 20", " percent", "to", "between ", "and ", "€", "million", "-", "12,5", " troops", "a year", "half "]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
def test_every_figure_is_cut_from_the_text_and_lies_within_its_bounds(text: str) -> None:
    for found in read(text):
        assert found.span.cut(text) == found.text
        assert found.value is None or found.low is None or found.low <= found.value
        assert found.value is None or found.high is None or found.value <= found.high


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["{:,}", "{}"]))
def test_an_amount_in_dollars_is_read_as_it_was_written(amount: int, form: str) -> None:
    (found,) = read(f"Peru paid ${form.format(amount)} to Chile.")
    assert found.value == amount


def test_a_long_line_of_digits_takes_no_time() -> None:
    assert len(read("1,2 " * 2000 + "tons")) < 4000
