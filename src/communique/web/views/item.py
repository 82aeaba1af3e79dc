"""One item: what the machine says, how it came to that, and its sentence in its place on the page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response

from communique.archive.write import date_of, kind_of, own_words, roles
from communique.export.brief import wording
from communique.export.plover import to_json
from communique.model import Document, Event, Figure, Item, Judgement, Record, Span, Story
from communique.web import answers, present, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import records as recorded
from communique.web.text import Block, Mark, blocks

router = APIRouter()


def item(
    kind: str,
    id: str,
    desk: Desk = Depends(desk_of),
    judged: Annotated[str | None, Query(max_length=16, description="The judgement just made.")] = None,
) -> Page:
    """One event, figure, quote, assessment, project or forum with its evidence."""
    found, document = desk.archive.get(id)
    if document is None or isinstance(found, (Document, Record, Story, Judgement)) or kind_of(found) != kind:
        from communique.errors import UsageError

        raise UsageError(f"no {kind} has this id", where=id, advice="Ids stand in every list")
    record = recorded.of_event(desk.archive, found.id) if isinstance(found, Event) else None
    data = to_json(found, document) | {"record": record}
    _, flat = present.table([(found, document)])
    made = [each for each in desk.archive.judgements() if found.id in each.subjects or each.id == judged]
    context = {
        "row": present.row(found, document),
        "item": found,
        "people": present.people(found),
        "when": present.dates(date_of(found)),
        "facts": facts(found),
        "record": record,
        "judged": [each for each in made if each.id != judged],
        "last": just_made(desk, judged),
        **evidence(desk, found, document),
    }
    return Page("item.html.j2", context["row"].what, data, flat, context)


def just_made(desk: Desk, identifier: str | None) -> dict[str, str] | None:
    """The judgement that brought us here, so that it can be taken back at once."""
    made = next((each for each in desk.archive.judgements() if each.id == identifier), None)
    return {"id": made.id, "words": judgement_words(made)} if made else None


def judgement_words(made: Judgement) -> str:
    """A judgement in plain words."""
    if made.actor:
        return f"“{made.actor_text}” stands for {wording.state(made.actor)}"
    if made.date:
        return f"it was on {words.day_of(made.date)}"
    return str(words.desk()["verdicts"].get(made.verdict, made.verdict))


def evidence(desk: Desk, found: Item, document: Document) -> dict[str, Any]:
    """The page with the item's sentence, its words, its actors and its date marked."""
    sentences = desk.sentences(document.key)
    shown, rest = blocks(document, sentences, marks(found))
    return {"document": document, "blocks": shown, "rest": rest, "at": _place(sentences, found.sentence)}


def marks(found: Item) -> list[Mark]:
    """Everything of an item that can be marked in its page."""
    own, _ = own_words(found)
    marked = [Mark(found.sentence, "hit"), Mark(own, "words", "the words that say it")]
    labels = words.desk()["roles"]
    for role, who in roles(found):
        if who.span is not None:
            marked.append(Mark(who.span, "who", f"{labels.get(role, role)}: {wording.who(who)}"))
    when = date_of(found)
    if when.span is not None:
        marked.append(Mark(when.span, "when", wording.date(when)))
    return marked


def _place(sentences: list[Span], sentence: Span) -> int:
    return next((number for number, each in enumerate(sentences) if each.overlaps(sentence)), 0)


def facts(found: Item) -> list[tuple[str, str]]:
    """The fields of an item that are neither date nor actor, in plain words."""
    told: list[tuple[str, str]] = []
    match found:
        case Event():
            told.append(("Kind", f"{found.event}{f', {found.mode}' if found.mode else ''}"))
            told.append(("Score", f"{words.number(found.event_scale)} on PLOVER's scale from −10 to +10"))
            told.append(("Did it happen", words.stance(found.stance)))
            if found.context:
                told.append(("About", ", ".join(found.context).replace("_", " ")))
            if found.place:
                told.append(("Place", f"{found.place.name}{f' ({found.place.code})' if found.place.code else ''}"))
        case Figure():
            told.append(("Amount", amount(found)))
            told.append(("Kind of figure", found.status))
            for label, value in (("Measures", found.measure), ("Per", found.per), ("Moves", found.direction)):
                if value:
                    told.append((label, value))
        case _:
            for name in ("mode", "cue", "type", "stage", "role"):
                if value := getattr(found, name, None):
                    told.append((name.capitalize(), str(value)))
            if hedges := getattr(found, "hedges", ()):
                told.append(("Hedged by", ", ".join(hedges)))
    told.append(("Decided by", f"{found.rule or 'no rule named'}, {words.share(found.confidence)} sure"))
    return told


def amount(figure: Figure) -> str:
    """A figure's value or bounds with its unit."""
    unit = figure.unit or ""
    if figure.value is None and figure.low is None and figure.high is None:
        return figure.text
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        return f"{words.number(figure.low)} to {words.number(figure.high)} {unit}"
    value = figure.value if figure.value is not None else figure.low if figure.low is not None else figure.high
    bound = "" if figure.value is not None else "at least " if figure.low is not None else "at most "
    return f"{bound}{words.number(value)} {unit}"


def page_text(shown: list[Block]) -> int:
    """How many parts of a page were left out."""
    return sum(len(block.parts) for block in shown)


@router.get("/show/{prefix}", include_in_schema=False)
def show(prefix: str, desk: Desk = Depends(desk_of)) -> Response:
    """Anything by its id or the first characters of it."""
    found, _ = desk.archive.get(prefix)
    match found:
        case Document():
            target = f"/article/{found.key}"
        case Record() | Story():
            target = f"/{type(found).__name__.lower()}/{found.id}"
        case Judgement():
            target = "/review"
        case _:
            target = f"/item/{kind_of(found)}/{found.id}"
    return RedirectResponse(target, 303)


add(router, "/item/{kind}/{id}", item, "One item with its evidence", answers.ONE_ITEM)
