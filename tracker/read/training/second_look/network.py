"""The big network: MPNet's twelve layers (Song et al. 2020), the lower ones as they were, and the heads of a step.

It starts from all-mpnet-base-v2 (Reimers and Gurevych 2019). As in the small one, what the mentions are (`kinds`) and
which sentence is asked about (`marks`) is added between its lower and its upper layers. Its word pieces are BERT's, four
numbers higher. Layers work in 16 bits where the processor can; attention is written out, which is faster than torch's own on processors.
"""

import math
from functools import lru_cache
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tracker.read.encoder.rows import CLS, KINDS, SEP
from tracker.read.training.network import DROPOUT, DROPPED_WORDS, WORKED_IN, StepHeads

BLOCK = 32
"""Weights that share a scale."""
LEAST, MOST = -8, 7
CUTS = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Shares of the largest weight of a block that are tried for its end: what is beyond is cut."""


def rounded(weights: Tensor) -> Tensor:
    """weights [rows, columns] as near as four bits come to them. Rounding it again changes nothing: in each block one
    weight is at LEAST, by which the runtime's own tool finds the same scale (MatMulNBits, symmetric)."""
    blocks = weights.float().reshape(-1, BLOCK)
    largest = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
    best, error = torch.zeros_like(blocks), torch.full((len(blocks), 1), torch.inf)
    for cut in CUTS:
        scale = largest * cut / LEAST
        near = torch.where(scale == 0, 0.0, (blocks / scale).round().clamp(LEAST, MOST) * scale)
        off = ((near - blocks) ** 2).sum(1, keepdim=True)
        best, error = torch.where(off < error, near, best), torch.minimum(off, error)
    return best.reshape(weights.shape).to(weights.dtype)


WIDTH, HEADS, INNER, LAYERS, WORDS = 768, 12, 3072, 12, 30527
"""Of all-mpnet-base-v2."""
FROZEN = 6
"""Lower layers that are not trained."""
LONGEST = 512
"""Positions that it knows; its first one is number FIRST_PLACE."""
FIRST_PLACE, BEGIN, END, PADDING, SHIFT = 2, 0, 2, 1, 4
"""MPNet's numbers: of the first position, of its own signs, and how much higher a word piece is than BERT's."""
BUCKETS, FURTHEST = 32, 128
"""Of the relative positions: as in T5, near ones apart, far ones together."""
EPSILON = 1e-5
BLOCKED = -1e4
POOL = 24 << 20
"""Numbers of the masks that are drawn once: drawing anew for every layer takes as long as a product."""


def big_ids(ids: Tensor) -> Tensor:
    """BERT's numbers of word pieces → MPNet's."""
    signs = torch.where(ids == CLS, BEGIN, END)
    return torch.where((ids == CLS) | (ids == SEP), signs, ids + SHIFT)


class Dropout(nn.Module):
    """Leaves out a share by a random slice of masks that were drawn once."""

    pool: Tensor | None = None

    def forward(self, given: Tensor) -> Tensor:
        if not self.training:
            return given
        if Dropout.pool is None:
            Dropout.pool = (torch.rand(POOL) >= DROPOUT).to(WORKED_IN) / (1 - DROPOUT)
        start = int(torch.randint(0, POOL - given.numel(), (1,)))
        return given * Dropout.pool[start : start + given.numel()].view_as(given)


class Layer(nn.Module):
    """One layer of MPNet."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.rise, self.fall = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)
        self.drop = Dropout()

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """hidden [rows, tokens, WIDTH], bias [rows, HEADS, tokens, tokens], which is added to the attention."""
        rows, length = hidden.shape[0], hidden.shape[1]

        def split(each: Tensor) -> Tensor:
            return each.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        odds = split(self.query(hidden)) @ split(self.key(hidden)).transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
        seen = (torch.softmax(odds, -1) @ split(self.value(hidden))).transpose(1, 2).reshape(rows, length, WIDTH)
        hidden = self.norm(hidden + self.drop(self.out(seen)))
        return self.last_norm(hidden + self.drop(self.fall(functional.gelu(self.rise(hidden)))))


def buckets(length: int) -> Tensor:
    """[length, length]: the bucket of each pair of positions (Raffel et al. 2020)."""
    at = torch.arange(length)
    back = at[:, None] - at[None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = back.abs().float().clamp(min=1)
    large = exact + (torch.log(far / exact) / math.log(FURTHEST / exact) * (half - exact)).long()
    near = torch.where(back.abs() < exact, back.abs(), large.clamp(max=half - 1))
    return near + (back < 0).long() * half


class Encoder(nn.Module):
    """ids of BERT, kinds, marks [rows, tokens] and a mask of ones and zeros → hidden [rows, tokens, WIDTH]."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(LONGEST + FIRST_PLACE, WIDTH)
        self.first_norm, self.relative = nn.LayerNorm(WIDTH, eps=EPSILON), nn.Embedding(BUCKETS, HEADS)
        self.lower = nn.ModuleList(Layer() for _ in range(FROZEN))
        self.kinds, self.marks = nn.Embedding(len(KINDS), WIDTH), nn.Embedding(2, WIDTH)
        self.upper = nn.ModuleList(Layer() for _ in range(LAYERS - FROZEN))
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.normal_(self.marks.weight, std=0.02)
        for part in self.frozen():
            part.requires_grad_(False)
        self.near = lru_cache(maxsize=64)(buckets)

    def frozen(self) -> list[nn.Module]:
        """What stays as it was."""
        return [self.words, self.places, self.first_norm, self.relative, *self.lower]

    def train(self, mode: bool = True) -> "Encoder":
        """As ever, but the frozen layers drop nothing."""
        super().train(mode)
        self.lower.eval()
        return self

    def forward(self, ids: Tensor, kinds: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        length, of = ids.shape[1], self.lower[0].query.weight.dtype
        bias = self.relative(self.near(length)).permute(2, 0, 1)[None] + (1 - mask[:, None, None, :]) * BLOCKED
        bias = bias.to(of)
        with torch.no_grad():
            at = torch.arange(length) + FIRST_PLACE
            hidden = self.first_norm(self.words(big_ids(ids)) + self.places(at)).to(of)
            for layer in self.lower:
                hidden = layer(hidden, bias)
        if self.training:
            hidden = hidden * (torch.rand(hidden.shape[:2]) >= DROPPED_WORDS)[..., None]
        hidden = hidden + (self.kinds(kinds) + self.marks(marks)).to(of)
        for layer in self.upper:
            hidden = layer(hidden, bias)
        return hidden.float()


class BigNetwork(nn.Module):
    """The encoder and the heads of a step."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.step = Encoder(), StepHeads(WIDTH)

    def layers(self) -> list[nn.Parameter]:
        """The trained layers' parameters, the lowest layer's first."""
        return [parameter for layer in self.encoder.upper for parameter in layer.parameters()]

    def working(self) -> "BigNetwork":
        """The same with its layers in WORKED_IN."""
        self.encoder.lower.to(WORKED_IN)
        self.encoder.upper.to(WORKED_IN)
        return self

    def new(self) -> list[nn.Parameter]:
        """What is learnt from nothing."""
        layers = {id(parameter) for parameter in self.layers()}
        return [p for p in self.parameters() if p.requires_grad and id(p) not in layers]


def pretrained(weights: Path) -> BigNetwork:
    """The network with the weights of all-mpnet-base-v2, `model.safetensors`; those that are not taught are rounded."""
    given, network = load_file(str(weights)), BigNetwork()
    encoder = network.encoder
    encoder.words.weight.data = given["embeddings.word_embeddings.weight"]
    encoder.places.weight.data = given["embeddings.position_embeddings.weight"]
    encoder.relative.weight.data = given["encoder.relative_attention_bias.weight"]
    encoder.first_norm.weight.data = given["embeddings.LayerNorm.weight"]
    encoder.first_norm.bias.data = given["embeddings.LayerNorm.bias"]
    for number, layer in enumerate((*encoder.lower, *encoder.upper)):
        layer.load_state_dict(_layer(given, number))
    encoder.words.weight.data = rounded(encoder.words.weight.data)
    for part in encoder.lower.modules():
        if isinstance(part, nn.Linear):
            part.weight.data = rounded(part.weight.data)
    return network


def _layer(given: dict[str, Tensor], number: int) -> dict[str, Tensor]:
    names = {
        "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v", "out": "attention.attn.o",
        "norm": "attention.LayerNorm", "rise": "intermediate.dense", "fall": "output.dense", "last_norm": "output.LayerNorm",
    }  # fmt: skip
    return {
        f"{ours}.{end}": given[f"encoder.layer.{number}.{theirs}.{end}"]
        for ours, theirs in names.items()
        for end in ("weight", "bias")
    }
