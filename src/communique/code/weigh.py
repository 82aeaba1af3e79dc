"""How rules and encoder are weighed: rules propose and explain, the encoder confirms, renames, vetoes and adds.

For a rule's draft the encoder is asked about each of its pairs (actor and recipient, or the one side there is) by the
rule's own word. What a verb of the sentence tells stands, unless the encoder is nearly sure of another event or of
none: where the two disagree, the rule was right five times in six. What a noun or a describing clause tells beside it
needs the encoder's word. Pairs that no rule speaks of become events where the encoder is sure. All weights stand here
and were chosen on the development halves of the gold sets.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from communique.code.clauses import Clause
from communique.code.deeds import is_imperative, is_question
from communique.code.draft import Draft
from communique.code.encoder import NONE, Answer, Encoder, Question
from communique.code.idle import is_idle
from communique.code.match import noun_frame
from communique.code.ontology import MATERIAL_CONFLICT
from communique.code.weights import DEFAULT, Weights, asked, trusted
from communique.model import Mention, Sentence, Span, Stance
from communique.tree import Token

# what is said of friends, which people tell apart with pains
_ALIKE = (
    frozenset({"AGREE", "SUPPORT", "CONSULT"}),
    frozenset({"SUPPORT", "AID"}),
    frozenset({"MOBILIZE", "COERCE"}),  # forces that stop, follow or stand in the way of another's
)
# the score of a rule's draft whose frame asked for more than the verb and one noun
_SPECIFIC = 0.7
# what is undergone: of one side alone, the subject of a passive suffered it
_UNDERGONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "THREATEN", "REJECT"})
# what is announced as a promise before it is done
_ANNOUNCED = frozenset({"CONSULT", "AID", "COOPERATE"})

# the kind of act of talks, which are announced by the same nouns
_TALKS = "CONSULT"


class Weigher:
    """One sentence's drafts and the encoder's answers about its mentions."""

    def __init__(
        self, encoder: Encoder, sentence: Sentence, mentions: Sequence[Mention], clauses: dict[int, Clause],
        weights: Weights = DEFAULT, house: str | None = None,
    ) -> None:  # fmt: skip
        self.sentence = sentence
        self.house = house
        self.weights = weights
        self.clauses = clauses
        self.mentions = [m for m in mentions if m.codes or m.actors[0].sector][: weights.most]
        self.encoder = encoder
        self._answers: dict[Question, Answer] = {}

    @functools.cached_property
    def _words(self) -> list[Token]:
        """The verbs and the nouns that tell events, none of which names somebody."""
        named = {mention.head for mention in self.mentions}
        return [
            token
            for token in self.sentence.syntax
            if token.i not in named and (token.i in self.clauses or (token.pos_ == "NOUN" and noun_frame(token)))
        ][: self.weights.words]

    def weigh(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts as both see them, in order of their triggers."""
        # what no rule saw is told by a word of a statement; where there is none, nobody is asked about it
        missed = bool(self._words) and not is_question(self.sentence.syntax)
        missed = missed and not is_imperative(self.sentence.syntax.root)
        if is_idle(drafts, self._words, self.mentions, self.sentence.syntax, self.weights, self.house):
            return []
        self._ask(drafts, missed)
        alone = all(draft.nominal or draft.background for draft in drafts)
        kept = [weighed for draft in drafts if (weighed := self._judge(draft, alone)) is not None]
        if missed:
            kept += self._missed(kept)
        kept = [draft for draft in _merged(kept) if draft.score >= trusted(asked(draft, self.weights, self.house))]
        return sorted(kept, key=lambda draft: draft.trigger.i)

    def _local(self, mention: Mention) -> Span:
        start = self.sentence.span.start
        return Span(max(0, mention.span.start - start), mention.span.end - start)

    def _word(self, token: Token) -> Span:
        start = self.sentence.offset + token.idx - self.sentence.span.start
        return Span(max(0, start), start + len(token.text))

    def _ask(self, drafts: Sequence[Draft], missed: bool) -> None:
        """Asks what will be looked at, no more: each draft by its own word, and by none who may have been missed."""
        sides = sorted({self._local(m) for m in self.mentions})
        asked: list[Question] = [(a, b, None) for a in sides for b in (*sides, None)] if missed else []
        for draft in drafts:
            asked += self._questions(draft)
        questions = [(a, b, word) for a, b, word in dict.fromkeys(asked) if a != b and not (a and b and a.overlaps(b))]
        answers = self.encoder.ask(self.sentence.text, questions)
        self._answers = dict(zip(questions, answers, strict=True))

    def _together(self, draft: Draft) -> list[Question]:
        """Who does something with whom, for what several do as one."""
        first = [self._local(m) for m in draft.actors]
        if not draft.unordered and (draft.recipients or len(first) < 2):
            return []
        word = self._word(draft.trigger)
        return [(a, b, word) for a in first for b in first if a != b]

    def _questions(self, draft: Draft) -> list[Question]:
        """All that may be asked of a draft's sides by its trigger."""
        word = self._word(draft.trigger)
        first: list[Span | None] = [self._local(m) for m in draft.actors]
        second: list[Span | None] = [self._local(m) for m in draft.recipients]
        return self._together(draft) + [(a, b, word) for a in first or [None] for b in second or [None]]

    def _pairs(self, draft: Draft) -> list[Answer]:
        """What the encoder says of a draft's sides by its trigger; of one side alone where no two are told apart."""
        joint = [answer for q in self._together(draft) if (answer := self._answers.get(q))]
        if joint:
            return joint
        return [answer for q in self._questions(draft) if (answer := self._answers.get(q))]

    def _judge(self, draft: Draft, alone: bool) -> Draft | None:
        answers = self._pairs(draft)
        if not answers:
            return draft
        seen = {name: sum(a.events[name] for a in answers) / len(answers) for name in answers[0].events}
        nothing = seen.pop(NONE)
        given = {name: p / max(1e-6, 1 - nothing) for name, p in seen.items()}
        best = max(given, key=lambda name: (given[name], name))
        two = len({code for m in (*draft.actors, *draft.recipients) for code in m.codes}) > 1
        if draft.plain and two and not draft.nominal and not draft.background and nothing <= self.weights.plain:
            sure = max(seen[draft.event], self.weights.between)
            return replace(draft, mode=draft.mode or answers[0].mode(draft.event), score=trusted(sure))
        if draft.nominal or draft.background:
            announced = draft.nominal and draft.rule.endswith("(will)")
            told = max(seen[draft.event], seen[_TALKS]) if announced else seen[draft.event]
            if told < (self.weights.alone if alone else self.weights.beside):
                return None
            if announced:
                return replace(draft, score=trusted(told))
            best = draft.event
        elif nothing >= self.weights.veto or max(seen[draft.event], seen[best]) < self._least(draft):
            return None
        instead = two and seen[draft.event] < self.weights.between and seen[best] >= self.weights.instead
        if instead and not any({best, draft.event} <= kin for kin in _ALIKE):
            best = draft.event  # where they disagree of more than words it is nobody's event
        told = two and not (draft.nominal or draft.background) and draft.score >= _SPECIFIC
        if told and nothing <= self.weights.doubt and seen[draft.event] < self.weights.between:
            # something happened between the two, and the rule knows of more than the verb what it was
            return replace(draft, mode=draft.mode or answers[0].mode(draft.event), score=trusted(self.weights.between))
        if _is_due(draft, best) or best == draft.event or (given[best] < self.weights.rename and not instead):
            mode = draft.mode or answers[0].mode(draft.event)
            return replace(draft, mode=mode, score=trusted(seen[draft.event]))
        return replace(
            draft, event=best, mode=answers[0].mode(best), cameo=None, context=(), score=trusted(seen[best]),
            rule=f"encoder over {draft.rule} ({draft.event})", stance=_stance(draft, best),
        )  # fmt: skip

    def _least(self, draft: Draft) -> float:
        """A sense that asked for much and got it needs less of the encoder's word."""
        return self.weights.least / 3 if draft.score >= _SPECIFIC else self.weights.least

    def _missed(self, kept: Sequence[Draft]) -> list[Draft]:
        """Events that no rule saw: sure pairs first, then lone actors that do nothing else."""
        told = {frozenset(m.span for m in (*d.actors, *d.recipients)) for d in kept}
        covered = {pair for spans in told for pair in _two(spans)}
        busy = {span for spans in told for span in spans}
        found: dict[tuple[str, Span], Draft] = {}
        for a in self.mentions:
            for b in self.mentions:
                answer = self._answers.get((self._local(a), self._local(b), None))
                if answer is None or frozenset((a.span, b.span)) in covered or _own_state(a, b) or self._titled(a, b):
                    continue
                event, sure = answer.best
                if event == NONE or sure < (self.weights.more if kept else self.weights.pair):
                    continue
                if any(_completes(event, a, b, other) for other in kept):
                    continue
                mirrored = found.get((event, b.span))
                if mirrored is not None and a in mirrored.recipients:
                    mirrored.unordered = True  # both ways: they do it together
                    continue
                key = (event, a.span)
                if key in found:
                    found[key].recipients.append(b)
                else:
                    draft = self._new(event, answer, [a], [b], sure)
                    if draft is not None:
                        found[key] = draft
        busy |= {m.span for d in found.values() for m in (*d.actors, *d.recipients)}
        for a in self.mentions:
            answer = self._answers.get((self._local(a), None, None))
            if answer is None or a.span in busy:
                continue
            event, sure = answer.best
            if event != NONE and sure >= self.weights.single:
                draft = self._new(event, answer, [a], [], sure)
                if draft is not None:
                    found[event, a.span] = draft
        return list(found.values())

    def _titled(self, a: Mention, b: Mention) -> bool:
        """Whether one is only where the other is sent or from: "the envoy for Yemen", "the ambassador to Japan"."""
        doc = self.sentence.syntax.doc
        for outer, inner in ((a, b), (b, a)):
            prep = doc[inner.head].head
            if prep.dep_ == "prep" and prep.head.i == outer.head and outer.actors[0].kind in ("person", "office"):
                return True
        return False

    def _new(
        self, event: str, answer: Answer, actors: list[Mention], recipients: list[Mention], sure: float
    ) -> Draft | None:
        """An event that no rule saw, by the word that the encoder hears it in; None where it is in no word."""
        trigger = self._trigger(event, actors, recipients)
        if trigger is None:
            return None
        if (
            event in _UNDERGONE
            and not recipients
            and any(c.dep_ == "nsubjpass" and c.i == actors[0].head for c in trigger.children)
        ):
            actors, recipients = [], actors  # "we were attacked"
        return Draft(
            event, answer.mode(event), None, (), actors, recipients, False, trigger, "encoder", sure, answer.stance,
            set(), False, (trigger,),
        )  # fmt: skip

    def _trigger(self, event: str, actors: Sequence[Mention], recipients: Sequence[Mention]) -> Token | None:
        """The verb or noun by which the encoder most believes that the first actor did it to the first recipient."""
        first = self._local(actors[0]) if actors else None
        second = self._local(recipients[0]) if recipients else None
        words = self._words
        if not words:
            return None
        answers = self.encoder.ask(self.sentence.text, [(first, second, self._word(token)) for token in words])
        heard = [answer.events[event] for answer in answers]
        best = max(range(len(words)), key=lambda place: (heard[place], -place))
        return words[best] if heard[best] >= self.weights.heard else None


def _completes(event: str, first: Mention, second: Mention, other: Draft) -> bool:
    """Whether a pair belongs to a kept draft of the same event: it fills an empty side, or says the same once more."""
    if other.event != event:
        return False
    actors, recipients = {m.span for m in other.actors}, {m.span for m in other.recipients}
    if _tells(other, first, second):
        return True
    if first.span in actors and not any(m.codes for m in other.recipients) and not other.unordered:
        other.recipients = [*other.recipients, second]
        return True
    if second.span in recipients and not any(m.codes for m in other.actors):
        other.actors = [first]
        return True
    return first.span in actors and second.span in actors | recipients


def _tells(other: Draft, first: Mention, second: Mention) -> bool:
    """Whether a draft tells of the same states already, by other words ("HARBIN, China - China and Russia signed")."""
    acting, undergoing = ({code for m in side for code in m.codes} for side in (other.actors, other.recipients))
    ours, theirs = set(first.codes), set(second.codes)
    if not ours or not theirs or ours & theirs:
        return False  # within one state, who did it to whom is another question
    if other.unordered or not undergoing:
        return ours | theirs <= acting | undergoing
    return ours <= acting and theirs <= undergoing


def _own_state(a: Mention, b: Mention) -> bool:
    """Whether one only says whom the other serves: "Yang Jiechi, the State Councillor of China"."""
    state, other = (a, b) if a.actors[0].kind == "state" else (b, a)
    serves = other.actors[0].kind in ("person", "office") or "GOV" in other.actors[0].sector
    return bool(set(a.codes) & set(b.codes)) and state.actors[0].kind == "state" and serves


def _is_due(draft: Draft, event: str) -> bool:
    """Whether an announced act would be renamed to the act: "will meet", "would not attack" are promises."""
    if draft.event != "AGREE" or not draft.rule.endswith(("(will)", "(would)")):
        return False
    return event in MATERIAL_CONFLICT or (event in _ANNOUNCED and draft.rule.endswith("(will)"))


def _two(spans: frozenset[Span]) -> list[frozenset[Span]]:
    ordered = sorted(spans)
    return [frozenset((a, b)) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]


def _stance(draft: Draft, event: str) -> Stance:
    """A renamed draft keeps its stance, but a promise or threat that stands for a future act is actual."""
    if draft.stance in ("planned", "possible") and event in ("AGREE", "THREATEN", "REJECT", "REQUEST"):
        return "actual"
    return draft.stance


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for one act: same event, same actors, and recipients that agree; mutual acts list everybody once."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=_order):
        if not any(_includes(other, draft) for other in kept):
            kept.append(_level(draft))
    return kept


def _order(draft: Draft) -> tuple[int, bool, bool, float, int]:
    """Most sides first, then verbs, what was done before what was not, what is surer."""
    sides = len(draft.actors) + len(draft.recipients)
    return -sides, draft.nominal, draft.stance == "denied", -draft.score, draft.trigger.i


def _level(draft: Draft) -> Draft:
    """Meetings list everybody as actors, unless one visits the other or they are one-sided."""
    if (
        draft.event == "CONSULT"
        and draft.mode not in ("visit", "phone", "third-party")
        and draft.recipients
        and draft.actors
    ):
        return replace(draft, actors=[*draft.actors, *draft.recipients], recipients=[], unordered=True)
    return draft


def _includes(other: Draft, draft: Draft) -> bool:
    """Whether a kept draft already tells all that this one does."""
    if other.event != draft.event:
        return False
    mine = {(c, "a") for m in draft.actors for c in _keys(m)} | {(c, "r") for m in draft.recipients for c in _keys(m)}
    theirs = {(c, "a") for m in other.actors for c in _keys(m)} | {(c, "r") for m in other.recipients for c in _keys(m)}
    if other.unordered or draft.unordered or draft.event == "CONSULT":
        return {c for c, _ in mine} <= {c for c, _ in theirs}
    return mine <= theirs


def _keys(mention: Mention) -> tuple[str, ...]:
    return mention.codes or (mention.text,)
