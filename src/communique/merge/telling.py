"""One event as one document tells it: what the merge compares, and what an archive keeps for the next merge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from communique.merge import keys
from communique.merge.clause import NOTHING, Clause
from communique.merge.clause import unpack as clause_of
from communique.merge.fact import ITSELF, OPENING, Fact
from communique.merge.fact import unpack as fact_of
from communique.merge.keys import ACT, CODE, MANY, MET, OPENS, SAID
from communique.merge.keys import FIGURE as FIGURE
from communique.merge.words import one_act, rules

Side = frozenset[str]
Order = tuple[str, str, str, int, int, str]
Said = tuple[str, str]  # a role and who or what fills it, as it is shown
AGREED = "agr"  # the stem of agreeing
REFUSAL = "REJECT"  # the kind of event of which one is the conduct of weeks
BACKING = "support"  # the stem of supporting
SLACK = 31  # days by which a month that is counted back may be off
PROMISED = ("(will)", "promise: ")  # in the coder's rule: somebody says what he will do
FIRST_DAY, LAST_DAY = 0, 4_000_000  # ordinals that stand for an unknown bound


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of the same sentence: bounds in whole units, and what kind of figure it is of which time.

    nouns are the stems of its own words that are no number; lone says that its document gives no other amount in its
    unit, old that its sentence puts another one in its place ("15 percent and not 18").
    """

    text: str
    unit: str | None
    per: str | None
    low: float | None
    high: float | None
    status: str
    start: int | None = None
    end: int | None = None
    measure: str | None = None
    nouns: tuple[str, ...] = ()
    lone: bool = False
    old: bool = False

    @property
    def planned(self) -> bool:
        """Whether it tells what is to be, which a later report may tell otherwise."""
        return self.status in ("pledged", "target", "estimate", "signed")


@dataclass(frozen=True)  # without slots: what is asked of it again and again is worked out once
class Telling:
    """An event with what its sentence says besides it.

    event_id and key are the event's and its document's; text is the key of the text that the document copies, outlet
    and agency who speaks (empty where nobody is named). sides are the codes (or, without a code, the names) of actors
    and recipients; people the named persons of each code; words what the sentence is about besides them; act the stem
    of the trigger; low, high the ordinals of the date's bounds; day the ordinal of the publication; order a place in
    time and reading that does not depend on the order in which documents were given. land is the code of the state in
    which the place lies, around the codes of everybody whom its sentence names; slack are days by which a date that is
    counted back from its report ("eighteen months ago") may be off; former are the amounts in whose place a figure's
    sentence puts it; adds is whether its sentence tells it as one more thing ("they also agreed"); clause is what
    the clause of its act says; facts are what its text tells around it: who was there, in whose waters, when it opens.
    """

    event_id: str
    key: str
    event: str
    mode: str | None
    stance: str
    rule: str
    act: str
    span: tuple[int, int]
    sentence: tuple[int, int]
    sides: tuple[Side, Side]
    unordered: bool
    people: Mapping[str, frozenset[str]]
    words: frozenset[str]
    all_words: frozenset[str] = field(repr=False)
    said: tuple[Said, ...]
    low: int | None
    high: int | None
    day: int | None
    place: str | None
    amounts: tuple[Amount, ...]
    corrects: bool
    revises: bool
    order: Order
    outlet: str = ""
    agency: str = ""
    text: str = ""
    land: str | None = None
    around: Side = frozenset()
    slack: int = 0
    former: tuple[Amount, ...] = ()
    adds: bool = False
    clause: Clause = NOTHING
    facts: tuple[Fact, ...] = ()

    @cached_property
    def mutual(self) -> bool:
        """Whether the order of the sides says nothing."""
        return self.unordered or self.event in rules()["mutual_events"]

    @cached_property
    def everybody(self) -> Side:
        """All who take part."""
        return self.sides[0] | self.sides[1]

    @cached_property
    def codes(self) -> Side:
        """The codes of states and bodies among them."""
        return frozenset(who for who in self.everybody if who[:CODE].isupper() and len(who.partition(" ")[0]) == CODE)

    @property
    def days(self) -> int | None:
        """How many days its date leaves open; None where one of its bounds is unknown."""
        return None if self.low is None or self.high is None else self.high - self.low + 1

    @property
    def voice(self) -> str:
        """Who speaks: an agency, an outlet, else the text itself."""
        return self.agency or self.outlet or self.text

    @cached_property
    def denying(self) -> bool:
        """Whether the event itself is that somebody denies something."""
        return self.event == "REJECT" and self.act in rules()["denying_acts"]

    @cached_property
    def of_itself(self) -> bool:
        """Whether a denial is that the one who denies did something."""
        return any(fact.kind == ITSELF for fact in self.facts)

    @property
    def single(self) -> bool:
        """Whether its act alone says what it is: a state summons another's ambassador, or expels its diplomats."""
        named = self.act in rules()["single_acts"] or self.rule in rules()["single_rules"]
        return named and self.event in rules()["single_kinds"]

    @cached_property
    def delaying(self) -> bool:
        """Whether the event itself is that something planned is put off."""
        return delays(self.act, self.rule)

    @property
    def since(self) -> int | None:
        """The first day on which it may have been; a promise was made before it falls due."""
        return None if self.low is None or self.due else self.low - self.slack

    @property
    def until(self) -> int | None:
        """The last day on which it may have been."""
        return self.day if self.due else None if self.high is None else self.high + self.slack

    @cached_property
    def due(self) -> bool:
        """Whether its date is the one on which a promise falls due: it lies ahead of the report."""
        return self.promising and self.day is not None and self.low is not None and self.low > self.day

    @cached_property
    def keys(self) -> list[str]:
        """Family of the event with each two who take part: tellings that share none of these are never one event."""
        return keys.near(self)

    @cached_property
    def opening_keys(self) -> list[str]:
        """The key by which a report finds another of the day on which something between the same states is to open."""
        opens = self.day is not None and len(self.codes) > 1 and any(fact.kind == OPENING for fact in self.facts)
        return [f"{OPENS}{'|'.join(sorted(self.codes)[:MANY])}"] if opens else []

    def reach_of(self, key: str) -> tuple[int, int]:
        """The days within which another telling with this key may hang together with it."""
        if self.day is None:
            return self.reach
        if not key.startswith((OPENS, f"{OPENING}|")):
            if self.days is None and self.mode in rules()["lasting_modes"] and key.endswith(f"|{self.mode}"):
                return self.day - int(rules()["longest_time"]), self.day
            return self.reach if self.dated else self._lately
        return self.day, self.day + int(rules()["days_of_a_plan"])

    @property
    def _lately(self) -> tuple[int, int]:
        """The days before it was told in which that lies which it dates too vaguely: "in recent weeks"."""
        day = self.day or 0
        return max(self.window[0], day - int(rules()["longest_time"]) - int(rules()["days_of_a_story"])), day

    @cached_property
    def vague_keys(self) -> list[str]:
        """The keys of its sentence, by which it is sought about its own day where its date is too vague."""
        if self.dated or self.day is None or self.event == FIGURE or self.remembering:
            return []
        low, high = self._lately
        known = low <= high <= self.window[1]
        return [key for key in self.far_keys if key.startswith(SAID)] if known else []

    @cached_property
    def between(self) -> str:
        """The codes of the two between whom it is; empty where they are not two."""
        return "|".join(sorted(self.codes)) if len(self.codes) == len(self.everybody) == 2 else ""

    @property
    def window(self) -> tuple[int, int]:
        """Ordinals between which another report of the same event may be dated: open sides reach a little way."""
        # what is denied may lie weeks back
        back = "days_of_a_correction" if self.stance == "denied" or self.denying else "days_of_a_story"
        reach = int(rules()["days_of_a_story"])
        if self.low is None and self.high is None:
            return FIRST_DAY, LAST_DAY
        if self.due and self.day is not None:  # from when it is announced to when it is to be
            return self.day, max(self.day, self.high or self.low or self.day)
        low = self.since if self.since is not None else (self.high or 0) - int(rules()[back])
        return low, self.until if self.until is not None else low + reach

    @cached_property
    def reach(self) -> tuple[int, int]:
        """The window with the days within which what is planned may be carried out, or another report may err."""
        if self.event == FIGURE:  # what is planned is told otherwise long after, what is observed is soon corrected
            day = self.day or 0
            later = "days_of_a_plan" if self.amounts[0].planned or self.former else "days_of_a_correction"
            return (day - int(rules()[later]) if self.former else day), day + int(rules()[later])
        if self.delaying and self.day is not None:  # its own date may be the new one
            return self.day, self.day + int(rules()["days_of_a_correction"])
        low, high = self.window
        return low, high + int(rules()["days_of_a_promise" if self.stance == "planned" else "days_of_a_difference"])

    @cached_property
    def far_keys(self) -> list[str]:
        """The keys by which it is sought outside its story: by who it is between; what only one does is sought nowhere.

        Half of what a ministry's pages tell is of one state, and no evidence outside a story makes two of it one.
        """
        if self.event == FIGURE:
            return self.keys[1:]
        said = keys.of_sentence(self)
        if not self.wide:
            return [*said, *keys.at_home(self)]
        return [*said, *keys.sure(self), *(key for key in self.keys if not key.startswith((MET, ACT)))]

    @cached_property
    def lasting(self) -> bool:
        """Whether it tells, without a day, with whom one stands rather than what one did."""
        return self.days is None and self.rule in rules()["lasting_rules"]

    @property
    def conduct(self) -> bool:
        """Whether it is a deed, or a refusal: who ignores a call does so once, whoever tells it."""
        return self.event in rules()["done"] or self.event == REFUSAL

    @cached_property
    def backing(self) -> bool:
        """Whether it tells, without a day, what of another's one supports, in words of standing."""
        told = one_act(self.act, BACKING) or self.rule in rules()["backing_rules"]
        return self.event in ("SUPPORT", "AGREE") and self.days is None and told

    @cached_property
    def aims(self) -> frozenset[str]:
        """To whom it is done, as it is shown, where that is more than a state: "AFG Afghan Security Forces"."""
        return frozenset(who for role, who in self.said if role == "recipient" and who.count(" ") > 1)

    @cached_property
    def in_touch(self) -> bool:
        """Whether it tells, without a day, of talks that go on: "we are in regular contact"."""
        return self.event == "CONSULT" and self.days is None and self.clause.ongoing and not (self.mode or self.adds)

    @cached_property
    def remembering(self) -> bool:
        """Whether it looks back on a deed of one day that was long past when it was told."""
        if self.event not in rules()["done"] or self.days != 1 or self.day is None or self.high is None:
            return False
        return self.day - self.high > int(rules()["days_before_a_story"])

    @cached_property
    def wide(self) -> bool:
        """Whether it is sought beyond its story by who takes part in it."""
        return len(self.codes) > 1 or self.turning or bool(self.remembering and self.codes)

    @cached_property
    def turning(self) -> bool:
        """Whether it speaks against something told elsewhere: denies it or puts it off."""
        return self.denying or self.delaying

    @cached_property
    def linking(self) -> bool:
        """Whether it may be linked to what it is not one with: it is planned or denied, turns against it, or opens."""
        if self.turning or self.promising or self.stance not in ("actual", "historical"):
            return True
        return bool(self.opening_keys)

    @cached_property
    def promising(self) -> bool:
        """Whether it is a promise, whatever its words: "will deliver", "promised to deliver"."""
        told = any(mark in self.rule for mark in PROMISED) or one_act(self.act, "promis")
        together = one_act(self.act, AGREED) and len(self.sides[0]) > 1  # what several agree on is agreed
        return self.event == "AGREE" and told and not together

    @cached_property
    def exact(self) -> bool:
        """Whether its date alone may tell that it is another report's event, outside a story."""
        return self.event == FIGURE or (self.days is not None and self.days <= int(rules()["longest_time"]) + 2 * SLACK)

    @property
    def shelf(self) -> str:
        """Where its keys are kept: what reaches far is kept apart from the rest, so that the rest is quickly found."""
        if self.event == FIGURE:
            return "figure"
        return "planned" if self.stance == "planned" or self.slack else ""

    @property
    def shelves(self) -> list[str]:
        """The keys under which it is kept."""
        return [f"{OPENING if key.startswith(OPENS) else self.shelf}|{key}" for key in self.dated_keys]

    @cached_property
    def dated(self) -> bool:
        """Whether its window is short enough for a search by date; what is vaguer is sought within its story."""
        if self.event == FIGURE:
            return bool(self.between) and self.day is not None
        if not self.far_keys:
            return False
        if self.stance == "denied" and self.low is None and self.high is not None:
            return True
        if self.delaying and self.day is not None:
            return True
        low, high = self.window
        return high - low <= int(rules()["longest_time"]) + 2 * self.slack

    @cached_property
    def dated_keys(self) -> list[str]:
        """The keys by which it is sought by date; what is to open is so even where the rest is too vague."""
        return list(dict.fromkeys(self.far_keys if self.dated else [*self.vague_keys, *self.opening_keys]))

    def of_text(self, text: str) -> Telling:
        """The same in a document that copies another one."""
        return self if text == self.text else replace(self, text=text)

    def pack(self) -> str:
        """As one line of JSON, from which `unpack` makes the same again."""
        held: list[Any] = [getattr(self, name) for name in _PLAIN]
        held += [
            [sorted(side) for side in self.sides],
            {code: sorted(names) for code, names in sorted(self.people.items())},
            sorted(self.words),
            sorted(self.all_words),
            [[getattr(amount, name) for name in _AMOUNT] for amount in self.amounts],
            [[getattr(amount, name) for name in _AMOUNT] for amount in self.former],
            sorted(self.around),
            self.adds,
            self.clause.pack(),
            [fact.pack() for fact in self.facts],
        ]
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def delays(act: str, rule: str) -> bool:
    """Whether an act by its stem, or the coder's rule that found it, puts something off: "pushed back to 19 May"."""
    return act in rules()["delaying_acts"] or "verb delay+" in rule or rule.endswith(" to a day")


_PLAIN = (
    "event_id", "key", "event", "mode", "stance", "rule", "act", "span", "sentence", "unordered", "said", "low", "high",
    "day", "place", "corrects", "revises", "order", "outlet", "agency", "text", "land", "slack",
)  # fmt: skip
_AMOUNT = tuple(each.name for each in fields(Amount))
_LISTS = ("span", "sentence", "order")


def unpack(line: str, text: str) -> Telling:
    """The telling of a packed line, in a document of this text."""
    held = json.loads(line)
    plain: dict[str, Any] = dict(zip(_PLAIN, held, strict=False))
    plain |= {name: tuple(plain[name]) for name in _LISTS}
    plain["text"] = text
    plain["said"] = tuple((role, who) for role, who in plain["said"])
    sides, people, words, every, amounts, former, around, *later = held[len(_PLAIN) :]
    return Telling(
        **plain,
        sides=(frozenset(sides[0]), frozenset(sides[1])),
        people={code: frozenset(names) for code, names in people.items()},
        words=frozenset(words),
        all_words=frozenset(every),
        amounts=tuple(_amount(amount) for amount in amounts),
        former=tuple(_amount(amount) for amount in former),
        around=frozenset(around),
        adds=bool(later and later[0]),
        clause=clause_of(later[1]) if len(later) > 1 else NOTHING,
        facts=tuple(map(fact_of, later[2])) if len(later) > 2 else (),
    )


def _amount(held: list[Any]) -> Amount:
    plain: dict[str, Any] = dict(zip(_AMOUNT, held, strict=True))
    return Amount(**plain | {"nouns": tuple(plain["nouns"])})
