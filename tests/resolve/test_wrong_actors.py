"""Who is no party, whose state nobody lends, and whose voice a joint statement has."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import annotate
from communique.model import Document, Mention, Span, When
from communique.resolve import Context, mentions
from communique.settings import DEFAULT_MODEL

PAGE = "https://www.state.gov/an-example/"


def named(text: str, title: str | None = None, url: str | None = None) -> list[Mention]:
    day = dt.date(2021, 8, 2)
    document = Document("test", text, (Span(0, len(text)),), title=title, url=url, published=When(day, day))
    context = Context.of(document)
    return [m for s in annotate.sentences(document, DEFAULT_MODEL) for m in mentions(s, context)]


def codes(text: str, words: str, title: str | None = None, url: str | None = None) -> tuple[str, ...]:
    return next(m.codes for m in named(text, title, url) if m.text == words)


def test_an_ambassador_to_a_state_is_of_the_state_before_the_post_and_has_a_name() -> None:
    (who, *_) = named("U.S. Ambassador to Chad Maria Pell met farmers.")
    assert (who.text, who.codes, who.actors[0].name) == ("U.S. Ambassador to Chad Maria Pell", ("USA",), "Maria Pell")


def test_an_envoy_for_a_state_is_of_the_house_and_not_of_that_state() -> None:
    text = "Special Envoy for Yemen Tim Hale met officials. Special Envoy Hale thanked Oman."
    assert codes(text, "Special Envoy Hale", url=PAGE) == ("USA",)
    found = [m for m in named("The envoy for Yemen left.") if "envoy" in m.text]
    assert "YEM" not in found[0].codes[:1] or found[0].via == "context"


def test_a_first_name_that_is_a_capital_gives_an_official_no_state() -> None:
    text = "Under Secretary Victoria Hale met Japanese officials. Under Secretary Hale attends briefings."
    assert [m.codes for m in named(text, url=PAGE) if "Hale" in m.text] == [("USA",), ("USA",)]


def test_a_surname_that_ends_in_a_people_is_no_people() -> None:
    assert codes("Al-Sahrawi pledged allegiance to the group.", "Al-Sahrawi") == ()


def test_a_city_that_is_the_first_name_of_somebody_named_before_is_that_person() -> None:
    assert codes("Austin Bell went home. Austin had traveled to Syria to report.", "Austin") == ()


def test_the_chief_of_a_body_acts_for_the_body() -> None:
    assert named("The Nato chief at the time, Jens Stoltenberg, said Ukraine could join.")[0].codes == ("IGO",)


def test_a_title_in_two_parts_is_one_person() -> None:
    text = "She spoke with Kazakhstan Deputy Prime Minister and Minister of Foreign Affairs Murat Ospanov on trade."
    (who,) = [m for m in named(text) if m.codes]
    assert (who.codes, who.actors[0].name) == (("KAZ",), "Murat Ospanov")


@pytest.mark.parametrize("words", ["slain journalists", "governments"])
def test_the_page_lends_its_state_to_no_people_and_to_no_governments(words: str) -> None:
    text = "The United States honors slain journalists and urges governments to act."
    assert codes(text, words, url=PAGE) == ()


def test_police_take_the_only_state_of_their_sentence() -> None:
    assert codes("Police arrested protesters in Minsk.", "Police") == ("BLR",)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Joint Statement on Cuba", ()),
        ("G7 Foreign Ministers' Statement on Belarus", ("IGO",)),
        ("Joint Statement by the Foreign Ministers of France, Italy and Spain on Syria", ("FRA", "ITA", "ESP")),
        ("Joint Statement with Japan", ("JPN", "USA")),
        ("Secretary's Statement on Cuba", ("USA",)),
    ],
)
def test_we_of_a_joint_statement_are_its_signatories(title: str, wanted: tuple[str, ...]) -> None:
    assert codes("We call for calm.", "We", title, PAGE) == wanted


def test_they_after_two_who_met_are_both() -> None:
    text = "Acting Assistant Secretary Hood met with Tunisian State Secretary Ali Nafti. They also discussed trade."
    assert codes(text, "They", url=PAGE) == ("USA", "TUN")


@pytest.mark.parametrize(
    "text",
    [
        "The two signed a Memorandum of Understanding Concerning Trade.",
        "They reviewed the Strategic Dialogue.",
        "She praised the Ada Prize.",
    ],
)
def test_a_paper_a_format_and_an_award_are_no_party(text: str) -> None:
    assert [m.text for m in named(text) if m.via == "entity"] == []


def test_a_firm_before_its_goods_is_no_party() -> None:
    assert [m.text for m in named("Togo received Pfizer vaccine doses.")] == ["Togo"]


def test_an_ambassador_to_a_state_met_by_somebody_is_of_the_state_before_the_post_alone() -> None:
    text = "Assistant Secretary Orr met with Luxembourg Ambassador to the United States Anna Roth in Washington."
    (who,) = [m for m in named(text) if "Ambassador" in m.text]
    assert (who.codes, who.actors[0].name) == (("LUX",), "Anna Roth")


def test_a_deputy_secretary_is_of_the_government_and_not_of_where_she_travels() -> None:
    (who, *_) = named("The Deputy Secretary will travel to Ankara.")
    assert (who.codes, who.actors[0].sector) == ((), ("GOV",))


def test_those_met_in_two_states_are_of_both() -> None:
    text = "In Chad and Niger, Mr Orr will meet with government leaders."
    assert codes(text, "government leaders") == ("TCD", "NER")


def test_victims_of_a_state_that_acts_itself_borrow_nothing_from_it() -> None:
    assert codes("Iran struck a ship and killed two innocent people.", "two innocent people") == ()
    assert codes("Police in Minsk beat opposition leaders.", "opposition leaders") == ("BLR",)


def test_the_last_state_of_a_list_is_of_the_list() -> None:
    text = "Senior officials from Ghana, Togo, Benin, and Niger met online."
    assert codes(text, "Senior officials") == ("GHA", "TGO", "BEN", "NER")


def test_allies_of_a_state_are_others() -> None:
    assert "UKR" not in codes("Kyiv's European allies condemned the strikes.", "Kyiv's European allies")
