"""What a verb above makes of an act below: promises, refusals, threats, demands, and the modal of the act itself."""

from __future__ import annotations

from dataclasses import dataclass

from communique.code.ontology import COOPERATIVE, MATERIAL_CONFLICT
from communique.model import Stance

FUTURE = frozenset({"will", "'ll", "shall", "would", "'d", "wo", "going"})
POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
OBLIGED = frozenset({"must", "should", "ought", "need"})

# CAMEO's codes of intent by what is intended (03x), of demands by what is demanded (10x), of refusals (12x)
_INTENT = {"CONSULT": "036", "AID": "033", "COOPERATE": "031", "SUPPORT": "032", "CONCEDE": "035", "RETREAT": "035"}
_DEMAND = {"CONSULT": "105", "AID": "103", "COOPERATE": "101", "SUPPORT": "102", "CONCEDE": "105", "RETREAT": "105"}
_REFUSE = {"CONSULT": "125", "AID": "122", "COOPERATE": "121", "SUPPORT": "121", "CONCEDE": "123", "RETREAT": "124"}
_THREAT = {"SANCTION": "131", "COERCE": "137", "ASSAULT": "138", "MOBILIZE": "138", "PROTEST": "133"}
_ASKED = {
    "AID": "assist",
    "CONSULT": "meet",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "CONCEDE": "change",
    "RETREAT": "yield",
}
_THREAT_MODE = {"SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The event that is told, with mode and CAMEO code, and its stance."""

    event: str
    mode: str | None
    cameo: str | None
    stance: Stance = "actual"


def promised(inner: str | None, verb_event: str | None, cameo: str | None) -> Verdict:
    """A promise, plan or readiness to do something: AGREE for cooperation, THREATEN for material conflict."""
    if inner in MATERIAL_CONFLICT or inner == "THREATEN":
        return Verdict("THREATEN", _THREAT_MODE.get(inner or ""), _THREAT.get(inner or "", "130"))
    if inner == "REJECT":
        return Verdict("REJECT", None, "120")
    if inner in COOPERATIVE and inner != "AGREE":
        return Verdict("AGREE", None, _INTENT.get(inner or "", "030"))
    return Verdict(verb_event or "AGREE", None, cameo or "030")


def demanded(inner: str | None) -> Verdict:
    """A demand that somebody else do something."""
    return Verdict("REQUEST", _ASKED.get(inner or "", "change"), _DEMAND.get(inner or "", "100"))


def refused(inner: str | None) -> Verdict:
    """A refusal to do something."""
    return Verdict("REJECT", _ASKED.get(inner or ""), _REFUSE.get(inner or "", "120"))


def threatened(inner: str | None) -> Verdict:
    """A threat to do something."""
    return Verdict("THREATEN", _THREAT_MODE.get(inner or ""), _THREAT.get(inner or "", "130"))


def under_modal(event: str, mode: str | None, cameo: str | None, modal: str | None, negative: bool) -> Verdict | None:
    """The act of a clause as its modal and negation leave it; None where "must" makes it the speaker's demand."""
    if modal in OBLIGED:
        return None
    if modal in FUTURE:
        if negative:
            return (
                refused(event)
                if event in COOPERATIVE
                else Verdict("AGREE", None, "030")
                if event in (MATERIAL_CONFLICT)
                else Verdict(event, mode, cameo, "denied")
            )
        if event in COOPERATIVE:
            return promised(event, None, cameo)
        if event in MATERIAL_CONFLICT:
            return threatened(event)
        return Verdict(event, mode, cameo)
    if modal in POSSIBLE:
        if negative:
            return refused(event) if event in COOPERATIVE else Verdict(event, mode, cameo, "denied")
        if event in COOPERATIVE:
            verdict = promised(event, None, cameo)
        elif event in MATERIAL_CONFLICT:
            verdict = threatened(event)
        else:
            verdict = Verdict(event, mode, cameo)
        return Verdict(verdict.event, verdict.mode, verdict.cameo, "possible")
    if negative:
        return Verdict(event, mode, cameo, "denied")
    return Verdict(event, mode, cameo)
