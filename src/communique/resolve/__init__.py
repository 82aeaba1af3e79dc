"""Who and when: actors, offices, pronouns, places and dates."""

from communique.resolve.actors import mentions
from communique.resolve.cast import cast
from communique.resolve.context import Context
from communique.resolve.house import house
from communique.resolve.mention import Resolution, resolve_mention

__all__ = ["Context", "Resolution", "cast", "house", "mentions", "resolve_mention"]
