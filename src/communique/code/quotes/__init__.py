"""Quotes: whose words they are, through whom they came, and to whom they were said."""

from communique.code.quotes.finish import quotes

__all__ = ["quotes"]
