"""Daft, which hands work to processes and machines and joins tables: how it is started, and tried again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError, UsageError

RUNNERS = ("native", "ray")
TRIES = 3  # what a lost worker was at is done again so often


def started(runner: str) -> Any:
    """The module of Daft, set to a runner. Raises UsageError for an unknown runner or a missing extra."""
    if runner not in RUNNERS:
        raise UsageError(
            "there is no such runner", where=f"--runner {runner}", advice=f"Runners are {', '.join(RUNNERS)}"
        )
    try:
        import daft
    except ImportError as fault:
        raise UsageError("work at scale needs the extra `scale`", advice="pip install 'communique[scale]'") from fault
    if runner == "ray":
        try:
            import ray  # noqa: F401
        except ImportError as fault:
            raise UsageError("the runner ray needs Ray", advice="pip install 'communique[ray]'") from fault
    try:
        daft.set_runner_ray() if runner == "ray" else daft.set_runner_native()
    except Exception as fault:  # Daft lets a process choose once
        if "more than once" not in str(fault):
            raise
    return daft


def workers(daft: Any, kind: type[Any], runner: str, processes: int) -> Any:
    """A class whose methods Daft calls, in so many processes of their own; one worker of this machine needs none."""
    if runner == "native" and processes == 1:
        return daft.cls(use_process=False)(kind)
    return daft.cls(max_concurrency=processes, use_process=True)(kind)


def folder_for(path: Path) -> None:
    """Makes a folder. Raises UsageError where it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})", where=str(path), advice="Name a folder you may write to"
        ) from fault


def again(run: Callable[[], None], left: Callable[[], int], what: str, out: Path, tell: Callable[[str], None]) -> None:
    """Runs until nothing is left, so often as workers may be lost. Raises CommuniqueError where something stays."""
    fault: Exception | None = None
    rest = left()
    for number in range(TRIES):
        if not rest:
            return
        if number:
            tell(f"{rest:,} {what} are left after workers were lost: trying again")
        try:
            run()
        except CommuniqueError:
            raise
        except Exception as lost:  # a worker died: what it was at is not done, all else is
            fault = fault or lost
        rest = left()
    if rest:
        why = " ".join(str(fault).split())[:200] if fault else "nothing said why"
        raise CommuniqueError(
            f"{rest:,} {what} could not be done ({why})",
            where=str(out),
            advice="Start the same command again: what is done is kept",
        )
