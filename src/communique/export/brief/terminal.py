"""The brief as plain text for a terminal or a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from communique.export.brief.nouns import Brief, Evidence, Section
from communique.export.brief.wording import visible

WIDTH = 100
REFERENCES = 6  # places that a line names; more are counted


def render(brief: Brief) -> str:
    """The brief as text, at most WIDTH columns wide where words allow."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    title = brief.title.upper()
    yield title
    yield "=" * len(title)
    if brief.asked:
        yield brief.asked
    yield ""
    yield "IN SHORT"
    for line in brief.summary:
        yield _fill(f"{line.text} {numbers(line.numbers)}".rstrip(), "  ")
    for section in brief.sections:
        yield from _section(section)
    if not brief.sources:
        return
    yield ""
    yield "SOURCES"
    for source in brief.sources:
        copied = f", copy of [{source.copy_of}]" if source.copy_of else ""
        title = f", “{source.title}”" if source.title else ""
        basis = f" ({source.basis})" if source.basis else ""
        yield _fill(
            f"[{source.number}] {source.name}{title}; {source.date}{basis}; {source.id}{copied}",
            "  ",
            "      ",
        )
    yield ""
    yield _fill("Places are document:start-end, in characters of the stored text. `communique show` opens them.", "")


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield section.title.upper()
    yield _fill(section.intro, "  ")
    if not section.lines:
        yield f"  {section.empty}"
    for line in section.lines:
        notes = f" ({'; '.join(line.notes)})" if line.notes else ""
        head = f"{line.date} | {line.text}{notes}" if line.date else f"{line.text}{notes}"
        yield ""
        yield _fill(head, "  ", "    ")
        if line.words:
            yield _fill(f"“{line.words}”", "    ")
        if line.evidence:
            yield _fill("; ".join(references(line.evidence)), "    ")


def references(evidence: tuple[Evidence, ...]) -> list[str]:
    """[1] Outlet, document:start-end, one for each place."""
    shown = [f"[{each.source.number}] {each.source.name}, {each.reference}" for each in evidence[:REFERENCES]]
    more = len(evidence) - REFERENCES
    return [*shown, f"and {more} more places"] if more > 0 else shown


def numbers(held: tuple[int, ...]) -> str:
    """[1, 2, 4]; runs of three and more as [1-4]."""
    parts: list[str] = []
    at = 0
    while at < len(held):
        end = at
        while end + 1 < len(held) and held[end + 1] == held[end] + 1:
            end += 1
        parts.append(f"{held[at]}-{held[end]}" if end - at > 1 else ", ".join(map(str, held[at : end + 1])))
        at = end + 1
    return f"[{', '.join(parts)}]" if parts else ""


def _fill(text: str, indent: str, later: str | None = None) -> str:
    return textwrap.fill(
        visible(text), WIDTH, initial_indent=indent, subsequent_indent=indent if later is None else later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
