"""`communique stories`: the reports of one occasion together, with what they tell."""

from __future__ import annotations

import datetime as dt
import json
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Record, Story

_PASSAGES = 3  # paragraphs that travel within a story which are shown


def stories(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    since: Annotated[
        str | None, typer.Option("--since", "--from", metavar="DAY", help="Reports from then on: 2019, 2019-06-05.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", "--to", metavar="DAY", help="Reports up to and including then.")
    ] = None,
    least: Annotated[int, typer.Option("--least", metavar="N", min=1, help="Told by so many documents or more.")] = 1,
    limit: shared.Limit = None,
    as_json: shared.Json = False,
) -> int:
    """List the stories: reports of one occasion, their outlets, and the events that they tell, each once.

    With states only stories in which two of them face each other in an event, or with one those in which it takes
    part. Titles are in the words of one of the reports.
    """
    from communique.cli.states import codes

    first, last = shared.day(since, "--since"), shared.day(until, "--until", last=True)
    with shared.merged_archive(archive) as store:
        wanted: set[str] | None = None
        if states:
            wanted = {event.id for event in store.events(between=codes(states))}
        shown = 0
        records = {record.id: record for record in store.records()}
        for story in store.stories():
            own = [records[record] for record in story.records if record in records]
            if len(story.documents) < least or not _inside(story, first, last):
                continue
            if wanted is not None and not any(wanted.intersection(record.members) for record in own):
                continue
            if limit is not None and shown >= limit:
                break
            shown += 1
            _show(store, story, own, as_json)
    if not shown and not as_json:
        shared.say("communique: no stories there")
    return 0


def _inside(story: Story, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether reports of a story may have come out in the asked time; of undated ones nobody knows."""
    if first is None and last is None:
        return True
    if story.earliest is None and story.latest is None:
        return False
    after = first is None or story.latest is None or story.latest >= first
    return after and (last is None or story.earliest is None or story.earliest <= last)


def _show(store: Archive, story: Story, own: list[Record], as_json: bool) -> None:
    from communique.merge.passages import shared as travelling

    documents = [store.document(key) for key in story.documents]
    text_of = {each.key: each.text for each in documents}
    told = [
        (" ".join(passage.span.cut(text_of[passage.elsewhere[0].key]).split()), passage)
        for passage in travelling(store, story.documents)
    ]
    if as_json:
        row = {
            "id": story.id,
            "title": story.title,
            "earliest": story.earliest.isoformat() if story.earliest else None,
            "latest": story.latest.isoformat() if story.latest else None,
            "documents": [{"id": each.id, "publication": each.source, "title": each.title} for each in documents],
            "records": [
                {"id": each.id, "event": each.event, "status": each.status, "voices": each.voices} for each in own
            ],
            "passages": [
                {"text": words, "texts": passage.documents, "documents": [each.id for each in passage.elsewhere]}
                for words, passage in told
            ],
        }
        shared.out(json.dumps(row, ensure_ascii=False))
        return
    outlets = ", ".join(dict.fromkeys(each.source or each.id for each in documents))
    many = len(documents)
    shared.out(f"{story.id[:8]}  {_days(story)}  {story.title}")
    shared.out(f"          {many} document{'s' if many != 1 else ''}: {outlets}")
    for record in own:
        shared.out(f"          {record.id[:8]}  {line(store, record)}")
    for words, passage in told[:_PASSAGES]:
        first = passage.elsewhere[0].source or passage.elsewhere[0].id
        shared.out(f"          one paragraph in {passage.documents} texts, first {first}: “{shorten(words, 70)}”")
    if len(told) > _PASSAGES:
        shared.out(f"          and {len(told) - _PASSAGES} more paragraphs that travel")


def line(store: Archive, record: Record) -> str:
    """A record on one line: the event that is dated best, how often it is told, and by how many voices."""
    from communique.cli.listing import event_line
    from communique.model import Event

    told = [item for item, _ in (store.get(member) for member in record.members) if isinstance(item, Event)]
    if not told:
        return f"{record.event}  {record.status}"
    best = min(told, key=lambda event: (event.date.latest is None, event.date.earliest is None, event.sequence))
    notes = []
    if len(record.members) > 1:
        notes.append(f"told {len(record.members)} times")
    if record.status != "single":
        notes.append(f"{record.status}, {record.voices} voice{'s' if record.voices != 1 else ''}")
    return event_line(best) + (f"  [{'; '.join(notes)}]" if notes else "")


def _days(story: Story) -> str:
    first, last = story.earliest, story.latest
    if first is None or last is None:
        return f"until {last}" if last else "undated"
    return first.isoformat() if first == last else f"{first} to {last}"
