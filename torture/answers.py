"""The desk is asked everything that its own description allows, and much that it does not: nothing is answered but what
is described (schemathesis, of the group `dev`)."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

from torture import watch

BASE = "http://127.0.0.1:8377"
_NAMES = ("PER", "CHL", "Peru", "event", "quote", "events", "figures", "records", "csv", "jsonl", "md", "txt")


def asked(
    app: Any, ids: tuple[str, ...], number: int, dice: random.Random, *, part: str = ""
) -> tuple[Counter[int], list[str]]:
    """Asks for each described address (that `part` stands in) `number` times with values that fit and as often with
    values that do not.

    ids are some that the archive holds: half of the places in addresses get one of them. How often each status was
    answered, and every answer that is not described, with its question.
    """
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis import GenerationMode, checks, openapi
    from schemathesis.core.failures import FailureGroup
    from starlette.testclient import TestClient

    from communique.web.app import described

    # not that all that fits is accepted and nothing else: a state that nobody knows is a string, and refused as
    # described; a number where a word belongs is a word once it stands in an address
    checked = [
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    done = 0
    with TestClient(app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False) as client:
        for found in openapi.from_dict(_for_tool(described(app), (*ids, *_NAMES))).get_all_operations():
            operation = found.ok()
            if part not in operation.path:
                continue
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

                @seed(dice.getrandbits(64))
                @settings(
                    max_examples=number,
                    deadline=None,
                    database=None,
                    phases=(Phase.generate,),
                    suppress_health_check=list(HealthCheck),
                )
                @given(case=operation.as_strategy(generation_mode=mode))
                def ask(case: Any) -> None:
                    given = case.as_transport_kwargs(base_url=BASE)
                    given.pop("cookies", None)
                    answer = client.request(**given)
                    statuses[answer.status_code] += 1
                    try:
                        case.validate_response(answer, checks=checked)
                    except FailureGroup as group:
                        first = str(group.exceptions[0]).strip().splitlines()
                        wrong.append(f"{answer.request.url}: {answer.status_code}: {' '.join(first)[:300]}")

                try:
                    ask()
                except Unsatisfiable:  # there is no wrong way to ask for an address without parameters
                    continue
                finally:
                    done += 1
            watch.tell(f"{done} of the desk's answers, {len(wrong)} wrong")
    return statuses, wrong


def answers(folder: Path, number: int, dice: random.Random) -> dict[str, Any]:
    """Asks a desk over a small archive."""
    from communique.archive import Archive
    from communique.web import Options, create_app
    from torture import kills

    path = kills.Setting(folder).merged
    with Archive(path, create=False) as archive:
        ids = ids_of(archive)
    statuses, wrong = asked(create_app(Options(path, readonly=True)), ids, number, dice)
    return {
        "questions": sum(statuses.values()),
        "answers": {str(status): count for status, count in sorted(statuses.items())},
        "what was wrong": wrong[:20],
        "failed": len(wrong),
    }


def ids_of(archive: Any) -> tuple[str, ...]:
    """Some ids of an archive: of documents, events, a record and a story."""
    some = (*archive.keys()[:3], *(event.id for event in archive.events(limit=3)))
    return (*some, *(each.id for each in (*archive.records()[:2], *archive.stories()[:2])))


def _for_tool(held: Any, ids: tuple[str, ...]) -> Any:
    """The description, with ids that lead somewhere for the places in addresses.

    The tool takes "prefixItems", by which a list of two different things is described, for a fault of the description
    (4.32): here it is told that each is one of the two. tests/web/test_api.py checks them as they are described.
    """
    if isinstance(held, list):
        return [_for_tool(part, ids) for part in held]
    if not isinstance(held, dict):
        return held
    made = {name: _for_tool(part, ids) for name, part in held.items()}
    if "prefixItems" in made:
        made["items"] = {"anyOf": made.pop("prefixItems")}
    if made.get("in") == "path":
        made["schema"] = {"anyOf": [{"enum": list(ids)}, made["schema"]]}
    return made
