"""Starting sooner: spaCy without its command line, and no search for garbage while a document is coded."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Imports spaCy, without what only its command line needs (templates, downloads, a web client).

    `import spacy` brings all that for one function, `spacy.info`: two fifths of its time. While spaCy is imported, an
    empty module stands in; afterwards `spacy.info` and `import spacy.cli` work as ever. Where spaCy is there already,
    nothing happens.
    """
    if "spacy" in sys.modules or any(name in sys.modules for name in _COMMANDS):
        return
    package, module = (ModuleType(name) for name in _COMMANDS)
    package.__path__ = []
    module.info = _info  # type: ignore[attr-defined]
    sys.modules.update(zip(_COMMANDS, (package, module), strict=True))
    try:
        importlib.import_module("spacy")
    finally:
        for name in _COMMANDS:
            sys.modules.pop(name, None)


def _info(*given: Any, **named: Any) -> Any:
    """spaCy's own `info`, imported when it is asked for."""
    return importlib.import_module("spacy.cli.info").info(*given, **named)
