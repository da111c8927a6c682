"""What a published policy is about: a logistic regression on the encoder's vectors and topic terms, taught by matters,
articles, and titles and edits of policies (`tracker.read.training.policy_topics`, to `policy_topics.npz`). A topic that
was added since is told by its terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from tracker.read.records.matter_topics import features
from tracker.read.scorer import Floats, Vectors, softmax
from tracker.read.topics import OTHER, added

SURE_TOPIC = 0.5
"""The least chance of a topic that is told: of labelled titles that nothing is learnt from .96 of the topics told are
right, and of all .73, where `other` is right only where it is the label."""


@dataclass(frozen=True, slots=True)
class PolicyWeights:
    """`weights` [features, topics] and `constants` [topics]: logits of `topics` from features. `graphs`: hashes of the
    encoder's graphs whose vectors they were fitted to."""

    topics: tuple[str, ...]
    weights: Floats
    constants: Floats
    graphs: tuple[str, ...]


def policy_topic(title: str, rules: Sequence[str], by: Vectors) -> str:
    """What a policy is about of which these rules changed, perhaps none: where its title alone and the title with the
    rules say the same, and that surely; else `other`. Raises ScorerFault."""
    text, known = " ".join(rules), policy_weights()
    if new := added(title, text, known.topics):
        return new
    views = [_chances(title, part, by, known) for part in dict.fromkeys(("", text))]
    best = {int(view.argmax()) for view in views}
    return known.topics[best.pop()] if len(best) == 1 and views[-1].max() >= SURE_TOPIC else OTHER


def _chances(title: str, text: str, by: Vectors, known: PolicyWeights) -> Floats:
    return softmax(features(title, "", text, "", by, known.topics) @ known.weights + known.constants, 0)


@cache
def policy_weights() -> PolicyWeights:
    """Those that ship; 16-bit numbers in the file."""
    with files("tracker.read.documents").joinpath("policy_topics.npz").open("rb") as file, np.load(file) as arrays:
        weights, constants = (arrays[name].astype(np.float32) for name in ("weights", "constants"))
        return PolicyWeights(tuple(map(str, arrays["topics"])), weights, constants, tuple(map(str, arrays["graphs"])))
