"""The trained encoder at run time: reads a sentence once and says what one actor did to another, by which word."""

from __future__ import annotations

import functools
import importlib.util
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.code.weights import Weights
from communique.errors import KnowledgeError, UsageError
from communique.model import Span, Stance

# sentences whose reading is remembered (about 50 kB each): mastheads and set phrases come again and again
_SENTENCES = 256
# rows of one product of matrices
_ROWS = 10
# the second layer: whether something happened, what, how told, in which mode
_OUT = ("acts", "event", "stance", "mode")
# an addition and the normalisation after it, joined by ONNX Runtime, take six times as long as one after the other
_SLOW = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]
NONE = "NONE"
SMALL, ACCURATE = "small", "accurate"
Array = NDArray[np.floating[Any]]
# a question: who did something, to whom, by which word; None for a side or word that is not asked about
Question = tuple[Span | None, Span | None, Span | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the encoder says of one pair: a probability for each event and for NONE, and its best stance and modes."""

    events: dict[str, float]
    stance: Stance
    modes: Mapping[str, float]

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest event or NONE."""
        sure = max(self.events.values())
        return max(name for name, p in self.events.items() if p == sure), sure

    def mode(self, event: str, least: float = 0.4) -> str | None:
        """The likeliest mode of an event, or None where none is likely."""
        mine = {name: p for name, p in self.modes.items() if name == "-" or name.startswith(event + "/")}
        total = sum(mine.values())
        name, p = max(mine.items(), key=lambda pair: (pair[1], pair[0]))
        return None if name == "-" or p < least * total else name.split("/")[1]


class _Modes(Mapping[str, float]):
    """Probabilities of modes, worked out when they are looked at: of most answers they never are."""

    __slots__ = ("_logits", "_names", "_worked")

    def __init__(self, names: Sequence[str], logits: Array) -> None:
        self._names = names
        self._logits = logits
        self._worked: dict[str, float] | None = None

    def _shares(self) -> dict[str, float]:
        if self._worked is None:
            self._worked = dict(zip(self._names, _softmax(self._logits[None])[0].tolist(), strict=True))
        return self._worked

    def __getitem__(self, name: str) -> float:
        return self._shares()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Encoder:
    """An int8 sentence encoder (ONNX) with a small head in numpy.

    Sentences go through one at a time: int8 scales depend on what shares a batch, and the same sentence must always
    get the same answer.
    """

    def __init__(self, name: str = SMALL) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        here = weights(name)
        try:
            model = (here / "encoder.onnx").read_bytes()
            tokenizer = (here / "tokenizer.json").read_text(encoding="utf8")
            head = (here / "head.npz").read_bytes()
            self.card: dict[str, Any] = json.loads((here / "card.json").read_text(encoding="utf8"))
        except (OSError, ValueError) as fault:
            raise KnowledgeError(
                "the encoder's weights cannot be read", where=str(here),
                advice="Install the package again, name another folder, or code with --no-encoder",
            ) from fault  # fmt: skip
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
        self._masked = len(self._session.get_inputs()) > 1
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.card["longest"])
        self._remembered = functools.lru_cache(_SENTENCES)(self._read)
        loaded = np.load(io.BytesIO(head), allow_pickle=False)
        self._head: dict[str, Array] = {name: loaded[name].astype(np.float32) for name in loaded.files}
        # the first layer in its five parts, so that what one actor or word gives it is computed once for all questions
        parts = np.split(self._head.pop("hidden.weight").T, 5)
        self._first, self._second, self._both, self._word, self._around = map(np.ascontiguousarray, parts)
        self._out = np.ascontiguousarray(np.concatenate([self._head.pop(f"{name}.weight") for name in _OUT]).T)
        biases = [self._head.pop(f"{name}.bias") for name in _OUT]
        self._out_bias = np.concatenate(biases)
        self._weighted: dict[Weights, Weights] = {}
        self._ends = np.cumsum([len(bias) for bias in biases])[:-1]

    @property
    def weighing(self) -> dict[str, Any]:
        """The weights beside the rules (weights.py) that this network asks for: a larger one is believed sooner."""
        return dict(self.card.get("weighing") or {})

    def weighted(self, weights: Weights) -> Weights:
        """Weights with those that this network asks for in their place."""
        found = self._weighted.get(weights)
        if found is None:
            found = self._weighted[weights] = replace(weights, **self.weighing)
        return found

    def _read(self, text: str) -> tuple[Array, Array, list[tuple[int, int]]]:
        """Token states, what their mean gives the first layer, and the characters of each token."""
        found = self._tokenizer.encode(text)
        given = {"input_ids": np.array([found.ids], dtype=np.int64)}
        if self._masked:  # a network that training/graph.py does not lay out
            given["attention_mask"] = np.ones_like(given["input_ids"])
        states = self._session.run(None, given)[0][0]
        return states, states.mean(0) @ self._around + self._head["hidden.bias"], found.offsets

    def ask(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        """An answer for each question about a sentence; spans are offsets in its text."""
        if not questions:
            return []
        states, around, offsets = self._remembered(text)
        pooled: dict[Span, Array | None] = {}
        for question in questions:
            for span in question:
                if span is not None and span not in pooled:
                    pooled[span] = _pool(states, offsets, span)
        sides: list[tuple[Array, NDArray[np.intp]]] = []
        for place, missing in enumerate(("nobody_first", "nobody_second", "no_word")):
            numbers: dict[Span | None, int] = {}
            which = np.array([numbers.setdefault(question[place], len(numbers)) for question in questions])
            sides.append((np.stack([self._of(pooled, span, missing) for span in numbers]), which))
        (first, firsts), (second, seconds), (word, words) = sides
        hidden = _times(first[firsts] * second[seconds], self._both) + around
        hidden += _times(first, self._first)[firsts]
        hidden += _times(second, self._second)[seconds]
        hidden += _times(word, self._word)[words]
        gate, event, stance, mode = np.split(_gelu(hidden) @ self._out + self._out_bias, self._ends, axis=1)
        event = np.log(_softmax(event)) - np.logaddexp(0.0, -gate)
        warmth = float(self.card["temperature"])
        events = _softmax(np.concatenate([event, -np.logaddexp(0.0, gate)], axis=1) / warmth)
        names, stances, modes = (self.card[name] for name in ("events", "stances", "modes"))
        return [
            Answer(dict(zip(names, event, strict=True)), stances[stance], _Modes(modes, mode))
            for event, stance, mode in zip(events.tolist(), stance.argmax(1).tolist(), mode, strict=True)
        ]

    def _of(self, pooled: dict[Span, Array | None], span: Span | None, missing: str) -> Array:
        found = pooled[span] if span is not None else None
        return self._head[missing] if found is None else found


def _times(values: Array, weights: Array) -> Array:
    """A product of matrices in pieces of ten rows: of more, the linear algebra library packs the weights anew."""
    if len(values) <= _ROWS:
        whole: Array = values @ weights
        return whole
    return np.concatenate([values[start : start + _ROWS] @ weights for start in range(0, len(values), _ROWS)])


def _pool(states: Array, offsets: list[tuple[int, int]], span: Span) -> Array | None:
    """The mean of the tokens that a span touches; None where it touches none."""
    left, right = span.start, span.end
    inside = [i for i, (start, end) in enumerate(offsets) if end > start and start < right and end > left]
    if not inside:
        return None
    pooled: Array = states[inside[0] : inside[-1] + 1].mean(0)  # tokens of a span stand side by side
    return pooled


def _softmax(values: Array) -> Array:
    shifted = np.exp(values - values.max(1, keepdims=True))
    result: Array = shifted / shifted.sum(1, keepdims=True)
    return result


def _gelu(values: Array) -> Array:
    """GELU by the error function, as torch computes it (erf after Abramowitz and Stegun 7.1.26, error below 1.5e-7)."""
    x = values / np.float32(np.sqrt(2.0))
    t = np.abs(x)
    t *= 0.3275911
    t += 1.0
    np.divide(1.0, t, out=t)
    poly = t * 1.061405429
    for part in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        poly += part
        poly *= t
    np.multiply(x, x, out=t)
    np.negative(t, out=t)
    poly *= np.exp(t, out=t)
    erf = np.copysign(np.subtract(1.0, poly, out=poly), x, out=poly)
    erf += 1.0
    erf *= values
    erf *= 0.5
    result: Array = erf
    return result


def weights(name: str = SMALL) -> Traversable:
    """The folder of an encoder by name. Raises UsageError where "accurate" is asked for and not installed."""
    if name == SMALL:
        return files("communique.knowledge") / "weights"
    if name == ACCURATE:
        if importlib.util.find_spec("communique_accurate") is None:
            raise UsageError(
                "the larger encoder is not installed", where="--weights accurate",
                advice="Build and install the package in the folder accurate of the repository (make accurate)",
            )  # fmt: skip
        return files("communique_accurate") / "weights"
    return Path(name)


@functools.cache
def encoder(name: str = SMALL) -> Encoder:
    """An encoder by name or folder, loaded once a process."""
    return Encoder(name)


def available(name: str = SMALL) -> bool:
    """Whether the weights are installed."""
    return (weights(name) / "encoder.onnx").is_file()
