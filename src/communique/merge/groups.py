"""Who belongs together, when all that is known is who belongs with whom."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Members joined pair by pair; belonging is handed on. What is joined first changes nothing."""

    def __init__(self, members: Iterable[str] = ()) -> None:
        self._parent: dict[str, str] = {}
        for member in members:
            self._parent.setdefault(member, member)

    def root(self, member: str) -> str:
        """The smallest member of the group; a member that nobody has named before is a group of its own."""
        while (parent := self._parent.setdefault(member, member)) != member:
            self._parent[member] = member = self._parent[parent]
        return member

    def join(self, one: str, other: str) -> None:
        """The two, and all that are with them, belong together."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def together(self, one: str, other: str) -> bool:
        """Whether the two are in one group."""
        return self.root(one) == self.root(other)

    def groups(self) -> list[list[str]]:
        """Every group, sorted, by its smallest member; singles too."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.root(member), []).append(member)
        return list(found.values())
