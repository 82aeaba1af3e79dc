"""The network: a small pretrained encoder reads the sentence once; a head answers for every pair of actors in it."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModel


class PairCoder(nn.Module):
    """Sentence encoder with mean-pooled spans for the two actors; a learned vector stands for "nobody".

    For each pair the head sees both spans, their product and the whole sentence. One gate says whether the first did
    anything to the second at all; the event, stance and mode are asked as if it had. So the many pairs that did nothing
    teach the gate and do not blur the events. The sentence is encoded once however many pairs it holds.
    """

    def __init__(self, path: str, events: int, stances: int, modes: int) -> None:
        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(path, attn_implementation="eager")
        size = int(self.encoder.config.hidden_size)
        self.nobody_first = nn.Parameter(torch.zeros(size))
        self.nobody_second = nn.Parameter(torch.zeros(size))
        self.hidden = nn.Linear(4 * size, size)
        self.drop = nn.Dropout(0.1)
        self.acts = nn.Linear(size, 1)
        self.event = nn.Linear(size, events)
        self.stance = nn.Linear(size, stances)
        self.mode = nn.Linear(size, modes)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(sentences, tokens, size)."""
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state  # type: ignore[no-any-return]

    def forward(self, states: Tensor, mask: Tensor, row: Tensor, first: Tensor, second: Tensor) -> tuple[Tensor, ...]:
        """Logits for pairs: row says which sentence, first and second are (pairs, tokens) masks of the spans."""
        context = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        own = states[row]
        one = torch.einsum("pt,pth->ph", first, own) / first.sum(1, keepdim=True).clamp(min=1)
        two = torch.einsum("pt,pth->ph", second, own) / second.sum(1, keepdim=True).clamp(min=1)
        one = torch.where(first.any(1, keepdim=True), one, self.nobody_first)
        two = torch.where(second.any(1, keepdim=True), two, self.nobody_second)
        seen = self.drop(torch.cat([one, two, one * two, context[row]], 1))
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
