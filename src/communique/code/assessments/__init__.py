"""Assessments and forecasts: who judges or expects what of whom. Never events."""

from communique.code.assessments.finish import DatedSpan, Memory, assessments

__all__ = ["DatedSpan", "Memory", "assessments"]
