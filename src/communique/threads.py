"""One thread for numeric libraries: the matrices here are small, and threads that wait for each other burn a core."""

from __future__ import annotations

import os

_NAMES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def single() -> None:
    """To be called before numpy is imported. Whoever has set a number of threads keeps it."""
    for name in _NAMES:
        os.environ.setdefault(name, "1")
