"""What a council's matter is about: a logistic regression on the encoder's vector of its title and summary and on the
terms of `data/topics.toml` that stand in them, fitted by `tracker.read.training.matter_topics` to
`matter_topics.npz`. A topic that was added since is told by its terms, as with articles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tracker.gather.sources.legistar import Matter
from tracker.read.lexicon import table
from tracker.read.scorer import Floats, Vectors
from tracker.read.topics import added

TERMS_WEIGHT = 0.3
"""What a term is worth beside a vector; by cross-validation 0.6 does as well."""
MOST_TERMS = 2
"""Plain terms of a topic that are counted."""
_BETWEEN = re.compile(r"[^a-z0-9()&'-]+")
"""What parts words of a term."""


@dataclass(frozen=True, slots=True)
class TopicWeights:
    """`weights` [features, topics] and `constants` [topics]: logits of `topics` from features. `graphs`: hashes of the
    encoder's graphs whose vectors they were fitted to."""

    topics: tuple[str, ...]
    weights: Floats
    constants: Floats
    graphs: tuple[str, ...]


def topic_of(matter: Matter, by: Vectors) -> str:
    """The topic of a matter, the likeliest one. Raises ScorerFault.

    Where only chances above 0.3 were told, and else `other`, no more were right by cross-validation (0.79); of those
    told another than `other` 0.83 instead of 0.80.
    """
    known = topic_weights()
    if new := added(matter.name or matter.title, f"{matter.title} {matter.summary}", known.topics):
        return new
    return known.topics[int(logits(features(matter.title, matter.name, matter.summary, by, known.topics)).argmax())]


def features(title: str, name: str, summary: str, by: Vectors, topics: Sequence[str]) -> Floats:
    """Of a title, a short name and a summary, either of which may be empty: a vector, then for each of the topics its
    strong and its plain terms."""
    head, text = name or title, f"{title if name else ''} {summary}".strip()
    return np.concatenate([by.vector(head, text), terms(f"{title} {name} {summary}", topics)]).astype(np.float32)


def terms(text: str, topics: Sequence[str]) -> Floats:
    """For each topic whether a strong term stands in the text, and the share of MOST_TERMS plain ones [2 * topics]."""
    words = f" {_BETWEEN.sub(' ', text.lower())} "
    strong = [any(f" {term}" in words for term in _terms(topic, "strong")) for topic in topics]
    plain = [min(MOST_TERMS, sum(f" {term}" in words for term in _terms(topic, "terms"))) for topic in topics]
    both = np.stack([np.array(strong, np.float32), np.array(plain, np.float32) / MOST_TERMS], 1)
    return (TERMS_WEIGHT * both.ravel()).astype(np.float32)


def logits(of: Floats) -> NDArray[np.float32]:
    """Of the topics that were taught, from features."""
    known = topic_weights()
    return of @ known.weights + known.constants


@cache
def topic_weights() -> TopicWeights:
    """Those that ship; 16-bit numbers in the file."""
    with files("tracker.read.records").joinpath("matter_topics.npz").open("rb") as file, np.load(file) as arrays:
        weights, constants = (arrays[name].astype(np.float32) for name in ("weights", "constants"))
        return TopicWeights(tuple(map(str, arrays["topics"])), weights, constants, tuple(map(str, arrays["graphs"])))


def _terms(topic: str, kind: str) -> Sequence[str]:
    words: Sequence[str] = table("topics").get(topic, {}).get(kind, ())
    return words
