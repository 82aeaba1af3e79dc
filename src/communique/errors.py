"""Everything that can go wrong, as one tree: each message says what, where and what to do next."""

from __future__ import annotations


class CommuniqueError(Exception):
    """The root of the tree.

    what: the fault in plain words; where: the file, line or sentence; advice: what to do next.
    exit_code: what the command line returns for it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        self.what = what
        self.where = where
        self.advice = advice
        super().__init__(self.line())

    def line(self) -> str:
        """The whole message on one line: where: what. Advice."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        text = f"{head}. {self.advice}" if self.advice else head
        return " ".join(text.split())


class UsageError(CommuniqueError):
    """The user asked for something that cannot be: an unknown state, a wrong date, a missing extra."""

    exit_code = 2


class InputError(CommuniqueError):
    """One input cannot be read. It costs itself alone: readers report it and go on."""

    exit_code = 3


class KnowledgeError(CommuniqueError):
    """A file of words, names or weights is not as it must be."""


class ArchiveError(CommuniqueError):
    """An archive cannot be opened, written or trusted."""


class PluginError(CommuniqueError):
    """A third-party reader, coder or exporter is broken."""
