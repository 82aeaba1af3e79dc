"""The main text found again in the lines of the page."""

from __future__ import annotations

from communique.ingest.align import kept

LONG = "The treaty lets the boats of either country land their catch in the ports of the other."


def test_a_line_is_found_though_it_was_normalised_or_split() -> None:
    main = "The treaty lets the boats of either country land\ntheir catch in the ports of the other"
    assert kept([LONG, "Something else altogether that nobody wrote in the treaty"], main) == [True, False]


def test_a_line_that_holds_more_than_the_main_text_is_kept_if_most_of_it_is_main_text() -> None:
    assert kept([f"VARDA: {LONG}"], LONG) == [True]
    assert kept(
        [LONG + " And a long tail of other words that the extractor did not keep at all, line after line."], LONG
    ) == [False]


def test_a_short_line_must_be_a_paragraph_of_its_own() -> None:
    assert kept(["Home", "The treaty"], f"The treaty\n{LONG}") == [False, True]


def test_nothing_is_kept_of_nothing() -> None:
    assert kept(["", LONG], "") == [False, False]
