"""The brief in short: four to six sentences, each computed from the records and each with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.export.brief.gather import Gathered, Told, counts
from communique.export.brief.nouns import Bar, Line, Series
from communique.export.brief.wording import (
    counted,
    date,
    dated,
    day,
    in_text,
    listed,
    noun,
    rules,
    stance,
    what,
)

NOTABLE = 0.15  # |net| below which neither side outweighs the other


def lines(names: tuple[str, str], found: Gathered, series: Series) -> Iterator[Line]:
    """The sentences, the most general first."""
    pair = f"{in_text(names[0])} and {in_text(names[1])}"
    yield _scope(pair, found)
    if not found.told:
        return
    yield _kinds(found)
    yield _balance(found, series)
    yield from _latest(found)
    if promises := _promises(found):
        yield promises
    yield _doubts(found)


def _scope(pair: str, found: Gathered) -> Line:
    """How many records, pages and outlets there are, and over which time."""
    outlets = {(document.source or document.key).casefold() for document in found.documents}
    tellings = sum(len(told.events) for told in found.told)
    days = [
        bound
        for told in found.told
        if dated(told.main.date) and told.main.stance not in ("planned", "conditional", "possible")
        for bound in (told.main.date.earliest, told.main.date.latest)
        if bound
    ]
    copies = sum(source.copy_of is not None for source in found.sources.values())
    words = (
        f"{counted(len(found.documents), 'page')} of {counted(len(outlets), 'outlet')} "
        f"{'tells' if len(found.documents) == 1 else 'tell'} of {counted(len(found.told), 'event')} between {pair}"
    )
    if tellings > len(found.told):
        words += f", in {tellings} tellings"
    words += f"; {counted(copies, 'page copies', 'pages copy')} another and confirm nothing" if copies else ""
    if days:
        words += (
            f". The events with a date lie between {day(min(days))} and {day(max(days))}"
            if min(days) < max(days)
            else f". What has a date happened on {day(min(days))}"
        )
    return Line(words + ".", evidence=_of(found.told, found))


def _kinds(found: Gathered) -> Line:
    """What they are, by kind, the most frequent first."""
    kinds: dict[str, int] = {}
    for told in found.told:
        kinds[told.record.event] = kinds.get(told.record.event, 0) + 1
    ranked = sorted(kinds.items(), key=lambda each: (-each[1], list(rules()["events"]).index(each[0])))
    return Line(f"They are {listed([noun(kind, count) for kind, count in ranked])}.", evidence=_of(found.told, found))


def _balance(found: Gathered, series: Series) -> Line:
    """Which way it leans: net = (C - K) / (C + K + prior) of the PLOVER scores of what was done and has a date."""
    counting = [told for told in found.told if counts(told) and dated(told.main.date)]
    loose = sum(counts(told) for told in found.told) - len(counting)
    rest = f" {counted(loose, 'further act has', 'further acts have')} no date and count here not." if loose else ""
    if len(counting) < rules()["fewest"]:
        return Line(
            f"Only {counted(len(counting), 'dated act')} is too little for a balance of cooperation and conflict: "
            f"it takes {rules()['fewest']}.{rest}"
            if len(counting) == 1
            else f"{len(counting) or 'No'} dated acts are too few for a balance of cooperation and conflict: "
            f"it takes {rules()['fewest']}.{rest}",
            evidence=_of(counting, found),
        )
    help_, harm = _sums(counting)
    net = (help_ - harm) / (help_ + harm + rules()["prior"])
    verdict = (
        "cooperation outweighs conflict"
        if net > NOTABLE
        else "conflict outweighs cooperation"
        if net < -NOTABLE
        else "neither outweighs the other"
    )
    return Line(
        f"Among the {len(counting)} dated acts {verdict}: PLOVER scores sum to +{help_:g} for cooperation and "
        f"{-harm:g} for conflict, net {net:+.2f} on a scale from −1 to +1 (prior {rules()['prior']}).{rest}",
        evidence=_of(counting, found),
    )


def _sums(told: Iterable[Told]) -> tuple[float, float]:
    scores = [each.main.event_scale for each in told]
    return sum(score for score in scores if score > 0), -sum(score for score in scores if score < 0)


def _latest(found: Gathered) -> Iterator[Line]:
    """The last act of each of PLOVER's four quarters: in words and deeds, for and against; the weightiest of a day."""
    done = [told for told in found.told if counts(told) and told.record.event != "REQUEST"]
    for quads, opening in (((1, 2), "Latest cooperation"), ((3, 4), "Latest conflict")):
        chosen = []
        for quad in quads:
            mine = [told for told in done if told.main.quad_code == quad]
            if mine:
                chosen.append(max(mine, key=_recent))
        if chosen:
            clauses = [
                f"in {'words' if told.main.quad_code in (1, 3) else 'deeds'}, {_clause(told)}" for told in chosen
            ]
            yield Line(f"{opening}: {'; '.join(clauses)}.", evidence=_of(chosen, found))


def _recent(told: Told) -> tuple[bool, str, float, int, str]:
    when = told.main.date
    last = when.latest or when.earliest
    return dated(when), last.isoformat() if last else "", abs(told.main.event_scale), len(told.events), told.record.id


def _clause(told: Told) -> str:
    """What happened, and when, inside a sentence."""
    return f"{what(told.main)} ({date(told.main.date)})"


def _promises(found: Gathered) -> Line | None:
    """What was promised or aimed at, and that nothing here says it was kept."""
    promised = [
        told for told in found.told if told.record.event == "AGREE" and told.main.stance in ("actual", "planned")
    ]
    aims = [(figure, document) for figure, document in found.figures if figure.status in ("target", "pledged")]
    if not promised and not aims:
        return None
    parts = []
    if promised:
        last = max(promised, key=_recent)
        parts.append(
            f"{counted(len(promised), 'promise or agreement stands', 'promises and agreements stand')} on record, "
            f"the latest that {_lower(what(last.main))} ({date(last.main.date)})"
        )
    if aims:
        amounts = list(dict.fromkeys(" ".join(figure.text.split()) for figure, _ in aims))
        parts.append(f"targets and pledges name {listed(amounts[:4])}")
    evidence = (*_of(promised, found), *found.evidence(aims))
    return Line("; ".join(parts) + ". Nothing here proves that they were kept.", evidence=evidence)


def _lower(clause: str) -> str:
    first = clause.split(" ", 1)[0]
    return clause[:1].lower() + clause[1:] if first in ("The", "People", "Somebody") else clause


def _doubts(found: Gathered) -> Line:
    """How much is disputed, denied, undated or told by one outlet only."""
    disputed = [told for told in found.told if told.record.status == "disputed"]
    denied = [told for told in found.told if told.main.stance == "denied"]
    single = [told for told in found.told if told.record.status == "single"]
    undated = [told for told in found.told if not dated(told.main.date)]
    unsure = [
        told for told in found.told if (stance(told.main) or "") and told.main.stance in ("possible", "conditional")
    ]
    parts = [f"{len(single)} of the {len(found.told)} rest on one outlet alone"] if found.told else []
    for held, words in (
        (undated, "have no exact date"),
        (disputed, "are told differently by different reports"),
        (denied, "are denials"),
        (unsure, "are possible or conditional only"),
    ):
        if held:
            parts.append(
                f"{len(held)} {words if len(held) > 1 else words.replace('are ', 'is ', 1).replace('have ', 'has ', 1).replace('denials', 'a denial')}"
            )
    return Line(f"Caution: {listed(parts)}.", evidence=_of([*disputed, *denied] or single, found))


def _of(told: Sequence[Told], found: Gathered) -> tuple:  # type: ignore[type-arg]
    return found.evidence(pair for each in told for pair in each.events)


_ = Bar
