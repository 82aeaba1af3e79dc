"""Passages that stand twice."""

from __future__ import annotations

import time

from communique.ingest import from_text
from communique.ingest.repeats import find_repeats
from communique.model import Span

FIRST = "The ministers met in Varda on Tuesday. They signed a treaty on fishing. It runs for ten years."
SECOND = "The opposition criticised the treaty. It names no court. The government answered nothing."


def spans(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def test_a_paragraph_is_article_once_and_a_repeat_the_second_time() -> None:
    text = f"{FIRST}\n{SECOND}\n{FIRST}"
    once, repeats = find_repeats(text, spans(text))
    assert [span.cut(text) for span in once] == [FIRST, SECOND]
    assert [(repeat.span.cut(text), repeat.of.start) for repeat in repeats] == [(FIRST, 0)]


def test_other_quotes_and_spaces_do_not_hide_a_repeat() -> None:
    text = f'He said "never" and left the room in Varda.\n{SECOND}\nHe said  “never” and left the room in Varda.'
    _, repeats = find_repeats(text, spans(text))
    assert len(repeats) == 1


def test_a_short_paragraph_may_be_said_twice() -> None:
    text = f"Thank you.\n{FIRST}\nThank you."
    _, repeats = find_repeats(text, spans(text))
    assert not repeats


def test_a_short_paragraph_inside_a_repeated_body_is_repeated_too() -> None:
    body = f"{FIRST}\nThe Treaty\n{SECOND}"
    text = f"{body}\n{body}"
    once, repeats = find_repeats(text, spans(text))
    assert [repeat.span.cut(text) for repeat in repeats] == [FIRST, "The Treaty", SECOND]
    assert len(once) == 3


def test_three_sentences_again_inside_another_paragraph_are_a_repeat_and_the_rest_is_article() -> None:
    text = f"{FIRST}\n{SECOND} {FIRST} The fishermen agreed."
    once, repeats = find_repeats(text, spans(text))
    assert [span.cut(text) for span in once] == [FIRST, SECOND, "The fishermen agreed."]
    assert [(repeat.span.cut(text), repeat.of.cut(text)) for repeat in repeats] == [(FIRST, FIRST)]


def test_two_sentences_again_inside_another_paragraph_are_no_repeat() -> None:
    text = f"{FIRST}\nThey signed a treaty on fishing. It runs for ten years. Nobody objected."
    _, repeats = find_repeats(text, spans(text))
    assert not repeats


def test_a_short_sentence_said_before_does_not_hide_the_beginning_of_a_run() -> None:
    run = f"Yes. {FIRST}"
    text = f"Yes. No doubt about that.\n{run}\n{SECOND}\n{run}"
    _, repeats = find_repeats(text, spans(text))
    assert [repeat.span.cut(text) for repeat in repeats] == [run]


def test_a_body_that_stands_three_times_points_to_the_first() -> None:
    text = "\n".join([FIRST] * 3)
    _, repeats = find_repeats(text, spans(text))
    assert [repeat.of.start for repeat in repeats] == [0, 0]


def test_a_long_text_of_one_sentence_said_over_and_over_takes_linear_time() -> None:
    times = []
    for count in (5_000, 20_000):
        text = "China and Norland signed a treaty on fishing.\n" * count
        begin = time.perf_counter()
        from_text(text)
        times.append(time.perf_counter() - begin)
    assert times[1] < 12 * times[0]
