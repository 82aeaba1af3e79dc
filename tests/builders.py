"""Hand-made coded documents for the tests of the archive, the exporters and the commands: no coder runs here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from communique.model import (
    Actor,
    Assessment,
    Attribution,
    Coded,
    DateEvidence,
    Document,
    Event,
    Figure,
    Forum,
    Furniture,
    Mention,
    Participant,
    Place,
    Project,
    Quote,
    Repeat,
    Span,
    When,
)

TEXT = """Harbour Post — Menu | Sign in

Ministers sign rail accord in Ulaanbaatar

By Ada Stone

ULAANBAATAR, June 5, 2019 — Chinese Foreign Minister Wang Yi met Mongolian President Khaltmaagiin Battulga on June 5.
Mongolia said that trade with China rose 24.5 percent to 8 billion dollars last year.
"Our friendship is older than the railway," Wang Yi told reporters.
Analysts expect the Steppe Railway to open by 2024, and the two sides will meet again at the Shanghai Cooperation
Organisation. Russia did not condemn China.

Mongolia said that trade with China rose 24.5 percent to 8 billion dollars last year.
Copyright Harbour Post"""

CHINA = Actor("CHN", (), "China", "Q148", None, "state")
MONGOLIA = Actor("MNG", (), "Mongolia", "Q711", None, "state")
RUSSIA = Actor("RUS", (), "Russia", "Q159", None, "state")
WANG = Actor("CHN", ("GOV",), "Wang Yi", "Q1282083", "Foreign Minister", "person")
BATTULGA = Actor("MNG", ("GOV",), "Khaltmaagiin Battulga", "Q6403059", "President", "person")
JUNE_5 = When(dt.date(2019, 6, 5), dt.date(2019, 6, 5), "day", "stated", "June 5")
YEAR_2018 = When(dt.date(2018, 1, 1), dt.date(2018, 12, 31), "year", "relative", "last year")


def find(text: str, words: str, nth: int = 0) -> Span:
    """Where the words stand for the n-th time."""
    start = [match.start() for match in re.finditer(re.escape(words), text)][nth]
    return Span(start, start + len(words))


def person(text: str, words: str, actor: Actor, via: str = "name", nth: int = 0, **more: Any) -> Participant:
    """A participant whose words stand in the text."""
    return Participant(actor, words, via, find(text, words, nth), **more)


def rail_accord(
    id: str = "rail.txt", change: Callable[[str], str] = lambda text: text, source: str = "Harbour Post"
) -> Coded:
    """A page with furniture, a repeat, and one thing of every kind; `change` edits its text first."""
    text = change(TEXT)
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    body = lines[3:-2]
    pattern = re.compile(r"\S[^.]*?(?:24\.5[^.]*)?\.(?=\s|$)")
    sentences = tuple(Span(m.start(), m.end()) for m in pattern.finditer(text, body[0].start, body[-1].end))

    def inside(words: str, nth: int = 0) -> tuple[Span, int]:
        span = find(text, words, nth)
        number = next(i for i, sentence in enumerate(sentences) if sentence.covers(span))
        return sentences[number], number

    document = Document(
        id=id,
        text=text,
        article=tuple(body),
        furniture=(
            Furniture(lines[0], "menu"),
            Furniture(lines[1], "title"),
            Furniture(lines[2], "byline"),
            Furniture(lines[-1], "copyright"),
        ),
        repeats=(Repeat(lines[-2], lines[4]),),
        title="Ministers sign rail accord in Ulaanbaatar",
        byline="Ada Stone",
        source=source,
        url="https://harbour-post.example/rail",
        language="en",
        published=JUNE_5,
        date_evidence=(DateEvidence("dateline", JUNE_5.earliest, JUNE_5.latest, "June 5, 2019"),),  # type: ignore[arg-type]
        encoding="utf-8",
        warnings=("an example of a warning",),
    )
    wang = person(text, "Chinese Foreign Minister Wang Yi", WANG)
    battulga = person(text, "Mongolian President Khaltmaagiin Battulga", BATTULGA)
    mongolia = person(text, "Mongolia", MONGOLIA, nth=1)
    china = person(text, "China", CHINA)
    met, met_number = inside("met")
    rose, rose_number = inside("rose")
    told, told_number = inside("told")
    expect, expect_number = inside("expect")
    condemn, condemn_number = inside("condemn")
    meeting = Event(
        document_id=id,
        event="CONSULT",
        mode="visit",
        context=("diplomatic",),
        quad_code=1,
        event_scale=4.0,
        cameo="042",
        actor=(wang,),
        recipient=(battulga,),
        unordered=False,
        date=JUNE_5,
        place=Place("Ulaanbaatar", find(text, "ULAANBAATAR"), "MNG", 47.9, 106.9, 2028462),
        stance="actual",
        attributed_to=None,
        event_text="met",
        trigger=find(text, "met"),
        sentence=met,
        sequence=met_number,
        confidence=0.93,
        rule="verb.meet",
    )
    trade = Event(
        document_id=id,
        event="COOPERATE",
        mode=None,
        context=("economic",),
        quad_code=2,
        event_scale=9.5,
        cameo="061",
        actor=(mongolia, china),
        recipient=(),
        unordered=True,
        date=YEAR_2018,
        place=None,
        stance="actual",
        attributed_to=Attribution(mongolia, "said", find(text, "said")),
        event_text="trade",
        trigger=find(text, "trade"),
        sentence=rose,
        sequence=rose_number,
        confidence=0.5,
        rule="noun.trade",
    )
    denied = Event(
        document_id=id,
        event="ACCUSE",
        mode="disapprove",
        context=(),
        quad_code=3,
        event_scale=-2.0,
        cameo="111",
        actor=(person(text, "Russia", RUSSIA),),
        recipient=(person(text, "China", CHINA, nth=1, alternatives=("TWN",), confidence=0.8),),
        unordered=False,
        date=When(),
        place=None,
        stance="denied",
        attributed_to=None,
        event_text="condemn",
        trigger=find(text, "condemn"),
        sentence=condemn,
        sequence=condemn_number,
        confidence=0.7,
        rule="verb.condemn",
    )
    rise = Figure(
        document_id=id,
        span=find(text, "24.5 percent"),
        text="24.5 percent",
        value=24.5,
        low=None,
        high=None,
        unit="percent",
        currency=None,
        per=None,
        measure="trade",
        between=(mongolia, china),
        status="change",
        direction="up",
        period=YEAR_2018,
        deadline=When(),
        sentence=rose,
        sequence=rose_number,
        attributed_to=Attribution(mongolia, "said"),
        rule="figure.percent",
    )
    volume = replace(
        rise,
        span=find(text, "8 billion dollars"),
        text="8 billion dollars",
        value=8e9,
        low=8e9,
        unit="USD",
        currency="USD",
        status="observed",
        direction=None,
        linked=(rise.id,),
    )
    words = "Our friendship is older than the railway,"
    quote = Quote(
        document_id=id,
        span=find(text, words),
        quote=words,
        mode="direct",
        speaker=person(text, "Wang Yi", WANG, nth=1),
        through=None,
        addressee=None,
        cue="told",
        sentence=told,
        sequence=told_number,
        about=(mongolia,),
        rule="quote.direct",
    )
    judged = "the Steppe Railway to open by 2024"
    assessment = Assessment(
        document_id=id,
        span=find(text, judged),
        text=judged,
        by=Participant(Actor(None, (), "analysts", kind="group"), "Analysts", "group", find(text, "Analysts")),
        about=(),
        hedges=("expect",),
        horizon=When(None, dt.date(2024, 12, 31), "interval", "stated", "by 2024"),
        sentence=expect,
        sequence=expect_number,
        rule="assess.expect",
    )
    project = Project(
        document_id=id,
        span=find(text, "Steppe Railway"),
        name="Steppe Railway",
        type="railway",
        between=(china, mongolia),
        stage="planned",
        date=When(),
        sentence=expect,
        sequence=expect_number,
        rule="project.named",
    )
    name = "Shanghai Cooperation\nOrganisation"
    forum = Forum(
        document_id=id,
        span=find(text, name),
        name=name,
        code="IGO",
        role="venue",
        sentence=expect,
        sequence=expect_number,
        rule="forum.named",
    )
    mentions = tuple(
        (number, Mention(who.span, who.text, (who.actor,), who.via))
        for number, who in ((met_number, wang), (met_number, battulga), (rose_number, mongolia), (rose_number, china))
        if who.span
    )
    return Coded(
        document=document,
        sentences=sentences,
        mentions=mentions,
        events=(meeting, trade, denied),
        figures=(rise, volume),
        quotes=(quote,),
        assessments=(assessment,),
        projects=(project,),
        forums=(forum,),
    )
