"""Fits what a published policy is about: multinomial logistic regression on the small look's vectors and on terms, of
the labelled matters, of articles of `train` that tell of a change, and of edits and titles of policies. To be run anew
when the small look was made anew."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tracker.read.encoder.small_look import Encoder
from tracker.read.topics import topics
from tracker.read.training.corpus import Record, edits, is_contrast, part, records, rules_of
from tracker.read.training.matter_topics import GRAPHS, OF_MATTER, PENALTY, fitted, matter_features, scale, worth_of
from tracker.read.training.weights import graph_hashes


def fit(path: Path) -> None:
    """Writes the weights; `tests/eval/policy_fields.py` tells the figures."""
    by = Encoder()
    matters = records("matters") + records("matters_2")
    articles = [each for each in part("train") if each["is_change"] and not is_contrast(each)]
    policies = list(_policies())
    examples = matters + articles + policies
    found = np.array([matter_features({**each, "body": ""}, by) for each in examples])
    labels = np.array([topics().index(each["topic"]) for each in examples])
    worth = np.repeat((OF_MATTER, 1.0, OF_MATTER), (len(matters), len(articles), len(policies)))
    middle, spread = scale(found)
    weights, constants = fitted((found - middle) / spread, labels, worth_of(labels, worth), PENALTY)
    weights = weights / spread[:, None]
    numbers = {"weights": weights, "constants": constants - middle @ weights}
    halves = {name: values.astype(np.float16) for name, values in numbers.items()}
    np.savez_compressed(path, **halves, topics=np.array(topics()), graphs=graph_hashes(GRAPHS))


def _policies() -> Iterator[Record]:
    """Edits of policies, and their titles alone and with two rules of the same topic, as if they were matters."""
    told = edits(records("policy_edits"), "train")
    yield from ({"title": each["new"] or each["old"], "summary": "", "topic": each["topic"]} for each in told)
    for title in edits(records("policy_titles"), "train"):
        yield title | {"summary": ""}
        yield title | {"summary": " ".join(rules_of(title, told))}


if __name__ == "__main__":
    fit(Path(__file__).parents[1] / "documents" / "policy_topics.npz")
