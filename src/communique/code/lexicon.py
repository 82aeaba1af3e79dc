"""The words of the coder: frames, noun classes, polarities, their composition, and verbs that govern clauses."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from communique.code.ontology import events
from communique.errors import KnowledgeError
from communique.knowledge import load

_FIELDS = frozenset(
    "verb noun adj event mode cameo context actor recipient mutual object not_object prep complement passive "
    "intransitive subject stance predicate plain".split()
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One sense of one word: the event that it tells, and which parts of the sentence fill its sides."""

    words: tuple[str, ...]
    pos: str
    event: str
    mode: str | None
    cameo: str | None
    context: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    mutual: bool
    object: frozenset[str]
    not_object: frozenset[str]
    subject: frozenset[str]
    prep: tuple[tuple[str, frozenset[str]], ...]
    complement: frozenset[str]
    passive: str | None
    intransitive: bool
    predicate: frozenset[str]
    order: int
    name: str
    plain: bool = False  # words that leave no doubt of what happened, whatever the encoder knows of it

    @property
    def constraints(self) -> int:
        """How much this sense asks for; the most demanding sense that is met wins."""
        return (
            2 * (len(self.words) - 1)
            + bool(self.object)
            + len(self.prep)
            + bool(self.complement)
            + bool(self.passive == "only")
            + bool(self.intransitive)
            + bool(self.subject)
            + bool(self.predicate)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A verb of one polarity with an object of some classes makes an event."""

    polarity: str
    classes: frozenset[str]
    frame: Frame


def _list(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, (str, int)):
        return (str(value),)
    return tuple(str(item) for item in value if item is not None)


def _checked(row: dict[str, Any], words: str, default: str | None, where: str) -> None:
    """Raises KnowledgeError for a frame with an unknown field or event."""
    unknown = set(row) - _FIELDS
    event = str(row.get("event") or default)
    if unknown or event not in events():
        what = f"unknown field {sorted(unknown)[0]!r}" if unknown else f"unknown event {event!r}"
        raise KnowledgeError(f"{what} in the frame of {words!r}", where=where, advice="Mend the entry")


def _frame(row: dict[str, Any], words: str, pos: str, default: str | None, order: int) -> Frame:
    event = str(row.get("event") or default)
    mode = row.get("mode")
    if mode is not None and mode not in events()[event].modes:
        mode = None
    prep = row.get("prep") or {}
    return Frame(
        tuple(words.split()),
        pos,
        event,
        mode,
        str(row["cameo"]) if row.get("cameo") is not None else None,
        _list(row.get("context")),
        _list(row.get("actor")) or (("subject",) if pos != "noun" else ("possessor", "by", "between", "of")),
        _list(row.get("recipient")),
        bool(row.get("mutual")),
        frozenset(_list(row.get("object"))),
        frozenset(_list(row.get("not_object"))),
        frozenset(_list(row.get("subject"))),
        tuple((str(name), frozenset(_list(classes))) for name, classes in prep.items()),
        frozenset(_list(row.get("complement"))),
        str(row["passive"]) if row.get("passive") else None,
        bool(row.get("intransitive")),
        frozenset(_list(row.get("predicate"))),
        order,
        f"{pos} {words}",
        bool(row.get("plain")),
    )


def _rows(table: Any, key: str) -> list[dict[str, Any]]:
    """The rows of a file that is a list, or holds one under a key."""
    found: list[dict[str, Any]] = table[key] if isinstance(table, dict) else table
    return found


class Frames:
    """All frames by (part of speech, first word), in the order of the files; each is made when it is first asked for.

    Raises KnowledgeError for a frame with an unknown field or event, at once.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[tuple[dict[str, Any], str, str, str | None, int]]] = defaultdict(list)
        self._made: dict[tuple[str, str], tuple[Frame, ...]] = {}
        order = 0
        for name in load.names("lexicon", ".yaml"):
            content = load.data(name)
            if not isinstance(content, dict) or "frames" not in content:
                continue
            default = content.get("event")
            for row in content["frames"]:
                checked = False
                for pos in ("verb", "noun", "adj"):
                    for quoted in _list(row.get(pos)):
                        words = quoted.strip('"')
                        if not checked:
                            _checked(row, words, default, f"knowledge/{name}")
                            checked = True
                        order += 1
                        parts = words.split()
                        self._rows[pos, parts[-1] if pos == "noun" else parts[0]].append(
                            (row, words, pos, default, order)
                        )

    def get(self, key: tuple[str, str], default: tuple[Frame, ...] = ()) -> tuple[Frame, ...]:
        """The frames of a part of speech and a first word (of nouns: a last word)."""
        made = self._made.get(key)
        if made is None:
            rows = self._rows.get(key)
            if rows is None:
                return default
            made = self._made[key] = tuple(_frame(*row) for row in rows)
        return made


@functools.cache
def frames() -> Frames:
    """The frames of the lexicon. Raises KnowledgeError for a frame with an unknown field or event."""
    return Frames()


@functools.cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Noun lemma (one or two words) to the classes that it belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    table = load.data("lexicon/noun_classes.yaml")
    for name, words in (table.get("classes") or table).items():
        for word in words:
            found[str(word).lower()].add(str(name))
    return {word: frozenset(names) for word, names in found.items()}


@functools.cache
def polarities() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of a verb to (all its words, polarity class)."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    table = load.data("lexicon/polarity.yaml")
    for name, verbs in (table.get("polarity") or table).items():
        for verb in verbs:
            words = tuple(str(verb).split())
            found[words[0]].append((words, str(name)))
    return {verb: tuple(sorted(rows, key=lambda row: -len(row[0]))) for verb, rows in found.items()}


@functools.cache
def rules() -> dict[tuple[str, str], Frame]:
    """(polarity, noun class) to the frame that their composition makes; the first rule of a cell stands."""
    found: dict[tuple[str, str], Frame] = {}
    table = load.data("lexicon/compose.yaml")
    for number, row in enumerate(_rows(table, "rules")):
        polarity, classes = _list(row["verb"]), _list(row.get("object"))
        plain = {key: value for key, value in row.items() if key not in ("verb", "object")}
        for pol in polarity:
            for name in classes:
                where = "knowledge/lexicon/compose.yaml"
                _checked(plain, f"{pol}+{name}", None, where)
                frame = _frame(plain, f"{pol}+{name}", "verb", None, number)
                found.setdefault((pol, name), frame)
    return found


@functools.cache
def governors() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], str, str], ...]]:
    """(part of speech, first word) to (all its words, class, kind) for words that govern another clause."""
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    table = load.data("lexicon/complement.yaml")
    for row in _rows(table, "classes"):
        for field, pos in (("verbs", "verb"), ("adjectives", "adj"), ("nouns", "noun")):
            for word in row.get(field) or ():
                words = tuple(w for w in str(word).split() if w not in ("to", "that", "X"))
                if words:
                    found[pos, words[0]].append((words, str(row["class"]), str(row.get("kind") or "")))
    return {key: tuple(sorted(group, key=lambda g: -len(g[0]))) for key, group in found.items()}


@functools.cache
def senses() -> dict[str, frozenset[str]]:
    """Groups of words that turn the sense of a clause, by the name of the group."""
    return {str(name): frozenset(map(str, words)) for name, words in load.data("lexicon/senses.yaml").items()}
