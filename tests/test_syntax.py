"""What is asked of words is worked out once, and every word keeps its own answer."""

from __future__ import annotations

import spacy

from communique.syntax import remembered
from communique.tree import Token, read


def test_a_question_about_a_word_is_worked_out_once_for_each_paragraph() -> None:
    asked: list[str] = []

    @remembered
    def letters(token: Token) -> int:
        asked.append(token.text)
        return len(token.text)

    nlp = spacy.blank("en")
    first, second = read(nlp("China met Russia")), read(nlp("Kenya met Peru"))
    assert [letters(token) for token in (*first, *first, *second)] == [5, 3, 6, 5, 3, 6, 5, 3, 4]
    assert asked == ["China", "met", "Russia", "Kenya", "met", "Peru"]


def test_what_is_remembered_of_many_paragraphs_is_still_their_own() -> None:
    shout = remembered(lambda token: token.text.upper())
    nlp = spacy.blank("en")
    for number in range(300):  # places in memory are used again
        assert shout(read(nlp(f"word{number} stands"))[0]) == f"WORD{number}"
