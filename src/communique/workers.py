"""Many documents over several processes: bounded queues, ordered output, the same bytes as one process gives."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from communique import threads
from communique.errors import CommuniqueError
from communique.model import Coded, Document
from communique.settings import Settings

if TYPE_CHECKING:
    from communique.pipeline import Coder

# batches waiting for each process: enough to keep it busy, few enough to bound memory
_AHEAD = 3
_coder: Coder | None = None


def _start(settings: Settings) -> None:
    """Set up one worker: numeric libraries get one thread, so that processes do not fight for cores."""
    global _coder
    threads.single()
    from communique.pipeline import Coder

    _coder = Coder(settings)


def _work(batch: list[Document]) -> list[Coded]:
    assert _coder is not None
    return [_coder.code(document) for document in batch]


def code_many(documents: Iterable[Document], settings: Settings) -> Iterator[Coded]:
    """Coded documents in the order of the input; memory holds a few batches for each process at most.

    Raises CommuniqueError where a worker process dies.
    """
    source = iter(documents)
    batches = iter(lambda: list(itertools.islice(source, max(1, settings.batch_size))), [])
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Coded]]] = deque()
    with ProcessPoolExecutor(settings.processes, context, _start, (settings,)) as pool:
        try:
            for batch in batches:
                waiting.append(pool.submit(_work, batch))
                if len(waiting) >= _AHEAD * settings.processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as fault:
            raise CommuniqueError(
                "a worker process died (often: out of memory)", advice="Use fewer processes, or --processes 1"
            ) from fault
        finally:
            for future in waiting:
                future.cancel()
