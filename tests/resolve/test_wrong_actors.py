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


def test_we_of_a_statement_are_those_who_issued_or_signed_it_by_its_own_words() -> None:
    text = (
        "The following statement was released by the Governments of Chad, Norway, and Peru.\n\n"
        "We urge all parties in Laos to halt the fighting."
    )
    assert codes(text, "We", url=PAGE) == ("TCD", "NOR", "PER")
    text = "We are concerned for the journalists.\n\nSigned by the Governments of Iceland, Latvia and Japan."
    assert codes(text, "We", url=PAGE) == ("ISL", "LVA", "JPN")


def test_the_words_of_an_address_stand_for_a_title_that_is_missing() -> None:
    page = "https://www.state.gov/u-s-eu-norway-joint-statement-on-laos/"
    assert codes("We call on Laos to free the editors.", "We", url=page) == ("USA", "EUR", "NOR")
    page = "https://www.state.gov/troika-statement-south-sudans-independence-day/"
    (we, *_) = named("We urge the leaders of South Sudan to make peace.", url=page)
    assert (we.text, we.actors[0].name) == ("We", "Troika")


def test_an_administration_is_of_the_state_of_whom_it_is_called_by() -> None:
    text = "Russia sent troops. We have a good dialogue with the Biden administration."
    assert codes(text, "Biden administration") == ("USA",)


def test_rebels_backed_by_a_state_or_for_it_are_not_of_it() -> None:
    for words in ("pro-Russian rebels", "Rwandan-backed rebels"):
        (who, *_) = [m for m in named(f"The {words} burned a bridge.") if "rebels" in m.text]
        assert not {"RUS", "RWA"} & set(who.codes)


def test_a_settlement_and_somebody_s_leadership_are_nobody() -> None:
    assert not [m for m in named("They want a just settlement in Mali.") if "settlement" in m.text]
    found = named("She praised Foreign Minister Diallo's continued leadership.")
    assert [m.text for m in found if "leadership" in m.text] == []


def test_officials_are_not_lent_the_state_that_they_talk_of() -> None:
    (who, *_) = named("The senior officials discussed the crisis in Mali and reaffirmed their support for talks.")
    assert (who.text, who.codes) == ("senior officials", ())


def test_a_title_with_one_name_of_a_ruler_may_begin_the_name_of_another() -> None:
    (who, *_) = named("Deputy Foreign Minister Sheikh Khalifa Al Harthy met farmers.")
    assert who.codes == ()


def test_the_heading_says_whose_minister_a_visitor_is() -> None:
    page = "https://www.state.gov/deputy-secretary-hales-meeting-with-omani-deputy-foreign-minister-al-harthy/"
    text = "She met Deputy Foreign Minister Khalifa Al Harthy to discuss peace."
    assert codes(text, "Deputy Foreign Minister Khalifa Al Harthy", url=page) == ("OMN",)


def test_our_partnership_is_with_the_other_of_the_two_who_met() -> None:
    text = "Secretary Blinken met the Qatari foreign minister. The Secretary praised our strategic partnership."
    assert set(codes(text, "our strategic partnership")) == {"USA", "QAT"}


def test_bilateral_talks_of_a_third_are_not_those_of_the_two_before() -> None:
    text = "Honduras met the United States. The speaker of Argentina is coming for bilateral talks."
    assert not [m for m in named(text) if m.text == "bilateral"]


def test_the_president_on_a_ministry_s_page_is_its_own_unless_another_was_just_named() -> None:
    far = "President Erdogan spoke. " + "The road is long. " * 6 + "The President has promised vaccines."
    assert codes(far, "President", url=PAGE) == ("USA",)
    assert codes("President Erdogan spoke. The President has promised vaccines.", "President", url=PAGE) == ("TUR",)


def test_representatives_for_a_state_are_of_it_and_an_envoy_for_it_is_not() -> None:
    (who, *_) = named("Representatives for Chad defended the ban.")
    assert who.codes == ("TCD",)


def test_who_left_a_body_is_of_his_own_state() -> None:
    day = dt.date(2024, 10, 1)
    text = "Tony Blair gave an interview."
    document = Document("test", text, (Span(0, len(text)),), published=When(day, day))
    (sentence,) = annotate.sentences(document, DEFAULT_MODEL)
    assert mentions(sentence, Context.of(document))[0].codes == ("GBR",)


def test_a_government_of_years_ago_is_of_the_state_that_its_head_led() -> None:
    assert codes("China protested. The Trump administration had put tariffs on steel.", "Trump administration") == (
        "USA",
    )


def test_an_unknown_surname_that_looks_like_another_word_is_who_was_named_before() -> None:
    text = "U.S. Special Envoy for Yemen Tim Lenderking returned today. Lenderking met with officials."
    assert codes(text, "Lenderking") == ("USA",)


def test_they_are_no_towns_and_no_firm_of_an_earlier_sentence() -> None:
    text = "The ice is thin between Alaska and Canada. They hired a laboratory."
    assert [m for m in named(text) if m.text == "They"] == []
    text = "The posts named Gazprom. They denounce the war."
    assert [m for m in named(text) if m.text == "They"] == []


def test_a_car_of_a_firm_lends_the_police_no_state() -> None:
    assert [m.codes for m in named("Police also seized parts of a white Hyundai Elantra.") if m.text == "Police"] == [
        ()
    ]


def test_some_people_who_are_counted_are_no_pair_of_states() -> None:
    text = "India and Pakistan met. He said that two people were killed."
    assert [m for m in named(text) if m.via == "pair"] == []


def test_both_countries_are_the_two_that_an_article_is_about_when_no_others_just_stood_together() -> None:
    text = (
        "India accused Pakistan. Pakistan answered India. India struck Pakistan. India spoke with the United States. "
        "It rained. The UN asked for restraint from both countries."
    )
    assert set(codes(text, "both countries")) == {"IND", "PAK"}


def test_the_secretary_on_a_ministrys_page_is_its_own_whichever_other_one_was_named() -> None:
    rest = "Nothing else was said of it. " * 5
    text = f"Defense Secretary Austin spoke on grain at length. {rest}The Secretary left for Lima."
    assert [m.actors[0].name for m in named(text, url=PAGE) if m.text == "Secretary"] == ["Antony Blinken"]
    war = "https://www.defense.gov/news/an-example/"
    assert [m.actors[0].name for m in named(text, url=war) if m.text == "Secretary"] == ["Lloyd Austin"]


def test_a_rank_alone_is_who_was_last_named_by_it_and_no_lesser_one() -> None:
    text = "Deputy Secretary of State Maria Hale met the envoy of Peru. The Deputy Secretary thanked Peru."
    assert [m.actors[0].name for m in named(text, url=PAGE) if m.text == "Deputy Secretary"] == ["Maria Hale"]
    text = "Assistant Secretary Maria Hale met the envoy of Peru. The Deputy Secretary thanked Peru."
    assert [m.actors[0].name for m in named(text, url=PAGE) if m.text == "Deputy Secretary"] == ["Deputy Secretary"]


def test_nobody_from_china_or_korea_is_called_by_the_last_of_his_names() -> None:
    assert not any("Wang" in str(m.actors[0].name) for m in named("The Chinese Yang wrote to Peru.", url=PAGE))
    assert not any("KOR" in m.codes for m in named("A man was hit outside Sam's Club on Monday."))


def test_the_two_presidents_are_those_of_the_two_states() -> None:
    text = "Secretary Blinken met Foreign Minister Lavrov. It is best for the two presidents to meet."
    assert [a.name for m in named(text, url=PAGE) if "presidents" in m.text for a in m.actors] == [
        "Joe Biden",
        "Vladimir Putin",
    ]


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Foreign Minister Lavrov landed. His talks with Egypt lasted two hours.", "His", ("RUS",)),
        ("Norway thanked Chad. Its meeting with Mali lasted an hour.", "Its", ("NOR",)),
        ("In her first call with Chad, President Sandu spoke of grain.", "her", ()),
        ("Chadian soldiers continued their attacks on Mali.", "their", ()),
        ("Our meeting with Chad lasted two hours.", "Our", ("USA",)),
        ("Foreign Minister Lavrov landed. His coat was wet.", "His", ()),
    ],
)
def test_whose_deed_a_noun_tells_may_be_said_by_a_pronoun(text: str, word: str, who: tuple[str, ...]) -> None:
    assert next((m.codes for m in named(text, url=PAGE) if m.text == word), ()) == who


def test_a_rank_that_was_only_described_names_nobody() -> None:
    text = "The department chose its Special Envoy for grain. The Special Envoy thanked Peru."
    assert not any("its" in str(m.actors[0].name) for m in named(text, url=PAGE) if m.text == "Special Envoy")
