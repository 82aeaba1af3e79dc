"""Proof that nothing was changed."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace

import pytest
from tests.builders import find, rail_accord
from tests.homes import Home

from communique.archive import Archive
from communique.archive.verify import check
from communique.model import Span


def test_a_whole_archive_has_no_fault_and_is_counted(home: Home) -> None:
    with Archive(home.at) as archive:
        archive.add(rail_accord())
        seen: list[tuple[int, int]] = []
        verdict = archive.verify(lambda done, total: seen.append((done, total)))
    assert verdict.faults == ()
    assert verdict.share == 1.0
    assert verdict.counts["event"] == 3
    assert verdict.counts["document"] == 1
    assert verdict.spans > 50
    assert seen == [(1, 1)]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE documents SET text = replace(text, 'June', 'July')", "changed after it was read"),
        ("UPDATE documents SET text = substr(text, 1, 300)", "is not inside the text"),
        ("UPDATE events SET start = start + 1", "its columns and its body differ"),
        ("UPDATE events SET body = replace(body, 'CONSULT', 'ASSAULT')", "its columns and its body differ"),
        ("UPDATE events SET body = 'nothing'", "cannot be read"),
        ("UPDATE figures SET document = 'lost'", "its document is not there"),
        ("DELETE FROM quotes", "its quote is not there"),
        ("DELETE FROM words", "are indexed"),
        ('UPDATE sentences SET "end" = "end" + 1', "its sentence is not sentence"),
    ],
)
def test_every_kind_of_damage_is_found(home: Home, statement: str, what: str) -> None:
    with Archive(home.at) as archive:
        archive.add(rail_accord())
    if statement.endswith("words"):
        statement += "_docsize" if home.kind == "file" else ""
    home.change(statement)
    with Archive(home.at) as archive:
        faults = archive.verify().faults
    assert any(what in fault.line() for fault in faults), [fault.line() for fault in faults]


def test_words_that_do_not_stand_at_their_place_are_found() -> None:
    coded = rail_accord()
    meeting = replace(coded.events[0], event_text="invaded")
    elsewhere = replace(coded.figures[0], span=find(coded.document.text, "Ada Stone"))
    outside = replace(coded.quotes[0], span=Span(0, 10**6))
    _, faults = check(replace(coded, events=(meeting,), figures=(elsewhere,), quotes=(outside,)))
    lines = "\n".join(fault.line() for fault in faults)
    assert "'invaded' do not stand there" in lines
    assert "10**6" not in lines
    assert "[0, 1000000) is not inside the text" in lines


def test_who_verifies_while_another_writes_finds_no_fault(home: Home) -> None:
    """Digests and rows have to be of one moment."""
    Archive(home.at).close()
    stop = threading.Event()

    def write() -> None:
        with Archive(home.at) as writer:
            for number in itertools.count():
                if stop.is_set():
                    return
                writer.add(rail_accord(f"{number}.txt"))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        with Archive(home.at) as reader:
            found = [fault.line() for _ in range(6) for fault in reader.verify().faults]
    finally:
        stop.set()
        thread.join()
    assert found == []
