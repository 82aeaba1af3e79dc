"""Signs that are enough for two pages telling one event, and what is missing where they tell two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.reports import Said, report

from communique.merge import records
from communique.model import Actor, Coded, Participant

TOUCH = {"event": "CONSULT", "act": "been", "rule": "verb be in contact", "actor": "KEN", "recipient": "ETH"}
BACKS = {"event": "SUPPORT", "act": "support", "rule": "verb support", "actor": "KEN", "recipient": "ETH"}
URGES = {"event": "REQUEST", "rule": "request: urge reopen", "actor": "KEN", "recipient": "ETH"}


REST = {
    "The gardens": ("were watered at dawn by two apprentices", "need a new fence along the northern ditch"),
    "The archive": ("opens its reading room to students in autumn", "has bought eleven shelves of cedar"),
    "The choir": ("rehearses a motet for the jubilee of its founder", "lost its tenor to a theatre abroad"),
    "The canteen": ("serves lentils whenever the ferry is late", "was painted yellow by its own cooks"),
    "The clock": ("struck thirteen twice in a single night", "will be mended by a smith from the hills"),
    "The bus": ("stops at the tannery from now on", "ran late because of a stray goat"),
}


def page(name: str, day: str, text: str, told: dict[str, Any]) -> Coded:
    """A page of one ministry that tells one event without a day of its own, unless told gives one, and other matter."""
    said = Said(text, ({"date": f"../{day}", **told},))
    rest = [Said(f"{what} of {name} {how}.") for what in REST for how in REST[what]]
    return report(name, said, *rest[ord(name[0]) % 3 :: 3], source="Ministry", published=day)


def count(*pages: Coded) -> int:
    return len(records(list(pages)))


def test_contact_that_goes_on_is_one_however_often_it_is_told_in_a_week() -> None:
    one = page("a.txt", "2022-05-03", "We have been in close contact with officials of Ethiopia.", TOUCH)
    two = page("b.txt", "2022-05-06", "Our people have been in regular contact with Ethiopia over the dam.", TOUCH)
    late = page("c.txt", "2022-06-20", "We have been in regular contact with Ethiopia.", TOUCH)
    assert count(one, two) == 1
    assert count(one, two, late) == 2


def test_contact_with_one_who_is_named_is_not_that_with_others() -> None:
    one = page("a.txt", "2022-05-03", "We have been in close contact with officials of Ethiopia.", TOUCH)
    named = {**TOUCH, "recipient": "ETH:Demeke Mekonnen"}
    two = page("b.txt", "2022-05-04", "We have been in regular contact with Demeke Mekonnen.", named)
    assert count(one, two) == 2


def test_what_one_supports_is_one_stand_whoever_speaks_of_it() -> None:
    one = page("a.txt", "2022-05-03", "Kenya continues to support the inter-clan dialogue of Ethiopia.", BACKS)
    two = page("b.txt", "2022-05-05", "As I have said, we support inter-clan dialogue in Ethiopia.", BACKS)
    other = page("c.txt", "2022-05-05", "We support the fisheries of Ethiopia.", BACKS)
    assert count(one, two) == 1
    assert count(one, two, other) == 2


def test_who_urges_on_two_days_urges_twice_and_who_has_urged_tells_of_the_first_time() -> None:
    words = "Ethiopia to reopen the quarantined cattle bridge near Moyale and compensate stranded drovers promptly"
    first = page("a.txt", "2022-05-03", f"We urge {words}.", {**URGES, "act": "urge"})
    anew = page("b.txt", "2022-05-04", f"We urge {words}.", {**URGES, "act": "urge"})
    told = page("c.txt", "2022-05-06", f"We have urged {words}.", {**URGES, "act": "urged"})
    assert count(first, anew) == 2
    assert count(first, told) == 1


def test_two_pages_that_report_in_the_past_report_of_two_occasions() -> None:
    words = "joint action to reopen the quarantined cattle bridge near Moyale and compensate stranded drovers"
    told = {**URGES, "act": "called"}
    one = page("a.txt", "2022-05-03", f"He called on Ethiopia for {words}.", told)
    two = page("b.txt", "2022-05-06", f"He called on Ethiopia for {words}.", told)
    assert count(one, two) == 2


def test_the_same_three_meet_once_in_a_week() -> None:
    three = {"event": "CONSULT", "actor": "KEN, ETH, UGA", "recipient": ""}
    one = page("a.txt", "2022-05-03", "This was discussed in the trilateral meeting.", {**three, "act": "meeting"})
    two = page("b.txt", "2022-05-07", "The secretary met his counterparts on the sidelines.", {**three, "act": "met"})
    assert count(one, two) == 1


def test_the_guest_of_the_day_is_the_one_that_was_received() -> None:
    met = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen", "date": "2022-05-03"}
    both = page("a.txt", "2022-05-03", "Mutua met today with Mekonnen.", {**met, "act": "met"})
    guest = {**met, "actor": "KEN", "act": "meeting", "date": "../2022-05-03"}
    one = page("b.txt", "2022-05-03", "I was not in the meeting with Mekonnen.", guest)
    host = {**met, "recipient": "ETH", "act": "met", "date": "../2022-05-03"}
    other = page("c.txt", "2022-05-03", "So Mutua met apprentices of a quarry in Jinka.", host)
    assert count(both, one) == 1
    assert count(both, other) == 2


def test_the_last_time_that_two_spoke_is_the_call_of_that_week() -> None:
    both = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen", "act": "discussed"}
    call = page("a.txt", "2022-05-03", "Mutua and Mekonnen discussed the locusts of the Omo.", both)
    told = page("b.txt", "2022-05-08", "Mutua had a call with Mekonnen not long ago; they discussed dairy.", both)
    anew = page("c.txt", "2022-05-20", "Mutua and Mekonnen discussed barley.", both)
    assert count(call, told) == 1
    assert count(call, told, anew) == 2


def test_a_deed_within_a_state_is_known_by_who_did_it_to_whom() -> None:
    def fired(name: str, day: str, text: str, victims: str) -> Coded:
        told = page(name, day, text, {"event": "ASSAULT", "mode": "firearms", "act": "fired", "actor": "ETH"})
        one, other = (
            Participant(Actor("ETH", (), None, kind="group"), words, "description")
            for words in ("security forces", victims)
        )
        return replace(told, events=(replace(told.events[0], actor=(one,), recipient=(other,)),))

    first = fired("a.txt", "2022-05-03", "It is said security forces fired on protesters, killing multiple marchers.",
                  "protesters")  # fmt: skip
    again = fired("b.txt", "2022-05-07", "We read security forces fired on protesters, killing multiple marchers.",
                  "protesters")  # fmt: skip
    other = fired("c.txt", "2022-05-07", "We read security forces fired on nomads, killing multiple marchers.",
                  "nomads")  # fmt: skip
    assert count(first, again) == 1
    assert count(first, other) == 2


def test_sanctions_are_told_again_the_next_day_by_two_rare_words() -> None:
    deed = {"event": "SANCTION", "actor": "KEN", "recipient": "ETH"}
    one = page("a.txt", "2022-05-03", "Today Kenya is imposing sanctions on the Zebu Brigade and Marshal Tolosa.",
               {**deed, "act": "imposing", "date": "2022-05-03"})  # fmt: skip
    two = page("b.txt", "2022-05-04", "We went ahead and sanctioned something called the Zebu Brigade.",
               {**deed, "act": "sanctioned"})  # fmt: skip
    assert count(one, two) == 1


def test_what_was_done_in_recent_weeks_is_found_though_its_date_is_vague() -> None:
    text = "imposed sanctions on four Ethiopian hauliers of smuggled charcoal and listed two barges with forged permits"
    deed = {"event": "SANCTION", "act": "imposed", "actor": "KEN", "recipient": "ETH"}
    one = page("a.txt", "2022-05-03", f"Last month Kenya {text}.", {**deed, "date": "2022-04"})
    two = page("b.txt", "2022-05-04", f"Even this spring Kenya {text}.", {**deed, "date": "2022-02-01/2022-05-04"})
    assert count(one, two) == 1


def test_a_statement_is_printed_again_with_another_verb() -> None:
    words = "with Ethiopia in mourning the ambushed drovers and in its resolve to patrol the escarpment roads at night"
    stands = {"event": "SUPPORT", "actor": "KEN", "recipient": "ETH"}
    one = page("a.txt", "2022-05-03", f"Kenya stands {words}.", {**stands, "act": "stands"})
    two = page("b.txt", "2022-05-03", f"We are united {words}.", {**stands, "act": "united"})
    later = page("c.txt", "2022-05-04", f"We are united {words}.", {**stands, "act": "united"})
    assert count(one, two) == 1
    assert count(one, later) == 2


def test_what_one_asked_of_another_is_told_by_both_names() -> None:
    asked = {"event": "REQUEST", "rule": "request: encourage adhere", "act": "encouraged"}
    asked |= {"actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    call = page("a.txt", "2022-05-03", "Mutua encouraged Mekonnen to adhere to the river treaty of the lakes.", asked)
    told = page("b.txt", "2022-05-05", "He wrote that Mutua encouraged him to adhere to principles, et cetera.", asked)
    assert count(call, told) == 1


def test_a_meeting_that_was_had_is_a_meeting() -> None:
    both = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    one = page("a.txt", "2022-05-03", "There is progress since Mutua and Mekonnen met.", {**both, "act": "met"})
    two = page("b.txt", "2022-05-03", "We had a productive meeting between Mutua and Mekonnen.",
               {**both, "act": "had", "rule": "verb have+meeting"})  # fmt: skip
    assert count(one, two) == 1


def test_the_programme_of_the_house_may_be_a_day_before_its_page() -> None:
    met = {"event": "CONSULT", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
    page_of_it = page(
        "a.txt", "2022-05-04", "Mutua met today with Mekonnen.", {**met, "act": "met", "date": "2022-05-04"}
    )
    programme = page("b.txt", "2022-05-03", "4:00 p.m. Mutua meets with Mekonnen at the State House.",
                     {**met, "act": "meets"})  # fmt: skip
    assert count(page_of_it, programme) == 1


def test_two_arrests_are_two_however_like_their_reports() -> None:
    def arrest(name: str, day: str, who: str) -> Coded:
        text = f"Harbour pilot {who} was arrested on suspicion of smuggling khat into Lamu on a dhow."
        return page(
            name, day, text, {"event": "COERCE", "mode": "arrest", "act": "arrested", "actor": "", "recipient": who}
        )

    one, two = arrest("a.txt", "2022-05-03", "Jamal Otieno"), arrest("b.txt", "2022-05-03", "Victor Kamau")
    again = arrest("c.txt", "2022-05-03", "Jamal Otieno")
    assert count(one, again) == 1
    assert count(one, two) == 2


def test_a_sentence_that_takes_up_what_was_done_tells_of_it() -> None:
    gives = {"event": "AID", "actor": "KEN", "recipient": "ETH"}
    told = report(
        "a.txt",
        Said("Kenya is providing 9 million shillings for wells in Ethiopia.", ({**gives, "act": "providing"},)),
        Said("This additional funding brings the total to 20 million.", ({**gives, "act": "brings"},)),
        source="Ministry",
    )
    other = report(
        "a.txt",
        Said("Kenya is providing 9 million shillings for wells in Ethiopia.", ({**gives, "act": "providing"},)),
        Said("Tents were shipped in March.", ({**gives, "act": "shipped"},)),
        source="Ministry",
    )
    assert count(told) == 1
    assert count(other) == 2


def test_who_stands_and_will_stand_with_a_people_stands_with_it_once() -> None:
    stands = {"event": "SUPPORT", "act": "stand", "rule": "verb stand with", "actor": "KEN", "recipient": "ETH"}
    will = {**stands, "event": "AGREE", "rule": "verb stand with (will)"}
    one = page("a.txt", "2022-05-03", "We stand with the people of Ethiopia.", stands)
    other = page("b.txt", "2022-05-03", "We will stand with the Ethiopian people who fish and sow.", will)
    assert count(one, other) == 1


def test_applause_is_support_of_the_same_thing() -> None:
    one = page("a.txt", "2022-05-03", "We support the Lake Basin Outlook of Ethiopia.", BACKS)
    told = {**BACKS, "act": "applaud", "rule": "verb applaud"}
    other = page("b.txt", "2022-05-03", "We applaud the Lake Basin Outlook of Ethiopia, a wise paper.", told)
    assert count(one, other) == 1


def test_what_is_promised_to_one_fund_on_two_days_is_one_promise() -> None:
    gives = {"event": "AGREE", "act": "provide", "rule": "promise: intend provide", "actor": "KEN"}
    fund = {"recipient": "IGO:Lake Response Fund"}
    one = page("a.txt", "2022-05-03", "Kenya plans to provide money to the Lake Response Fund.", {**gives, **fund})
    other = page("b.txt", "2022-05-04", "Kenya intends to provide 500,000 shillings to the Fund.", {**gives, **fund})
    assert count(one, other) == 1


def test_a_deed_within_a_state_is_known_by_the_place_behind_it() -> None:
    hit = {"event": "ASSAULT", "act": "attack", "actor": "ETH", "recipient": "ETH"}
    one = page("a.txt", "2022-05-03", "And on the missile attack on Dessie, it killed a child.", hit)
    told = {**hit, "date": "2022-05-02"}
    other = page("b.txt", "2022-05-04", "We condemn the missile attack on Dessie of 2 May.", told)
    assert count(one, other) == 1


def test_condolences_of_two_pages_of_one_day_are_one_greeting() -> None:
    sent = {"event": "SUPPORT", "act": "offer", "rule": "verb offer", "actor": "KEN", "recipient": "ETH"}
    one = page(
        "a.txt", "2022-05-03", "We also offer our condolences to his family and to the scholars of Ethiopia.", sent
    )
    other = page("b.txt", "2022-05-03", "We offer our condolences to his Ethiopian family.", sent)
    assert count(one, other) == 1
    later = page("b.txt", "2022-05-05", "We offer our condolences to his Ethiopian family.", sent)
    assert count(one, later) == 2


def test_a_partnership_that_is_praised_and_reaffirmed_on_one_day_is_one_bond() -> None:
    bond = {"event": "SUPPORT", "act": "have", "rule": "noun strategic partnership + have", "actor": "KEN"}
    told = {**bond, "recipient": "ETH"}
    again = {**told, "act": "reaffirmed", "rule": "verb reaffirm"}
    one = page("a.txt", "2022-05-03", "We have a very important strategic partnership with Ethiopia.", told)
    text = "The minister reaffirmed the partnership with Ethiopia, from wells to vaccines."
    assert count(one, page("b.txt", "2022-05-03", text, again)) == 1
    assert count(one, page("b.txt", "2022-05-05", text, again)) == 2
