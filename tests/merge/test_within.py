"""What one document, or one outlet, tells twice: the same act said again, or one act more."""

from __future__ import annotations

import json

from tests.reports import Said, report

from communique.merge import records
from communique.merge.tell import adds
from communique.merge.telling import unpack
from communique.merge.words import counts
from communique.model import Span

ASKED = {"event": "REQUEST", "act": "urged", "actor": "KEN", "recipient": "ETH"}
TALKED = {"event": "CONSULT", "act": "discussed", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}


def count(*sentences: Said) -> int:
    return len(records([report("a.txt", *sentences, source="Lake Post")]))


def test_an_appeal_made_again_in_most_of_the_same_words_is_one() -> None:
    assert count(
        Said("Kenya urged Ethiopia to reopen the border market at Moyale to lorries of grain.", (ASKED,)),
        Said("Kenya again urged Ethiopia to let lorries through to the border market at Moyale.", (ASKED,)),
    ) == 1  # fmt: skip


def test_appeals_that_share_two_words_of_many_stay_two() -> None:
    assert count(
        Said("Kenya urged Ethiopia to spare hospitals, wells, markets and schools under humanitarian law.", (ASKED,)),
        Said("Kenya urged Ethiopia to let convoys with tents reach distant camps, as humanitarian law asks.", (ASKED,)),
    ) == 2  # fmt: skip


def test_what_a_sentence_tells_as_one_thing_more_is_another() -> None:
    gave = {"event": "AID", "act": "gave", "actor": "KEN", "recipient": "ETH"}
    assert count(
        Said("Kenya gave Ethiopia maize for the camps near Moyale.", (gave,)),
        Said("Kenya also gave Ethiopia maize for the camps near Gambela.", (gave,)),
    ) == 2  # fmt: skip


def test_who_met_and_what_they_then_discussed_is_one_meeting() -> None:
    both = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    assert count(
        Said("Alfred Mutua met Demeke Mekonnen in Nairobi today.", ({**both, "act": "met", "date": "2022-05-03"},)),
        Said("They discussed cattle quarantine and the lorry park.", ({**both, "act": "discussed", "actor": "KEN",
                                                                       "recipient": "ETH"},)),
        Said("They also exchanged views on locusts.", ({**both, "act": "exchanged", "actor": "KEN",
                                                        "recipient": "ETH"},)),
    ) == 1  # fmt: skip


def test_a_call_and_what_was_discussed_in_it_are_one_call() -> None:
    both = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    assert count(
        Said("Alfred Mutua spoke with Demeke Mekonnen today.", ({**both, "act": "spoke", "date": "2022-05-03"},)),
        Said("They discussed cattle quarantine and the lorry park.", ({**both, "act": "discussed"},)),
        Said("They also talked about locusts.", ({**both, "act": "talked", "rule": "verb talk about"},)),
    ) == 1  # fmt: skip


def test_one_call_is_told_again_in_the_week_s_report() -> None:
    both = {"event": "CONSULT", "mode": "phone", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    one = report("a.txt", Said("Mutua had a phone call on 3 May with Mekonnen to talk of locusts.",
                               ({**both, "act": "had", "date": "2022-05-03"},)),
                 source="Ministry", published="2022-05-03")  # fmt: skip
    two = report("b.txt", Said("Mutua also had a phone call with Mekonnen and toured a dairy.",
                               ({**both, "act": "had", "date": "../2022-05-05"},)),
                 source="Ministry", published="2022-05-05")  # fmt: skip
    assert len(records([one, two])) == 1


def test_two_announcements_of_one_journey_are_one_plan() -> None:
    goes = {"event": "AGREE", "actor": "KEN", "recipient": "ETH"}
    one = report("a.txt", Said("She will travel to Mekelle to meet sugar millers and the archivist of Lalibela.",
                               ({**goes, "act": "travel", "rule": "verb travel to (will)", "date": "2022-05-03/.."},)),
                 source="Ministry", published="2022-05-03")  # fmt: skip
    two = report("b.txt", Said("In Mekelle she will meet with the archivist of Lalibela and sugar millers.",
                               ({**goes, "act": "meet", "rule": "verb meet with (will)", "date": "2022-05-03/.."},)),
                 source="Ministry", published="2022-05-03")  # fmt: skip
    other = report("c.txt", Said("She will meet with beekeepers in Jimma.",
                                 ({**goes, "act": "meet", "rule": "verb meet with (will)", "date": "2022-05-03/.."},)),
                   source="Ministry", published="2022-05-03")  # fmt: skip
    assert len(records([one, two])) == 1
    assert len(records([one, two, other])) == 2


def test_whom_one_stands_with_is_said_once_in_the_pages_of_some_days() -> None:
    stands = {"event": "SUPPORT", "act": "stands", "rule": "verb stand with", "actor": "KEN", "recipient": "ETH"}
    pages = []
    for day, text in (
        ("2022-05-03", "Kenya stands with the nomads of Ethiopia in their drought."),
        ("2022-05-04", "As the locusts come Kenya stands with Ethiopia."),
        ("2022-06-14", "Kenya stands with Ethiopia."),
    ):
        said = Said(text, ({**stands, "date": f"../{day}"},))
        pages.append(report(f"{day}.txt", said, source="Ministry", published=day))
    assert len(records(pages[:2])) == 1
    assert len(records(pages)) == 2


def test_one_thing_asked_twice_in_a_page_is_asked_once() -> None:
    asked = {**ASKED, "rule": "request: urge condemn"}
    assert count(
        Said("Kenya urged Ethiopian clans to condemn the scandalous poaching publicly.", (asked,)),
        Said("As for merchants and drovers at Moyale, it urged Ethiopia to condemn scandalous poaching.", (asked,)),
    ) == 1  # fmt: skip


def test_three_states_meet_once_in_a_page() -> None:
    three = {"event": "CONSULT", "actor": "KEN, ETH, UGA", "recipient": ""}
    assert count(
        Said("Officials of Kenya, Ethiopia and Uganda met by video.", ({**three, "act": "met"},)),
        Said("They discussed the fish trade of the lake.", ({**three, "act": "discussed"},)),
    ) == 1  # fmt: skip


def test_two_who_met_today_are_those_of_the_day_s_programme() -> None:
    both = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    page = report("a.txt", Said("Alfred Mutua met today with Demeke Mekonnen to speak of locusts and of a dam.",
                                ({**both, "act": "met", "date": "2022-05-03"},)),
                  source="Ministry", published="2022-05-03")  # fmt: skip
    programme = report("b.txt", Said("Mutua meets with Mekonnen, at the State House.",
                                     ({**both, "act": "meets", "date": "../2022-05-03"},)),
                       source="Ministry", published="2022-05-03")  # fmt: skip
    later = report("c.txt", Said("Mutua meets with Mekonnen, at the State House.",
                                 ({**both, "act": "meets", "date": "../2022-05-09"},)),
                   source="Ministry", published="2022-05-09")  # fmt: skip
    assert len(records([page, programme])) == 1
    assert len(records([page, later])) == 2


def test_a_deed_told_again_in_its_rare_words_is_one_however_it_is_dated() -> None:
    text = "imposed sanctions on four Ethiopian hauliers of smuggled charcoal and listed two barges with forged permits"
    deed = {"event": "SANCTION", "act": "imposed", "actor": "KEN", "recipient": "ETH"}
    one = report("a.txt", Said(f"Last month Kenya {text}.", ({**deed, "date": "2022-04"},)),
                 source="Ministry", published="2022-05-03")  # fmt: skip
    two = report("b.txt", Said(f"Even in recent weeks Kenya {text}.", ({**deed, "date": "2022-03-25/2022-05-04"},)),
                 source="Ministry", published="2022-05-04")  # fmt: skip
    assert len(records([one, two])) == 1


def test_a_withdrawal_that_goes_on_is_one_in_all_pages_that_name_no_day() -> None:
    leaves = {"event": "RETREAT", "mode": "withdraw", "act": "leave", "actor": "KEN", "recipient": "ETH"}
    first, later = {**leaves, "date": "../2022-05-03"}, {**leaves, "date": "../2022-05-06"}
    one = report("a.txt", Said("Even as our troops leave Ethiopia, Kenya stays a neighbour.", (first,)),
                 source="Ministry", published="2022-05-03")  # fmt: skip
    two = report("b.txt", Said("When we leave Ethiopia there will be no garrison at Moyale.", (later,)),
                 source="Ministry", published="2022-05-06")  # fmt: skip
    dated = report("c.txt", Said("On 20 March police had to leave Ethiopia.", ({**leaves, "date": "2022-03-20"},)),
                   source="Ministry", published="2022-05-06")  # fmt: skip
    assert len(records([one, two])) == 1
    assert len(records([one, two, dated])) == 2


def test_what_was_asked_of_somebody_is_told_again_by_a_longer_sentence() -> None:
    asked = {"event": "REQUEST", "act": "urged", "rule": "request: urge maintain", "actor": "KEN", "recipient": "ETH"}
    text = "Kenya urged Ethiopia to maintain open dialogue with herders, traders, clan elders and millers"
    one = report("a.txt", Said(f"{text}.", (asked,)), source="Ministry", published="2022-05-04")
    two = report("b.txt", Said(f"{text}, noting that its envoy would go on watching the harvest and stay engaged.",
                               (asked,)), source="Ministry", published="2022-05-03")  # fmt: skip
    assert len(records([one, two])) == 1


def test_topics_of_one_talk_are_one_meeting_however_many_there_are() -> None:
    assert count(
        Said("Alfred Mutua and Demeke Mekonnen discussed the new power line.", (TALKED,)),
        Said("Mutua and Mekonnen also discussed the camps at Kakuma.", (TALKED,)),
    ) == 1  # fmt: skip


def test_who_also_met_another_met_twice() -> None:
    met = {**TALKED, "act": "met"}
    other = {**met, "recipient": "ETH"}
    assert count(
        Said("Alfred Mutua met Demeke Mekonnen over the power line.", (met,)),
        Said("Mutua also met Ethiopian farmers over the price of maize.", (other,)),
    ) == 2  # fmt: skip


def test_deeds_with_other_counts_of_victims_stay_two() -> None:
    killed = {"event": "ASSAULT", "act": "killed", "actor": "ETH"}
    assert count(
        Said("Shells from Ethiopia killed five farmers near Moyale.", ({**killed, "recipient": "five farmers"},)),
        Said("Fire from Ethiopia killed 26 farmers near Moyale.", ({**killed, "recipient": "26 farmers"},)),
    ) == 2  # fmt: skip


def test_what_one_outlet_says_on_another_day_it_says_anew() -> None:
    text = "Kenya urged Ethiopia to reopen the market at Moyale and to let lorries of grain and salt pass."
    first = report("a.txt", Said(f"{text} Rain fell.", (ASKED,)), source="Lake Post", published="2022-05-03")
    again = report(
        "b.txt", Said(f"In its note of the day {text} Nobody answered the note.", (ASKED,)),
        source="Lake Post", published="2022-05-05",
    )  # fmt: skip
    assert len(records([first, again])) == 2


def test_also_beside_the_verb_or_an_opening_makes_one_thing_more() -> None:
    def at(text: str, word: str) -> bool:
        start = text.index(word)
        return adds(text, Span(0, len(text)), Span(start, start + len(word)))

    assert at("Both sides also agreed to meet.", "agreed")
    assert at("In addition, Kenya will build a school.", "build")
    assert not at("Kenya, which also grows tea, as everybody here knows, agreed to wait.", "agreed")
    assert not at("Both sides agreed to meet.", "agreed")


def test_a_telling_kept_before_there_were_additions_is_read() -> None:
    from communique.merge.records import of_coded

    told = next(of_coded(report("a.txt", Said("Kenya also urged Ethiopia to wait.", (ASKED,)))))
    assert told.adds and unpack(told.pack(), told.text) == told
    before = json.dumps(json.loads(told.pack())[:-3])
    assert not unpack(before, told.text).adds


def test_numbers_are_told_from_other_words_of_counts() -> None:
    assert counts("26") and counts("five") and counts("dozen")
    assert not counts("the") and not counts("some") and not counts("farmers")


def test_readiness_to_help_that_is_said_twice_is_one_promise() -> None:
    ready = {"event": "AGREE", "act": "are", "actor": "KEN", "recipient": "ETH"}
    help_, give = {**ready, "rule": "promise: be help"}, {**ready, "rule": "promise: be provide"}
    march = {**ready, "rule": "promise: be withdraw"}
    assert count(
        Said("We are prepared to help farmers of Ethiopia after the flood at Gambela.", (help_,)),
        Said("We are ready to provide any assistance to our Ethiopian partners.", (give,)),
    ) == 1  # fmt: skip
    assert count(
        Said("We are prepared to help farmers of Ethiopia after the flood at Gambela.", (help_,)),
        Said("We are ready to withdraw our engineers from Ethiopian dams.", (march,)),
    ) == 2  # fmt: skip


def test_a_toll_told_twice_at_one_place_is_of_one_attack() -> None:
    hit = {"event": "ASSAULT", "actor": "SDN", "recipient": "TCD"}
    killed = {**hit, "act": "killed", "mode": "aerial"}
    strike = {**hit, "act": "strike", "rule": "noun strike", "mode": "heavy-weapons"}
    assert count(
        Said("Sudanese bombs on the Abéché bakery killed 17, Chad says.", (killed,)),
        Said("A medic put the toll of the Sudanese strike on the Abéché bakery at 17.", (strike,)),
    ) == 1  # fmt: skip


def test_a_journey_that_is_announced_and_then_only_named_is_one() -> None:
    goes = {"event": "AGREE", "act": "travel", "rule": "verb travel to (will)", "actor": "KEN", "recipient": "ETH"}
    visit = {"event": "CONSULT", "mode": "visit", "act": "visit", "rule": "noun visit", "actor": "KEN"}
    said = (
        Said("The minister will travel to Ethiopia on 25 May.", ({**goes, "date": "2022-05-25"},)),
        Said(
            "We will say more after the visit to Ethiopia.", ({**visit, "recipient": "ETH", "date": "../2022-05-21"},)
        ),
    )
    assert len(records([report("a.txt", *said, source="Lake Post", published="2022-05-21")])) == 1
    assert len(records([report("a.txt", *said, source="Lake Post", published="2022-05-28")])) == 2


def test_a_meeting_of_two_persons_that_is_named_again_is_one() -> None:
    both = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    assert count(
        Said("Alfred Mutua may engage Demeke Mekonnen over the Moyale customs yard.", ({**both, "act": "engage"},)),
        Said("A meeting of the two over the Moyale customs yard is weighed.",
             ({**both, "act": "meeting", "rule": "noun meeting"},)),
    ) == 1  # fmt: skip


def test_a_minister_who_met_a_minister_and_soldiers_met_twice() -> None:
    met = {"event": "CONSULT", "act": "met", "actor": "KEN:Alfred Mutua", "rule": "verb meet with"}
    assert count(
        Said("Alfred Mutua met Demeke Mekonnen over maize.", ({**met, "recipient": "ETH:Demeke Mekonnen"},)),
        Said("Alfred Mutua met with engineers of the Ethiopian dam.", ({**met, "recipient": "ETH"},)),
    ) == 2  # fmt: skip


def test_talks_that_were_hosted_are_named_again_in_the_next_sentences() -> None:
    host = {"event": "CONSULT", "act": "hosted", "rule": "verb host", "recipient": "ETH", "actor": "KEN"}
    assert count(
        Said("Kenya hosted Ethiopian generals today.", ({**host, "date": "2022-05-03"},)),
        Said("It has hosted that meeting with care.", (host,)),
    ) == 1  # fmt: skip


def test_help_that_a_page_comes_back_to_in_many_words_is_one_gift() -> None:
    gave = {"event": "AID", "act": "provided", "actor": "KEN", "recipient": "ETH", "rule": "verb give+aid"}
    assert count(
        Said("Kenya provided refugees from Dessie with tents, wells and cholera kits by the lake.", (gave,)),
        Said("The wells, the tents and the cholera kits that Kenya provided to refugees by the lake come from taxes.",
             (gave,)),
    ) == 1  # fmt: skip


def test_a_request_that_is_only_named_is_the_one_that_was_made() -> None:
    asked = {"event": "REQUEST", "actor": "KEN", "recipient": "ETH"}
    assert count(
        Said("The hearings follow a request by Kenya to Ethiopia for an opinion on the dam.",
             ({**asked, "act": "request", "rule": "noun request"},)),
        Said("Kenya requested the opinion after the dam at Koysha flooded two hundred villages and their fields.",
             ({**asked, "act": "requested", "rule": "verb request"},)),
    ) == 1  # fmt: skip


def test_contact_with_a_minister_and_with_other_officials_is_told_apart() -> None:
    touch = {"event": "CONSULT", "act": "been", "rule": "verb be in contact", "actor": "KEN"}
    assert count(
        Said("We have been in regular contact with Demeke Mekonnen.", ({**touch, "recipient": "ETH:Demeke Mekonnen"},)),
        Said("Our envoy has been in regular contact with a range of officials.", ({**touch, "recipient": "ETH"},)),
    ) == 2  # fmt: skip


def test_talks_that_go_on_are_not_the_meeting_of_which_a_page_tells() -> None:
    both = {"event": "CONSULT", "actor": "KEN", "recipient": "ETH"}
    assert count(
        Said("We are in very active discussions with Ethiopia over steps at the dam.",
             ({**both, "act": "discussions", "rule": "noun discussion"},)),
        *(Said(f"Sheep number {number} went at the fair for a price that pleased its owner.") for number in range(20)),
        Said("Alfred Mutua discussed cattle and maize with Demeke Mekonnen.", ({**TALKED, "rule": "verb discuss"},)),
    ) == 2  # fmt: skip


def test_sanctions_that_one_page_imposes_on_two_are_one_package() -> None:
    imposes = {"event": "SANCTION", "act": "imposing", "actor": "KEN", "recipient": "ETH"}
    assert count(
        Said("Kenya is imposing sanctions on the Dessie Prison of Ethiopia for torture.", (imposes,)),
        Said("Kenya is also imposing sanctions on the Ethiopian band Lake Lions and two of its leaders.", (imposes,)),
    ) == 1  # fmt: skip
