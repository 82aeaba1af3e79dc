"""Promises in a sentence: the words that bind, the deed that they bind to, and what is bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.measure.pledges import rules
from communique.measure.pledges.clause import (
    REACH,
    TO_DO,
    clause_end,
    clause_start,
    deeds_after,
    deeds_at,
    deeds_in,
    unbound,
)
from communique.measure.pledges.due import deadline, made
from communique.measure.pledges.nouns import Promise, Said
from communique.measure.pledges.sides import completed, of_figure, of_project, receiver, sides
from communique.measure.pledges.topic import stems, topic
from communique.model import Figure, Span, When

# "rights guaranteed by the law": it only tells whose they are; "promised by June" tells a day
_GIVEN_BY = re.compile(
    r"\s+(?:by|in)\s+(?!(?:the\s)?(?:end|start|beginning|middle)\b|\d|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|"
    r"wed|thu|fri|sat|sun)|next|this|then|mid)(?:the|its|their|our|a)?\s?[A-Z]"
)
NEAR = 60  # characters from a word that binds only to an amount
_CONTRACT = re.compile(
    r"(?i)\b(?:contracts?|deals?|agreements?|memorand(?:um|a)|accords?|pacts?|treat(?:y|ies)|loans?|package)\b"
)
_WORTH = re.compile(r"(?i)\b(?:worth|valued at|with a value of|in the amount of)\b")
# the binding word hangs on something that is told: "which it promised in May", "as agreed", "of the promised", "is due"
_RETOLD = re.compile(
    r"(?i)\b(?:that|which|as|than|had|been|date|target|goal|once|earlier|already|of\sthe|to\swhich|what)\s+(?:[\w'’-]+\s+){0,3}$"
)
_NOUN = re.compile(
    r"(?i)\b(?:a|an|the|its|his|her|their|our|this|that|these|those|both|such|any|no|another|of|many|new|old|big|\w+['’]s)\s+$"
)
_NOUNLIKE = frozenset("promise promises pledge pledges vow vows offer offers commits guarantee guarantees".split())
_QUESTION = re.compile(r"\s*(?:QUESTION|Question|Q)\s*[:.]")
# "I'll start with your question", "there will be", "that will give us"
_NOBODY = re.compile(r"(?i)\b(?:I|you|there|what|which|who)\s*$")
_IT = re.compile(r"(?i)\b(?:it|that|this)\s*$")
_THAT = re.compile(r"\bthat\s")
# what was given so far is no promise
_SUMMED = re.compile(r"(?i)\b(?:since|so far|to date|thus far|up to now|has provided|has contributed|has allocated)\b")
VERB = 45  # characters from a binding word in which the verb stands that it binds to
COURTESY = 40  # characters after an offer in which a courtesy may stand
_AGREED_THAT = re.compile(r"(?i)^\s+(?:\w+ly\s+|in principle\s+|also\s+)?that\s+")
_THAT_BEFORE = re.compile(r"(?i)\bthat$")
_NOTHING = re.compile(r"\s+")
_BOTH = re.compile(
    r"(?i)(?:they|both|he|she|it|each|we|the\s(?:two|three|four|parties|sides?|ministers|leaders|presidents|governments|"
    r"countries|delegations|companies))\b"
)
FORECAST = frozenset({"grow", "cut"})


@dataclass(frozen=True, slots=True)
class Bound:
    """What binds somebody in a sentence: its clause [start, end), the binding word, the kind, and the deeds."""

    start: int
    word: int
    end: int
    kind: str
    deeds: frozenset[str]
    soft: bool = False
    amount: bool = False
    figure: int | None = None  # where the figure stands that binds, if no word does


def promises(said: Said) -> list[Promise]:
    """What somebody binds himself to in a sentence, between at least two states or bodies; mostly none or one."""
    if asks(said):
        return []
    for bound in (*_by_words(said), *_by_modals(said), *_by_figures(said)):
        promise = _promise(said, bound)
        if promise is not None:
            return [promise]
    return []


def asks(said: Said) -> bool:
    """Whether a sentence is a question, or the questioner's in a transcript."""
    return said.text.rstrip().endswith("?") or _QUESTION.match(said.text) is not None


def _by_words(said: Said) -> list[Bound]:
    """What is promised, agreed, offered or planned in so many words, the surest words first."""
    text, found = said.text, []
    if not rules.may_hold("binding", text):
        return []
    for words, kind, usual, amount in rules.binding():
        for match in words.finditer(text):
            word = match.group().lower()
            if unbound(text, match.start()) or _RETOLD.search(text[: match.start()]):
                continue
            if word.endswith("ed") and _GIVEN_BY.match(text[match.end() :]):
                continue
            if word in _NOUNLIKE and _NOUN.search(text[: match.start()]) and not TO_DO.match(text[match.end() :]):
                continue
            if not _binds(said, kind, match.end()):
                continue
            end = clause_end(text, match.end())
            deeds = deeds_after(text[match.end() : min(end, match.end() + REACH)], usual)
            if kind == "new date":
                deeds = deeds_in(text[clause_start(text, match.start()) : match.start()])
            if deeds:
                shown = "plan" if kind == "new date" else kind
                found.append(Bound(clause_start(text, match.start()), match.start(), end, shown, deeds, amount=amount))
    return found


def _by_modals(said: Said) -> list[Bound]:
    """What somebody will do or is to do; the soft ones (should, hopes to) bind only with an amount or a day."""
    text, found = said.text, []
    if not rules.may_hold("modals", text) and not rules.may_hold("soft_modals", text):
        return []
    targets = any(figure.status == "target" for figure in said.figures) or rules.words("aims").search(text)
    for name, soft in (("modals", False), ("soft_modals", True)):
        for match in rules.words(name).finditer(text):
            if unbound(text, match.start()) or re.match(r"(?i)\s*(?:not|never|no)\b", text[match.end() :]):
                continue
            if _NOBODY.search(text[: match.start()]):
                continue
            deeds = deeds_at(text, match.end())
            # that trade will reach a level is a forecast, if it is not called a target
            if not deeds or (deeds <= FORECAST and not targets):
                continue
            found.append(
                Bound(
                    clause_start(text, match.start()),
                    match.start(),
                    clause_end(text, match.end()),
                    "plan",
                    deeds,
                    soft or bool(_IT.search(text[: match.start()])),
                )
            )
    return found


def _by_figures(said: Said) -> list[Bound]:
    """What the coder holds for a target, a pledge or a contract, in a clause without such words."""
    text, found = said.text, []
    for figure in said.figures:
        at = figure.span.start - said.span.start
        start, end = clause_start(text, at), clause_end(text, at)
        kind = {"target": "target", "pledged": "pledge", "signed": "contract"}.get(figure.status, "")
        if figure.currency is None and (figure.unit in _people() or figure.measure in _people()):
            continue
        if rules.words("passing").search(text[start:at]):
            continue  # "highlighted our donation of two million doses"
        worth = figure.currency is not None and _CONTRACT.search(text[start:at]) and _WORTH.search(text[start:at])
        if figure.status == "observed" and worth:
            kind = "contract"
        if not kind or not counted(figure) or (kind == "contract" and not worth and not _signed(text, figure)):
            continue
        back = rules.words("looking_back").search(text[start:at])
        if unbound(text, at) or (back and _RETOLD.search(text[start : start + back.start()])):
            continue
        usual = frozenset({"give", "pay"} if figure.currency else ())
        found.append(Bound(start, start, end, kind, (deeds_in(text[start:end]) - {"sign"}) or usual, figure=at))
    return found


def _binds(said: Said, kind: str, at: int) -> bool:
    """Whether what follows a binding word is bound: no courtesy, and no view that is shared of others.

    "offered condolences" gives nothing; "agreed that a settlement would help" binds nobody, "that they will meet" does.
    """
    rest = said.text[at:]
    if rules.words("courtesies").search(rest[:COURTESY]):
        return False
    that = (_THAT_BEFORE.search(said.text[:at]) and _NOTHING.match(rest)) or _AGREED_THAT.match(rest)
    if kind != "agreement" or that is None:
        return True
    first = at + that.end()
    return _BOTH.match(rest, that.end()) is not None or any(
        first <= named.start <= first + 4 and not named.place for named in said.names
    )


def _people() -> frozenset[str]:
    return frozenset(str(unit) for unit in rules.table()["people_units"])


def _signed(text: str, figure: Figure) -> bool:
    return figure.currency is not None and _CONTRACT.search(text) is not None


def counted(figure: Figure) -> bool:
    """Whether a figure is an amount that can be kept or missed: it has a value, and is no length of time or way."""
    idle = frozenset(str(unit) for unit in rules.table()["idle_units"])
    return figure.value is not None and figure.unit not in idle and figure.measure not in idle


def _promise(said: Said, bound: Bound) -> Promise | None:
    if bound.kind in ("pledge", "plan") and _SUMMED.search(said.text[bound.start : bound.end]):
        return None
    amount = _amount(said, bound)
    place = bound.word if bound.figure is None else bound.figure
    by, to = sides(said, bound.start, place, bound.end, bound.kind in ("agreement", "contract"))
    to = receiver(said, amount, bound.end, by) or to
    project = next((each for each in said.projects if each.stage in ("planned", "agreed")), None)
    parties: frozenset[str] | None = frozenset(by) | frozenset(to)
    if parties and len(parties) < 2:
        parties |= of_figure(amount) or of_project(project)
    elif not parties:
        parties = of_figure(amount) or of_project(project)
    inferred = len(parties) < 2
    if inferred:
        if (named := _codes_before(said)) and not named & said.page.weight.keys() & (parties or named):
            return None  # the sentence goes on about others
        parties = completed(said.page, parties)
        if parties is None:
            return None
    when = made(said)
    due = deadline(said, bound.start, place, bound.end, amount, when)
    if (
        amount is None
        and not due.latest
        and rules.words("vague").search(said.text[bound.word : min(bound.end, bound.word + VERB)])
    ):
        return None  # to cooperate, to maintain stability: nobody can say whether it was kept
    if (bound.soft and amount is None and not due.latest) or (bound.amount and amount is None):
        return None
    if bound.amount and amount is not None and amount.span.start - said.span.start > bound.word + NEAR:
        return None
    if inferred and amount is None and not due.latest:
        return None  # neither the other party nor anything that could be checked
    known = when.earliest or when.latest
    if due.latest is not None and known is not None and due.latest < known:
        when = When(None, due.latest)  # told when its time was over: it was made at some time before
    that = max((m.end() for m in _THAT.finditer(said.text, bound.start, bound.word)), default=bound.start)
    core, names = topic(said, that, bound.end)
    if not core and due.latest:
        core = stems(said.page.title or "", said.page)  # "work is to begin by April": what the article is about
    if not core and amount is None:
        return None
    if not by:
        by = tuple(sorted(parties - frozenset(to))) or tuple(sorted(parties))
    context = (stems(said.page.title or "", said.page) | stems(_before(said), said.page)) - core
    base = said.span.start
    return Promise(
        said=said, span=Span(base + bound.start, base + bound.end), kind=bound.kind, by=by,
        to=tuple(sorted(parties - frozenset(by))), parties=parties, made=when, deadline=due, amount=amount,
        deeds=bound.deeds, core=core, context=context, names=names, project=project.name if project else None,
        inferred=inferred,
    )  # fmt: skip


def _codes_before(said: Said) -> frozenset[str]:
    place = next(i for i, each in enumerate(said.page.said) if each.sequence == said.sequence)
    return said.page.said[place - 1].codes if place else frozenset()


def _before(said: Said) -> str:
    place = next(i for i, each in enumerate(said.page.said) if each.sequence == said.sequence)
    return said.page.said[place - 1].text if place else ""


def _amount(said: Said, bound: Bound) -> Figure | None:
    """The main figure of the clause: after the binding word before any other, money before goods."""
    base = said.span.start
    firm = ("target", "pledged", "signed")
    inside = [
        f
        for f in said.figures
        if bound.start <= f.span.start - base <= bound.end
        and counted(f)
        and (f.span.start - base >= bound.word or f.status in firm)
    ]
    rank = {"target": 0, "pledged": 0, "signed": 0, "estimate": 1, "observed": 2, "change": 3}
    inside.sort(key=lambda f: (f.span.start - base < bound.word, f.currency is None, rank[f.status], f.span.start))
    return inside[0] if inside else None
