"""Articles written for the project, for the demo, the tests and anyone who wants to try the commands."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def articles() -> tuple[str, ...]:
    """The file names of the sample articles, sorted."""
    return tuple(sorted(entry.name for entry in (files(__package__) / "articles").iterdir() if entry.is_file()))


def copy(folder: Path | str) -> list[Path]:
    """Writes the sample articles into a folder, which is made if need be; the paths written, in order of name."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name in articles():
        path = target / name
        path.write_bytes((files(__package__) / "articles" / name).read_bytes())
        written.append(path)
    return written
