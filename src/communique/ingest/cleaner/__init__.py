"""The cleaner: labels every line of a text as article or furniture, with the reason, and deletes nothing."""

from __future__ import annotations

from communique.ingest.cleaner.steps import Cleaned, clean
from communique.ingest.cleaner.units import Unit, units

__all__ = ["Cleaned", "Unit", "clean", "units"]
