"""The brief as Markdown, with the sources as links to the list at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.export.brief.nouns import Brief, Line, Section
from communique.export.brief.terminal import REFERENCES
from communique.export.brief.wording import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#])|^(\s*)([-+]|\d+[.)])(?=\s)", re.M)


def render(brief: Brief) -> str:
    """The brief as Markdown text; everything that came from a page is escaped."""
    return "\n".join(_lines(brief)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", " ".join(visible(text).split()))


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {escaped(brief.title)}"
    yield ""
    if brief.asked:
        yield f"*{escaped(brief.asked)}*"
        yield ""
    yield "## In short"
    yield ""
    for line in brief.summary:
        yield f"- {escaped(line.text)} {_links(line.numbers)}".rstrip()
    if brief.sources:
        yield ""
        yield f"> {escaped(brief.alt)}"
    for section in brief.sections:
        yield from _section(section)
    if not brief.sources:
        return
    yield ""
    yield "## Sources"
    yield ""
    for source in brief.sources:
        title = f", “{escaped(source.title)}”" if source.title else ""
        basis = f" ({escaped(source.basis)})" if source.basis else ""
        copied = f", copy of [{source.copy_of}](#source-{source.copy_of})" if source.copy_of else ""
        yield (
            f'- <a id="source-{source.number}"></a>[{source.number}] {escaped(source.name)}{title}; '
            f"{escaped(source.date)}{basis}; {_code(source.id)}{copied}"
        )
    yield ""
    yield "Places are `document:start-end`, in characters of the stored text."


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {section.title}"
    yield ""
    yield f"*{section.intro}*"
    yield ""
    if not section.lines:
        yield section.empty
    for line in section.lines:
        yield from _entry(line)


def _entry(line: Line) -> Iterator[str]:
    head = f"**{escaped(line.date)}** – {escaped(line.text)}" if line.date else escaped(line.text)
    notes = f" *({escaped('; '.join(line.notes))})*" if line.notes else ""
    words = f": “{escaped(line.words)}”" if line.words else ""
    places = [
        f"{_links((each.source.number,))} {escaped(each.source.name)}, {_code(each.reference)}"
        for each in line.evidence[:REFERENCES]
    ]
    if len(line.evidence) > REFERENCES:
        places.append(f"and {len(line.evidence) - REFERENCES} more places")
    yield f"- {head}{notes}{words}" + (f"  \n  {'; '.join(places)}" if places else "")


def _links(numbers: tuple[int, ...]) -> str:
    return " ".join(f"[\\[{number}\\]](#source-{number})" for number in numbers)


def _code(text: str) -> str:
    """Text in a code span, whatever backticks it holds."""
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{' '.join(visible(text).split())}{pad}{fence}"
