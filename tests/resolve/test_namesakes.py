"""Names with several bearers, each decided by the words around it or by the date."""

from __future__ import annotations

import pytest

from communique import ingest, pipeline
from communique.settings import Settings


@pytest.fixture(scope="module")
def coder() -> pipeline.Coder:
    return pipeline.Coder(Settings(kinds=(), encoder=False))


def _codes(coder: pipeline.Coder, text: str, words: str, date: str | None) -> list[str]:
    document = ingest.from_text(text, id="x", date=date)
    start = text.index(words)
    end = start + len(words)
    found = [m for _, m in coder.code(document).mentions if m.span.start < end and start < m.span.end]
    return sorted({code for mention in found for code in mention.codes})


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Georgia accused Russia of moving the border posts near Gori.", "Georgia", "GEO"),
        ("Voters in Georgia and Alabama elect two senators; Atlanta counts last.", "Georgia", "USA"),
        ("Jordan asked Israel to reopen the bridge.", "Jordan", "JOR"),
        ("Michael Jordan opened a sports hall.", "Jordan", ""),
        ("Turkey and Greece resumed talks on the islands.", "Turkey", "TUR"),
        ("Families roast a turkey in November.", "turkey", ""),
        ("Chad sent troops to the border with Sudan.", "Chad", "TCD"),
        ("Chad Millerson opened a bakery in Leeds.", "Chad", ""),
        ("Niger expelled the French ambassador.", "Niger", "NER"),
        ("Nigeria closed its border with Benin.", "Nigeria", "NGA"),
        ("Gunmen blew up a pipeline in the Niger Delta.", "Niger Delta", "NGA"),
        ("Guinea's junta met envoys in Conakry.", "Guinea", "GIN"),
        ("Equatorial Guinea signed a gas deal.", "Equatorial Guinea", "GNQ"),
        ("Guinea-Bissau postponed its elections.", "Guinea-Bissau", "GNB"),
        ("Papua New Guinea asked Australia for aid.", "Papua New Guinea", "PNG"),
        ("Fighting in Congo drove thousands from Goma, Kinshasa said.", "Congo", "COD"),
        ("The Republic of Congo, led from Brazzaville by Sassou Nguesso, sold oil.", "Republic of Congo", "COG"),
        ("The Democratic Republic of Congo recalled its envoy.", "Democratic Republic of Congo", "COD"),
        ("North Korea fired two missiles.", "North Korea", "PRK"),
        ("South Korea condemned the launch.", "South Korea", "KOR"),
        ("The two Koreas restored their hotline.", "two Koreas", "KOR PRK"),
        ("Both Koreas sent athletes.", "Both Koreas", "KOR PRK"),
        ("The Federated States of Micronesia signed the compact.", "Federated States of Micronesia", "FSM"),
        ("Micronesia signed the compact with the United States.", "Micronesia", "FSM"),
        ("Washington imposed sanctions on Iran.", "Washington", "USA"),
        ("George Washington was born in Virginia.", "Washington", ""),
        ("Dominica asked its neighbours for help after the storm.", "Dominica", "DMA"),
        ("The Dominican Republic closed its border with Haiti.", "Dominican Republic", "DOM"),
        ("South Sudan reopened the oil fields with Sudan.", "South Sudan", "SSD"),
    ],
)
def test_a_name_with_several_bearers_means_the_one_that_its_sentence_says(
    coder: pipeline.Coder, text: str, words: str, codes: str
) -> None:
    assert _codes(coder, text, words, "2015-06-01") == codes.split()


@pytest.mark.parametrize(
    ("text", "words", "date", "code"),
    [
        ("Moscow protested against the flights.", "Moscow", "1985-05-05", "SUN"),
        ("Moscow protested against the flights.", "Moscow", "2005-05-05", "RUS"),
        ("Prague expelled two diplomats.", "Prague", "1985-05-05", "CSK"),
        ("Prague expelled two diplomats.", "Prague", "2005-05-05", "CZE"),
        ("Belgrade rejected the plan.", "Belgrade", "1991-08-05", "YUG"),
        ("Belgrade rejected the plan.", "Belgrade", "2012-08-05", "SRB"),
        ("Kazakhstan closed the range.", "Kazakhstan", "1985-05-05", "KAZ"),
    ],
)
def test_a_capital_is_of_the_state_that_stood_on_the_date(
    coder: pipeline.Coder, text: str, words: str, date: str, code: str
) -> None:
    assert _codes(coder, text, words, date) == [code]
