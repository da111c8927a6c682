"""The scorer that ships: a small fine-tuned transformer, run by onnxruntime. It reads the article at first sight, then
once more for every sentence that may state a step, with that sentence marked.

Rows are run one by one: in a batch the 8-bit numbers of one article would depend on its neighbours', and the same
article must read the same every time.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tracker.errors import ScorerFault
from tracker.read.document import Document
from tracker.read.features import Floats, Stand, date_features, nearest_of_each, place_features, stand, word_features
from tracker.read.mentions import Mentions, Span, unit_span
from tracker.read.rows import Row, Tokens, held, inside_of, marked, parts, tokens, whole
from tracker.read.scorer import STAGES, Scores, StepScores
from tracker.read.thresholds import Thresholds, load
from tracker.read.version import model_version

THREADS = 2
"""Of one reading at most; more gain little on rows of 512 tokens."""
LIKELY = -3.0
"""Log-odds at first sight from which a sentence is asked about; at -3 a sentence in twenty states a step."""
MOST_ASKED = 24
"""Sentences asked about in one article, the likeliest; the labelled ones have 17 steps at most."""
UNLIKELY, UNLIKELY_CHANGE = -20.0, -4.0
"""Log-odds of what was not asked about: a unit, and an article that ended at its first row."""
NEVER = -30.0
"""Log-probability of a mention that the encoder was not taught."""
GRAPHS = ("lower", "glance", "upper", "article", "step")
Run = Mapping[str, NDArray[Any]]


def model_folder() -> Path:
    """Where the graphs lie."""
    return Path(str(files("tracker.read").joinpath("model")))


@cache
def tokenizer() -> Tokenizer:
    """BERT's uncased word pieces, of any length. Raises ScorerFault."""
    with _loading():
        found = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


@contextmanager
def _loading() -> Iterator[None]:
    """Whatever a missing or broken file makes the libraries raise is a ScorerFault."""
    try:
        yield
    except Exception as error:
        remedy = "install the tracker again: its model is part of it"
        raise ScorerFault(f"the reader's model cannot be loaded ({error}); {remedy}") from error


class Encoder:
    """Scores articles with the graphs of a folder, which are loaded with the first article. Raises ScorerFault where
    they cannot be."""

    costly = False

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or model_folder()
        self._sessions: dict[str, ort.InferenceSession] = {}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Those that the model was taught, as its card has them."""
        with _loading():
            return tuple(self._card["topics"])

    @cached_property
    def thresholds(self) -> Thresholds:
        """Those that were fitted to this model."""
        with _loading():
            return load(self._folder / "thresholds.json")

    @cached_property
    def version(self) -> str:
        """The hash of the model's card, which names its graphs by their hashes, its thresholds and word pieces."""
        return model_version(self._folder)

    @cached_property
    def needed(self) -> float:
        """The log-odds of a change, by the lower layers and one more, from which a row's upper ones are asked."""
        with _loading():
            return float(self._card["glance"])

    @cached_property
    def _card(self) -> dict[str, Any]:
        return json.loads((self._folder / "card.json").read_text("utf-8"))  # type: ignore[no-any-return]

    def warm(self) -> None:
        """Loads the card, the thresholds, the word pieces and the graphs."""
        _ = self.topics, self.needed, self.thresholds, tokenizer()
        for graph in GRAPHS:
            self._session(graph)

    def score(self, document: Document, mentions: Mentions) -> Scores:
        """The scores of an article; see Scorer."""
        return _Asked(self, document, mentions).scores()

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        """The same without asking about any sentence."""
        return _Asked(self, document, mentions).first()

    def about(self, document: Document, mentions: Mentions, span: Span) -> Floats:
        """The policy vector of the unit that a span stands in, whether it states a step or not."""
        return _Asked(self, document, mentions).about(span)

    def run(self, graph: str, inputs: Run) -> list[Floats]:
        """What a graph gives."""
        return self._session(graph).run(None, inputs)  # type: ignore[no-any-return]

    def _session(self, graph: str) -> ort.InferenceSession:
        if graph not in self._sessions:
            options = ort.SessionOptions()
            options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            path = str(self._folder / f"{graph}.onnx")
            with _loading():
                self._sessions[graph] = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        return self._sessions[graph]


class _Asked:
    """One article before the encoder."""

    def __init__(self, encoder: Encoder, document: Document, mentions: Mentions) -> None:
        self._encoder, self._document, self._all, self._mentions = encoder, document, mentions, mentions.likely()
        self._tokens: Tokens = tokens(document, self._mentions, tokenizer())
        self._stands: Stand = stand(self._mentions)
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
        return Scores(surest, _softmax(topics, 0), stage, news)

    def about(self, span: Span) -> Floats:
        """What the first unit that a span meets is about; the title where it meets none."""
        units = range(len(self._mentions.units))
        around = (unit for unit in units if _meet(self._span(unit), span))
        unit = next(around, 0)
        return self._step(unit, self._span(unit)).policy

    def _glanced(self, row: Row) -> float:
        """The log-odds of a change by the lower layers and one more."""
        inputs: Run = {"hidden": self._lower_of(row)[None], "mask": np.ones((1, len(row.ids)), np.float32)}
        (change,) = self._encoder.run("glance", inputs)
        return float(change[0])

    def _article(self, hidden: Floats, units: list[tuple[int, range]]) -> list[Floats]:
        """What is said of a row and of its units, each with its tokens: change, topic, stage, news."""
        vectors = np.stack([hidden[at.start : at.stop].mean(0) for _, at in units])
        return self._encoder.run("article", {"units": vectors, "mean": hidden.mean(0)})

    def _span(self, unit: int) -> Span:
        return unit_span(self._document, self._mentions, unit)

    def _lower_of(self, row: Row) -> Floats:
        """The lower layers' output [tokens, width]: the same for every sentence that is marked in a row."""
        if row.unmarked not in self._lower:
            inputs: Run = {"ids": row.ids[None], "mask": np.ones((1, len(row.ids)), np.float32)}
            (hidden,) = self._encoder.run("lower", inputs)
            self._lower[row.unmarked] = hidden[0]
        return self._lower[row.unmarked]

    def _hidden(self, row: Row) -> Floats:
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
        hidden, found = self._hidden(row), self._mentions

        def mean(spans: Sequence[Span]) -> Floats:
            at = [inside_of(row, span, self._tokens) for span in spans]
            told = [hidden[each.start : each.stop].mean(0) if len(each) else np.zeros(hidden.shape[1]) for each in at]
            return np.array(told, np.float32).reshape(-1, hidden.shape[1])

        published = self._document.read.published
        stage, news, date, place, body, instrument, effect, direction, policy = self._encoder.run("step", {
            "sentence": mean([asked])[0], "mean": hidden.mean(0),
            "dates": mean([m.span for m in found.dates]),
            "dates_features": date_features(unit, found, self._stands, published),
            "places": self._places(unit, mean([m.span for m in found.places])),
            "places_features": place_features(unit, found, self._stands),
            "bodies": mean([m.span for m in found.bodies]),
            "bodies_features": word_features(unit, found.bodies, self._stands),
            "instruments": mean([m.span for m in found.instruments]),
            "instruments_features": word_features(unit, found.instruments, self._stands),
        })  # fmt: skip
        further_dates = _never(self._all.further_dates, len(STAGES))
        date = np.concatenate([(told := _log_softmax(date))[:-1], further_dates, told[-1:]])
        place = np.concatenate([_log_softmax(place), _never(self._all.further_places, len(STAGES))])
        return StepScores(
            unit, stage, news, date, place, _log_softmax(body), _log_softmax(instrument),
            _softmax(effect, 1), _softmax(direction, 1), policy,
        )  # fmt: skip

    def _places(self, unit: int, mentioned: Floats) -> Floats:
        """For each jurisdiction the vector of its nearest mention and the mean of all, zeros for one that is not
        named."""
        found = np.zeros((len(self._mentions.jurisdictions), 2 * mentioned.shape[1]), np.float32)
        for number, closest, of in nearest_of_each(unit, self._mentions, self._stands):
            found[number] = np.concatenate([mentioned[closest], mentioned[of].mean(0)])
        return found


def _meet(one: Span, other: Span) -> bool:
    return one.in_title == other.in_title and one.start < other.end and other.start < one.end


def _log_softmax(logits: Floats) -> Floats:
    """Over the mentions, for each stage; empty where there is none to choose."""
    if not len(logits):
        return logits
    shifted = logits - logits.max(0)
    return shifted - np.log(np.exp(shifted).sum(0))  # type: ignore[no-any-return]


def _never(count: int, columns: int) -> Floats:
    """The log-probabilities of what the encoder was not taught."""
    return np.full((count, columns), NEVER, np.float32)


def _softmax(logits: Floats, axis: int) -> Floats:
    shifted = np.exp(logits - logits.max(axis, keepdims=True))
    return shifted / shifted.sum(axis, keepdims=True)  # type: ignore[no-any-return]
