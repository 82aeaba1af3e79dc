"""Language: an article's text becomes sentences with their syntax."""

from communique.annotate.syntax import sentences

__all__ = ["sentences"]
