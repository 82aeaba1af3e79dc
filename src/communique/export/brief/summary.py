"""The brief in short: four to six sentences, each computed from the records and each with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.export.brief.gather import Gathered, Told, counts
from communique.export.brief.nouns import Evidence, Line
from communique.export.brief.wording import clause, counted, date, day, excerpt, in_text, listed, noun, rules
from communique.model import Span

NOTABLE = 0.15  # |net| below which neither side outweighs the other
AMOUNTS = 4  # targets and pledges that the sentence names
QUARTERS = (("Latest cooperation", (1, 2)), ("Latest conflict", (3, 4)))


def lines(names: tuple[str, str], found: Gathered) -> Iterator[Line]:
    """The sentences, the most general first."""
    yield _scope(f"{in_text(names[0])} and {in_text(names[1])}", found)
    if not found.told:
        return
    yield _balance(found)
    yield from _latest(found)
    yield from _promises(found)
    yield _doubts(found)


def _scope(pair: str, found: Gathered) -> Line:
    """How many events of which kinds, on how many pages of how many outlets, and over which time."""
    if not found.told:
        return Line(f"No event between {pair} is on record, but other things that are said of them.")
    named = {document.source.casefold() for document in found.documents if document.source}
    nameless = sum(document.source is None for document in found.documents)
    outlets = [counted(len(named), "named outlet")] if named else []
    outlets += [counted(nameless, "page that names none", "pages that name none")] if nameless else []
    kinds: dict[str, int] = {}
    for told in found.told:
        kinds[told.record.event] = kinds.get(told.record.event, 0) + 1
    ranked = sorted(kinds.items(), key=lambda each: (-each[1], list(rules()["events"]).index(each[0])))
    text = (
        f"{counted(len(found.documents), 'page')} ({' and '.join(outlets)}) "
        f"{'tells' if len(found.documents) == 1 else 'tell'} of {counted(len(found.told), 'event')} between {pair}: "
        f"{listed([noun(kind, count) for kind, count in ranked])}."
    )
    copies = sum(source.copy_of is not None for source in found.sources.values())
    if copies:
        text += f" {counted(copies, 'page only copies', 'pages only copy')} another."
    days = [
        bound
        for told in found.told
        if told.exact and counts(told)
        for bound in (told.date.earliest, told.date.latest)
        if bound
    ]
    if days and min(days) < max(days):
        text += f" What was done and has a date lies between {day(min(days))} and {day(max(days))}."
    return Line(text, evidence=_of(found.told, found))


def _balance(found: Gathered) -> Line:
    """Which way it leans: net = (C - K) / (C + K + prior) of the PLOVER scores of what was done and has a date."""
    done = [told for told in found.told if counts(told)]
    dated = [told for told in done if told.exact]
    loose = len(done) - len(dated)
    rest = ""
    if loose:
        rest = f" {counted(loose, 'further act is', 'further acts are')} not in this, for want of an exact date."
    if len(dated) < rules()["fewest"]:
        held = counted(len(dated), "act that was done has an exact date", "acts that were done have an exact date")
        text = f"There is no balance of cooperation and conflict: {held}, and it takes {rules()['fewest']}.{rest}"
        return Line(text, evidence=_of(dated or done, found))
    scores = [told.main.event_scale for told in dated]
    help_, harm = sum(s for s in scores if s > 0), -sum(s for s in scores if s < 0)
    net = (help_ - harm) / (help_ + harm + rules()["prior"])
    if abs(net) <= NOTABLE:
        verdict = "neither cooperation nor conflict outweighs the other"
    else:
        verdict = "cooperation outweighs conflict" if net > 0 else "conflict outweighs cooperation"
    text = (
        f"Among the {len(dated)} acts with a date {verdict}: PLOVER scores sum to {help_:+g} for cooperation and "
        f"{_signed(-harm)} for conflict, net {_signed(round(net, 2))} on a scale from −1 to +1 "
        f"(prior {rules()['prior']}).{rest}"
    )
    return Line(text, evidence=_of(dated, found))


def _signed(number: float) -> str:
    """A number with its sign; nothing is neither plus nor minus."""
    return f"{number:+g}".replace("-", "−") if number else "0"


def _latest(found: Gathered) -> Iterator[Line]:
    """The last act of each of PLOVER's quarters, in words and in deeds; of one day the weightiest."""
    done = [told for told in found.told if counts(told)]
    for opening, quads in QUARTERS:
        chosen = [max(mine, key=_recent) for quad in quads if (mine := [t for t in done if t.main.quad_code == quad])]
        if chosen:
            clauses = [f"in {_medium(told)}, {_clause(told, found)}" for told in chosen]
            yield Line(f"{opening}: {'; '.join(clauses)}.", evidence=_of(chosen, found))


def _medium(told: Told) -> str:
    return "words" if told.main.quad_code in (1, 3) else "deeds"


def _recent(told: Told) -> tuple[bool, str, float, int, str]:
    last = told.date.latest or told.date.earliest
    weight = abs(told.main.event_scale)
    return told.exact, last.isoformat() if last else "", weight, len(told.events), told.record.id


def _clause(told: Told, found: Gathered) -> str:
    """What happened, when, and the page's own words for it."""
    return f"{clause(told.main)} ({date(told.date)}: “{words(told, found)}”)"


def words(told: Told, found: Gathered) -> str:
    """The words around the trigger in the page that tells it best."""
    event = told.main
    document = next(doc for each, doc in told.events if each is event)
    marked = Span(event.trigger.start - event.sentence.start, event.trigger.end - event.sentence.start)
    return excerpt(event.sentence.cut(document.text), marked, rules()["short_excerpt"]).rstrip(".")


def _promises(found: Gathered) -> Iterator[Line]:
    """What was promised or aimed at; that it was kept would have to be shown by a deed."""
    promised = [told for told in found.told if told.record.event == "AGREE" and told.main.stance != "denied"]
    aims = [pair for pair in found.figures if pair[0].status in ("target", "pledged")]
    parts = []
    if promised:
        last = max(promised, key=_recent)
        stand = counted(len(promised), "promise or agreement is", "promises and agreements are")
        which = "" if len(promised) == 1 else ", the latest" if last.exact else ", among them"
        parts.append(f"{stand} on record{which} ({date(last.date)}): “{words(last, found)}”")
    if aims:
        amounts = list(dict.fromkeys(" ".join(figure.text.split()) for figure, _ in aims))
        more = f" and {len(amounts) - AMOUNTS} more" if len(amounts) > AMOUNTS else ""
        parts.append(f"targets and pledges name {listed(amounts[:AMOUNTS])}{more}")
    if parts:
        evidence = {each.reference: each for each in (*_of(promised, found), *found.evidence(aims))}
        kept = "it was" if len(promised) + len(aims) == 1 else "they were"
        text = f"{'; '.join(parts)}. Whether {kept} kept would have to be shown by deeds."
        yield Line(text[0].upper() + text[1:], evidence=tuple(evidence.values()))


def _doubts(found: Gathered) -> Line:
    """How much is told by one outlet only, undated, disputed, denied or uncertain."""
    told = found.told
    disputed = [each for each in told if each.record.status == "disputed"]
    denied = [each for each in told if each.main.stance == "denied"]
    single = [each for each in told if each.record.status == "single"]
    parts = [f"{len(single)} of {counted(len(told), 'event')} {'rests' if len(single) == 1 else 'rest'} on one outlet"]
    for number, one, many in (
        (sum(not each.exact for each in told), "has no exact date", "have no exact date"),
        (len(disputed), "is told differently by different reports", "are told differently by different reports"),
        (len(denied), "is a denial", "are denials"),
        (
            sum(each.main.stance in ("possible", "conditional") for each in told),
            "is only possible",
            "are only possible",
        ),
    ):
        if number:
            parts.append(f"{number} {one if number == 1 else many}")
    return Line(f"Caution: {listed(parts)}.", evidence=_of([*disputed, *denied] or single or list(told), found))


def _of(told: Iterable[Told], found: Gathered) -> tuple[Evidence, ...]:
    return found.evidence(pair for each in told for pair in each.events)
