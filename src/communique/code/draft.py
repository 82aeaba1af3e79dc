"""An event before it is finished: what, who, to whom, by which words and which rule."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.model import Mention, Stance
from communique.tree import Token


@dataclass(slots=True)
class Draft:
    """A candidate event of one sentence. score is how much the rule that made it is to be trusted, 0 to 1.

    background: told in passing, in a relative clause or participle that only describes somebody. plain: in words that
    leave no doubt, so that the encoder's doubt of what it seldom read does not count.
    """

    event: str
    mode: str | None
    cameo: str | None
    context: tuple[str, ...]
    actors: list[Mention]
    recipients: list[Mention]
    unordered: bool
    trigger: Token
    rule: str
    score: float
    stance: Stance = "actual"
    consumed: set[int] = field(default_factory=set)
    nominal: bool = False
    words: tuple[Token, ...] = ()
    background: bool = False
    plain: bool = False

    @property
    def key(self) -> tuple[str, frozenset[str], frozenset[str]]:
        """What makes two drafts of a sentence the same: event and sides."""
        acting, undergoing = (
            frozenset([str(a.code or a.name) for m in side for a in m.actors])
            for side in (self.actors, self.recipients)
        )
        if self.unordered:
            return (self.event, acting | undergoing, frozenset())
        return (self.event, acting, undergoing)
