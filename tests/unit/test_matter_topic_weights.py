"""The weights by which matters have topics go with the encoder that ships; their labelled examples keep their form."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tracker.read.documents.policy_topics import policy_weights
from tracker.read.records.matter_topics import topic_weights
from tracker.read.topics import topics

EVAL = Path(__file__).parents[1] / "eval"
LARGEST = 200_000
"""Bytes of the file."""
FEW = 20
"""Labelled matters of each topic to learn from."""


def labelled(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVAL / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_the_weights_were_fitted_to_the_graphs_that_ship() -> None:
    """After a new small look: `python -m tracker.read.training.matter_topics`, and `policy_topics`."""
    card = json.loads(files("tracker.read").joinpath("model", "card.json").read_text("utf-8"))["files"]
    graphs = tuple(card[name] for name in ("lower.onnx", "upper.onnx", "tokenizer.json"))
    assert topic_weights().graphs == policy_weights().graphs == graphs


def test_the_weights_are_small_and_of_all_topics() -> None:
    assert topic_weights().topics == policy_weights().topics == topics()
    assert files("tracker.read.records").joinpath("matter_topics.npz").stat().st_size < LARGEST  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["matters", "matters_2", "matters_3", "matters_kept", "matters_kept_2"])
def test_labelled_matters_have_topics_that_there_are(name: str) -> None:
    rows = labelled(name)
    assert len({row["id"] for row in rows}) == len(rows)
    assert {topic for row in rows for topic in (row["topic"], *row.get("topic_alt", ()))} <= set(topics())
    assert all(row["title"] and row["type"] and row["home"] for row in rows)


def test_there_are_examples_of_every_topic_and_none_of_them_is_measured() -> None:
    taught = labelled("matters") + labelled("matters_2") + labelled("matters_3")
    often = Counter(row["topic"] for row in taught)
    assert all(often[topic] >= FEW for topic in topics()), often
    for key in ("title", "scenario"):
        measured = {row[key] for name in ("matters_kept", "matters_kept_2") for row in labelled(name) if key in row}
        assert measured
        assert not measured & {row.get(key) for row in taught}


def test_labelled_titles_of_policies_have_topics_that_there_are() -> None:
    rows = labelled("policy_titles")
    assert len({row["title"] for row in rows}) == len({row["id"] for row in rows}) == len(rows)
    assert {row["topic"] for row in rows} <= set(topics())
