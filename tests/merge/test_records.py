"""Records: one event told by many reports is counted once, and what the reports say differently is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from tests.reports import Said, report

from communique.archive import Archive
from communique.merge import records, refresh
from communique.merge.records import of_coded
from communique.merge.words import rules, stem
from communique.model import Coded, Record

SIGNED = {"event": "SUPPORT", "act": "signed", "actor": "CHN, RUS", "date": "2024-09-14"}
MET = {"event": "CONSULT", "act": "met", "actor": "CHN:Li Qiang", "recipient": "RUS:Mikhail Mishustin"}


def one(*coded: Coded) -> Record:
    found = records(coded)
    assert len(found) == 1, found
    return found[0]


def values(record: Record, field: str) -> list[str]:
    return [value for name, value, _ in record.values if name == field]


def test_two_outlets_that_tell_of_one_day_are_one_corroborated_record() -> None:
    a = report(
        "a.txt",
        Said("China and Russia signed a grain accord in Harbin on Saturday.", (SIGNED,)),
        source="Meridian Wire",
    )
    b = report(
        "b.txt",
        Said("The grain accord was signed by the neighbours on September 14, the ministry said.", (SIGNED,)),
        source="Amur Record",
    )
    found = one(a, b)
    assert found.status == "corroborated"
    assert set(found.members) == {a.events[0].id, b.events[0].id}


def test_a_copy_confirms_nothing() -> None:
    text = "China and Russia signed a grain accord in Harbin on Saturday after their premiers met in the old town hall."
    a = report("a.txt", Said(text, (SIGNED,)), source="Meridian Wire")
    b = report("b.txt", Said(text, (SIGNED,)), source="Baltic Ledger")
    found = one(a, b)
    assert found.status == "single"
    assert len(found.members) == 2


def test_two_pages_of_one_outlet_are_one_voice() -> None:
    a = report("a.txt", Said("China and Russia signed a grain accord on Saturday.", (SIGNED,)), source="Amur Record")
    b = report("b.txt", Said("A grain accord was signed there on September 14.", (SIGNED,)), source="amur record")
    assert one(a, b).status == "single"


def test_pair_and_kind_alone_never_make_one_record() -> None:
    undated = {**SIGNED, "date": None}
    a = report("a.txt", Said("China and Russia signed a grain accord.", (undated,)))
    b = report("b.txt", Said("China and Russia signed a treaty on rail tunnels in Harbin at last.", (undated,)))
    assert len(records([a, b])) == 2


def test_one_day_and_one_kind_but_other_matter_are_two_records() -> None:
    accused = {"event": "ACCUSE", "act": "accused", "actor": "CHN", "recipient": "USA", "date": "2025-08-28"}
    blamed = {**accused, "act": "blamed"}
    a = report("a.txt", Said("China accused the United States of bullying over cranes.", (accused,)))
    b = report("b.txt", Said("Beijing blamed Washington for the collapse of fishing talks.", (blamed,)))
    assert len(records([a, b])) == 2


def test_what_two_offices_say_in_the_same_words_was_said_twice() -> None:
    said = {"event": "AGREE", "act": "welcomed", "actor": "the president", "recipient": "ISR", "date": "2025-08-28"}
    other = {**said, "actor": "the foreign minister"}
    text = "{} welcomed the planned journey of the envoy to Israel for talks on relief, ports and fuel."
    a = report("a.txt", Said(text.format("The president"), (said,)), source="Amur Record")
    b = report("b.txt", Said(text.format("The foreign minister"), (other,)), source="Baltic Ledger")
    assert len(records([a, b])) == 2


def test_that_the_encoder_found_both_says_nothing() -> None:
    aid = {"event": "AID", "act": "rebuild", "actor": "CHN", "recipient": "USA", "date": None}
    a = report("a.txt", Said("China would rebuild the harbour cranes of the United States.", (aid,)))
    b = report("b.txt", Said("China would train harbour pilots for the United States.", ({**aid, "act": "train"},)))
    both = [replace(each, events=tuple(replace(event, rule="encoder") for event in each.events)) for each in (a, b)]
    assert len(records(both)) == 2


def test_other_people_of_the_same_states_on_one_day_are_two_meetings() -> None:
    premiers = {**MET, "date": "2024-09-14"}
    ministers = {**premiers, "actor": "CHN:Wang Yi", "recipient": "RUS:Sergey Lavrov"}
    a = report("a.txt", Said("Li Qiang met Mikhail Mishustin in Harbin.", (premiers,)))
    b = report("b.txt", Said("Wang Yi met Sergey Lavrov in Harbin.", (ministers,)))
    assert len(records([a, b])) == 2


def test_a_report_that_names_nobody_joins_the_one_that_does() -> None:
    a = report("a.txt", Said("Li Qiang met Mikhail Mishustin in Harbin.", ({**MET, "date": "2024-09-14"},)), source="A")
    nobody = {**MET, "actor": "CHN, RUS", "recipient": "", "date": "2024-09-14"}
    b = report("b.txt", Said("Premiers of the two neighbours met in Harbin.", (nobody,)), source="B")
    found = one(a, b)
    assert "CHN Li Qiang" in values(found, "actor")
    assert found.status == "corroborated"


def test_who_threatens_whom_is_kept_apart() -> None:
    threat = {"event": "THREATEN", "act": "warned", "actor": "IND", "recipient": "PAK", "date": "2024-11-19"}
    back = {**threat, "actor": "PAK", "recipient": "IND"}
    a = report("a.txt", Said("India warned Pakistan over the shelling.", (threat,)))
    b = report("b.txt", Said("Pakistan warned India over the shelling.", (back,)))
    assert len(records([a, b])) == 2


def test_a_month_joins_a_day_only_with_more_in_common() -> None:
    lean = {**SIGNED, "date": "2024-09"}
    a = report("a.txt", Said("China and Russia signed a grain accord in Harbin on September 14.", (SIGNED,)))
    b = report("b.txt", Said("The grain accord that was signed in Harbin in September is large.", (lean,)))
    c = report("c.txt", Said("Something was signed in September about rail tunnels.", (lean,)))
    assert [len(record.members) for record in records([a, b, c])] in ([2, 1], [1, 2])


def test_a_year_joins_no_two_reports() -> None:
    vague = {**SIGNED, "date": "2024"}
    a = report("a.txt", Said("China and Russia signed a grain accord in Harbin in 2024.", (vague,)))
    b = report("b.txt", Said("In 2024 China and Russia signed a grain accord in the city of Harbin.", (vague,)))
    assert len(records([a, b])) == 2


def test_what_one_document_says_twice_is_one_record_even_without_a_date() -> None:
    met = {**MET, "act": "met"}
    a = report(
        "a.txt",
        Said("Li Qiang met Mikhail Mishustin in Harbin.", (met,)),
        Said("When they met, Li Qiang smiled at Mikhail Mishustin.", (met,)),
    )
    assert len(one(a).members) == 2


def test_one_sentence_tells_of_one_act_of_force_however_many_verbs_it_has() -> None:
    shelled = {"event": "ASSAULT", "act": "shelled", "actor": "IND", "recipient": "villages, PAK", "date": "2024-11-19"}
    killing = {**shelled, "act": "killing", "recipient": "three people, PAK"}
    a = report("a.txt", Said("India shelled villages in Pakistan, killing three people.", (shelled, killing)))
    assert len(one(a).members) == 2


def test_two_demands_in_one_document_stay_two() -> None:
    asked = {"event": "REQUEST", "act": "urged", "actor": "CHN", "recipient": "RUS"}
    a = report(
        "a.txt",
        Said("China urged Russia to ease checks on lorries.", (asked,)),
        Said("China urged Russia to lower duties for cars.", (asked,)),
    )
    assert len(records([a])) == 2


def test_copies_merge_even_where_no_date_is_known() -> None:
    undated = {**SIGNED, "date": None}
    text = (
        "China and Russia signed a grain accord in Harbin after their premiers met in the old town hall by the river."
    )
    a, b = (report(f"{name}.txt", Said(text, (undated,))) for name in "ab")
    assert len(one(a, b).members) == 2


def test_different_amounts_make_a_record_disputed_and_both_are_kept() -> None:
    a = report(
        "a.txt",
        Said(
            "China and Russia signed a grain accord worth 3.2 billion dollars.",
            (SIGNED,),
            (("3.2 billion dollars", 3.2e9, "USD", "signed"),),
        ),
    )
    b = report(
        "b.txt",
        Said(
            "The grain accord they signed is worth 2.3 billion dollars.",
            (SIGNED,),
            (("2.3 billion dollars", 2.3e9, "USD", "signed"),),
        ),
    )
    found = one(a, b)
    assert found.status == "disputed"
    assert values(found, "figure") == ["3.2 billion dollars", "2.3 billion dollars"]


def test_a_rounded_amount_is_no_dispute() -> None:
    told = [
        report(
            f"{name}.txt",
            Said(f"They signed a grain accord worth {words}.", (SIGNED,), ((words, value, "USD", "signed"),)),
            source=name,
        )
        for name, words, value in (("A", "3.2 billion dollars", 3.2e9), ("B", "3.21 billion dollars", 3.21e9))
    ]
    assert one(*told).status == "corroborated"


def test_a_denial_is_a_record_of_its_own_and_disputes_the_other() -> None:
    agreed = {"event": "AGREE", "act": "agreed", "actor": "CHN", "recipient": "USA", "date": "2025-09-04"}
    denied = {**agreed, "stance": "denied", "date": None}
    a = report("a.txt", Said("China agreed to buy American soybeans.", (agreed,)))
    b = report("b.txt", Said("A spokesman denied that China had agreed to buy soybeans.", (denied,)))
    found = records([a, b])
    assert [record.status for record in found] == ["disputed", "disputed"]
    assert {"actual", "denied"} <= set(values(found[0], "stance"))


def test_a_denial_of_something_else_disputes_nothing() -> None:
    agreed = {"event": "AGREE", "act": "agreed", "actor": "CHN", "recipient": "USA", "date": "2025-09-04"}
    denied = {**agreed, "stance": "denied", "date": None}
    a = report("a.txt", Said("China agreed to buy American soybeans.", (agreed,)))
    b = report("b.txt", Said("A spokesman denied that China had agreed to close its consulate.", (denied,)))
    assert [record.status for record in records([a, b])] == ["single", "single"]


def test_every_event_is_in_exactly_one_record_and_the_order_given_changes_nothing() -> None:
    coded = _many()
    expected = records(coded)
    members = [member for record in expected for member in record.members]
    assert sorted(members) == sorted(event.id for each in coded for event in each.events)
    for seed in range(5):
        shuffled = list(coded)
        random.Random(seed).shuffle(shuffled)
        assert records(shuffled) == expected


def test_the_same_document_given_twice_counts_once() -> None:
    a = report("a.txt", Said("China and Russia signed a grain accord in Harbin.", (SIGNED,)))
    assert records([a, a]) == records([a])


def test_refresh_keeps_the_records_in_the_archive(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        for coded in _many():
            archive.add(coded)
        refresh(archive)
        assert archive.records() == records(_many())
        assert refresh(archive).documents == 0
        assert archive.records() == records(_many())


def _many() -> list[Coded]:
    days = ["2024-09-13", "2024-09-14", "2024-09", None, "2024-09-01/2024-09-30"]
    acts = [("signed", "SUPPORT"), ("met", "CONSULT"), ("urged", "REQUEST")]
    things = ["grain terminal", "rail tunnel", "grain duty"]
    coded = []
    for number in range(24):
        act, kind = acts[number % 3]
        thing, date = things[number % 2 + number % 3 // 2], days[number % 5]
        sides = {"actor": "CHN, RUS"} if kind != "REQUEST" else {"actor": "CHN", "recipient": "RUS"}
        text = f"China {act} Russia over the {thing} of district {number % 4}."
        told = {"event": kind, "act": act, "date": date, **sides}
        coded.append(report(f"{number}.txt", Said(text, (told,)), source=f"Outlet {number % 7}"))
    return coded


def test_the_list_of_empty_words_holds_words_only() -> None:
    assert all(isinstance(word, str) for word in rules()["empty_words"])


def test_forms_of_a_word_have_one_stem() -> None:
    for forms in (("sign", "signed", "signs", "signing"), ("agree", "agreed", "agrees"), ("ban", "banned", "bans")):
        assert len({stem(form) for form in forms}) == 1, forms


def test_an_amount_that_a_later_report_replaces_is_superseded() -> None:
    was = (("18 percent", 18.0, "percent", "observed"),)
    early = report("a.txt", Said("Exports of gas rose 18 percent.", figures=was), source="A", published="2024-04-11")
    late = report(
        "b.txt",
        Said(
            "Exports of gas rose 15 percent and not 18 percent, as was said two weeks ago.",
            figures=(("15 percent", 15.0, "percent", "observed"), ("18 percent", 18.0, "percent", "observed")),
        ),
        source="A",
        published="2024-04-12",
    )
    told = [*of_coded(early), *of_coded(late)]
    assert [each.former and each.former[0].high for each in told if each.amounts[0].high == 15.0] == [18.0]


def test_two_outlets_that_name_two_towns_disagree_on_the_place() -> None:
    from communique.merge import places
    from communique.merge.telling import Telling

    met = [next(of_coded(report(f"{n}.txt", Said("Li Qiang met Mikhail Mishustin.", (MET,))))) for n in "abc"]
    sochi, moscow, russia = (
        replace(each, place=name, land="RUS") for each, name in zip(met, ("Sochi", "Moscow", "Russia"), strict=True)
    )
    assert isinstance(sochi, Telling)
    assert places.differ(sochi, moscow) and not places.differ(sochi, russia) and places.same(moscow, russia)
