"""Language: an article's text becomes sentences with their syntax."""

from communique.annotate import quick

quick.import_spacy()  # before any module that imports spaCy

from communique.annotate.syntax import sentences  # noqa: E402

__all__ = ["sentences"]
