"""Promises in a sentence: the words that bind, the deed that they bind to, and what is bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from communique.measure.pledges import rules
from communique.measure.pledges.due import deadline, made
from communique.measure.pledges.nouns import Promise, Said
from communique.measure.pledges.sides import completed, of_figure, of_project, sides
from communique.measure.pledges.topic import stems, topic
from communique.model import Figure, Span, When

REACH = 110  # characters after a binding word in which the deed must stand
NEAR = 60  # characters from a word that binds only to an amount
BEFORE = 60  # characters before it in which a word may undo it
_CONTRACT = re.compile(
    r"(?i)\b(?:contracts?|deals?|agreements?|memorand(?:um|a)|accords?|pacts?|treat(?:y|ies)|loans?|package)\b"
)
_WORTH = re.compile(r"(?i)\b(?:worth|valued at|with a value of|in the amount of)\b")
_CLAUSE = re.compile(
    r"[;:–—]\s|[”“\"]|,\s(?:but|while|though|although|whereas)\s|\sbut\s|\.\s|\safter\s|\sand\s(?=(?:plans?|will|aims?|intends?|expects?|promised|pledged|agreed|offered)\b)"
)
_TELLING = re.compile(
    r",\s(?:[^,;]{0,90}\s)?(?:said|says|told|reported|announced|showed|stressed|noted|declared|added|according to)\b"
)
# the binding word hangs on something that is told: "which it promised in May", "as agreed", "of the promised", "is due"
_RETOLD = re.compile(
    r"(?i)\b(?:that|which|as|than|had|been|date|target|goal|once|earlier|already|of\sthe|to\swhich|what)\s+(?:[\w'’-]+\s+){0,3}$"
)
_NOUN = re.compile(
    r"(?i)\b(?:a|an|the|its|his|her|their|our|this|that|these|those|both|such|any|no|another|of|many|new|old|big|\w+['’]s)\s+$"
)
_TO = re.compile(r"(?i)^\s+to\s+\w")
_BE = re.compile(r"(?i)^\s*(?:\w+ly\s+|also\s+|then\s+|soon\s+)?be\s+(?:\w+ly\s+)?")
_FILLER = re.compile(
    r"(?i)^(?:\s+(?:also|then|soon|now|each|both|together|each other|"
    r"(?!supply|apply|rely|reply|comply)[a-z]+ly)){0,2}\s+"
)
_NOUNLIKE = frozenset("promise promises pledge pledges vow vows offer offers commits guarantee guarantees".split())
_QUESTION = re.compile(r"\s*(?:QUESTION|Question|Q)\s*[:.]")
# "I'll start with your question", "there will be", "that will give us"
_NOBODY = re.compile(r"(?i)\b(?:I|you|there|what|which|who)\s*$")
_IT = re.compile(r"(?i)\b(?:it|that|this)\s*$")
_THAT = re.compile(r"\bthat\s")
# what was given so far is no promise
_SUMMED = re.compile(r"(?i)\b(?:since|so far|to date|thus far|up to now|has provided|has contributed|has allocated)\b")
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
            if _unbound(text, match.start()) or _RETOLD.search(text[: match.start()]):
                continue
            if word in _NOUNLIKE and _NOUN.search(text[: match.start()]) and not _TO.match(text[match.end() :]):
                continue
            end = clause_end(text, match.end())
            deeds = _deeds_after(text[match.end() : min(end, match.end() + REACH)], usual)
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
            if _unbound(text, match.start()) or re.match(r"(?i)\s*(?:not|never|no)\b", text[match.end() :]):
                continue
            if _NOBODY.search(text[: match.start()]):
                continue
            deeds = _deeds_at(text, match.end())
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
        if kind == "pledge" and _SUMMED.search(text[start:end]):
            continue
        worth = figure.currency is not None and _CONTRACT.search(text[start:at]) and _WORTH.search(text[start:at])
        if figure.status == "observed" and worth:
            kind = "contract"
        if not kind or not counted(figure) or (kind == "contract" and not worth and not _signed(text, figure)):
            continue
        back = rules.words("looking_back").search(text[start:at])
        if _unbound(text, at) or (back and _RETOLD.search(text[start : start + back.start()])):
            continue
        usual = frozenset({"give", "pay"} if figure.currency else ())
        found.append(Bound(start, start, end, kind, (deeds_in(text[start:end]) - {"sign"}) or usual))
    return found


def _people() -> frozenset[str]:
    return frozenset(str(unit) for unit in rules.table()["people_units"])


def _signed(text: str, figure: Figure) -> bool:
    return figure.currency is not None and _CONTRACT.search(text) is not None


def counted(figure: Figure) -> bool:
    """Whether a figure is an amount that can be kept or missed: it has a value, and is no length of time or way."""
    idle = frozenset(str(unit) for unit in rules.table()["idle_units"])
    return figure.value is not None and figure.unit not in idle and figure.measure not in idle


def _unbound(text: str, start: int) -> bool:
    """Whether the clause before a word says that nobody binds himself."""
    before = _CLAUSE.split(text[max(0, start - BEFORE) : start])[-1]
    whole = _CLAUSE.split(text[:start])[-1]
    return bool(
        rules.words("unbinding").search(before)
        or rules.words("negation").search(before[-26:])
        or rules.words("asking").search(before[-30:])
        or re.search(r"(?i)\b(?:if|unless|whether)\b", whole)
    )


def _deeds_after(rest: str, usual: frozenset[str]) -> frozenset[str]:
    """The families of the first verb after a binding word; a thing promised without a verb is to be given."""
    first = min(
        (match.start() for deed in rules.deeds().values() for match in [deed.do.search(rest)] if match), default=None
    )
    if first is not None:
        return frozenset(name for name, deed in rules.deeds().items() if deed.do.match(rest, first))
    found = frozenset(name for name, deed in rules.deeds().items() if deed.nouns.search(rest))
    return found or (usual if len(rest.split()) > 1 and not _TO.match(rest) else found)


def _deeds_at(text: str, at: int) -> frozenset[str]:
    """The families of the verb that follows a modal, in the active or the passive."""
    rest = text[at : at + REACH]
    filler = _FILLER.match(rest)
    place = filler.end() if filler else 0
    passive = _BE.match(rest)
    return frozenset(
        name
        for name, deed in rules.deeds().items()
        if deed.do.match(rest, place)
        or (passive and (deed.done.match(rest, passive.end()) or deed.do.match(rest, passive.end())))
    )


@lru_cache(maxsize=4096)
def deeds_in(words: str) -> frozenset[str]:
    """The families of all deeds that words name."""
    found = frozenset(d.name for d in rules.deeds().values() if d.do.search(words) or d.nouns.search(words))
    return found or frozenset(deed.name for deed in rules.deeds().values() if deed.done.search(words))


def clause_end(text: str, at: int) -> int:
    """Where the clause that holds a place ends: at a sign, a contrast, or words that only say who tells it."""
    ends = [match.start() for match in (_CLAUSE.search(text, at), _TELLING.search(text, at)) if match]
    return min([*ends, len(text.rstrip(" ."))])


def clause_start(text: str, at: int) -> int:
    """Where the clause that holds a place starts."""
    starts = [match.end() for match in _CLAUSE.finditer(text, 0, at)]
    return starts[-1] if starts else 0


def _promise(said: Said, bound: Bound) -> Promise | None:
    by, to = sides(said, bound.start, bound.word, bound.end, bound.kind in ("agreement", "contract"))
    amount = _amount(said, bound)
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
    due = deadline(said, bound.start, bound.word, bound.end, amount, when)
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
