"""Coding on many machines: an input is cut into shards, and each shard is coded once, by whoever takes it."""
