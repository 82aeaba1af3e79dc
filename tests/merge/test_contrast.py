"""What two pages tell differently around one event, and what they do not: each pair of texts beside what is found."""

from __future__ import annotations

import pytest
from tests.pages import page, told_differently

GONE = [
    "The Ghanaian trade minister stayed away from the meeting.",
    "Ghana's trade minister was absent from the talks.",
    "The Ghanaian trade minister did not attend the talks.",
    "No member of Ghana's government was in the room, a diplomat said.",
]
CAME = [
    "Ghanaian Trade Minister Kwabena Ansah-Boadu also took part in the talks.",
    "Ghanaian Trade Minister Kwabena Ansah-Boadu sat in on the meeting.",
    "They were joined by Ghanaian Trade Minister Kwabena Ansah-Boadu at the talks.",
]
MET = "Foreign ministers of Ghana and Togo held talks in Lome on Tuesday about the fishing dispute."


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("came", CAME)
def test_who_was_there_by_one_page_and_not_by_the_other_is_disputed(came: str, gone: str) -> None:
    one = page("Volta Post", "2019-03-06", f"{MET} {came}")
    two = page("Lagoon Times", "2019-03-07", f"{MET.replace('held talks', 'met')} {gone}")
    assert ("participants", "contradiction") in told_differently(one, two)


@pytest.mark.parametrize(
    "other",
    [
        "The Togolese trade minister stayed away from the meeting.",  # another state's
        "Ghana's defence minister was absent from the talks.",  # another office
        "No general was in the room, a diplomat said.",
        "Ghanaian Trade Minister Kwabena Ansah-Boadu attended the talks.",
    ],
)
def test_of_somebody_else_or_of_the_same_nothing_is_disputed(other: str) -> None:
    one = page("Volta Post", "2019-03-06", f"{MET} {CAME[0]}")
    two = page("Lagoon Times", "2019-03-07", f"{MET.replace('held talks', 'met')} {other}")
    assert ("participants", "contradiction") not in told_differently(one, two)


SEIZED = "Angola seized two Namibian trawlers on Monday."


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ("They were well inside Angolan waters.", "They were fishing outside Angolan waters, the owners said.", True),
        ("Angola acted within its own waters.", "The trawlers were in international waters, the owners said.", True),
        ("The boats had entered Angola's territorial waters.", "They were four miles beyond Angolan waters.", True),
        ("They were well inside Angolan waters.", "They were in Angolan waters, officials said.", False),
        ("They were outside Angolan waters.", "They were in international waters.", False),
    ],
)
def test_inside_or_outside_whose_waters_is_a_place(one: str, other: str, disputed: bool) -> None:
    first = page("Benguela Mail", "2020-06-09", f"{SEIZED} {one}")
    second = page("Walvis News", "2020-06-10", f"Angola detained two Namibian trawlers on Monday. {other}")
    assert (("place", "contradiction") in told_differently(first, second)) is disputed


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ("The lorries crossed the border at Kasumbalesa.", "They entered through the crossing at Sakania.", True),
        ("The trucks went by way of Kasumbalesa.", "They came through the Mokambo border post.", True),
        ("They passed through the Kasumbalesa checkpoint.", "The lorries crossed into Zambia at Kasumbalesa.", False),
    ],
)
def test_one_convoy_goes_by_one_crossing(one: str, other: str, disputed: bool) -> None:
    first = page("Copper Post", "2021-02-03", f"Congo sent 12 trucks of maize to Zambia on Tuesday. {one}")
    second = page("Kafue Times", "2021-02-04", f"Congo delivered 12 trucks of maize to Zambia on Tuesday. {other}")
    assert (("place", "contradiction") in told_differently(first, second)) is disputed


def test_where_it_expressly_was_not_another_page_may_have_it() -> None:
    one = page("Harbour Wire", "2017-05-16", "Algerian jets violated Tunisian airspace near Bordj on Monday.")
    two = page(
        "Medina News",
        "2017-05-17",
        "Algerian jets entered Tunisian airspace on Monday south of Remada, not near Bordj.",
    )
    assert ("place", "contradiction") in told_differently(one, two)


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ("who fired a flare at them", "No flare was fired, a colonel said.", True),
        ("and locked their radar on them", "No radar was ever locked, an official said.", True),
        ("and rammed one of them", "No flare was fired, a colonel said.", False),
    ],
)
def test_what_nobody_did_by_one_page_another_page_tells(one: str, other: str, disputed: bool) -> None:
    first = page("Gulf Post", "2018-04-11", f"Omani jets intercepted two Yemeni aircraft on Tuesday {one}.")
    second = page("Red Sea News", "2018-04-12", f"Omani jets intercepted two Yemeni aircraft on Tuesday. {other}")
    assert (("stance", "contradiction") in told_differently(first, second)) is disputed


SIGNED = "Benin and Niger signed a contract for the oil pipeline to Seme on Wednesday."


@pytest.mark.parametrize(
    ("planned", "later", "moved"),
    [
        ("The pipeline is to be opened in June 2021.", "The pipeline is now expected to open in March 2023.", True),
        ("It should be completed by the end of 2021.", "Completion has slipped to the middle of 2023.", True),
        ("The line will be ready in 2021.", "The line will be ready in 2024 instead of 2021.", True),
        ("The pipeline is to be opened in June 2021.", "The pipeline will be opened in June 2021.", False),
        ("Work will begin in June 2021.", "The pipeline is now expected to open in March 2023.", False),
    ],
)
def test_an_opening_that_a_later_page_moves_supersedes(planned: str, later: str, moved: bool) -> None:
    first = page("Oueme Post", "2019-09-19", f"{SIGNED} {planned}")
    second = page(
        "Zinder Times", "2021-02-09", f"Niger has paid Benin 40 million dollars for the oil pipeline. {later}"
    )
    assert (("date", "superseded") in told_differently(first, second)) is moved


@pytest.mark.parametrize(
    "moved",
    [
        "The visit of Zambian President Hakainde Hichilema to Malawi has been pushed back to 19 November.",
        "The visit of Zambian President Hakainde Hichilema to Malawi was postponed until 19 November.",
        "Zambian President Hakainde Hichilema's visit to Malawi has been put off to 19 November.",
    ],
)
def test_a_visit_put_off_in_any_words_supersedes_its_day(moved: str) -> None:
    one = page("Kariba Post", "2021-10-29", "Zambian President Hakainde Hichilema will visit Malawi on November 12.")
    two = page("Shire News", "2021-11-09", moved)
    assert ("date", "superseded") in told_differently(one, two)
