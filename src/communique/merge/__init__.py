"""Across reports: near-copies and the same event told by many."""
