"""Keeps what was computed from the knowledge files between runs, so that a start does not parse them all again.

A file of the cache is named by the SHA-256 of everything that its content depends on (the knowledge, the code that
reads it, our version), and begins with the SHA-256 of its own content: another version, an edited table or a damaged
file can never be taken for the right one. The content is JSON: reading it runs nothing. Without a folder that we may
write to, everything is computed anew, with the same result.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from communique import __version__

ENVIRONMENT = "COMMUNIQUE_CACHE"  # another folder, or "off"
# what is beside the package when somebody compiled it there (python -m communique.knowledge.compile)
BESIDE = "compiled"
_FORMAT = "2"
_HEAD = 65  # bytes of a file that hold the hash of the rest
_MOST = 600  # files; the oldest go first
_FEWEST = 400


@functools.cache
def folder() -> Path | None:
    """The folder of the cache, made where it is missing; None where there is none that is ours."""
    named = os.environ.get(ENVIRONMENT)
    if named is not None:
        if named.strip().lower() in ("", "off", "none", "0"):
            return None
        chosen = Path(named)
    else:
        try:
            chosen = _usual() / "communique"
        except RuntimeError:  # no home
            return None
    try:
        chosen.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = chosen.stat()
    except OSError:
        return None
    # a folder of somebody else could be given content that looks right
    if hasattr(os, "getuid") and state.st_uid not in (os.getuid(), 0):
        return None
    return chosen


def _usual() -> Path:
    """Where caches live on this system. Raises RuntimeError where the user has no home."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".cache"


def key(parts: Iterable[bytes | str]) -> str:
    """The name of what depends on these parts, on our version and on nothing else."""
    digest = hashlib.sha256(f"communique {__version__} {_FORMAT}".encode())
    for part in parts:
        content = part.encode("utf8", "surrogatepass") if isinstance(part, str) else part
        digest.update(f"\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def code_of(*modules: str) -> bytes:
    """The source of modules by name, for the key of what they compute."""
    found = []
    for name in modules:
        path = getattr(sys.modules.get(name), "__file__", None)
        with contextlib.suppress(OSError, TypeError):
            found.append(Path(path).read_bytes())  # type: ignore[arg-type]
    return b"\0".join(found)


def kept(name: str, build: Callable[[], Any]) -> Any:
    """What `build` gives, from the cache where it is there and whole. It must be plain JSON: lists, no tuples.

    Processes that build the same at the same time write the same bytes; each file appears whole or not at all.
    """
    for body in _found(f"{name}.json"):
        read = _decoded(body)
        if read is not None:
            return read[0]
    made = build()
    _write(f"{name}.json", json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode("utf8", "surrogatepass"))
    return made


def kept_bytes(name: str, build: Callable[[], bytes]) -> bytes:
    """The same for bytes, such as a model that is shipped packed."""
    for body in _found(f"{name}.bin"):
        return body
    made = build()
    _write(f"{name}.bin", made)
    return made


def _found(name: str) -> Iterator[bytes]:
    """The content of the file of that name, beside the package and in the user's cache, where it is whole."""
    for place in (Path(__file__).parent / BESIDE, folder()):
        try:
            content = (place / name).read_bytes() if place is not None else b""
        except OSError:
            continue
        whole = memoryview(content)
        if hashlib.sha256(whole[_HEAD:]).hexdigest().encode() + b"\n" == content[:_HEAD]:
            yield content[_HEAD:]


def _decoded(body: bytes) -> tuple[Any] | None:
    # a table is many small lists that all stay: the collector would walk them again and again while they are made
    collecting = gc.isenabled()
    gc.disable()
    try:
        return (json.loads(body),)
    except ValueError:
        return None
    finally:
        if collecting:
            gc.enable()


def _write(name: str, body: bytes) -> None:
    """One file, whole or not at all; a full or read-only disk only means that it is computed again."""
    place = folder()
    if place is None:
        return
    part = None
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(part).replace(place / name)
        _prune(place)
    except OSError:
        if part is not None:
            with contextlib.suppress(OSError):
                Path(part).unlink()


def _prune(place: Path) -> None:
    """Old versions do not pile up: beyond so many files the oldest go."""
    files = [*place.glob("*.json"), *place.glob("*.bin")]
    if len(files) <= _MOST:
        return
    aged = []
    for file in files:
        with contextlib.suppress(OSError):
            aged.append((file.stat().st_mtime, file))
    for _, file in sorted(aged, key=lambda row: (row[0], row[1].name))[: len(files) - _FEWEST]:
        with contextlib.suppress(OSError):
            file.unlink()
