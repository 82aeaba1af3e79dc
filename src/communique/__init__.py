"""Communique: from the news to a sourced, dated record of relations between states.

>>> import communique
>>> reading = communique.code("China and Russia held talks in Beijing on June 5.", date="2019-06-06")
>>> archive = communique.Archive("archive.db")

Importing this package is cheap: models and libraries are loaded when they are first used.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_LAZY = {
    "Archive": "communique.archive",
    "Coder": "communique.pipeline",
    "Settings": "communique.settings",
    "CommuniqueError": "communique.errors",
    "Listing": "communique.export.listing",
}
__all__ = ["Archive", "Coder", "CommuniqueError", "Listing", "Settings", "__version__", "code"]


class _CallableModule(ModuleType):
    """`communique.code` is the folder of the coder's modules and, to users, the function that codes a text."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from communique.export.reading import code

        return code(*arguments, **options)


class _Package(ModuleType):
    """This package; makes `communique.code` callable whenever the import system puts it in its place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "code" and type(value) is ModuleType:
            value.__class__ = _CallableModule
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "code":
        return importlib.import_module("communique.code")
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
