"""The rule coder: from the clauses and nouns of a sentence to draft events."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code import deeds, govern, lexicon, match, nominal, senses
from communique.code.clauses import Clause, clause, is_background, is_condition, is_named, modal, negated, verbs
from communique.code.draft import Draft
from communique.code.lexicon import Frame
from communique.code.roles import Roles, joined
from communique.model import Mention, Sentence
from communique.tree import Token

_INTENT = frozenset({"promise", "refuse", "threaten", "request"})
# who speaks for himself or his side, and need not have been in a meeting "between" two others
_SPEAKERS = frozenset({"we", "i"})
# prepositions that end a verb whose noun is what talks are about: "talk about", "confer on"
_TOPICAL = frozenset({"about", "on", "over", "regarding"})
_SILENT = frozenset({"belief", "prevent", "deny", "accuse-of", "accuse_of", "accuse"})


class RuleCoder:
    """Codes one sentence; holds what is known of it while it goes through its clauses."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self.sentence = sentence
        self.mentions = mentions
        self.roles = Roles(sentence, mentions)
        self.clauses: dict[int, Clause] = {verb.i: clause(verb) for verb in verbs(sentence.syntax)}
        self.silent: set[int] = set()
        self.drafts: list[Draft] = []

    def code(self) -> list[Draft]:
        """All drafts of the sentence, in order of their triggers."""
        if deeds.is_question(self.sentence.syntax):
            return []
        for own in self.clauses.values():
            if is_named(own.verb) or deeds.is_asked(own.verb) or deeds.is_hoped(own.verb):
                self.silent.update(t.i for t in own.verb.subtree)
            elif own.verb.dep_ == "pcomp" and own.verb.head.lower_ == "without":
                self.silent.update(t.i for t in own.verb.subtree)  # "not without both working together"
            elif own.verb.lemma_.lower() in lexicon.senses()["about something"] or _shares(own):
                self.silent.update(_talked_of(own.verb))
        for index in sorted(self.clauses, key=self._depth):
            if index not in self.silent:
                draft = self._verb(self.clauses[index])
                if draft is not None:
                    self.drafts.append(draft)
        self.drafts = [draft for draft in _without_conditions(self.drafts) if deeds.is_political(draft)]
        consumed = {i for draft in self.drafts for i in draft.consumed}
        self.drafts += nominal.drafts(self.sentence, self.roles, self.clauses, consumed | self.silent, self.drafts)
        return _distinct(sorted(self.drafts, key=lambda draft: draft.trigger.i))

    def _wanted_of(self, below: Token) -> bool:
        """Whether somebody who acts is to do what is wanted: "wants Chad to withdraw"."""
        lower = self.clauses.get(below.i) or clause(below)
        return (
            any(m.codes or m.actors[0].sector for t in lower.subjects for m in self.roles.direct(t))
            or not lower.subjects
        )

    def _depth(self, index: int) -> tuple[int, int]:
        token, depth = self.clauses[index].verb, 0
        while token.head.i != token.i and depth < 60:
            token, depth = token.head, depth + 1
        return depth, index

    def _verb(self, own: Clause) -> Draft | None:
        matched = match.verb_frame(own, self.roles)
        frame, last = matched if matched else (None, None)
        if deeds.is_imperative(own.verb):
            if own.verb.lemma_ == "let":
                self.silent.update(t.i for t in own.verb.subtree)
            return None
        if deeds.is_courtesy(own):
            return None
        if deeds.is_paper(own) and (frame is None or len(frame.words) == 1):
            return None
        governor = match.governor(own)
        name = governor[0] if governor else None
        # "they met in Oslo; they agreed to build a dam": what stands before an intent is a sentence of its own
        after = [verb for verb in own.complements if verb.i > own.verb.i or name not in _INTENT]
        below = next((verb for verb in after if not deeds.is_asked(verb)), None)
        if below is not None and _stands_apart(own, below, name):
            below = None
        if own.verb.lemma_ in ("need", "take", "require") and own.verb.tag_ in ("VBD", "VBN"):
            if _takes_time(own):
                return None  # "needed two hours to agree": they agreed
        if name == "request" and own.verb.lemma_ in ("need", "have") and below is not None and below.dep_ == "xcomp":
            if not own.objects:  # "we need to deal with Gaza": asked of nobody else
                self._silence(own)
                return None
        if name == "request" and own.verb.lemma_ in ("want", "wish", "like") and below is not None:
            # "wants the texts to be shorter", "voters want him to be the nominee": wished for, asked of nobody
            if below.lemma_ in ("be", "become", "have") or not self._wanted_of(below):
                self._silence(own)
                return None
        if name == "request" and below is None and own.objects:  # "press Cuba to free them", parsed as an aim
            below = next((c for c in own.verb.children if c.dep_ == "advcl" and deeds.is_infinitive(c)), None)
            below = below if below is not None and own.objects[0].i < below.i else None
        if name in ("end", "stop") and own.gerunds and below is None:
            below = own.gerunds[0][1]
        if name == "promise" and below is None:  # "remains committed to helping", "looks forward to working"
            below = next((verb for word, verb in own.gerunds if word == "to"), None)
        if (
            below is not None
            and name in _INTENT
            and (frame is None or frame.event in ("AGREE", "REQUEST", "REJECT", "THREATEN"))
        ):
            return self._governed(own, name or "", below, frame, last)
        if name in _SILENT:
            self._silence(own, told=own.verb.lemma_.lower() in lexicon.senses()["denying"])
        if name in ("speech", "begin", "try", "fail") and below is not None:
            if name == "fail" and frame is None:
                return self._governed(own, "refuse", below, None, None)
            if frame is None or frame.constraints == 0:
                return None
        if name == "end" and below is not None:
            return self._ended(own, below, frame, last)
        if frame is None:
            return None
        if self._is_purpose(own.verb) and not senses.done_for(own.verb):
            return None
        frame = senses.in_context(frame, own, self.roles)
        if frame.complement or frame.event in ("REQUEST", "REJECT", "THREATEN", "ACCUSE", "AGREE", "CONCEDE"):
            self._silence(own, told=own.verb.lemma_.lower() in lexicon.senses()["denying"])
        return self._plain(own, frame, last)

    def _governed(self, own: Clause, name: str, below: Token, frame: Frame | None, last: str | None) -> Draft | None:
        """ "agreed to send", "refused to meet", "urged X to stop": the verb above names the event."""
        lower = self.clauses.get(below.i) or clause(below)
        matched = match.verb_frame(lower, self.roles)
        inner = matched[0].event if matched else self._noun_event(lower)
        negative = negated(own.verb)
        kind = (match.governor(own) or ("", ""))[1]
        self._silence(own)
        self.silent.update(t.i for t in below.subtree)
        if name == "promise":
            verdict = (
                govern.refused(inner)
                if negative or negated(below)
                else govern.promised(
                    # forces that are offered or granted to somebody help; planned ones threaten
                    "AID" if inner == "MOBILIZE" and kind == "consent" else inner,
                    frame.event if frame else None,
                    frame.cameo if frame else None,
                )
            )
        elif name == "refuse":
            verdict = govern.promised(inner, None, None) if negative and frame is None else govern.refused(inner)
        elif name == "threaten":
            verdict = govern.threatened(inner)
        else:
            verdict = govern.demanded(inner)
        actors = self.roles.slot("subject", own)
        if name == "request":
            slots: tuple[str, ...] = (*(frame.recipient if frame else ("object",)), "on", "dative", "complement")
            recipients = self.roles.recipients(slots, own, actors, last)
        else:
            said = name == "promise" and below.dep_ == "ccomp" and bool(lower.subjects)
            if said and len({code for m in actors for code in m.codes}) > 1:
                # "both agreed that a settlement in Mali would help": what they agree on is theirs
                recipients = []
            else:
                recipients = self._lower_side(lower, matched, actors) or (
                    self.roles.recipients(frame.recipient if frame else (), own, actors, last)
                )
                if len({code for m in actors for code in m.codes}) > 1 and all(m.via == "city" for m in recipients):
                    recipients = []  # "both agreed to raise the number of observers in Idlib"
        unordered = bool(name == "promise" and len({c for m in actors for c in m.codes}) > 1 and not recipients)
        words = (own.verb, below)
        return self._draft(
            own, verdict, frame, actors, recipients, unordered, f"{name}: {own.verb.lemma_} {below.lemma_}", words, 0.9
        )

    def _lower_side(
        self, lower: Clause, matched: tuple[Frame, str | None] | None, actors: list[Mention]
    ) -> list[Mention]:
        """To whom the promised, refused or threatened act would be done."""
        slots = matched[0].recipient if matched else ("object", "with", "to")
        last = matched[1] if matched else None
        taken = {m.span for m in actors}
        found = self.roles.recipients(slots, lower, actors, last)
        if found:
            return found
        others = [m for m in self.roles.slot("subject", lower) if m.span not in taken]
        return others or [m for m in self.roles.complement(lower) if m.span not in taken]

    def _noun_event(self, lower: Clause) -> str | None:
        """The event of the object's noun where the verb has no frame: "hold talks", "make a visit"."""
        for token in [*lower.objects, *(t for group in lower.preps.values() for t in group)]:
            frame = match.noun_frame(token, self.roles)
            if frame is not None:
                return frame.event
        return None

    def _ended(self, own: Clause, below: Token, frame: Frame | None, last: str | None) -> Draft | None:
        """ "stopped shelling" is a retreat, "stopped buying" a sanction."""
        lower = self.clauses.get(below.i) or clause(below)
        matched = match.verb_frame(lower, self.roles)
        if matched is None:
            return self._plain(own, frame, last) if frame else None
        event = "RETREAT" if matched[0].event in ("ASSAULT", "COERCE", "MOBILIZE", "SANCTION") else "SANCTION"
        if matched[0].event == "PROTEST":
            event = "CONCEDE"
        self._silence(own)
        verdict = govern.under_modal(event, None, None, modal(own.verb), negated(own.verb))
        if verdict is None:
            return None
        actors = self.roles.slot("subject", own)
        recipients = self._lower_side(lower, matched, actors)
        return self._draft(
            own,
            verdict,
            None,
            actors,
            recipients,
            False,
            f"end: {own.verb.lemma_} {below.lemma_}",
            (own.verb, below),
            0.6,
        )

    def _plain(self, own: Clause, frame: Frame, last: str | None) -> Draft | None:
        verdict = govern.under_modal(frame.event, frame.mode, frame.cameo, modal(own.verb), negated(own.verb))
        actors: list[Mention] = []
        for name in frame.actor:
            # of a thing that acts ("a US drone killed"), its owner is meant, not the object's
            owner = frame.subject and name in ("possessor", "of", "by")
            actors = joined(actors, self.roles.wielders(own) if owner else self.roles.slot(name, own, last))
        if not actors and own.passive:
            actors = self._unsaid(own, frame)
        recipients = self.roles.recipients(frame.recipient, own, actors, last, fallback=not frame.mutual)
        about = lexicon.senses()["about something"]  # "discussed Somalia" alone, "discussed developments in Iraq"
        topic = frame.mutual and (frame.words[0] in about or own.verb.lemma_.lower() in about or last in _TOPICAL)
        # "exchanged views on Mali", "compared notes"
        topic = topic or (frame.mutual and any(t.lemma_.lower() in lexicon.senses()["said of it"] for t in own.objects))
        if verdict is None:
            return self._must(own, frame, actors, recipients)
        above = self.clauses.get(own.verb.head.i)
        if topic:
            recipients = [m for name in ("with", "between", "among") for m in self.roles.slot(name, own, last)]
        if frame.mutual and above is not None and frame.event == "CONSULT":
            recipients = recipients or self._partners(own, above)
        if not recipients and above is not None and self._is_purpose(own.verb):
            recipients = self.roles.slot("object", above)  # "called her to express his support"
        if not any(m.codes for m in recipients):
            recipients = self._as_before(own, verdict.event, actors) or recipients
        unordered = frame.mutual
        if frame.mutual:
            with_whom = ("with", "between", "among", "and") if topic else ("object", "with", "between", "among", "and")
            others = [m for name in with_whom for m in self.roles.slot(name, own, last)]
            if len(self.roles.slot("between", own, last)) > 1 and all(m.text.lower() in _SPEAKERS for m in actors):
                actors = []  # "we had a good meeting between the President and the Chancellor"
            if verdict.event == "CONSULT" or not actors:
                actors = joined(actors, others or recipients)
                recipients = []
            else:  # what one signs with another both do, and it is known who is named first
                recipients = others or recipients
        rule = frame.name
        if frame.event != verdict.event:
            rule = f"{frame.name} ({modal(own.verb) or 'not'})"
        score = 0.6 + 0.05 * min(frame.constraints, 4)
        return self._draft(own, verdict, frame, actors, recipients, unordered, rule, (own.verb,), score)

    def _as_before(self, own: Clause, event: str, actors: Sequence[Mention]) -> list[Mention]:
        """To whom it was done before: "gave Mali a ship in May, and in June it gave another"."""
        if not own.objects or own.objects[0].lower_ not in lexicon.senses()["one more"]:
            return []
        codes = {code for m in actors for code in m.codes}
        for draft in reversed(self.drafts):
            if draft.event == event and codes and codes == {code for m in draft.actors for code in m.codes}:
                return draft.recipients
        return []

    def _unsaid(self, own: Clause, frame: Frame) -> list[Mention]:
        """Who acts in a passive that does not say so: whose visit was put off, where the envoy is who was summoned."""
        for token in own.objects:
            if (
                frame.event in ("REJECT", "AGREE")
                and match.classes_of(token, self.roles) & lexicon.senses()["of visitors"]
            ):
                whose = self.roles.possessor(token) or self.roles.under(token, ("of", "by", "between", "with"))
                if not any(m.codes for m in whose):  # "the next round of talks between Chad and Mali"
                    whose = [m for m in self.roles.deep(token) if m.codes] or whose
                codes = {code for m in whose for code in m.codes}
                # "was put off, the presidency in Ankara announced": who says so of his own is the one who did it
                return [m for m in self._speaker(own.verb) if codes & set(m.codes)] or whose
        if frame.event in ("ACCUSE", "REQUEST"):
            return self.roles.hosts(own.objects)
        return []

    def _partners(self, own: Clause, above: Clause) -> list[Mention]:
        """With whom a second verb's talks were: "thanked the minister and discussed the drought"."""
        if own.verb.dep_ != "conj" or own.passive:
            return []
        for name in ("with", "object", "dative", "to"):
            found = [m for m in self.roles.slot(name, above) if m.codes and m.actors[0].kind != "state"]
            if found:
                return found
        return []

    def _must(self, own: Clause, frame: Frame, actors: list[Mention], recipients: list[Mention]) -> Draft | None:
        """ "Russia said that Sudan must return a helicopter": the speaker demands it of the subject."""
        speaker = self._speaker(own.verb)
        speakers = [m for m in speaker if m.span not in {a.span for a in actors}]
        if not speakers:
            return None
        verdict = govern.demanded(frame.event)
        return self._draft(
            own, verdict, None, speakers, actors or recipients, False, f"must: {own.verb.lemma_}", (own.verb,), 0.9
        )

    def _speaker(self, verb: Token) -> list[Mention]:
        """Who says the clause: the subject of the speech verb above it."""
        token = verb
        for _ in range(12):
            above = token.head
            if above.i == token.i:
                return []
            if token.dep_ in ("ccomp", "parataxis", "advcl", "conj", "xcomp") and above.i in self.clauses:
                governor = match.governor(self.clauses[above.i])
                if governor and governor[0] in ("speech", "belief", "promise", "request"):
                    return self.roles.slot("subject", self.clauses[above.i])
            token = above
        return []

    def _draft(
        self,
        own: Clause,
        verdict: govern.Verdict,
        frame: Frame | None,
        actors: list[Mention],
        recipients: list[Mention],
        unordered: bool,
        rule: str,
        words: tuple[Token, ...],
        score: float,
    ) -> Draft | None:
        spans = {m.span for m in actors}
        recipients = [m for m in recipients if m.span not in spans]
        if not actors and not recipients:
            return None
        together = len({code for m in actors for code in m.codes}) > 1
        if verdict.event == "MOBILIZE" and together and frame is not None and "exercise" in rule:
            verdict = govern.Verdict("COOPERATE", None, "062", verdict.stance)  # a joint exercise
        stance = verdict.stance
        if stance == "actual" and is_condition(own.verb):
            stance = "conditional"
        consumed = {t.i for t in (*own.objects, *words)} | {
            t.i for word in (frame.words[1:] if frame else ()) for t in own.preposition(word)
        }
        for token in own.objects:
            consumed |= {c.i for c in token.children if c.dep_ == "conj"}
            if "verb delay+" in rule:  # the talks that are put off were not held
                consumed |= {t.i for t in token.subtree if t.pos_ == "NOUN"}
        return Draft(
            verdict.event,
            verdict.mode,
            verdict.cameo,
            frame.context if frame else (),
            actors,
            recipients,
            unordered,
            own.verb,
            rule,
            score,
            stance,
            consumed,
            False,
            words,
            is_background(own.verb) or (stance == "actual" and deeds.is_generic(own, verdict.event)),
            frame is not None and frame.plain,
        )

    def _silence(self, own: Clause, told: bool = False) -> None:
        """What stands below is the content of the act above, not an act that happened.

        told: what only describes somebody there was so nevertheless: "denied that it had fined the boats which its navy
        stopped on Monday" denies no stop.
        """
        for verb in [*own.complements, *(verb for _, verb in own.gerunds)]:
            if verb.i > own.verb.i:
                below = {t.i for t in verb.subtree}
                if told:
                    asides = [t for t in verb.subtree if t.dep_ == "relcl" and t.tag_ in ("VBD", "VBN")]
                    below -= {t.i for aside in asides for t in aside.subtree}
                self.silent |= below

    def _is_purpose(self, verb: Token) -> bool:
        """ "sent troops to end the siege": an aim is not an event; "has been working to" is more than an aim."""
        top = deeds.first_of(verb)
        above = self.clauses.get(top.head.i)
        aimed = above is not None and above.verb.lemma_.lower() in lexicon.senses()["only aimed at"]
        if above is not None and not aimed:
            governor = match.governor(above)
            if governor is not None and governor[0] in ("begin", "try") and top.head.dep_ in ("ROOT", "conj", "ccomp"):
                return False
        if above is not None and (deeds.is_courtesy(above) or _takes_time(above)):
            return False
        below = ("advcl", "acl", "relcl", "xcomp") if aimed else ("advcl", "acl", "relcl")
        return top.dep_ in below and deeds.is_infinitive(top)


def _shares(own: Clause) -> bool:
    """Whether views are shared or exchanged: "shared perspectives on strengthening supply chains"."""
    told = any(token.lemma_.lower() in lexicon.senses()["said of it"] for token in own.objects)
    return told and own.verb.lemma_.lower() in lexicon.senses()["sharing"]


def _talked_of(verb: Token) -> set[int]:
    """The verbs in what talks are about: "discussed promoting trade", "a peace that lets all vote"."""
    content = [c for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "xcomp", "ccomp", "prep", "pcomp")]
    if verb.tag_ == "VBD":  # what is joined to it in another tense belongs to its content
        content += [c for c in verb.children if c.dep_ == "conj" and c.tag_ in ("VBZ", "VBP")]
    return {t.i for c in content for t in c.subtree if t.pos_ in ("VERB", "AUX") and t.tag_ not in ("VBD", "VBN")}


def _takes_time(own: Clause) -> bool:
    """Whether a verb only says how long or how much something took: "needed two hours and an interpreter"."""
    nouns = [token.lemma_.lower() for token in own.objects]
    return bool(nouns) and nouns[0] in lexicon.senses()["needed time"]


def _stands_apart(own: Clause, below: Token, name: str | None) -> bool:
    """Whether an infinitive is no content of the verb before it: "agreed to a truce to end the war", "challenged a plan
    to arrest them"."""
    if name == "promise" and below.dep_ in ("xcomp", "advcl"):
        said = [t for word in ("to", "on", "upon") for t in own.preposition(word)]
        return any(own.verb.i < t.i < below.i and t.pos_ in ("NOUN", "PROPN") for t in said)
    return name == "request" and below.dep_ == "acl" and below.head.dep_ == "dobj"


def _without_conditions(drafts: list[Draft]) -> list[Draft]:
    """What has to happen first is no event beside what depends on it: "will not leave until they are paid"."""
    plain = [draft for draft in drafts if not is_condition(draft.trigger)]
    return plain or drafts


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """One draft for each event and pair of sides, the most trusted; a meeting's participants told twice are one."""
    kept: dict[object, Draft] = {}
    for draft in drafts:
        other = kept.get(draft.key)
        if other is None or _weight(draft) > _weight(other):
            kept[draft.key] = draft
    return sorted(kept.values(), key=lambda draft: draft.trigger.i)


def _weight(draft: Draft) -> tuple[bool, bool, float]:
    """What is told before what only describes, what was done before what was not: "bought it and has not sold it"."""
    return not draft.background, draft.stance != "denied", draft.score
