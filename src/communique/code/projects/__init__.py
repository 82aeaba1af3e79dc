"""Projects between states and the stages they are at."""

from communique.code.projects.find import projects
from communique.code.projects.parties import Memory
from communique.code.projects.words import STAGES

__all__ = ["STAGES", "Memory", "projects"]
