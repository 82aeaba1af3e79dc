"""The state of one page while it is being labelled: its units, their labels so far, and what was learnt of it."""

from __future__ import annotations

from communique.ingest.cleaner.units import Unit
from communique.ingest.labels import Label
from communique.model import Span


class Page:
    """Units with labels that are filled in step by step; a unit without a label is still open.

    given is the title as the caller knows it; title and byline are what the steps find.
    """

    def __init__(self, units: list[Unit], given: str | None = None) -> None:
        self.units = units
        self.labels: list[Label | None] = [None] * len(units)
        self.given = given
        self.title: str | None = given
        self.title_at: int | None = None
        self.byline: str | None = None
        self.header_dates: list[Span] = []
        self.byline_dates: list[Span] = []
        self.warnings: list[str] = []
        self.start = 0  # the first paragraph of the main stretch of prose, the number of units where there is none
        self.end = 0  # its last paragraph
        self.paragraphs = 0  # how many paragraphs it has
        self.whole = False  # whether the text is a whole page with its menus

    def put(self, number: int, reason: str, rule: str) -> None:
        """Label a unit as furniture."""
        self.labels[number] = Label(reason, rule)

    def reason(self, number: int) -> str | None:
        """The furniture reason of a unit; None where it is open, article or beyond the page."""
        if not 0 <= number < len(self.units):
            return None
        label = self.labels[number]
        return None if label is None or label.article else label.reason

    def open(self, number: int) -> bool:
        """Whether the unit exists and has no label yet."""
        return 0 <= number < len(self.units) and self.labels[number] is None

    def prose(self, number: int) -> bool:
        """Whether the unit is open and reads as sentences."""
        return self.open(number) and self.units[number].prose
