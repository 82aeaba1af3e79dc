"""What the JSON of every page looks like: JSON Schemas (2020-12), which stand in the desk's OpenAPI document."""

from __future__ import annotations

from typing import Any

from communique.web.words import KINDS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$", "description": "A day, ISO 8601."}
ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{16}$"}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list of it."""
    return {"type": "array", "items": schema}


def exactly(**fields: Schema) -> Schema:
    """An object with these fields and no others."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def with_these(**fields: Schema) -> Schema:
    """An object with at least these fields."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def some_of(**fields: Schema) -> Schema:
    """An object with some of these fields and no others: those at their default are left out."""
    return {"type": "object", "properties": fields, "additionalProperties": False}


def named(name: str) -> Schema:
    """One of COMPONENTS."""
    return {"$ref": f"#/components/schemas/{name}"}


def counts(first: Schema) -> Schema:
    """Values with how often each is found, the most frequent first."""
    return many({"type": "array", "prefixItems": [first, COUNT], "minItems": 2, "maxItems": 2})


READY: Schema = YES | {"description": "false while it is being worked out: ask again in a while."}
SPAN = exactly(start=COUNT, end=COUNT)
PAGED: dict[str, Schema] = {
    "total": COUNT | {"description": "How many there are in all."},
    "page": COUNT | {"description": "Which page this is, from 1."},
    "pages": COUNT,
    "size": COUNT | {"description": "How many on a page."},
}
STATUS: Schema = {"type": "string", "enum": ["single", "corroborated", "disputed", "superseded"]}
POINT = exactly(
    period=TEXT, start=DAY, end=DAY, records=many(ID), cooperation=maybe(NUMBER), conflict=maybe(NUMBER),
    net=maybe(NUMBER), low=maybe(NUMBER), high=maybe(NUMBER), level=maybe(NUMBER), cooperation_verbal=maybe(NUMBER),
    cooperation_material=maybe(NUMBER), conflict_verbal=maybe(NUMBER), conflict_material=maybe(NUMBER),
    documents=COUNT, outlets=COUNT,
    stories=COUNT, dated=maybe(NUMBER), note=maybe(TEXT),
)  # fmt: skip
LINE = exactly(
    text=TEXT, date=maybe(TEXT), words=maybe(TEXT), notes=many(TEXT), record=maybe(ID),
    evidence=many(exactly(source=COUNT, reference=TEXT, text=TEXT, text_info=SPAN, marked=SPAN)),
)  # fmt: skip
CLAIM = exactly(value=TEXT, said_by=many(exactly(id=ID, key=ID, outlet=TEXT)))
TOLD = with_these(text=TEXT, text_info=SPAN, span=SPAN, document_id=TEXT, cite_info={"type": "object"})

# the fields of every kind of item are those of docs/output.md; these are what all of them have
COMPONENTS: dict[str, Schema] = {
    "Error": exactly(error=TEXT, advice=TEXT, status=COUNT),
    "Item": with_these(
        id=ID, document_id=TEXT, kind={"type": "string", "enum": list(KINDS)}, text=TEXT,
        text_info=exactly(start=COUNT, end=COUNT, sequence=COUNT), span=SPAN,
        cite_info=with_these(title=maybe(TEXT), publication=maybe(TEXT), url=maybe(TEXT), date=maybe(DAY),
                             date_basis=TEXT),
        confidence={"type": "number", "minimum": 0, "maximum": 1}, coder=TEXT, rule=TEXT,
    ) | {"description": "An event, figure, quote, assessment, project or forum: docs/output.md has its fields."},
    "Pair": exactly(
        first=TEXT, second=TEXT, acts=COUNT, cooperation=COUNT, conflict=COUNT, now=maybe(NUMBER),
        before=maybe(NUMBER), acts_now=COUNT, acts_before=COUNT, moved=maybe(NUMBER),
    ),
    "Article": exactly(
        key=ID, id=TEXT, title=TEXT, source=maybe(TEXT), first_read=TEXT, events=COUNT, date=TEXT,
    ),
    "Run": exactly(
        id=ID, state={"type": "string", "enum": ["waiting", "reading", "merging", "done", "failed", "stopped"]},
        files=many(TEXT), total=maybe(COUNT), read=COUNT, known=COUNT,
        items={"type": "object", "additionalProperties": COUNT}, faults=many(TEXT), last=maybe(TEXT),
        articles=many(ID), over=YES,
    ),
    "Story": exactly(
        id=ID, title=TEXT, date=TEXT, earliest=maybe(DAY), latest=maybe(DAY), records=COUNT, articles=COUNT,
    ),
    "Point": POINT,
    "Series": exactly(
        first=TEXT, second=TEXT, by=TEXT, weights=TEXT, points=many(named("Point")), direction=TEXT,
        total=maybe(named("Point")), vague=many(ID), undated=many(ID), left_out=counts(TEXT),
        sensitivity=many(exactly(name=TEXT, net=maybe(NUMBER), records=COUNT, differs=COUNT, periods=COUNT)),
        prior=NUMBER, half_life=NUMBER, fewest=COUNT, confidence=NUMBER, draws=COUNT, seed={"type": "integer"},
    ),
    "Difference": exactly(field=TEXT, verdict=TEXT, first=CLAIM, second=CLAIM),
    "Record": some_of(
        id=ID, event=TEXT, members=many(ID), values=many(many(TEXT)), status=STATUS, voices=COUNT,
        disagreements=many({"type": "object"}), links=many(exactly(relation=TEXT, record=ID)),
    ),
    "Tie": with_these(
        kind={"const": "tie"}, first=TEXT, second=TEXT, net=NUMBER, low=maybe(NUMBER), high=maybe(NUMBER),
        sign={"enum": [-1, 0, 1]}, number=COUNT, records=many(ID),
    ),
    "Pledge": with_these(
        id=ID, kind=TEXT, by=many(TEXT), to=many(TEXT), verdict=TEXT, late=YES, why=maybe(TEXT), told=many(TOLD),
        reports=many(TOLD),
    ),
    "Judgement": with_these(
        id=ID, verdict={"enum": ["same", "different", "wrong", "right"]}, subjects=many(ID), reason=TEXT, by=TEXT,
        at=TEXT, in_force=YES,
    ),
}  # fmt: skip
ITEM = named("Item")
WINDOW = exactly(days=maybe(COUNT), last=maybe(DAY))

START = exactly(
    archive=exactly(
        documents=COUNT, older=COUNT, outlets=COUNT, kinds=exactly(**dict.fromkeys(KINDS, COUNT)), records=COUNT,
        stories=COUNT, first=maybe(DAY), last=maybe(DAY), undated=COUNT,
    ),
    window=WINDOW, moved=many(named("Pair")), pairs=many(named("Pair")), last=many(named("Article")),
    reads=many(named("Run")),
)  # fmt: skip
PAIRS = exactly(**PAGED, window=WINDOW, pairs=many(named("Pair")))
ARTICLES = exactly(**PAGED, documents=many(named("Article")))
HIT = exactly(
    key=ID, title=TEXT, outlet=TEXT, date=TEXT, find=many({"type": "string", "pattern": r"^\d+-\d+$"}),
    sentence=maybe(COUNT), text=TEXT, score=NUMBER,
)  # fmt: skip
FACETS = exactly(year=counts(TEXT), source=counts(TEXT), state=counts(TEXT))
SEARCH: Schema = {
    "type": "object",
    "properties": {"q": TEXT, **PAGED, "facets": FACETS, "hits": many(HIT)},
    "required": ["q", "total", "hits"],
    "additionalProperties": False,
}
RECORDS = exactly(
    **PAGED, records=many(exactly(record=ID, status=STATUS, tellings=COUNT, outlets=many(TEXT), event=ITEM))
)
ITEMS: Schema = {
    "type": "object",
    "properties": PAGED | {plural: many(ITEM) for plural in KINDS.values()},
    "required": list(PAGED),
    "additionalProperties": False,
}
BESIDE = exactly(total=COUNT, items=many(ITEM))
PAIR = exactly(
    pair=many(TEXT), names=many(TEXT), series=named("Series"), **PAGED,
    records=many(exactly(record=ID, status=STATUS, story=maybe(ID), event=ITEM)), figures=BESIDE, quotes=BESIDE,
    projects=BESIDE,
    pledges=maybe(many(named("Pledge"))) | {"description": "null while the ledger is being made: ask again."},
    disagreements=exactly(total=COUNT, items=many(exactly(record=ID, differences=many(named("Difference"))))),
)  # fmt: skip
LATER = maybe(many(named("Pledge"))) | {"description": "null while what came of them is looked up: ask again."}
RECORD = exactly(record=named("Record"), tellings=many(ITEM), pledges=LATER)
STORIES = exactly(**PAGED, stories=many(named("Story")))
STORY = exactly(story=named("Story"), **PAGED, records=many(ITEM))
ACTOR = exactly(
    ready=READY, name=TEXT, code=maybe(TEXT), identifier=maybe(TEXT), events=COUNT, quotes=COUNT, codes=counts(TEXT),
    offices=counts(TEXT), people=counts(TEXT), partners=counts(TEXT), **PAGED, records=many(ITEM),
)  # fmt: skip
ONE_ITEM: Schema = {"allOf": [ITEM, with_these(record=maybe(ID))]}
ARTICLE = exactly(
    key=ID, id=TEXT, title=maybe(TEXT), byline=maybe(TEXT), source=maybe(TEXT), url=maybe(TEXT), language=maybe(TEXT),
    published=exactly(earliest=maybe(DAY), latest=maybe(DAY), precision=TEXT, basis=TEXT, note=maybe(TEXT)),
    page_date={}, article=many(SPAN), furniture=many(exactly(start=COUNT, end=COUNT, reason=TEXT)),
    repeats=many(exactly(start=COUNT, end=COUNT, of=SPAN)),
    date_evidence=many(exactly(kind=TEXT, earliest=DAY, latest=DAY, text=TEXT)), encoding=maybe(TEXT),
    media_type=TEXT, warnings=many(TEXT), text=TEXT, items=many(ITEM), pledges=LATER,
    copies=exactly(total=COUNT, articles=many(exactly(key=ID, title=TEXT, outlet=TEXT))),
    passages=many(exactly(start=COUNT, end=COUNT, total=COUNT,
                          articles=many(exactly(key=ID, title=TEXT, outlet=TEXT)))),
)  # fmt: skip
NETWORK = exactly(
    ready=READY, summary=with_these(kind={"const": "network"}, weights=TEXT), ties=many(named("Tie")),
    states=many(exactly(code=TEXT, friends=COUNT, opponents=COUNT, records=COUNT, eigenvector=NUMBER,
                        betweenness=NUMBER, community=COUNT)),
)  # fmt: skip
MAP = exactly(
    ready=READY, total=COUNT,
    places=many(exactly(place=TEXT, state=maybe(TEXT), latitude=maybe(NUMBER), longitude=maybe(NUMBER), exact=YES,
                        meetings=COUNT, pairs=many(TEXT), records=many(ID))),
)  # fmt: skip
PLEDGES = exactly(
    ready=READY, whole=YES | {"description": "false where only the newest articles were read: see back_to."},
    articles=COUNT, read=COUNT | {"description": "How many of the articles were read."},
    back_to=maybe(DAY) | {"description": "The day of the oldest that was: as_of the day before gives what was before."},
    as_of=maybe(DAY), **PAGED, pledges=many(named("Pledge")),
)  # fmt: skip
DISAGREEMENTS = exactly(
    **PAGED, status=STATUS,
    disagreements=many(exactly(record=ID, event=TEXT, what=TEXT, field=TEXT, verdict=TEXT, first=TEXT, second=TEXT,
                               first_said_by=many(TEXT), second_said_by=many(TEXT))),
)  # fmt: skip
REVIEW = exactly(
    waiting=COUNT, skip=COUNT,
    next=maybe(exactly(id=ID, kind={"enum": ["event", "record"]}, events=many(ID), why=TEXT)),
)  # fmt: skip
JUDGEMENTS = exactly(**PAGED, judgements=many(named("Judgement")))
BRIEF = exactly(
    ready=READY, pair=many(TEXT), names=many(TEXT), asked=maybe(TEXT), summary=many(LINE),
    sections=many(with_these(name=TEXT, title=TEXT, lines=many(LINE))), series={"type": "object"},
    sources=many(with_these(number=COUNT, key=ID, id=TEXT)),
)  # fmt: skip
READING = named("Run")
