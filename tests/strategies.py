"""Random nouns for property tests: any text that UTF-8 can hold, any span, any date, everything optional."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from communique import model
from communique.model import Coded

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
small = st.integers(0, 2**40)
floats = st.floats(allow_nan=False)
spans = st.builds(model.Span, small, small)
dates = st.dates()


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """The thing or nothing."""
    return st.none() | strategy


def many(strategy: st.SearchStrategy, most: int = 2) -> st.SearchStrategy:
    """A tuple of a few."""
    return st.lists(strategy, max_size=most).map(tuple)


def one_of(literal: object) -> st.SearchStrategy:
    """One of the words of a Literal."""
    return st.sampled_from(get_args(literal))


whens = st.builds(
    model.When,
    maybe(dates),
    maybe(dates),
    one_of(model.Precision),
    one_of(model.Basis),
    maybe(texts),
    maybe(spans),
    maybe(texts),
    many(dates),
)
kinds = st.sampled_from(("state", "person", "office", "body", "group", "people", "unknown"))
actors = st.builds(model.Actor, maybe(texts), many(texts), maybe(texts), maybe(texts), maybe(texts), kinds)
participants = st.builds(model.Participant, actors, texts, texts, maybe(spans), many(texts), floats)
attributions = st.builds(model.Attribution, participants, texts, maybe(spans), maybe(participants))
places = st.builds(model.Place, texts, maybe(spans), maybe(texts), maybe(floats), maybe(floats), maybe(small))
mentions = st.builds(model.Mention, spans, texts, many(actors), texts, many(texts), floats, small)
documents = st.builds(
    model.Document,
    texts,
    texts,
    many(spans),
    many(st.builds(model.Furniture, spans, texts)),
    many(st.builds(model.Repeat, spans, spans)),
    maybe(texts),
    maybe(texts),
    maybe(texts),
    maybe(texts),
    maybe(texts),
    whens,
    whens,
    many(st.builds(model.DateEvidence, texts, dates, dates, texts, maybe(spans))),
    maybe(texts),
    texts,
    many(texts),
)
tail = {"sentence": spans, "sequence": small, "confidence": floats, "rule": texts}
events = st.builds(
    model.Event,
    document_id=texts,
    event=texts,
    mode=maybe(texts),
    context=many(texts),
    quad_code=st.integers(1, 4),
    event_scale=floats,
    cameo=maybe(texts),
    actor=many(participants),
    recipient=many(participants),
    unordered=st.booleans(),
    date=whens,
    place=maybe(places),
    stance=one_of(model.Stance),
    attributed_to=maybe(attributions),
    event_text=texts,
    trigger=spans,
    **tail,
)
figures = st.builds(
    model.Figure,
    document_id=texts,
    span=spans,
    text=texts,
    value=maybe(floats | small),
    low=maybe(floats | small),
    high=maybe(floats | small),
    unit=maybe(texts),
    currency=maybe(texts),
    per=maybe(texts),
    measure=maybe(texts),
    between=many(participants),
    status=one_of(model.FigureStatus),
    direction=maybe(texts),
    period=whens,
    deadline=whens,
    attributed_to=maybe(attributions),
    linked=many(texts),
    **tail,
)
quotes = st.builds(
    model.Quote,
    document_id=texts,
    span=spans,
    quote=texts,
    mode=one_of(model.QuoteMode),
    speaker=maybe(participants),
    through=maybe(participants),
    addressee=maybe(participants),
    cue=texts,
    about=many(participants),
    **tail,
)
assessments = st.builds(
    model.Assessment,
    document_id=texts,
    span=spans,
    text=texts,
    by=maybe(participants),
    about=many(participants),
    hedges=many(texts),
    horizon=whens,
    **tail,
)
projects = st.builds(
    model.Project,
    document_id=texts,
    span=spans,
    name=texts,
    type=texts,
    between=many(participants),
    stage=maybe(texts),
    date=whens,
    **tail,
)
forums = st.builds(
    model.Forum,
    document_id=texts,
    span=spans,
    name=texts,
    code=maybe(texts),
    role=texts,
    members=many(participants),
    **tail,
)
codeds: st.SearchStrategy[Coded] = st.builds(
    Coded,
    documents,
    many(spans),
    many(st.tuples(small, mentions)),
    many(events),
    many(figures),
    many(quotes),
    many(assessments),
    many(projects),
    many(forums),
)
