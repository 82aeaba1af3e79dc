"""Who and when: actors, offices, pronouns, places and dates."""

from communique.resolve.actors import mentions
from communique.resolve.context import Context

__all__ = ["Context", "mentions"]
