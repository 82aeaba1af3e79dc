"""`communique stories`: the occasions that reports tell of, each with its records."""

from __future__ import annotations

import json

from communique.cli import shared


def stories(
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE, limit: shared.Limit = None, as_json: shared.Json = False
) -> int:
    """List the stories of the last merge.

    A visit with its talks and signings is one story, however many reports tell of it.
    """
    with shared.open_archive(archive) as store:
        held = store.stories()
        records = {record.id: record for record in store.records()}
    for story in held[:limit]:
        parts = [records[identifier] for identifier in story.records if identifier in records]
        if as_json:
            rows = [
                {"id": part.id, "event": part.event, "status": part.status, "events": list(part.members)}
                for part in parts
            ]
            shared.out(json.dumps({"id": story.id, "title": story.title, "records": rows}, ensure_ascii=False))
            continue
        shared.out(f"{story.id[:8]}  {story.title}")
        for part in parts:
            shared.out(f"          {part.id[:8]}  {part.event}  {len(part.members)} reports, {part.status}")
    if not held and not as_json:
        shared.say("communique: no stories there; a merge makes them")
    return 0
