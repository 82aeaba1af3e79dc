"""Nouns to JSON and back without loss: what the archive keeps beside its searchable columns."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from communique.errors import ArchiveError
from communique.model import Span

T = TypeVar("T")
_Reader = Callable[[Any], Any]


def dump(value: Any) -> str:
    """A noun as one line of JSON; fields at their default are left out, and the order of fields is the model's."""
    return json.dumps(_pack(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[T], line: str) -> T:
    """The noun that `dump` wrote. Raises ArchiveError where the line does not hold one of that kind."""
    try:
        return typing.cast(T, _reader(typing.cast(Any, kind))(json.loads(line)))
    except (ValueError, TypeError, LookupError, AttributeError) as fault:
        raise ArchiveError(
            f"a stored {kind.__name__.lower()} cannot be read ({fault})",
            advice="Run `communique verify` on the archive; if it was made by another version, read the pages again",
        ) from fault


def _pack(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Span):  # the most frequent noun by far
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_pack(part) for part in value]
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    packed = {}
    for field, default in _fields(typing.cast(Any, type(value))):
        held = getattr(value, field)
        if default is dataclasses.MISSING or held != default or type(held) is not type(default):
            packed[field] = _pack(held)
    return packed


@functools.cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


@functools.cache
def _reader(hint: Any) -> _Reader:
    """How to turn a JSON value into what the type hint says; made once for each hint."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Span:
        return lambda pair: Span(pair[0], pair[1])
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(part for part in arguments if part is not type(None)))
        if inner is _as_it_is:
            return inner
        return lambda held: None if held is None else inner(held)
    if origin is tuple and arguments[-1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda held: tuple(each(part) for part in held)
    if origin is tuple:
        readers = tuple(_reader(part) for part in arguments)
        return lambda held: tuple(read(part) for read, part in zip(readers, held, strict=True))
    if hint is dt.date:
        return dt.date.fromisoformat
    if hint is dt.datetime:
        return dt.datetime.fromisoformat
    if hint is float:
        return float
    if dataclasses.is_dataclass(hint):
        return _noun_reader(typing.cast("type[Any]", hint))
    return _as_it_is  # str, int, bool, Literal


def _noun_reader(kind: type[Any]) -> _Reader:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    plain = frozenset(name for name, reader in readers.items() if reader is _as_it_is)

    def read(held: Any) -> Any:
        return kind(**{name: part if name in plain else readers[name](part) for name, part in held.items()})

    return read


def _as_it_is(held: Any) -> Any:
    return held
