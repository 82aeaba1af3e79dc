"""Figures: quantities, rates and trends of a sentence, with what they measure, between whom, when and how real."""

from communique.code.figures.build import figures
from communique.code.figures.settle import Memory

__all__ = ["Memory", "figures"]
