"""Whether two reports give the same place, another one, or one that is no contradiction."""

from __future__ import annotations

import functools

from communique.knowledge import load
from communique.merge.telling import Telling


@functools.cache
def _states() -> frozenset[str]:
    """The names of states, in small letters: a state is no place beside a town of it."""
    found: set[str] = set()
    for file in load.names("states", ".yaml"):
        for entry in load.data(file).get("states") or ():
            found |= {str(name).casefold() for name in (entry.get("name"), *(entry.get("names") or ())) if name}
    return frozenset(found)


def _name(telling: Telling) -> str:
    return (telling.place or "").casefold().removeprefix("the ").strip()


def same(a: Telling, b: Telling) -> bool:
    """Whether both name one place, or one a town and the other its state."""
    one, other = _name(a), _name(b)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    return a.land is not None and a.land == b.land and bool({one, other} & _states())


def differ(a: Telling, b: Telling) -> bool:
    """Whether they name two places of which one cannot lie in the other."""
    if not a.place or not b.place or a.land is None or b.land is None:
        return False
    return not same(a, b)
