"""Relate: how a pair of states is doing."""
