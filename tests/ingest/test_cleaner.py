"""The rules of the cleaner, one by one, where a wrong label would lose news or invent it."""

from __future__ import annotations

import time

import pytest

from communique.errors import KnowledgeError
from communique.ingest import from_text
from communique.ingest.cleaner import patterns, units
from communique.ingest.cleaner.head import _row_of_names
from communique.ingest.cleaner.names import author, is_person

from .conftest import labelled

BODY = [
    "Norland and Estmark signed a treaty on fishing in Varda on Tuesday, after two years of quarrels over the strait.",
    "The treaty lets the boats of either country land their catch in the ports of the other. It runs for ten years.",
    "Norland's opposition criticised the treaty because it names no court. Its leader asked for a vote.",
]


def reasons(*lines: str) -> dict[str, str]:
    return {line: reason for reason, line in labelled(from_text("\n\n".join(lines)))}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("21 °C", "weather widget"),
        ("72.4 F", "weather widget"),
        ("Partly cloudy", "weather widget"),
        ("Home > World > Europe", "breadcrumb"),
        ("Skip to main content", "navigation"),
        ("Share on Facebook", "share bar"),
        ("Click to share on Twitter (Opens in new window)", "share bar"),
        ("Sign up for our daily newsletter", "sign-up"),
        ("Get the latest news delivered to your inbox", "sign-up"),
        ("Already a subscriber? Log in", "login or paywall"),
        ("Advertisement", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Read more: Who owns the strait?", "related link"),
        ("RELATED Who owns the strait, and since when", "related link"),
        ("Tags: fishing, treaties", "tags"),
        ("(Reporting by Ada Stone; Editing by Ben Reed)", "agency credit"),
        ("With inputs from Reuters", "agency credit"),
        ("Photo: Ada Stone/AFP", "photo caption"),
        ("Getty Images", "photo caption"),
        ("Image source, Reuters", "photo caption"),
        ("4 min read", "page statistic"),
        ("1,204 views", "page statistic"),
        ("© 2023 Harbour Post. All rights reserved.", "copyright notice"),
        ("We use cookies to give you the best experience on our site.", "cookie notice"),
        (
            "The views expressed in this article are the author's own and do not reflect those of the paper.",
            "disclaimer",
        ),
        ("This article was originally published by the Harbour Post.", "republication note"),
        ("Correction: An earlier version of this article misstated the minister's name.", "correction note"),
        ("For press inquiries, please contact press@post.example.", "contact note"),
        ("Download our app from Google Play", "promotion"),
        ("Please enable JavaScript to view this page", "technical note"),
        ("Was this article helpful?", "rating"),
        ("A post shared by Ada Stone (@ada)", "embedded post"),
        ("Brent Crude 84.20 +1.31 (1.58%)", "market ticker"),
        ("Watch: The moment the ship was hit", "player"),
    ],
)
def test_known_furniture_is_known_in_the_midst_of_an_article(line: str, reason: str) -> None:
    assert reasons(BODY[0], BODY[1], line, BODY[2])[line] == reason


@pytest.mark.parametrize(
    "line",
    [
        "Share prices in Norland fell by four percent.",
        "Home Secretary Ada Stone will visit Estmark.",
        "Advertisement revenue of the state channel fell, its director told parliament.",
        "Cookies and other sweets are among the goods on which Estmark raised its duty.",
        "By Tuesday both sides had withdrawn their boats.",
        "Related talks on grain continue in Klow.",
        "Read more than once, the treaty seems less clear.",
        "Subscribe or perish, the opposition leader told his party.",
        "Copyright was the hardest chapter of the talks.",
        "Photo shops on the border closed in protest.",
        "Yes.",
        "What was agreed",
        "Support",
        "- to hold joint patrols",
        "Minister of State Ada Stone: Thank you all.",
        "“We will sign,” he said.",
        "The report was published on Monday and angered both capitals.",
        "Ada Stone is the new ambassador of Norland to Estmark.",
        "Ada Stone, Minister of Foreign Affairs of Norland, arrived in Varda on Monday.",
        "Ada Stone, Editor of the Harbour Post, was arrested on Monday.",
        "By Ada Stone in Varda the treaty was called a farce.",
        "Released on June 5, the hostages flew home.",
        "Video from the scene showed soldiers firing into the crowd.",
        "Images from a satellite show the new base.",
        "With assistance from Arcadia, Estmark built a second bridge.",
        "The two presidents met again on Monday. (Reuters)",
        "(c) to establish a joint commission on the river;",
        "- by 2024 to abolish the duties on grain",
        "By using force against Estmark, Norland broke the terms of the treaty.",
        "All contacts between the two armies were suspended.",
        "The company is not responsible for the spill, its chief told parliament.",
        "Full access to the strait was granted to both navies.",
        "Start of the trial against the minister delayed",
        "The civil society forum opened with a discussion on Monday.",
        "Support the United Nations mission, the minister urged his allies.",
        "“We need all members of the alliance to pay,” the president said.",
        "“Please support us,” the minister told his allies in Varda on Tuesday.",
        "Background: the two countries broke off relations in 1990.",
        "The views of the author of the treaty were not asked.",
        "Built by a company from Arcadia, the port opened in May.",
        "What's next",
        "Highlights",
    ],
)
def test_sentences_and_headings_that_begin_like_furniture_stay_article(line: str) -> None:
    assert reasons(BODY[0], BODY[1], line, BODY[2])[line] == "article"


def test_stories_under_a_heading_are_teasers_until_the_article_goes_on() -> None:
    found = reasons(BODY[0], "Related Stories", "Storm closes port of Klow", "Bear seen in Varda", BODY[1], BODY[2])
    assert found["Storm closes port of Klow"] == found["Bear seen in Varda"] == "teaser of another article"
    assert all(found[paragraph] == "article" for paragraph in BODY)


def test_a_teaser_that_is_a_whole_sentence_is_told_by_its_headline() -> None:
    teaser = "Museum director Piet Holm returned the bronze head to Benin on Monday."
    found = reasons(
        *BODY, "Most Popular", "Museum Returns Bronze Head", teaser, "Rail Strike Ends", "Trains run again..."
    )
    assert found[teaser] == "teaser of another article"
    assert all(found[paragraph] == "article" for paragraph in BODY)


def test_comments_are_no_article_though_they_speak_of_the_same_things() -> None:
    comment = "This treaty is a disgrace. Norland attacked our boats and now Estmark signs a treaty on fishing."
    found = reasons(*BODY, "2 comments", "Piet says:", "May 5, 2022 at 8:12 am", comment, "Reply", "Leave a Reply")
    assert found[comment] == "comments"


def test_a_comment_button_above_the_article_closes_nothing() -> None:
    found = reasons("Norland Signs Treaty On Fishing", "12 Comments", *BODY)
    assert all(found[paragraph] == "article" for paragraph in BODY)


def test_a_list_that_ends_an_article_is_no_menu() -> None:
    found = reasons(*BODY, "The statement was joined by:", "Arcadia", "Borduria", "Syldavia")
    assert found["Borduria"] == "article"


def test_a_short_last_paragraph_after_a_caption_is_not_lost() -> None:
    last = '"We will keep it," the minister said.'
    around = ["Home", "Menu", "Share", "Tweet", "Subscribe"]
    assert reasons(*around, *BODY, "Image caption, The strait", last, "Most Read", "X Y")[last] == "article"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Stone", "Ada Stone"),
        ("by Ada Stone and Ben Reed", "Ada Stone and Ben Reed"),
        ("BY ADA STONE", "ADA STONE"),
        ("Written by: Ada Stone | May 4, 2022", "Ada Stone"),
        ("By Ada Stone in Varda", "Ada Stone"),
        ("By Ada Stone, Staff Writer", "Ada Stone"),
        ("Ada Stonehttp://harbourpost.com", "Ada Stone"),
        ("Ada Stone - May 4, 2022", "Ada Stone"),
        ("By Ada Stone (Reuters)", "Ada Stone"),
        ("By Jean-Luc de la Tour", "Jean-Luc de la Tour"),
        ("Staff Writer", None),
        ("By", None),
    ],
)
def test_the_name_in_a_byline_stands_alone(line: str, name: str | None) -> None:
    assert author(line) == name


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Ada Stone", True),
        ("Jean de la Tour", True),
        ("Ada Stone in Varda", True),
        ("World News", False),
        ("Ada", False),
    ],
)
def test_a_name_is_told_from_a_menu(line: str, person: bool) -> None:
    assert is_person(line) is person


def test_a_text_wrapped_by_hand_has_one_unit_a_paragraph() -> None:
    text = (
        "The governments of the two countries agreed on Thursday to halve\nthe catch of trout for two years. The treaty"
        " follows a report that\nthe stock had fallen to a tenth.\n\nFishermen on both shores will be paid for the"
        " days\non which they do not sail, from a fund that they set up before."
    )
    assert len(units(text)) == 2


def test_headlines_on_lines_of_one_length_are_not_joined() -> None:
    text = "\n".join(f"Norland opens consulate number {number} in the north of Estmark" for number in range(10, 22))
    assert len(units(text)) == 12


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "I ",
        "> ",
        "AP > ",
        "Ada Stone ",
        "Ada Stone, ",
        "Minister State ",
        "Posted 1 June ",
        "© ",
        "http://a.b ",
        "12 ",
    ],
)
def test_no_line_takes_long_however_hostile(piece: str) -> None:
    begin = time.perf_counter()
    for size in (100, 200, 400, 590):
        line = (piece * 600)[:size] + "!"
        patterns.find(line, line.lower(), len(line))
        author(line)
    assert time.perf_counter() - begin < 1.0


def test_every_pattern_is_a_regular_expression_and_there_are_many() -> None:
    kinds = patterns.kinds()
    listed = patterns.load.data(patterns.FILE)["kinds"]
    assert len(kinds) == len(listed)
    assert sum(len(kind.get(part, [])) for kind in listed for part in ("whole", "starts", "contains")) >= 300


def test_a_pattern_that_names_an_unknown_macro_is_an_error_that_says_so() -> None:
    with pytest.raises(KnowledgeError, match="nowhere"):
        patterns.expand("<nowhere>")


def test_a_menu_and_a_masthead_are_no_title() -> None:
    page = """The Delta Record
News from both banks
Menu | Politics | Economy | Border | Letters

Ministry doubts the size of the harbour accord

Posted on 18 September 2024 by Ann Reed

The ministry of agriculture in Lima said on Wednesday that the harbour accord with Chile is smaller than was told.
Its volume is counted in two ways, the ministry said, and the smaller one is right.
The politics of the border play no part in the economy of the accord, it said.
"""
    assert from_text(page, id="delta").title == "Ministry doubts the size of the harbour accord"
    head = """Delta Mail | Lima

Border guards return a boat to Chile

LIMA, 18 September 2024 - Border guards of Peru returned a boat to Chile on Wednesday.
The boat had been held in Lima since March.
"""
    assert from_text(head, id="mail").title == "Border guards return a boat to Chile"
    named = "China | Russia: what the ten-year grain accord says"
    assert not _row_of_names(named)
