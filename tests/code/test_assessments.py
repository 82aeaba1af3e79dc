"""Judgements and forecasts written for these tests, beside plain facts that are none."""

from __future__ import annotations

import pytest

from communique import Coder, annotate, resolve
from communique.code.assessments import Memory, assessments
from communique.model import Assessment, Document, Span
from communique.resolve import dates
from communique.settings import Settings


def read(text: str) -> list[Assessment]:
    document = Document("test", text, (Span(0, len(text)),))
    context = resolve.Context.of(document)
    memory = Memory()
    found: list[Assessment] = []
    for sentence in annotate.sentences(document, Settings().model):
        mentions = resolve.mentions(sentence, context)
        found += assessments(sentence, mentions, dates.in_sentence(sentence, document.published), memory)
    return found


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The embargo may hurt Peru more than Chile.", "may"),
        ("Analysts expect Ghana to devalue its currency.", "expect"),
        ("Nepal is likely to reject the offer.", "likely"),
        ("The visit is seen as a signal to Japan.", "seen as"),
        ("It remains to be seen whether Oman will pay.", "remains to be seen"),
        ("The strike will undoubtedly shape relations with Mali.", "undoubtedly"),
        ("Economists argue that Laos has borrowed too much from China.", "argue"),
    ],
)
def test_hedges_judges_and_forecasts_make_an_assessment(text: str, hedge: str) -> None:
    found = read(text)
    assert len(found) == 1
    assert hedge in found[0].hedges
    assert found[0].text == found[0].span.cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru imported two ships from Chile in May.",
        "The minister said Ghana had signed the treaty.",
        "Rescuers could not reach the village.",
        "Nepal agreed to pay for the bridge.",
        "I think this is the moment.",
        "Will Oman pay?",
    ],
)
def test_plain_facts_are_no_assessments(text: str) -> None:
    assert not read(text)


def test_a_sentence_that_goes_on_keeps_the_judge_of_the_one_before() -> None:
    found = read(
        "Analysts note the growing debts of Laos. This may lead to Laos losing its mines to China in the long term."
    )
    last = found[-1]
    assert last.by is not None and last.by.text.lower() == "analysts"
    assert {who.actor.code for who in last.about} >= {"LAO", "CHN"}
    assert last.horizon.text == "in the long term"


@pytest.mark.parametrize(
    "text",
    [
        "What do you expect Oman to do?",
        "Oman must expect further steps from Peru.",
        "Applicants may submit their papers until May.",
        "The fine may include a ban on fishing.",
        "Oman urged Peru to avoid any step that could harm the talks.",
        "Peru named persons who are believed to be responsible for fraud.",
        "I think you will find that the harbour is lovely.",
        "The minister suggested he would keep the gifts.",
        "The former cabinet could have used other tools.",
        "Some may say that the harbour is no business of Peru.",
        "The harbours should not be viewed as a burden.",
        "May the people of Oman enjoy their day!",
        "We believe that both sides should talk about the harbour.",
    ],
)
def test_questions_duties_rules_and_manners_are_no_assessments(text: str) -> None:
    assert not read(text)


def test_an_event_in_judged_words_is_possible_and_one_told_beside_them_is_not() -> None:
    text = "Peru, which invaded Chile on Monday, may attack Oman."
    coded = Coder(Settings(encoder=False)).code(Document("test", text, (Span(0, len(text)),)))
    stances = {event.event_text: event.stance for event in coded.events}
    assert stances.get("invaded", "actual") in ("actual", "historical")
    assert all(stance != "actual" for words, stance in stances.items() if "attack" in words)


def test_the_label_of_a_transcript_is_no_part_of_the_judgement() -> None:
    (one,) = read("QUESTION: The embargo may hurt Peru more than Chile.")
    assert one.text == "The embargo may hurt Peru more than Chile"


@pytest.mark.parametrize(
    "text",
    [
        "The last hope that patient ministers might save the accord is gone.",
        "That may be the one point that I would agree on with Peru.",
        "The ministry may have more to share on that later.",
        "Long queues may not sound like a reason to visit Oman.",
        "Nobody thought that it could last.",
        "I don't expect you to answer that.",
        "We believe it is critical to refrain from steps against Peru.",
        "The call is closed until noon, when we expect the minister will open the meeting.",
        "Should they think that they might have been harmed, they can write to us.",
        "Readers will likely remember the flood in Peru.",
        "She expected to return to work in May.",
    ],
)
def test_wishes_concessions_and_what_is_asked_for_are_no_assessments(text: str) -> None:
    assert not read(text)


def test_an_expectation_told_to_hearers_is_of_whoever_tells_it() -> None:
    text = '"Residents can expect to see more patrols along the border with Peru," Mr Oduya said.'
    document = Document("test", text, (Span(0, len(text)),))
    (one,) = Coder(Settings(encoder=False)).code(document).assessments
    assert one.by is not None and "Oduya" in one.by.text


def test_a_judgement_in_exact_words_is_of_the_speaker() -> None:
    text = "“The embargo may hurt Chile more than Peru,” Dana Okoro wrote."
    document = Document("test", text, (Span(0, len(text)),))
    (one,) = Coder(Settings(encoder=False)).code(document).assessments
    assert one.by is not None and one.by.text == "Dana Okoro"


def test_the_words_that_bring_exact_words_in_are_no_part_of_the_judgement() -> None:
    text = "The move was criticised by ministers and Dan Okoro, who wrote: ‘Chile seems to want a quarrel.’"
    (one,) = [each for each in read(text) if "seems" in each.hedges]
    assert one.text.startswith("Chile")
