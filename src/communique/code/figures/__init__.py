"""Figures: quantities, rates and trends of a sentence, with what they measure, between whom, when and how real."""

from communique.code.figures.build import Memory, figures

__all__ = ["Memory", "figures"]
