"""When the interpreter looks for garbage: not while much is made that will not be any."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

AT_START = (1_000_000, 20, 20)  # more objects than a start makes
LATER = (50_000, 20, 20)


def start() -> None:
    """To be called first of all: nothing is looked through while modules, tables and models are loaded.

    They are many small objects that all stay; looking through them again and again takes a fifth of a start.
    """
    gc.set_threshold(*AT_START)


def _started() -> None:
    """What is there after the first document stays, and need not be looked through ever again."""
    if gc.get_threshold() == AT_START:
        gc.freeze()
        gc.set_threshold(*LATER)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """No search for unreachable cycles meanwhile; it comes when the document is done, and finds the same.

    The interpreter looks through all live objects again and again while many are made: a twentieth of all time. A
    document's own objects are few enough to wait.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        _started()
        if was:
            gc.enable()
