"""Puts the cache beside the package, for images and read-only installs: `python -m communique.knowledge.compile`.

Whoever may write to the package runs it once after installing; then no start of any user has to parse the tables.
"""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from pathlib import Path

from communique.knowledge import cache, load


def compiled(place: Path) -> int:
    """Computes everything that is kept between runs into a folder; the number of files there. Raises OSError."""
    place.mkdir(parents=True, exist_ok=True)
    os.environ[cache.ENVIRONMENT] = str(place)
    cache.folder.cache_clear()
    load.data.cache_clear()
    here = Path(str(files("communique.knowledge")))
    for path in sorted(here.rglob("*.yaml")):
        load.data(path.relative_to(here).as_posix())
    from communique.ingest.language import language
    from communique.resolve import gazetteer, people

    for table in (gazetteer.gazetteer, people.all_people):
        table.cache_clear()
        table()
    language("Ein kurzer Satz auf Deutsch, damit das Modell geladen wird.")
    return len(list(place.iterdir()))


def main() -> int:
    """Compiles beside the package, or into the folder named on the command line."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / cache.BESIDE
    try:
        number = compiled(place)
    except OSError as fault:
        sys.stderr.write(f"communique: {place}: cannot be written ({fault.strerror}). Run it as who installed it\n")
        return 1
    sys.stdout.write(f"{place}: {number} files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
