"""What holds for every document whatever comes in."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.ingest import from_html, from_text
from communique.ingest.encoding import decode
from communique.model import Document

LINES = st.sampled_from(
    [
        "",
        "Home",
        "Share this",
        "Most Popular",
        "Related:",
        "Leave a Reply",
        "By Ada Stone",
        "Tuesday, July 7, 2020",
        "72.4 F",
        "© Harbour Post",
        "Ministers Sign Treaty",
        "The ministers met in Varda on Tuesday and signed a treaty on fishing.",
        "The treaty runs for ten years. It names no court. Nobody objected to it.",
        "Parliament voted on the summer time, which the government had promised to...",
        "\t indented line of a few words",
        "Read more: what the treaty says",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=40).map("\n".join),
    st.lists(LINES, max_size=40).map("\r\n".join),
)
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "nav",
        "footer",
        "h1",
        "li",
        "ul",
        "table",
        "tr",
        "td",
        "a",
        "script",
        "form",
        "b",
        "br",
        "aside",
    ]
)


def check(document: Document) -> None:
    """Spans cut equal text, never overlap, and cover every character that is not blank."""
    text = document.text
    spans = [*document.article, *(f.span for f in document.furniture), *(r.span for r in document.repeats)]
    spans.sort()
    covered = 0
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert not text[covered : span.start].strip()
        assert span.start >= covered
        covered = span.end
    assert not text[covered:].strip()
    for repeat in document.repeats:
        assert repeat.of.end <= repeat.span.start
    assert all(evidence.span is None or evidence.span.end <= len(text) for evidence in document.date_evidence)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_spans_of_any_text_cover_it_without_overlap(text: str) -> None:
    try:
        document = from_text(text)
    except InputError:
        assert not text.strip()
        return
    assert document.text == text
    assert document.article
    check(document)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TAGS, LINES), max_size=20))
def test_the_spans_of_any_page_cover_its_text_without_overlap(pieces: list[tuple[str, str]]) -> None:
    page = "<html><body>" + "".join(f"<{tag}>{line}</{tag}>" for tag, line in pieces)
    try:
        check(from_html(page))
    except InputError as fault:
        assert fault.advice


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_a_page_or_a_text_never_crash(data: bytes) -> None:
    for make in (lambda: from_html(data), lambda: from_text(decode(data).text)):
        try:
            check(make())
        except InputError as fault:
            assert fault.what


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_document(text: str) -> None:
    try:
        first = from_text(text)
    except InputError:
        return
    assert from_text(text) == first
