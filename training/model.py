"""The network: a pretrained encoder reads the sentence once; a head answers for every pair of actors and trigger."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModel


class PairCoder(nn.Module):
    """Sentence encoder with mean-pooled spans for two actors and a trigger; learned vectors stand for missing ones.

    For each question the head sees the three spans, the product of the two actors and the whole sentence. One gate says
    whether the first did anything to the second at all (by that word); the event, stance and mode are asked as if it
    had. So the many pairs that did nothing teach the gate and do not blur the events. The sentence is encoded once
    however many questions are asked about it.
    """

    def __init__(self, path: str, events: int, stances: int, modes: int, width: int = 256) -> None:
        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(path, attn_implementation="eager")
        size = int(self.encoder.config.hidden_size)
        self.nobody_first = nn.Parameter(torch.zeros(size))
        self.nobody_second = nn.Parameter(torch.zeros(size))
        self.no_word = nn.Parameter(torch.zeros(size))
        self.hidden = nn.Linear(5 * size, width)
        self.drop = nn.Dropout(0.1)
        self.acts = nn.Linear(width, 1)
        self.event = nn.Linear(width, events)
        self.stance = nn.Linear(width, stances)
        self.mode = nn.Linear(width, modes)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(sentences, tokens, size)."""
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state  # type: ignore[no-any-return]

    def forward(self, states: Tensor, mask: Tensor, row: Tensor, spans: Tensor) -> tuple[Tensor, ...]:
        """Logits for questions: row says which sentence; spans (questions, 3, tokens) masks first, second, trigger."""
        context = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        pooled = torch.einsum("pst,pth->psh", spans, states[row]) / spans.sum(2, keepdim=True).clamp(min=1)
        missing = torch.stack([self.nobody_first, self.nobody_second, self.no_word])
        pooled = torch.where(spans.any(2, keepdim=True), pooled, missing)
        one, two, word = pooled.unbind(1)
        seen = self.drop(torch.cat([one, two, one * two, word, context[row]], 1))
        hidden = self.drop(nn.functional.gelu(self.hidden(seen)))
        return self.event(hidden), self.stance(hidden), self.mode(hidden), self.acts(hidden).squeeze(1)


class States(nn.Module):
    """The encoder alone, as it is exported."""

    def __init__(self, coder: PairCoder) -> None:
        super().__init__()
        self.encoder = coder.encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Token states of one batch."""
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state  # type: ignore[no-any-return]
