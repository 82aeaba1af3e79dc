"""What: events, stance, attribution, figures, quotes, assessments, projects and forums."""

from communique.code import assessments, projects
from communique.code.encoder import available, encoder
from communique.code.events import events
from communique.code.figures import Memory, figures
from communique.code.forums import forums
from communique.code.quotes import quotes

__all__ = ["Memory", "assessments", "available", "encoder", "events", "figures", "forums", "projects", "quotes"]
