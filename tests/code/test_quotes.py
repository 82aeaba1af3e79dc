"""Quotes written for these tests, each beside its speaker, mode, and through whom it came."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import annotate, resolve
from communique.code.quotes import quotes
from communique.code.quotes.marks import marked
from communique.model import Document, Quote, Span
from communique.settings import Settings


def read(text: str) -> tuple[Quote, ...]:
    document = Document("test", text, (Span(0, len(text)),) if text else ())
    sentences = annotate.sentences(document, Settings().model)
    context = resolve.Context.of(document)
    return quotes(document, sentences, [resolve.mentions(sentence, context) for sentence in sentences])


def one(text: str, words: str) -> Quote:
    found = [quote for quote in read(text) if words in quote.quote]
    assert found, f"nobody is quoted with {words!r}"
    return min(found, key=lambda quote: len(quote.quote))


def name(quote: Quote) -> str | None:
    return quote.speaker.actor.name if quote.speaker else None


@pytest.mark.parametrize(
    ("text", "words", "speaker", "mode"),
    [
        (
            "“We will rebuild the bridge together,” Emmanuel Macron said on Friday.",
            "rebuild",
            "Emmanuel Macron",
            "direct",
        ),
        ("Emmanuel Macron said: “We will rebuild the bridge together.”", "rebuild", "Emmanuel Macron", "direct"),
        ("Emmanuel Macron said that France would rebuild the bridge.", "rebuild", "Emmanuel Macron", "indirect"),
        ("Emmanuel Macron called the blockade “a shameful act”.", "shameful", "Emmanuel Macron", "partial"),
        ("The harvest, Emmanuel Macron said, will be poor this year.", "poor", "Emmanuel Macron", "indirect"),
        ("''We will rebuild the bridge together,'' said Emmanuel Macron.", "rebuild", "Emmanuel Macron", "direct"),
    ],
)
def test_whose_words_they_are_is_told_before_behind_and_between_them(
    text: str, words: str, speaker: str, mode: str
) -> None:
    quote = one(text, words)
    assert (name(quote), quote.mode) == (speaker, mode)


def test_exact_words_stand_without_their_marks() -> None:
    assert one("“The river is ours,” Abiy Ahmed said.", "river").quote == "The river is ours,"


def test_one_quote_runs_over_several_sentences_and_its_cue_between_them() -> None:
    quote = one("“The road is open,” Abiy Ahmed said. “Lorries may pass. Nobody is stopped.”", "road")
    assert quote.quote == "The road is open, Lorries may pass. Nobody is stopped."


def test_a_paragraph_of_exact_words_goes_on_with_the_last_speaker() -> None:
    text = "“The road is open,” Abiy Ahmed said.\n\n“It will stay open for as long as we live.”"
    quote = one(text, "as long as we live")
    assert name(quote) == "Abiy Ahmed"


def test_a_line_that_ends_in_a_colon_gives_the_speaker_of_the_next() -> None:
    quote = one("Abiy Ahmed wrote:\n\n“The road will stay open for as long as we live.”", "stay open")
    assert name(quote) == "Abiy Ahmed"


def test_a_voice_is_signed_behind_a_dash() -> None:
    quote = one("“Nobody asked the fishermen about the new harbour.” — Marisol Quispe", "fishermen")
    assert quote.speaker is not None and "Quispe" in quote.speaker.text


def test_words_that_a_ministry_passes_on_came_through_the_ministry() -> None:
    quote = one(
        "Turkey's Ministry of Trade said that Recep Tayyip Erdogan told Giorgia Meloni that tolls would fall.", "tolls"
    )
    assert name(quote) == "Recep Tayyip Erdoğan"
    assert quote.through is not None and quote.through.text == "Turkey's Ministry of Trade"
    assert quote.addressee is not None and quote.addressee.actor.name == "Giorgia Meloni"


def test_according_to_somebody_is_reported_speech() -> None:
    quote = one("According to the Kremlin, the talks lasted three hours.", "three hours")
    assert quote.speaker is not None and quote.speaker.actor.code == "RUS"


def test_quoted_as_saying_names_the_speaker_and_the_agency() -> None:
    quote = one("Reuters quoted Abiy Ahmed as saying that the dam was full.", "dam")
    assert name(quote) == "Abiy Ahmed"
    assert quote.through is not None and quote.through.text == "Reuters"


def test_speakers_without_a_name_keep_their_words_and_sector() -> None:
    quote = one("Two economists warned that prices would rise.", "prices")
    assert quote.speaker is not None
    assert quote.speaker.actor.code is None and quote.speaker.actor.sector == ("EDU",)


def test_terms_in_quotation_marks_are_nobodys_words() -> None:
    assert not read("The “golden visa” office in Lisbon was closed.")


def test_we_in_exact_words_is_the_speaker() -> None:
    quote = one("“We will not sell our grain to Egypt,” Vladimir Putin said.", "grain")
    assert {who.actor.name for who in quote.about} == {"Vladimir Putin", "Egypt"}


@given(st.text(alphabet="ab “”\"'‘’.,\n", max_size=60))
def test_quoted_stretches_lie_in_order_inside_their_text(text: str) -> None:
    outer = [region for region in marked(text) if region.depth == 0]
    assert all(0 <= region.start < region.end <= len(text) for region in outer)
    assert all(left.end <= right.start for left, right in itertools.pairwise(outer))


@settings(deadline=None)  # a parse under load takes as long as it takes
@given(
    st.lists(
        st.sampled_from(
            [
                "“We go,” Abiy Ahmed said.",
                "He added that rain fell.",
                "\n",
                "“No",
                "said”",
                "According to Kenya, it rained.",
            ]
        ),
        max_size=6,
    )
)
def test_every_quote_can_be_cut_again_from_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    if not text.strip():
        return
    for quote in read(text):
        cut = quote.span.cut(text)
        assert quote.quote and all(word in cut for word in quote.quote.split())
        for who in (quote.speaker, quote.through, quote.addressee):
            assert who is None or who.span is None or who.span.cut(text) == who.text


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('“The canal is dry," she said. "It rained in May."', ["The canal is dry,", "It rained in May."]),
        ("“It is odd,“ said the mayor. “Very odd.”", ["It is odd,", "Very odd."]),
        ('"The lock is shut,” he said.', ["The lock is shut,"]),
        ('“They call it "the ditch" in town,” she said.', ['They call it "the ditch" in town,']),
        ('"They call it “the ditch” in town," she said.', ["They call it “the ditch” in town,"]),
    ],
)
def test_marks_of_two_fonts_that_one_hand_mixes_are_pairs(text: str, quotes: list[str]) -> None:
    found = [mark for mark in marked(text) if mark.depth == 0]
    assert [text[slice(*mark.inner(text))] for mark in found] == quotes


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("China and Russia said on Tuesday that the rail link would open.", "rail link", ["CHN", "RUS"]),
        ("“The ferry will sail again,” Presidents Xi Jinping and Vladimir Putin said.", "ferry", ["CHN", "RUS"]),
        ("Emmanuel Macron met Olaf Scholz. The two leaders said that the ferry would sail.", "ferry", ["FRA", "DEU"]),
        ("The Kenyan, Ugandan and Tanzanian governments said the port would open.", "port", ["KEN", "UGA", "TZA"]),
        ("According to Brazil and Argentina, the ferry will sail.", "ferry", ["BRA", "ARG"]),
    ],
)
def test_of_several_who_speak_together_each_is_a_speaker(text: str, words: str, codes: list[str]) -> None:
    quote = one(text, words)
    assert [who.actor.code for who in quote.speakers] == codes
    assert quote.speaker is not None and quote.speaker.actor.kind == "group"
    assert quote.speaker.actor.code is None


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Norway, along with Sweden, said that the ferry would sail.", "ferry", "NOR"),
        ("Japan's president and founder Sato said that the ferry would sail.", "ferry", "JPN"),
    ],
)
def test_a_second_title_or_somebody_in_passing_is_no_second_speaker(text: str, words: str, code: str) -> None:
    quote = one(text, words)
    assert quote.speakers == ()
    assert quote.speaker is not None and quote.speaker.actor.code == code


def test_they_are_those_who_spoke_together_before() -> None:
    text = "Wang Yi and Sergey Lavrov met in Moscow. The ministers said that the ferry would sail, they said on Monday."
    quote = one(text, "ferry")
    assert [who.actor.name for who in quote.speakers] == ["Wang Yi", "Sergey Lavrov"]


def test_we_of_a_joint_quote_is_about_each_of_them() -> None:
    quote = one("“We stand together,” Emmanuel Macron and Olaf Scholz said.", "stand")
    assert {who.actor.code for who in quote.about} == {"FRA", "DEU"}


@pytest.mark.parametrize(
    "text",
    [
        "The ministers of Peru met as often as they say they do.",
        "That is something the president of Peru talked about today.",
        "We know it was, the envoy of Peru thought it was.",
    ],
)
def test_words_that_only_point_are_no_quotes(text: str) -> None:
    assert not [quote for quote in read(text) if len(quote.quote.split()) <= 3]


def test_a_date_before_a_colon_is_no_speaker() -> None:
    text = "Sept. 8: “In honour of those who built the stadium of Lima and of all who paid for it.”"
    assert not [quote for quote in read(text) if quote.speaker is not None]
