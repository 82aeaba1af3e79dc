"""When the interpreter looks for garbage: not while much is made that will not be any."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


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
        if was:
            gc.enable()
