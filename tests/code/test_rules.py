"""Sentences written for these tests, each beside the event that must come out of it by rules alone."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.model import Coded, Document, Span, When
from communique.pipeline import Coder
from communique.settings import Settings

CODER = Coder(Settings(encoder=False))


def read(text: str) -> Coded:
    return CODER.code(Document("test", text, (Span(0, len(text)),)))


def told(text: str) -> list[tuple[str, tuple[str | None, ...], tuple[str | None, ...], str]]:
    return [
        (e.event, tuple(p.actor.code for p in e.actor), tuple(p.actor.code for p in e.recipient), e.stance)
        for e in read(text).events
    ]


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        ("Peru condemned Chile's seizure of a fishing boat.", "ACCUSE", ("PER",), ("CHL",)),
        ("Poland expelled three Belarusian diplomats on Monday.", "SANCTION", ("POL",), ("BLR",)),
        ("Kenyan soldiers shelled positions of Somali rebels near the border.", "ASSAULT", ("KEN",), ("SOM",)),
        ("Norway gave Malawi 20 million dollars in food aid.", "AID", ("NOR",), ("MWI",)),
        ("Japan urged North Korea to return the abducted citizens.", "REQUEST", ("JPN",), ("PRK",)),
        ("Ecuador refused to extradite the banker to Spain.", "REJECT", ("ECU",), ("ESP",)),
        ("Turkey threatened to close its border with Armenia.", "THREATEN", ("TUR",), ("ARM",)),
        ("Hungary has agreed to send doctors to Zambia.", "AGREE", ("HUN",), ("ZMB",)),
        ("Laos will open a consulate in Da Nang and help Vietnam to train pilots.", "AGREE", ("LAO",), ("VNM",)),
        ("Uganda withdrew its troops from Congo.", "RETREAT", ("UGA",), ("COD",)),
        ("Canada imposed sanctions on Nicaragua.", "SANCTION", ("CAN",), ("NIC",)),
        ("Mali was accused by Niger of harbouring smugglers.", "ACCUSE", ("NER",), ("MLI",)),
    ],
)
def test_a_plain_sentence_gives_its_event_with_both_sides_in_their_places(
    text: str, event: str, actor: tuple[str], recipient: tuple[str]
) -> None:
    assert (event, actor, recipient, "actual") in told(text)


def test_those_who_meet_are_all_actors_and_nobody_is_recipient() -> None:
    event = next(e for e in read("The presidents of Ghana and Togo met in Accra to discuss the border.").events)
    assert event.event == "CONSULT"
    assert event.unordered
    assert {p.actor.code for p in event.actor} == {"GHA", "TGO"}
    assert event.recipient == ()


def test_a_passive_turns_its_sides_round() -> None:
    assert ("COERCE", ("IRN",), ("FRA",)) in [
        t[:3] for t in told("Two French tourists were arrested by Iranian police.")
    ]


def test_what_was_not_done_is_denied_not_actual() -> None:
    found = told("Estonia did not sign the treaty with Russia.")
    assert found
    assert all(stance != "actual" for _, _, _, stance in found)


def test_will_not_is_a_refusal() -> None:
    assert "REJECT" in [t[0] for t in told("Serbia will not recognise Kosovo, its president said.")]


def test_must_is_a_demand_of_whoever_says_it() -> None:
    assert ("REQUEST", ("GRC",), ("TUR",)) in [t[:3] for t in told("Greece said Turkey must withdraw its ships.")]


def test_a_noun_tells_an_event_between_its_possessor_and_its_object() -> None:
    assert ("ASSAULT", ("IRQ",), ("KWT",)) in [t[:3] for t in told("Iraq's invasion of Kuwait shocked the markets.")]


def test_an_aim_is_not_an_event() -> None:
    assert "ASSAULT" not in [t[0] for t in told("Chile sent an envoy to Bolivia to prevent an attack on Peru.")]


def test_plain_speech_is_no_event() -> None:
    assert told("Australia said the weather in Fiji was fine.") == []


def test_every_event_cites_words_that_stand_in_the_text() -> None:
    text = "Italy praised Albania. Rome then cut aid to Libya."
    coded = read(text)
    assert len(coded.events) >= 2
    for event in coded.events:
        assert text[event.trigger.start : event.trigger.end] in event.event_text
        for side in (*event.actor, *event.recipient):
            assert side.span is not None
            assert side.span.cut(text) == side.text


def test_the_speaker_of_a_report_is_its_attribution() -> None:
    event = next(e for e in read("Belgium has expelled two spies, the Dutch foreign minister said.").events)
    assert event.attributed_to is not None
    assert event.attributed_to.speaker.actor.code == "NLD"


@pytest.mark.parametrize(
    "text",
    [
        "Will the United States impose sanctions on Turkey?",
        "Let's go to Italy now.",
        "Contact the French embassy for more information.",
        "The following statement was released by the governments of Chile and Peru.",
        "Anna turned down an invitation from Paul.",
        "He discussed how to arm Georgian rebels.",
    ],
)
def test_questions_imperatives_papers_and_private_life_are_no_events(text: str) -> None:
    assert told(text) == []


def test_an_aim_is_no_event_and_neither_is_what_is_joined_to_it() -> None:
    found = told("The ministers of Norway and Kenya discussed ways to help Somalia and to deepen trade with Ethiopia.")
    assert [event for event, *_ in found if event != "CONSULT"] == []
    found = told("Ireland collaborates with Ghana to fight malaria and protect Malian children.")
    assert [event for event, *_ in found] == ["COOPERATE"]


def test_whether_somebody_will_act_is_only_wondered_about() -> None:
    assert "AID" not in {event for event, *_ in told("France asked whether Germany would send troops to Mali.")}


@pytest.mark.parametrize(
    "text",
    [
        "Sweden will continue to support Estonia.",
        "Sweden will continue working with Estonia.",
        "Sweden remains committed to helping Estonia.",
        "Sweden looks forward to working with Estonia.",
    ],
)
def test_to_go_on_or_be_committed_is_to_agree(text: str) -> None:
    assert told(text) == [("AGREE", ("SWE",), ("EST",), "actual")]


def test_who_is_pressed_to_release_prisoners_has_not_released_them() -> None:
    found = told("Spanish officials will continue to press Venezuela to release the prisoners.")
    assert found == [("REQUEST", ("ESP",), ("VEN",), "actual")]


def test_a_second_verb_keeps_the_partner_of_the_talks() -> None:
    found = told("President Herrera of Chile thanked Prime Minister Sato of Japan and discussed trade.")
    assert ("CONSULT", ("CHL", "JPN"), (), "actual") in found


def test_a_victim_stays_the_victim_of_the_second_verb() -> None:
    found = told("A Danish reporter was abducted and killed in Somalia by rebels.")
    assert [(event, recipient) for event, _, recipient, _ in found] == [("ASSAULT", ("DNK",))] * 2


def test_all_that_a_nameless_group_includes_are_taken() -> None:
    found = told("Canada sanctioned nine states, including Cuba, Laos and Togo.")
    assert found == [("SANCTION", ("CAN",), ("CUB", "LAO", "TGO"), "actual")]


def test_a_firm_that_no_list_knows_may_act_though_private_persons_may_not() -> None:
    assert [event for event, *_ in told("Harbour Line has agreed to set up a landing station at Digha.")] == ["AGREE"]
    assert told("Anna Miller turned down an invitation from Paul.") == []


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        ("Ghana wishes to congratulate the people of Peru.", "SUPPORT", ("GHA",), ("PER",)),
        ("Norway took the opportunity to express its gratitude to Kenya.", "SUPPORT", ("NOR",), ("KEN",)),
        ("Ghana is proud to partner with Togo to fight piracy.", "COOPERATE", ("GHA",), ("TGO",)),
        ("Iceland extends its warmest wishes to the Maltese people.", "SUPPORT", ("ISL",), ("MLT",)),
        ("Laos underscored the importance of its ties with Vietnam.", "SUPPORT", ("LAO",), ("VNM",)),
    ],
)
def test_courtesies_lead_to_the_deed_that_they_introduce(
    text: str, event: str, actor: tuple[str, ...], recipient: tuple[str, ...]
) -> None:
    assert told(text) == [(event, actor, recipient, "actual")]


def test_what_one_is_glad_to_have_or_to_see_is_no_deed() -> None:
    assert told("Ghana is delighted to have the Togolese minister here.") == []


def test_what_something_is_done_in_the_face_of_is_no_side_of_it() -> None:
    assert ("SUPPORT", ("CAN",), ("CHN",), "actual") not in told(
        "Canada stands with Asian fishermen in the face of Chinese pressure."
    )


def test_a_summit_that_deals_to_boost_trade_follow_is_told_beside_them() -> None:
    found = told("Ghana and Togo signed deals to boost trade following Ghana's summit with Togo's president.")
    assert "CONSULT" in [event for event, *_ in found]


def test_what_is_put_out_in_writing_frees_nobody() -> None:
    assert told("The Swedish government released new guidance.") == []


def test_a_sentence_before_an_agreement_is_no_part_of_it() -> None:
    found = told("The presidents of Ghana and Togo met in Lome; they agreed to build a bridge.")
    assert ("CONSULT", ("GHA", "TGO"), (), "actual") in found


def test_where_a_treaty_is_signed_is_no_side_of_it() -> None:
    ((event, actor, recipient, _),) = told("Ghana and Togo signed a treaty in Washington.")
    assert (event, actor, recipient) == ("SUPPORT", ("GHA", "TGO"), ())


def test_a_state_joined_to_the_last_word_of_anothers_name_acts_too() -> None:
    ((_, actor, _, _),) = told("The United States of America and the Republic of Ghana signed a memorandum.")
    assert actor == ("USA", "GHA")


def test_what_one_needs_to_do_is_asked_of_nobody_else() -> None:
    assert told("Kenya needs to deal with the situation in Somalia.") == []


def test_all_of_a_list_of_names_undergo_though_a_parser_sees_an_apposition() -> None:
    ((_, _, recipient, _),) = told("Norway congratulates Albania, Brazil, Gabon, Ghana, and the United Arab Emirates.")
    assert recipient == ("ALB", "BRA", "GAB", "GHA", "ARE")


def test_what_a_discussion_includes_takes_no_part_in_it() -> None:
    assert told("They discussed regional developments, including Iraq and Syria.") == []


def test_nobody_meets_the_place_where_they_meet() -> None:
    found = told("He came from Geneva, where Norway's president met with Chile's president.")
    assert ("CONSULT", ("NOR", "CHL"), (), "actual") in found


def test_rebels_of_one_of_two_states_may_be_condemned_by_both() -> None:
    ((_, actor, recipient, _),) = told("The leaders of Norway and Afghanistan condemned the Taliban attacks in Kabul.")
    assert (actor, recipient) == (("NOR", "AFG"), ("AFG",))


@pytest.mark.parametrize(
    "text",
    [
        "Ghana and Togo exchanged views on the security environment in Mali.",
        "Ghana and Togo talked about Mali.",
        "Ghana's minister met with Foreign Minister Abalo of Togo to discuss trade, Mali's pledge, and aid to Niger.",
    ],
)
def test_what_talks_are_about_is_no_party_to_them(text: str) -> None:
    events = [e for e in read(text).events if e.event == "CONSULT"]
    assert [{p.actor.code for p in (*e.actor, *e.recipient)} for e in events] == [{"GHA", "TGO"}]


def test_two_who_agree_that_something_would_help_agree_with_each_other() -> None:
    (event,) = read("Ghana and Togo agreed that a settlement in Mali would advance trade.").events
    assert (event.event, {p.actor.code for p in event.actor}, event.recipient) == ("AGREE", {"GHA", "TGO"}, ())


@pytest.mark.parametrize("text", ["Poland wants the texts to be shorter.", "Most voters want him to be the nominee."])
def test_what_is_wished_of_nobody_who_acts_is_no_request(text: str) -> None:
    assert told(text) == []


def test_a_newspaper_s_investigation_accuses_nobody() -> None:
    assert told("A Reuters investigation in December found flaws in the bridge.") == []


def test_nobody_supports_his_own_state_beside_another() -> None:
    (event,) = read("Norway praised the strong partnership between Norway and Malawi.").events
    assert [p.actor.code for p in event.recipient] == ["MWI"]


@pytest.mark.parametrize(
    "text",
    [
        "Ghana and Togo discussed promoting trade and undermining the smugglers.",
        "Ghana and Togo discussed ways to reach a peace that allows the people of Mali to vote.",
    ],
)
def test_what_is_only_discussed_is_not_done(text: str) -> None:
    assert [event for event, *_ in told(text)] == ["CONSULT"]


def test_the_last_of_a_list_with_a_short_name_in_brackets_is_not_lost() -> None:
    text = "The Norwegian minister travelled to Japan, the Republic of Korea (ROK), and Mongolia on Monday."
    assert {code for _, _, recipients, _ in told(text) for code in recipients} == {"JPN", "KOR", "MNG"}


@pytest.mark.parametrize(
    "text",
    [
        "None of this can be done without Norway and India working together.",
        "The war demands urgent action, including the withdrawal of Eritrean forces from Ethiopia.",
        "Norway is considering options for the fleet.",
    ],
)
def test_what_is_missing_demanded_or_only_weighed_has_not_happened(text: str) -> None:
    assert [event for event, *_ in told(text) if event in ("COOPERATE", "RETREAT", "AGREE")] == []


@pytest.mark.parametrize(
    "text", ["Kenyan minister arrested on suspicion of fraud", "Ugandan bishop detained at border"]
)
def test_in_a_headline_the_one_before_the_verb_is_arrested(text: str) -> None:
    ((event, actor, recipient, _),) = told(text)
    assert (event, actor, recipient) == ("COERCE", (), ({"K": "KEN", "U": "UGA"}[text[0]],))


def test_whose_arrest_is_condemned_is_not_condemned() -> None:
    (event,) = [
        e for e in read("Norway condemned the arrest of the leaders by Mali's army.").events if e.event == "ACCUSE"
    ]
    assert [p.actor.code for p in event.recipient] == ["MLI"]


def test_a_name_that_no_list_has_is_not_taken_for_its_owner() -> None:
    (event,) = read("Thai police have detained the owner of Banana Lodge Hostel.").events
    assert event.recipient == ()


def test_where_talks_are_held_is_no_party_to_them() -> None:
    (event,) = read("China and Russia held talks in Beijing on June 5.").events
    assert [p.text for p in event.actor] == ["China", "Russia"]


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        ("Chad denied that it had agreed with Mali on the wells.", "REJECT", ("TCD",), ("MLI",)),
        ("Peru denied that its ambassador in Quito had been summoned.", "REJECT", ("PER",), ("ECU",)),
        ("Denmark handed the second of two patrol vessels to Ghana on Friday.", "AID", ("DNK",), ("GHA",)),
        ("Two Polish F-16s were followed by a Belarusian helicopter.", "MOBILIZE", ("BLR",), ("POL",)),
        ("The minister of Chile brought home a promise from Bolivia.", "AGREE", ("BOL",), ("CHL",)),
        ("The visit of the Kenyan president to Uganda has been postponed to 19 May.", "AGREE", ("KEN",), ("UGA",)),
    ],
)
def test_denials_deliveries_pursuits_and_put_off_visits_keep_their_sides(
    text: str, event: str, actor: tuple[str], recipient: tuple[str]
) -> None:
    assert (event, actor, recipient, "actual") in told(text)


def test_who_needed_two_hours_to_agree_agreed() -> None:
    assert ("AGREE", ("TUN", "DZA"), (), "actual") in told(
        "The presidents of Tunisia and Algeria needed two hours on Friday to agree on the border."
    )


def test_what_both_agree_to_do_in_a_town_is_not_agreed_with_the_town() -> None:
    found = told("Ghana and Togo agreed to raise the number of observers in Timbuktu.")
    assert [(event, recipient) for event, _, recipient, _ in found] == [("AGREE", ())]


def test_a_day_to_which_something_is_put_off_lies_ahead() -> None:
    text = "The visit of the Kenyan president to Uganda has been postponed to 19 May, the presidency said."
    coded = CODER.code(
        Document("test", text, (Span(0, len(text)),), published=When(dt.date(2021, 5, 11), dt.date(2021, 5, 11)))
    )
    assert [str(e.date.earliest) for e in coded.events if e.event == "AGREE"] == ["2021-05-19"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2020, did Chad agree not to attack Mali —",
        "They look forward to this opportunity for Chad to talk with Mali.",
        "The best way to end it is for Chad to meet with Mali.",
        "It is studying potential areas for cooperation between Chad and Mali.",
        "Chad is following the dialogue with Mali.",
    ],
)
def test_what_is_asked_hoped_for_or_only_talked_of_is_no_event(text: str) -> None:
    assert told(text) == []


def test_what_views_were_shared_on_was_not_done() -> None:
    events = [
        event for event, *_ in told("Chad and Mali met. They shared perspectives on strengthening supply chains.")
    ]
    assert events == ["CONSULT"]


def test_condolences_that_are_offered_are_no_promise() -> None:
    assert told("Chad offered its deepest condolences to Mali.") == [("SUPPORT", ("TCD",), ("MLI",), "actual")]


@pytest.mark.parametrize(
    "text",
    [
        "Grain will be a topic of conversation between Chad and Mali later today.",
        "Grain will feature in the talks between Chad and Mali.",
        "Envoys prepare for the upcoming talks between Chad and Mali.",
        "Envoys prepare for the talks between Chad and Mali that are coming up.",
    ],
)
def test_talks_that_are_still_to_come_are_announced(text: str) -> None:
    assert told(text) == [("AGREE", ("TCD", "MLI"), (), "actual")]


def test_what_was_agreed_in_talks_may_be_kept_in_future() -> None:
    assert "CONSULT" in [event for event, *_ in told("The pact made at the talks between Chad and Mali will be kept.")]


@pytest.mark.parametrize("ship", ["supertanker", "bulk carrier", "dhow", "gas tanker", "liner"])
def test_ships_of_any_kind_are_seized_as_goods_are(ship: str) -> None:
    events = read(f"Iran seized a Greek {ship}.").events
    assert [(e.event, e.mode, e.cameo) for e in events] == [("COERCE", "seize", "1711")]


def test_an_attack_on_areas_is_no_area_for_an_attack() -> None:
    text = "Herders left areas under attack by Mali in Chad."
    assert told(text) == told(text.replace("areas", "an area"))
    assert told("It is studying ways of cooperation between Chad and Mali.") == []
