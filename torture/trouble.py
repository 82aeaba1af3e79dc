"""Disks that are full, rights that are lost, files that vanish and clocks that go back, in the middle of a deed."""

from __future__ import annotations

import contextlib
import datetime
import os
import random
import resource
import shutil
import subprocess
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from torture import looking, server
from torture.kills import DEEDS, Calm, Setting, again, names

NOBODY = 65_534
_ROOMY = 64 << 20  # bytes of the small disk while nothing is to go wrong
_PAGE = 4_096


class _Told:
    """Counts what came of each kind of trouble."""

    def __init__(self) -> None:
        self.kinds: dict[str, Counter[str]] = {}
        self.wrong: list[str] = []

    def note(self, kind: str, name: str, ended: server.Ended, faults: list[str]) -> None:
        found = self.kinds.setdefault(kind, Counter())
        found["done all the same" if ended.code == 0 else f"ended with {ended.code}"] += 1
        lines = [line for line in ended.said.strip().splitlines() if line]
        if ended.code not in (0, 1, 2, 3, 4):
            faults = [*faults, f"ended with {ended.code}"]
        if ended.code and (not lines or "unexpected" in ended.said or "Traceback" in ended.said):
            faults = [*faults, f"was not told in plain words: {ended.said.strip()[:300]}"]
        if faults:
            found["failed"] += 1
            self.wrong += [f"{kind} ({name}): {fault}" for fault in faults]


def trouble(folder: Path, number: int, dice: random.Random) -> dict[str, Any]:
    """So many troubles of each kind; afterwards the same command must make what an untroubled one makes."""
    told = _Told()
    with _small_disk(folder) as disk:
        setting = Setting(folder, disk)
        every = names(DEEDS)
        for turn in range(number):
            calm = setting.calm(every[turn % len(every)])
            if disk:
                _full(setting, calm, disk, dice, told)
            _limited(setting, calm, dice, told)
            _vanished(setting, calm, dice, told)
            _clock(setting, calm, told)
        for name in every:
            _rights(setting, setting.calm(name), told)
    return {
        "small disk": "tmpfs" if disk else "none: only root may mount one; a limit on the size of files alone",
        **{kind: dict(sorted(found.items())) for kind, found in told.kinds.items()},
        "what was wrong": told.wrong[:20],
        "failed": len(told.wrong),
    }


def _full(setting: Setting, calm: Calm, disk: Path, dice: random.Random, told: _Told) -> None:
    """A disk that is full after some pages more."""
    setting.begin(calm)
    if calm.name.startswith("export"):
        Path(calm.arguments[-1]).unlink(missing_ok=True)
    used = sum(path.stat().st_size for path in disk.iterdir()) + _PAGE
    _resize(disk, used + _PAGE * dice.randint(1, 60))
    ended = server.in_child(calm.arguments)
    _resize(disk, _ROOMY)
    told.note("disk full", calm.name, ended, again(setting, calm))


def _limited(setting: Setting, calm: Calm, dice: random.Random, told: _Told) -> None:
    """A file that may not grow beyond a limit."""
    setting.begin(calm)
    held = setting.hurt.stat().st_size if setting.hurt.exists() else 0
    most = _PAGE * dice.randint(1, 100) + (held if dice.random() < 0.5 else 0)
    ended = server.in_child(calm.arguments, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    told.note("limit on the size of files", calm.name, ended, again(setting, calm))


def _vanished(setting: Setting, calm: Calm, dice: random.Random, told: _Told) -> None:
    """The archive is taken away while it is used: the command must not say that all is well."""
    setting.begin(calm)
    at = dice.randint(1, calm.last or calm.statements)
    ended = server.in_child(
        calm.arguments, before=lambda: server.at_statement(at, lambda: looking.remove(setting.hurt))
    )
    lost = not setting.hurt.exists() and ended.code == 0 and calm.last
    faults = ["wrote into a file that was gone, and said nothing"] if lost else []
    setting.begin(calm)
    told.note("archive vanished", calm.name, ended, faults + again(setting, calm))


class _Backwards(datetime.datetime):
    """A clock that is an hour earlier each time that somebody looks."""

    looked = 0

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> _Backwards:
        cls.looked += 1
        start = cls(2026, 1, 1, tzinfo=tz)
        return start - datetime.timedelta(hours=cls.looked)


def _clock(setting: Setting, calm: Calm, told: _Told) -> None:
    setting.begin(calm)

    def back() -> None:
        """For our own modules: libraries written in C know the class of a date by its address."""
        clock = types.SimpleNamespace(**{**vars(datetime), "datetime": _Backwards})
        for name, module in list(sys.modules.items()):
            if name.startswith("communique.") and getattr(module, "dt", None) is datetime:
                module.dt = clock  # type: ignore[attr-defined]

    ended = server.in_child(calm.arguments, before=back)
    faults = [] if ended.code == 0 else ["did not come to its end"]
    if not faults and looking.content(setting.hurt) != calm.outcome:
        faults.append("the clock changed what was made")
    told.note("clock going back", calm.name, ended, faults)


def _rights_of(path: Path, mode: int) -> None:
    if path.exists():
        path.chmod(mode)


def _rights(setting: Setting, calm: Calm, told: _Told) -> None:
    """Rights that are missing: to the file, to its folder, to the pages; and rights that go in the middle."""
    archive, folder, pages = setting.hurt, setting.hurt.parent, setting.pages
    troubles: dict[str, Callable[[], Any]] = {
        "archive not to be read": lambda: _rights_of(archive, 0),
        "archive not to be written": lambda: _rights_of(archive, 0o444),
        "folder not to be written": lambda: folder.chmod(0o555),
        "pages not to be read": lambda: pages.chmod(0),
    }
    for kind, take in troubles.items():
        setting.begin(calm)
        _open_to_all(setting)
        before = looking.content(archive) if archive.exists() else None
        take()
        ended = server.in_child(calm.arguments, before=_nobody)
        _open_to_all(setting)
        faults = []
        if ended.code == 0 and kind.startswith("archive not to be read") and archive.exists() and before:
            faults.append("read what it may not")
        if ended.code and before is not None and looking.content(archive) != before:
            faults.append("failed, and changed the archive")
        setting.begin(calm)
        told.note(kind, calm.name, ended, faults + again(setting, calm))


def _open_to_all(setting: Setting) -> None:
    for folder in {setting.folder, setting.place}:
        folder.chmod(0o777)
    for path in [*setting.place.iterdir(), setting.pages]:
        path.chmod(0o666)


def _nobody() -> None:
    """Rights mean nothing to root: the child becomes somebody else."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of our own whose size can be changed, where this machine lets us mount one."""
    disk = folder / "disk"
    disk.mkdir()
    mount = shutil.which("mount") if os.geteuid() == 0 else None
    done = mount and not subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={_ROOMY}", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode  # fmt: skip
    try:
        yield disk if done else None
    finally:
        if done:
            subprocess.run(["umount", str(disk)], check=False, capture_output=True)


def _resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True, capture_output=True)
