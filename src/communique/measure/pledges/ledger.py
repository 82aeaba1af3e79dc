"""The ledger: promises of an archive, each once, with what later reports say and what follows from that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from communique.errors import UsageError
from communique.export.dates import period
from communique.measure.pledges import gather, group, levels
from communique.measure.pledges.find import promises
from communique.measure.pledges.gather import numbers
from communique.measure.pledges.judge import judge
from communique.measure.pledges.nouns import VERDICTS, Evidence, Page, Pledge, Promise, Said, begins, ends
from communique.measure.pledges.speaks import Words, definitely_after, looks_back, names_deadline, ordinals, same_amount

if TYPE_CHECKING:
    from communique.archive import Archive


class Ledger(Sequence[Pledge]):
    """Entries by the day on which the promise was made; as_of is the day up to which the reports reach."""

    def __init__(self, entries: Sequence[Pledge], as_of: dt.date | None) -> None:
        self._entries = tuple(entries)
        self.as_of = as_of

    def __getitem__(self, index: Any) -> Any:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Pledge]:
        return iter(self._entries)

    def count(self, value: Any = None) -> Any:
        """How many entries have each verdict, in the order of VERDICTS; with a verdict, how many have that."""
        found = Counter(entry.verdict for entry in self._entries)
        return found[value] if value is not None else {name: found[name] for name in VERDICTS if found[name]}

    def rows(self) -> list[dict[str, Any]]:
        """Each entry as the output contract's JSON (docs/output.md)."""
        from communique.measure.pledges.rows import row

        return [row(entry) for entry in self._entries]


def ledger(
    archive: Archive,
    between: Sequence[str] = (),
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    undated: bool = False,
    verdict: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> Ledger:
    """The ledger of promises of an archive.

    between: codes of states and bodies (one: it takes part; several: at least two of them do). since, until: when the
    promise was made, inclusive; one that is not dated is kept if undated says so. verdict: only entries with one of
    them. as_of: the day on which to ask whether a deadline has passed, by default that of the latest article; later
    articles are left out. Raises UsageError for a verdict that there is not.
    """
    unknown = set(verdict) - set(VERDICTS)
    if unknown:
        raise UsageError(
            f"there is no verdict {', '.join(sorted(unknown))}", advice=f"Verdicts are {', '.join(VERDICTS)}"
        )
    pages = gather.pages(archive, between)
    if as_of is not None:
        pages = [page for page in pages if (first := begins(page.published)) is None or first <= as_of]
    last = as_of or max((page.published.latest for page in pages if page.published.latest), default=None)
    entries = entries_of(pages, last)
    wanted = frozenset(between)
    kept = [
        entry
        for entry in entries
        if (not wanted or len(wanted & entry.promise.parties) >= min(2, len(wanted)))
        and (not verdict or entry.verdict in verdict)
        and _inside(entry.promise, since, until, undated)
    ]
    return Ledger(kept, last)


def entries_of(pages: Sequence[Page], as_of: dt.date | None) -> list[Pledge]:
    """Every promise of the articles, once, with its verdict as of a day."""
    words = Words.of(pages)
    told = [promise for page in pages for said in page.said for promise in promises(said)]
    groups = group.grouped(told, words)
    index = _Index(pages, {id(each.said) for each in told})
    by_parties: dict[frozenset[str], list[Promise]] = {}
    for promise in sorted(told, key=group.order):
        by_parties.setdefault(promise.parties, []).append(promise)
    return [_entry(members, index, by_parties, words, as_of) for members in groups]


class _Index:
    """Finds the sentences that may speak of a promise without asking every one."""

    def __init__(self, pages: Sequence[Page], promising: set[int]) -> None:
        self.promising = promising  # sentences that promise: they tell of no deed
        self.by_stem: dict[str, list[Said]] = {}
        self.by_event: dict[frozenset[str], list[Said]] = {}
        self.by_unit: dict[str | None, list[Said]] = {}
        self.looking_back: list[Said] = []
        self.place: dict[int, int] = {}
        for page in pages:
            for said in page.said:
                self.place[id(said)] = len(self.place)
                if looks_back(said.text):
                    self.looking_back.append(said)
                for unit in {figure.unit for figure in said.figures}:
                    self.by_unit.setdefault(unit, []).append(said)
                for stem in said.stems:
                    self.by_stem.setdefault(stem, []).append(said)
                codes = frozenset(page.weight)
                if any(each.event == "CONSULT" for each in said.events) or said.figures:
                    self.by_event.setdefault(codes, []).append(said)

    def near(self, promise: Promise) -> list[Said]:
        """Sentences that share a word with it."""
        count: Counter[int] = Counter()
        held: dict[int, Said] = {}
        for stem in promise.core:
            for said in self.by_stem.get(stem, ()):
                count[id(said)] += 1
                held[id(said)] = said
        for stem in promise.context:
            for said in self.by_stem.get(stem, ()):
                if looks_back(said.text):
                    held[id(said)] = said
        if promise.amount is not None:
            for said in self.by_unit.get(promise.amount.unit, ()):
                if looks_back(said.text) and same_amount(promise.amount, said) is not None:
                    held[id(said)] = said
        if promise.deadline.text:
            for said in self.looking_back:
                if names_deadline(promise, said):
                    held[id(said)] = said
        wanted = numbers(promise.words)
        found = [
            said
            for place, said in held.items()
            if promise.parties <= said.page.weight.keys()
            and (
                count[place] > 1
                or said.figures
                or looks_back(said.text)
                or len(promise.core) == 1
                or wanted & said.numbers
                or ordinals(said.text)
            )
        ]
        return sorted(found, key=lambda said: self.place[id(said)])

    def between(self, parties: frozenset[str]) -> list[Said]:
        """Sentences with a meeting or a figure, in articles that name all of the parties."""
        found = [said for codes, held in self.by_event.items() if parties <= codes for said in held]
        return sorted(found, key=lambda said: self.place[id(said)])


def _entry(
    members: list[Promise],
    index: _Index,
    by_parties: dict[frozenset[str], list[Promise]],
    words: Words,
    as_of: dt.date | None,
) -> Pledge:
    promise = _whole(members)
    own = {id(each.said) for each in members}
    found: list[Evidence] = []
    if levels.is_a_visit(promise):
        found += [each for said in index.between(promise.parties) if (each := levels.held(promise, said))]
    elif levels.aims_at_a_level(promise):
        found += [each for said in index.between(promise.parties) if (each := levels.reached(promise, said))]
    found += [
        each
        for said in index.near(promise)
        if id(said) not in own
        and (each := judge(promise, said, words)) is not None
        and (id(said) not in index.promising or each.verdict in ("overtaken", "cancelled"))
    ]
    later = [each for each in by_parties.get(promise.parties, ()) if all(each is not member for member in members)]
    replacing = group.replaced(promise, later, words)
    if replacing is not None:
        found.append(replacing)
    evidence = _distinct(found)
    verdict, why, late = _verdict(promise, evidence, as_of)
    return Pledge(members[0], tuple(members), verdict, why, late, tuple(evidence))


def _whole(members: list[Promise]) -> Promise:
    """The first telling, with the amount, deadline and project that only another one gives."""
    first = members[0]
    amounts = [each.amount for each in members if each.amount]
    units = Counter(amount.unit for amount in amounts)
    # the unit that most give: one outlet's "$" may be another's "A$"
    amount = max(amounts, key=lambda each: units[each.unit], default=None)
    due = next((each.deadline for each in members if each.deadline.latest), first.deadline)
    deeds = frozenset().union(*(each.deeds for each in members))
    project = first.project or next((each.project for each in members if each.project), None)
    return replace(first, amount=amount, deadline=due, deeds=deeds, project=project)


def _distinct(found: list[Evidence]) -> list[Evidence]:
    """One piece of evidence a sentence, by date; copies of a sentence in other articles count once."""
    seen: set[object] = set()
    kept = []
    for each in sorted(found, key=_evidence_order):
        if id(each.said) in seen or (each.verdict, each.said.text) in seen:
            continue
        seen |= {id(each.said), (each.verdict, each.said.text)}
        kept.append(each)
    return kept


def _evidence_order(each: Evidence) -> tuple[str, int, str, int]:
    day = ends(each.when)
    return (day.isoformat() if day else "9999", VERDICTS.index(each.verdict), each.said.page.id, each.said.sequence)


def _verdict(promise: Promise, evidence: list[Evidence], as_of: dt.date | None) -> tuple[str, str, bool]:
    """What follows from all reports: the latest decides, and of one day the less favourable.

    What was kept is not cancelled afterwards; what is overtaken can still be kept to the letter.
    """
    if not evidence:
        return "silent", _silence(promise, as_of), False
    chosen = evidence[0]
    for each in evidence[1:]:
        if _decides(chosen, each):
            chosen = each
    page = chosen.said.page
    return (
        chosen.verdict,
        f"{chosen.why} ({page.source or page.id}, {period(page.published) or 'undated'})",
        chosen.late,
    )


def _decides(held: Evidence, new: Evidence) -> bool:
    """Whether a piece of evidence that is no older takes the place of the one that stood so far."""
    if held.verdict == "kept" and new.verdict in ("cancelled", "overtaken"):
        return False
    if held.verdict == "cancelled" and new.verdict != "kept":
        return False
    if held.verdict == "overtaken" and new.verdict in ("under way", "overdue"):
        return False
    if held.promise is not None and new.verdict == "partly":
        return False  # what was paid since belongs to the promise that took its place
    if not definitely_after(new.when, held.when):
        # of one day: in part beats in full
        caution = ("cancelled", "overtaken", "overdue", "partly", "kept", "under way")
        return caution.index(new.verdict) < caution.index(held.verdict)
    return True


def _silence(promise: Promise, as_of: dt.date | None) -> str:
    due = promise.deadline
    if promise.made.latest is None:
        return "the day of its article is not known well enough to say what came later"
    if due.latest is not None and as_of is not None and due.latest < as_of:
        return f"no later report here speaks of it, though its time ({period(due)}) is over"
    return "no later report here speaks of it"


def _inside(promise: Promise, since: dt.date | None, until: dt.date | None, undated: bool) -> bool:
    if since is None and until is None:
        return True
    first, last = promise.made.earliest, promise.made.latest
    if first is None and last is None:
        return undated
    return not ((since and last and last < since) or (until and first and first > until))
