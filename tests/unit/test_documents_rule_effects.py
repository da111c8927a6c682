"""What a changed rule does and which way it leads, by the words that came and went; the labels keep their shape."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tracker.kinds import Direction, Effect
from tracker.read.documents.rule_effects import direction_of, effect_of
from tracker.read.documents.rules_or_form import edit_weights
from tracker.read.topics import directions

EVAL = Path(__file__).parents[1] / "eval"
CASES = [
    ("Clerks may park in the yard.", "Clerks may not park in the yard.", Effect.BANS),
    ("Clerks may not park in the yard.", "Clerks may park in the yard.", Effect.ALLOWS),
    ("Clerks may park in the yard.", "Clerks shall park in the yard.", Effect.REQUIRES),
    ("Clerks must park in the yard.", "Clerks may park in the yard.", Effect.ALLOWS),
    ("Clerks may park in the yard.", "Clerks may park in the yard only on Sundays.", Effect.LIMITS),
    ("A parking card costs $30.", "A parking card costs $45.", Effect.CHARGES),
    ("A parking card costs thirty dollars.", "A parking card is free.", Effect.LOWERS),
    ("Clerks sweep the yard at noon.", "", Effect.ENDS),
    ("", "Clerks sweep the yard at noon.", Effect.REQUIRES),
    ("", "No clerk parks in the yard.", Effect.BANS),
    ("", "(4) Yard Office", Effect.AMENDS),
    ("The yard is swept at noon.", "The yard is swept at dawn.", Effect.AMENDS),
]
WAYS = [
    ("Officers may look into a bag.", "Officers may not look into a bag.", "stops-and-searches", Direction.STRICTER),
    ("Officers must tell why.", "", "stops-and-searches", Direction.LOOSER),
    ("Officers may look into a bag.", "", "stops-and-searches", Direction.STRICTER),
    ("Officers may look into a bag.", "Officers may not look into a bag.", "labor", None),
    ("", "A complainant signs each page.", "oversight", None),
    ("Staff may call federal agents.", "Staff may not call federal agents.", "immigration", Direction.LESS_COOPERATION),
    ("Staff do not call federal agents.", "", "immigration", Direction.MORE_COOPERATION),
    ("", "Staff ask federal agents for a judge's warrant.", "immigration", Direction.LESS_COOPERATION),
    ("The lamp may be lit.", "The lamp may not be lit.", "immigration", None),
]


@pytest.mark.parametrize(("old", "new", "effect"), CASES)
def test_what_a_changed_rule_does(old: str, new: str, effect: Effect) -> None:
    assert effect_of(old, new) is effect


@pytest.mark.parametrize(("old", "new", "topic", "direction"), WAYS)
def test_which_way_it_leads(old: str, new: str, topic: str, direction: Direction | None) -> None:
    assert direction_of(old, new, effect_of(old, new), topic) is direction


@pytest.mark.parametrize("text", ["", "\x00", "$ $ $", "$1.2.3 dollar", "9" * 5_000])
def test_odd_text_has_an_effect_like_any(text: str) -> None:
    assert effect_of(text, "It costs $5.") in Effect
    assert effect_of("It costs $5.", text) in Effect


def test_the_weights_were_fitted_to_the_graphs_that_ship() -> None:
    """After a new small look: `python -m tracker.read.training.rules_or_form`."""
    card = json.loads(files("tracker.read").joinpath("model", "card.json").read_text("utf-8"))["files"]
    assert edit_weights().graphs == tuple(card[name] for name in ("lower.onnx", "tokenizer.json"))


def test_labels_are_of_changed_rules_and_of_directions_that_their_topic_has() -> None:
    pairs = {pair["id"]: pair for pair in lines("policy_edits")}
    labels = lines("policy_fields")
    assert len({label["id"] for label in labels}) == len(labels) >= 150
    for label in labels:
        pair = pairs[label["id"]]
        assert pair["label"] == "rule"
        assert label["effect"] in list(Effect)
        assert label["direction"] in (None, *directions(pair["topic"]))


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVAL / f"{name}.jsonl").read_text("utf-8").splitlines()]
