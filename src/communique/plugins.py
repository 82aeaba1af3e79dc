"""What installed packages add through entry points: coders and exporters (readers are found by ingest itself).

[project.entry-points."communique.exporters"]
myformat = "mypackage.module:MyExporter"      # a communique.export.base.Exporter
[project.entry-points."communique.coders"]
mycoder = "mypackage.module:MyCoder"          # called with Settings; has code(document) and code_many(documents)
[project.entry-points."communique.readers"]
".xyz" = "mypackage.module:read"              # called with a path and a function that takes faults
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, cast

from communique.errors import PluginError, UsageError

if TYPE_CHECKING:
    from communique.pipeline import Coder
    from communique.settings import Settings

EXPORTERS = "communique.exporters"
CODERS = "communique.coders"
OWN_CODER = "communique"


def names(group: str) -> tuple[str, ...]:
    """The names that installed packages add to a group, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


def load(group: str, name: str) -> Any:
    """What a name of a group stands for, or None where no package adds it. Raises PluginError where it is broken."""
    for point in sorted(entry_points(group=group), key=lambda point: point.value):
        if point.name == name:
            try:
                return point.load()
            except Exception as fault:
                raise PluginError(
                    f"{name} of {group} cannot be loaded ({type(fault).__name__}: {fault})",
                    where=point.value,
                    advice="Update or remove the package that brings it",
                ) from fault
    return None


def coder(name: str, settings: Settings) -> Coder:
    """A coder by name, made with the settings. Raises UsageError for an unknown name, PluginError for a broken one."""
    if name == OWN_CODER:
        from communique.pipeline import Coder

        return Coder(settings)
    maker = load(CODERS, name)
    if maker is None:
        known = ", ".join((OWN_CODER, *names(CODERS)))
        raise UsageError("no coder has this name", where=name, advice=f"Coders are {known}")
    try:
        made = maker(settings)
    except Exception as fault:
        raise PluginError(
            f"the coder {name} cannot be made ({type(fault).__name__}: {fault})", advice="Update or remove it"
        ) from fault
    if not (callable(getattr(made, "code", None)) and callable(getattr(made, "code_many", None))):
        raise PluginError(f"the coder {name} lacks code or code_many", advice="Update or remove it")
    return cast("Coder", made)
