"""Whether two reports give the same place, another one, or one that is no contradiction."""

from __future__ import annotations

from communique.merge.telling import Telling
from communique.merge.words import states


def _name(telling: Telling) -> str:
    return (telling.place or "").casefold().removeprefix("the ").strip()


def same(a: Telling, b: Telling) -> bool:
    """Whether both name one place, or one a town and the other its state."""
    one, other = _name(a), _name(b)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    return a.land is not None and a.land == b.land and bool({one, other} & states())


def differ(a: Telling, b: Telling) -> bool:
    """Whether they name two places of which one cannot lie in the other."""
    if not a.place or not b.place or a.land is None or b.land is None:
        return False
    return not same(a, b)
