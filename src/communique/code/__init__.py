"""What: events, stance, attribution, figures, quotes, assessments, projects and forums."""

from communique.code.encoder import available, encoder
from communique.code.events import events

__all__ = ["available", "encoder", "events"]
