"""The clause around an act: what two of them tell differently is two events."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.reports import Said, report

from communique.merge import records
from communique.merge.clause import NOTHING, Clause, unpack
from communique.merge.records import of_coded
from communique.merge.telling import Telling
from communique.merge.telling import unpack as telling_of
from communique.model import Actor, Participant, Span

ARREST = {"event": "COERCE", "act": "arrested", "actor": "KEN"}
MEETS = {"event": "CONSULT", "act": "meets", "actor": "KEN:Alfred Mutua", "recipient": "ETH:Demeke Mekonnen"}
stems = st.frozensets(st.text(alphabet="abcdef", min_size=1, max_size=4), max_size=3)


def told(text: str, **event: str) -> Telling:
    return next(of_coded(report("a.txt", Said(text, ({**ARREST, **event},)))))


def count(*sentences: Said) -> int:
    return len(records([report("a.txt", *sentences, source="Lake Post")]))


def test_a_clause_ends_where_another_begins() -> None:
    clause = told("Kenya arrested three herders of salt, while rain fell on maize.", recipient="three herders").clause
    assert "salt" in clause.things
    assert "maiz" not in clause.things
    assert clause.counts == (frozenset(), {"thr"})
    assert clause.sides[1] == {"herder"}


def test_an_age_and_a_year_count_nobody() -> None:
    clause = told("Kenya arrested a 59-year-old herder in 2013.", recipient="a 59-year-old herder").clause
    assert clause.counts == (frozenset(), {"one"})


def test_a_crowd_is_not_one() -> None:
    clause = told("Kenya arrested a group of herders.", recipient="a group of herders").clause
    assert clause.counts[1] == frozenset()


def test_a_clause_names_the_towns_of_its_sentence() -> None:
    assert told("In Lodwar police arrested a herder on Tuesday.", recipient="a herder").clause.spots == {"lodwar"}
    assert told("Police arrested a herder near the town of Moyale.", recipient="a herder").clause.spots == {"moyal"}
    assert told("Police arrested a herder in May in Kenya.", recipient="a herder").clause.spots == frozenset()


def test_what_is_hit_in_two_towns_is_hit_twice() -> None:
    hit = {"event": "ASSAULT", "act": "hit", "actor": "", "recipient": "KEN"}
    assert count(
        Said("A shell hit a grain store in Lodwar and burnt its roof.", (hit,)),
        Said("A shell hit a grain store in Moyale, where a clerk was hurt.", (hit,)),
    ) == 2  # fmt: skip


def test_a_patrol_did_not_fire_what_the_smugglers_fired() -> None:
    shot = {"event": "ASSAULT", "act": "fired", "recipient": "KEN", "date": "2022-05-03"}
    text = "fired at a barge of sugar near the ferry landing of Mbita."
    one = report("a.txt", Said(f"Smugglers {text}", ({**shot, "actor": "smugglers"},)), source="A")
    two = report("b.txt", Said(f"Police officers {text}", ({**shot, "actor": "police officers"},)), source="B")
    assert len(records([one, two])) == 2


def test_two_who_are_dismissed_are_dismissed_one_by_one() -> None:
    out = {"event": "SANCTION", "act": "dismissed", "actor": "KEN", "date": "2022-05-03"}
    one = report("a.txt", Said("Kenya dismissed coach Asha Odhiambo after six defeats.",
                               ({**out, "recipient": "Asha Odhiambo"},)), source="A")  # fmt: skip
    two = report("b.txt", Said("Odhiambo coached the team after Kenya dismissed Peter Kamau for his defeats.",
                               ({**out, "recipient": "Peter Kamau"},)), source="B")  # fmt: skip
    assert len(records([one, two])) == 2


def test_a_clause_names_the_state_and_the_day() -> None:
    clause = told("Police arrested a herder in Ethiopia on Tuesday.", actor="", recipient="a herder").clause
    assert clause.lands == {"ethiopia"}
    assert clause.days == {"tues"}


def test_the_hour_of_a_programme_is_that_of_its_line() -> None:
    morning = told("9:15 a.m. Mutua meets Mekonnen in Nairobi.", **MEETS).clause
    noon = told("12:30 p.m. Mutua meets Mekonnen in Nairobi.", **MEETS).clause
    assert morning.hour and noon.hour and morning.hour != noon.hour


def test_two_items_of_a_programme_are_two_meetings() -> None:
    assert count(
        Said("9:15 a.m. Alfred Mutua meets Demeke Mekonnen in Nairobi.", (MEETS,)),
        Said("4:00 p.m. Alfred Mutua meets Demeke Mekonnen in Nairobi.", (MEETS,)),
    ) == 2  # fmt: skip


def test_what_is_done_to_others_is_done_again() -> None:
    briefed = {"event": "CONSULT", "act": "briefed", "actor": "KEN, ETH"}
    assert count(
        Said("They briefed the governor.", (briefed,)),
        Said("They briefed other officials of the county.", (briefed,)),
    ) == 2  # fmt: skip


def test_arrests_in_two_states_are_two() -> None:
    suffers = {**ARREST, "actor": "", "recipient": "KEN"}
    assert count(
        Said("Three Kenyans were arrested in Ethiopia over salt.", (suffers,)),
        Said("Three Kenyans were arrested in Somalia over salt.", (suffers,)),
    ) == 2  # fmt: skip


def test_all_who_are_held_are_nobody_in_particular() -> None:
    held = {**ARREST, "actor": "", "recipient": "ETH"}
    assert told("Kenya pleads for all herders who are arrested in Ethiopia.", **held).clause.general
    assert not told("Kenya pleads for the herder whom Ethiopia arrested at Moyale.", **held).clause.general


def test_victims_with_two_names_were_hit_one_by_one() -> None:
    shot = {"event": "ASSAULT", "act": "shot", "actor": "the clerk"}
    first = report(
        "a.txt",
        Said("The clerk shot Asha Odhiambo at the ferry office.", ({**shot, "recipient": "Asha Odhiambo"},)),
        source="A",
    )
    other = report(
        "b.txt",
        Said("The clerk shot Peter Kamau at the ferry office.", ({**shot, "recipient": "Peter Kamau"},)),
        source="B",
    )
    assert len(records([first, other])) == 2


def test_one_sentence_on_two_pages_of_a_day_is_one_saying() -> None:
    asked = {"event": "REQUEST", "act": "urges", "actor": "KEN", "recipient": "ETH"}
    text = "Kenya urges Ethiopia to reopen the cattle market, clear the quarantine sheds and return seized lorries."
    filler = (
        "Anglers landed record catches of tilapia near Kisumu as schools closed for examinations and choirs rehearsed."
    )
    one = report("a.txt", Said(text, (asked,)), source="Lake Post", published="2022-05-03")
    two = report("b.txt", Said(filler, ()), Said(text, (asked,)), source="Lake Post", published="2022-05-03")
    later = report("c.txt", Said(filler, ()), Said(text, (asked,)), source="Lake Post", published="2022-05-13")
    assert len(records([one, two])) == 1
    assert len(records([one, later])) == 2


def test_a_statement_and_the_briefing_of_its_day_that_goes_on_are_one_saying() -> None:
    hails = {"event": "SUPPORT", "act": "welcomes", "actor": "KEN", "recipient": "ETH"}
    text = "Kenya welcomes the orderly census of nomads, the vaccinated camels and the reopened veterinary college"
    more = "and it will print almanacs, ferry tents, mend sluices, fund choirs and lend dredgers to lakeside parishes"
    filler = "Anglers landed record catches of tilapia near Kisumu as schools closed."
    one = report("a.txt", Said(f"{text} of Jijiga.", (hails,)), source="Lake Post", published="2022-05-03")
    two = report("b.txt", Said(filler, ()), Said(f"{text}, {more}.", (hails,)), source="Lake Post",
                 published="2022-05-03")  # fmt: skip
    assert len(records([one, two])) == 1


def test_a_day_long_past_is_remembered_as_one() -> None:
    hit = {"event": "ASSAULT", "act": "attacked", "actor": "", "recipient": "KEN", "date": "1998-08-07"}
    one = report(
        "a.txt", Said("Kenya was attacked on August 7, 1998.", (hit,)), source="Lake Post", published="2022-05-03"
    )
    two = report(
        "b.txt",
        Said("After Kenya was attacked in 1998 laws changed.", (hit,)),
        source="Hill Times",
        published="2022-08-03",
    )
    assert len(records([one, two])) == 1


@given(stems, stems, st.text(max_size=5), st.booleans())
def test_a_packed_clause_comes_back_the_same(some: frozenset[str], more: frozenset[str], word: str, yes: bool) -> None:
    clause = Clause(
        things=some, lands=more, hour=word, counts=(some, more), deed=word, others=yes, general=not yes, spots=more
    )
    assert unpack(clause.pack()) == clause


def test_a_telling_kept_before_there_were_clauses_is_read() -> None:
    import json

    kept = told("Kenya arrested a herder.", recipient="a herder")
    assert telling_of(kept.pack(), kept.text) == kept
    before = json.dumps(json.loads(kept.pack())[:-2], ensure_ascii=False)
    assert telling_of(before, kept.text).clause == NOTHING


def test_the_article_before_somebody_counts_though_it_is_none_of_his_words() -> None:
    said = Said("Kenya says a herder was killed.", ({**ARREST, "act": "killed"},))
    coded = report("a.txt", said)
    herder = Participant(Actor(None, ("CVL",), "herder"), "herder", "description", span=Span(13, 19))
    clause = next(of_coded(replace(coded, events=(replace(coded.events[0], recipient=(herder,)),)))).clause
    assert clause.counts[1] == {"one"}


def test_where_somebody_is_who_did_it_says_not_where_it_was_done() -> None:
    clause = told("In Ghana, a patrol in Chad arrested herders in Mali.", recipient="herders").clause
    assert clause.lands == {"ghana", "mali"}
