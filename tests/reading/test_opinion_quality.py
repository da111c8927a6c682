"""How good a model is: measured on the labelled articles that ship, beside the encoder."""

import json
from functools import cache
from pathlib import Path

from support.articles.reader import reader
from support.opinions.perfect import lies, perfect
from tracker.read.opinion_quality import (
    BOTH,
    FIGURES,
    ModelQuality,
    requests,
    verdict,
)
from tracker.read.opinions.labelled import labelled
from tracker.read.opinions.trust import ENCODER, Trust

EVAL = Path(__file__).parents[1] / "eval"
SOME = slice(0, 80, 11)
"""Of the labelled articles: all kinds of them, in a few seconds."""


def some() -> tuple[str, ...]:
    return labelled()[SOME]


@cache
def of_the_perfect_model() -> ModelQuality:
    return ModelQuality.measured(reader(), perfect(some()), some())


def test_eighty_articles_ship_and_sixty_are_changes() -> None:
    records = [json.loads(line) for line in labelled()]
    kinds = [record["kind"] for record in records]
    assert [kinds.count(kind) for kind in ("change", "hard", "ordinary")] == [60, 14, 6]
    assert max(len(record["text"].encode()) for record in records) <= 5000


def test_nothing_else_is_learnt_from_or_measured_on_an_article_that_checks_a_model() -> None:
    ours = {json.loads(line)["url"] for line in labelled()}
    others = {record.get("url") for path in EVAL.glob("*.jsonl") for record in map(json.loads, path.open("rb"))}
    assert not ours & others


def test_a_request_is_made_for_each_whatever_the_first_look_says() -> None:
    ordinary = tuple(line for line in some() if json.loads(line)["kind"] == "ordinary")
    assert ordinary
    assert requests(reader(), ordinary).keys() == {json.loads(line)["id"] for line in ordinary}


def test_a_perfect_model_is_listened_to_and_both_are_no_worse() -> None:
    figures = of_the_perfect_model().figures
    assert figures["entry_f1"] == 1.0 > figures[f"{ENCODER}entry_f1"]
    assert figures[f"{BOTH}entry_f1"] > figures[f"{ENCODER}entry_f1"]
    assert Trust.of_check(figures).weights is not None
    assert verdict(figures).startswith("it is listened to")


def test_a_lying_model_is_not_listened_to_and_changes_nothing() -> None:
    figures = ModelQuality.measured(reader(), lies(some()), some()).figures
    assert Trust.of_check(figures).weights is None
    assert [figures[BOTH + name] for name in FIGURES] == [figures[ENCODER + name] for name in FIGURES]
    assert verdict(figures).startswith("it is not listened to: entry F1 0.")


def test_an_answer_that_cannot_be_used_counts_as_none() -> None:
    answers = perfect(some())
    broken, missing, *_ = answers
    answers[broken] = "The council passed it."
    del answers[missing]
    found = ModelQuality.measured(reader(), answers, some())
    assert found.refused == {broken: "it is no JSON", missing: "there is no answer about it"}
    assert found.figures["refused"] == 2
    assert found.figures["entry_f1"] < of_the_perfect_model().figures["entry_f1"]


def test_a_server_whose_answers_cannot_be_used_is_not_called_a_bad_model_alone() -> None:
    figures = {"entry_f1": 0.0, "encoder_entry_f1": 0.6, "articles": 80, "refused": 80}
    assert "80 of 80 answers could not be used" in verdict(figures)
    assert "could not be used" not in verdict({**figures, "refused": 2})
