"""When a relation changed: found where it did, and seldom where it did not."""

from __future__ import annotations

import datetime as dt
import random

from tests.acts import deed

from communique.measure.acts import Act
from communique.measure.asymmetry import asymmetry
from communique.measure.change import changes

START = dt.date(2021, 1, 1)
KINDS = ("CONSULT", "SUPPORT", "ACCUSE", "REJECT", "COOPERATE", "SANCTION")


def run(kinds: list[str], step: int = 3) -> list[Act]:
    """One act every few days."""
    return [
        deed(f"r{n:03}", kind, "CHN", "RUS", date=(START + dt.timedelta(step * n)).isoformat())
        for n, kind in enumerate(kinds)
    ]


def test_a_turn_from_support_to_sanctions_is_found_on_its_day() -> None:
    acts = run(["SUPPORT"] * 12 + ["SANCTION"] * 12)
    (change,) = changes(acts)
    assert (change.last, change.first) == (START + dt.timedelta(33), START + dt.timedelta(36))
    assert change.before > 0 > change.after and change.chance < 0.01
    assert change.records_after == tuple(f"r{n:03}" for n in range(12, 24))
    assert change.around[0] == "r012"


def test_two_turns_are_two_changes() -> None:
    found = changes(run(["SUPPORT"] * 10 + ["SANCTION"] * 10 + ["SUPPORT"] * 10))
    assert [change.first for change in found] == [START + dt.timedelta(30), START + dt.timedelta(60)]
    assert found[0].records_after == found[1].records_before


def test_what_never_changes_has_no_change() -> None:
    assert changes(run(["SUPPORT"] * 30)) == ()
    assert changes(run(["SUPPORT", "ACCUSE"] * 15)) == ()


def test_a_few_acts_are_never_a_change() -> None:
    assert changes(run(["SUPPORT", "SUPPORT", "SANCTION", "SANCTION", "SANCTION"])) == ()


def test_chance_alone_seldom_makes_a_change() -> None:
    chance = random.Random(7)
    found = sum(bool(changes(run([chance.choice(KINDS) for _ in range(30)]), orders=199)) for _ in range(200))
    assert found <= 20  # one in twenty is meant; twice that is the bound of the test


def test_the_order_of_acts_changes_nothing() -> None:
    acts = run(["SUPPORT"] * 12 + ["SANCTION"] * 12)
    mixed = [*acts, *acts]
    random.Random(3).shuffle(mixed)
    from communique.measure.acts import distinct

    assert changes(distinct(mixed)) == changes(acts)


def test_asymmetry_tells_who_gives_and_who_asks() -> None:
    acts = [
        deed("r1", "AID", "CHN", "RUS", "2021-01-01"),
        deed("r2", "AID", "CHN", "RUS", "2021-01-02"),
        deed("r3", "REQUEST", "RUS", "CHN", "2021-01-03"),
        deed("r4", "CONSULT", "RUS CHN", date="2021-01-04"),
        deed("r5", "AID", "RUS", "CHN", "2021-01-04", stance="planned"),
    ]
    found = {lean.what: (lean.first, lean.second) for lean in asymmetry(acts, "CHN", "RUS")}
    assert found == {"acts": (("r1", "r2"), ("r3",)), "gives": (("r1", "r2"), ()), "asks": ((), ("r3",))}
