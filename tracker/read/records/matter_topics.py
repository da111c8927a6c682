"""What a council's matter is about: the mean of the chances by two logistic regressions, one on the encoder's vector of
its title, body and summary and on the terms of `data/topics.toml` that stand in them, one on their words; fitted by
`tracker.read.training.matter_topics` to `matter_topics.npz`. A topic that was added since is told by its terms, as with
articles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from tracker.gather.sources.legistar import Matter
from tracker.read.lexicon import table
from tracker.read.scorer import Floats, Vectors, softmax
from tracker.read.screen import WORD, grams
from tracker.read.topics import added

TERMS_WEIGHT = 0.3
"""What a term is worth beside a vector; by cross-validation 0.6 does as well."""
MOST_TERMS = 2
"""Plain terms of a topic that are counted."""
_BETWEEN = re.compile(r"[^a-z0-9()&'-]+")
"""What parts words of a term."""


MOST_WORDS = 120
"""Words of each text that are weighed."""


@dataclass(frozen=True, slots=True)
class TopicWeights:
    """`weights` [features, topics] and `constants` [topics]: logits of `topics` from features; `of_words` and
    `word_constants`: the same from words, by their rows in `words`. `graphs`: hashes of the encoder's graphs whose
    vectors they were fitted to."""

    topics: tuple[str, ...]
    weights: Floats
    constants: Floats
    words: dict[str, int]
    of_words: Floats
    word_constants: Floats
    graphs: tuple[str, ...]


def topic_of(matter: Matter, by: Vectors) -> str:
    """The topic of a matter, the likeliest one. Raises ScorerFault."""
    known = topic_weights()
    if new := added(matter.name or matter.title, f"{matter.title} {matter.summary}", known.topics):
        return new
    return known.topics[int(chances(matter.title, matter.name, matter.summary, matter.body, by).argmax())]


def chances(title: str, name: str, summary: str, body: str, by: Vectors) -> Floats:
    """Of the topics that were taught. A committee tells much: without it three in a hundred fewer are right."""
    known = topic_weights()
    vector = features(title, name, summary, body, by, known.topics) @ known.weights + known.constants
    seen = words(title, name, summary, body)
    rows = [known.words[word] for word in seen if word in known.words]
    by_words = known.of_words[rows].sum(0) / word_scale(seen) + known.word_constants
    return (softmax(vector, 0) + softmax(by_words.astype(np.float32), 0)) / np.float32(2)


def features(title: str, name: str, summary: str, body: str, by: Vectors, topics: Sequence[str]) -> Floats:
    """Of a title and what may be empty: a vector, then for each of the topics its strong and its plain terms."""
    text = " ".join(part for part in (f"{body}." if body else "", title if name else "", summary) if part)
    vector = by.vector(name or title, text)
    return np.concatenate([vector, terms(f"{title} {name} {summary}", topics)]).astype(np.float32)


def words(*texts: str) -> set[str]:
    """Words of the texts, and pairs of them."""
    return {gram for text in texts for gram in grams(WORD.findall(text.lower())[:MOST_WORDS])}


def word_scale(seen: set[str]) -> float:
    """What the sum of so many words is divided by, so that many weigh no more than few."""
    return float(max(1, len(seen)) ** 0.5)


def terms(text: str, topics: Sequence[str]) -> Floats:
    """For each topic whether a strong term stands in the text, and the share of MOST_TERMS plain ones [2 * topics]."""
    words = f" {_BETWEEN.sub(' ', text.lower())} "
    strong = [any(f" {term}" in words for term in _terms(topic, "strong")) for topic in topics]
    plain = [min(MOST_TERMS, sum(f" {term}" in words for term in _terms(topic, "terms"))) for topic in topics]
    both = np.stack([np.array(strong, np.float32), np.array(plain, np.float32) / MOST_TERMS], 1)
    return (TERMS_WEIGHT * both.ravel()).astype(np.float32)


@cache
def topic_weights() -> TopicWeights:
    """Those that ship; 16-bit numbers in the file."""
    with files("tracker.read.records").joinpath("matter_topics.npz").open("rb") as file, np.load(file) as arrays:
        names = ("weights", "constants", "of_words", "word_constants")
        weights, constants, of_words, word_constants = (arrays[name].astype(np.float32) for name in names)
        topics, vocabulary, graphs = (tuple(map(str, arrays[name])) for name in ("topics", "words", "graphs"))
    rows = {word: row for row, word in enumerate(vocabulary)}
    return TopicWeights(topics, weights, constants, rows, of_words, word_constants, graphs)


def _terms(topic: str, kind: str) -> Sequence[str]:
    words: Sequence[str] = table("topics").get(topic, {}).get(kind, ())
    return words
