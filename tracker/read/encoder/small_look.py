"""The scorer that ships: a small fine-tuned transformer, run by onnxruntime. It reads the article at first sight, then
once more for every sentence that may state a step, with that sentence marked.

Rows are run one by one: in a batch the 8-bit numbers of one article would depend on its neighbours', and the same
article must read the same every time.
"""

import json
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tracker.read.encoder.features import Floats
from tracker.read.encoder.graphs import Graphs, Run, loading, model_folder, tokenizer
from tracker.read.encoder.rows import TokenRow, held, marked, parts, whole
from tracker.read.encoder.step_question import StepQuestion
from tracker.read.mentions import Mentions, Span
from tracker.read.scorer import STAGES, Scores, StepScores, softmax
from tracker.read.text.document import Document
from tracker.read.thresholds import Thresholds, load
from tracker.read.version import model_version

LIKELY = -3.0
"""Log-odds at first sight from which a sentence is asked about; at -3 a sentence in twenty states a step."""
MOST_ASKED = 24
"""Sentences asked about in one article, the likeliest; the labelled ones have 17 steps at most."""
UNLIKELY, UNLIKELY_CHANGE = -20.0, -4.0
"""Log-odds of what was not asked about: a unit, and an article that ended at its first row."""
GRAPHS = ("lower", "glance", "upper", "article", "step")
SHORT_ROW, SHORT_TEXT = 256, 2_000
"""Tokens, and characters of head and text each, of a text whose vector is asked for: a title with its summary."""

WIDTH = 384
"""Numbers of a vector of one layer."""


class Encoder:
    """Scores articles with the graphs of a folder, which are loaded with the first article. Raises ScorerFault where
    they cannot be."""

    costly = False

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or model_folder()
        self._graphs = Graphs(self._folder)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Those that the model was taught, as its card has them."""
        with loading():
            return tuple(self._card["topics"])

    @cached_property
    def thresholds(self) -> Thresholds:
        """Those that were fitted to this model."""
        with loading():
            return load(self._folder / "thresholds.json")

    @cached_property
    def version(self) -> str:
        """The hash of the model's card, which names its graphs by their hashes, its thresholds and word pieces."""
        return model_version(self._folder)

    @cached_property
    def needed(self) -> float:
        """The log-odds of a change, by the lower layers and one more, from which a row's upper ones are asked."""
        with loading():
            return float(self._card["glance"])

    @cached_property
    def _card(self) -> dict[str, Any]:
        return json.loads((self._folder / "card.json").read_text("utf-8"))  # type: ignore[no-any-return]

    def warm(self) -> None:
        """Loads the card, the thresholds, the word pieces and the graphs."""
        _ = self.topics, self.needed, self.thresholds, tokenizer()
        self._graphs.warm(*GRAPHS)

    def score(self, document: Document, mentions: Mentions) -> Scores:
        """The scores of an article; see Scorer."""
        return self.asked(document, mentions)[0]

    def asked(self, document: Document, mentions: Mentions) -> tuple[Scores, StepQuestion]:
        """The same with the question about its steps, for another look at them."""
        of = _Asked(self, document, mentions)
        return of.scores(), of.question

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        """The same without asking about any sentence."""
        return _Asked(self, document, mentions).first()

    def vector(self, head: str, text: str) -> Floats:
        """What a short text is about; see Vectors. The means of the lower and of the upper layers, and the upper
        one of the first token [1152]."""
        ids = np.array([tokenizer().encode(head[:SHORT_TEXT], text[:SHORT_TEXT]).ids[:SHORT_ROW]], np.int64)
        mask, none = np.ones(ids.shape, np.float32), np.zeros_like(ids)
        (lower,) = self.run("lower", {"ids": ids, "mask": mask})
        (upper,) = self.run("upper", {"hidden": lower, "kinds": none, "marks": none, "mask": mask})
        return np.concatenate([lower[0].mean(0), upper[0].mean(0), upper[0, 0]])

    def piece_vectors(self, text: str) -> tuple[list[str], Floats]:
        """Those of the lower layers [pieces, 384]; see Vectors."""
        if not text:
            return [], np.zeros((0, WIDTH), np.float32)
        encoded = tokenizer().encode(text[:SHORT_TEXT])
        ids = np.array([encoded.ids[:SHORT_ROW]], np.int64)
        (lower,) = self.run("lower", {"ids": ids, "mask": np.ones(ids.shape, np.float32)})
        return encoded.tokens[:SHORT_ROW], lower[0]

    def run(self, graph: str, inputs: Run) -> list[Floats]:
        """What a graph gives."""
        return self._graphs.run(graph, inputs)


class _Asked:
    """One article before the encoder."""

    def __init__(self, encoder: Encoder, document: Document, mentions: Mentions) -> None:
        self._encoder, self._document = encoder, document
        self.question = StepQuestion(document, mentions, tokenizer())
        self._mentions, self._tokens, self._span = self.question.mentions, self.question.tokens, self.question.span
        self._lower: dict[tuple[int, int, int], Floats] = {}

    def scores(self) -> Scores:
        first = self.first()
        likely = first.stage.max(1)
        asked = [int(unit) for unit in np.argsort(-likely, kind="stable")[:MOST_ASKED] if likely[unit] > LIKELY]
        if not asked and first.change > 0:
            asked = [int(first.news.max(1).argmax())]
        steps = [self._step(unit, self._span(unit)) for unit in sorted(asked)]
        steps += [
            replace(self._step(unit, part), part=part) for unit in sorted(asked) for part in self._later_parts(unit)
        ]
        return Scores(first.change, first.topic, first.stage, first.news, tuple(steps))

    def first(self) -> Scores:
        """Every unit in the row where it stands furthest from the edges; of the rows, the surest is the article's. What
        the lower layers take for no change ends there: an article by its first row, then each row by itself."""
        count = len(self._mentions.units)
        stage, news = (np.full((count, len(STAGES)), UNLIKELY, np.float32) for _ in range(2))
        best = np.full(count, -1)
        told: list[tuple[float, Floats]] = []
        rows = whole(self._tokens)
        if (glanced := self._glanced(rows[0])) < self._encoder.needed:
            return Scores(min(glanced, UNLIKELY_CHANGE), np.zeros(len(self._encoder.topics), np.float32), stage, news)
        spans = [self._span(unit) for unit in range(count)]
        for row in rows:
            if row is not rows[0] and self._glanced(row) < self._encoder.needed:
                continue
            units = held(row, spans, self._tokens) or [(0, range(1))]
            change, topic, row_stage, row_news = self._article(self._hidden(row), units)
            told.append((float(change[0]), topic))
            for number, (unit, at) in enumerate(units):
                depth = min(at.start, len(row.ids) - at.stop)
                if depth > best[unit]:
                    best[unit], stage[unit], news[unit] = depth, row_stage[number], row_news[number]
        surest, topics = max(told, key=lambda pair: pair[0])
        return Scores(surest, softmax(topics, 0), stage, news)

    def _glanced(self, row: TokenRow) -> float:
        """The log-odds of a change by the lower layers and one more."""
        inputs: Run = {"hidden": self._lower_of(row)[None], "mask": np.ones((1, len(row.ids)), np.float32)}
        (change,) = self._encoder.run("glance", inputs)
        return float(change[0])

    def _article(self, hidden: Floats, units: list[tuple[int, range]]) -> list[Floats]:
        """What is said of a row and of its units, each with its tokens: change, topic, stage, news."""
        vectors = np.stack([hidden[at.start : at.stop].mean(0) for _, at in units])
        return self._encoder.run("article", {"units": vectors, "mean": hidden.mean(0)})

    def _lower_of(self, row: TokenRow) -> Floats:
        """The lower layers' output [tokens, width]: the same for every sentence that is marked in a row."""
        if row.unmarked not in self._lower:
            inputs: Run = {"ids": row.ids[None], "mask": np.ones((1, len(row.ids)), np.float32)}
            (hidden,) = self._encoder.run("lower", inputs)
            self._lower[row.unmarked] = hidden[0]
        return self._lower[row.unmarked]

    def _hidden(self, row: TokenRow) -> Floats:
        mask = np.ones((1, len(row.ids)), np.float32)
        hidden = self._lower_of(row)[None]
        inputs: Run = {"hidden": hidden, "kinds": row.kinds[None], "marks": row.marks[None], "mask": mask}
        (told,) = self._encoder.run("upper", inputs)
        return np.asarray(told[0], np.float32)

    def _later_parts(self, unit: int) -> list[Span]:
        """Of a sentence with several dates all parts but the first: the whole shows the first step well, and often that
        alone."""
        return parts(self._span(unit), self._document, self._mentions)[1:]

    def _step(self, unit: int, asked: Span) -> StepScores:
        row = marked(self._tokens, asked)
        inputs = self.question.inputs(unit, asked, row, self._hidden(row))
        return self.question.scores(unit, self._encoder.run("step", inputs))
