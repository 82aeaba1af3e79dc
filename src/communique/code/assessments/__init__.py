"""Assessments and forecasts: who judges or expects what of whom. Never events."""

from communique.code.assessments.finish import DatedSpan, Memory, assessments
from communique.code.assessments.said import said
from communique.code.assessments.unsettled import unsettled

__all__ = ["DatedSpan", "Memory", "assessments", "said", "unsettled"]
