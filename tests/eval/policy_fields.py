"""What changed rules do, and which way they lead, against the labels of `policy_fields.jsonl`; the pairs are those of
`policy_edits.jsonl`. And what policies are about, against `policy_titles.jsonl`."""

import json
from pathlib import Path
from typing import Any

from splits import edit_part, rules_of

from tracker.kinds import Direction, Effect
from tracker.read.documents.policy_topics import policy_topic
from tracker.read.documents.rule_effects import direction_of, effect_of
from tracker.read.encoder.small_look import Encoder

HERE = Path(__file__).parent


def figures(part: str = "kept") -> dict[str, float]:
    """`effect`: the share that is right; `effect_precision`: of those told another than "amends"; `direction_precision`
    and `direction_recall`: of directions told, and of those labelled."""
    rows = [(label, *_told(pair)) for label, pair in labelled(part)]
    right = [effect == label["effect"] for label, effect, _ in rows]
    named = [effect == label["effect"] for label, effect, _ in rows if effect is not Effect.AMENDS]
    leading = [direction == label["direction"] for label, _, direction in rows if direction]
    return {
        "effect": sum(right) / len(right),
        "effect_precision": sum(named) / len(named),
        "direction_precision": sum(leading) / len(leading),
        "direction_recall": sum(leading) / sum(label["direction"] is not None for label, *_ in rows),
    }


def topic_figures(part: str = "kept") -> dict[str, float]:
    """Of labelled titles of policies, each with two rules of its topic: `topic`: the share that is right, where `other`
    is right only where it is the label; `topic_precision`: of those told another topic than `other`."""
    edits, by = [edit for edit in _lines("policy_edits") if edit_part(edit) == part], Encoder()
    titles = [title for title in _lines("policy_titles") if edit_part(title) == part]
    rows = [(policy_topic(title["title"], rules_of(title, edits), by), title["topic"]) for title in titles]
    named = [topic == label for topic, label in rows if topic != "other"]
    return {
        "topic": sum(topic == label for topic, label in rows) / len(rows),
        "topic_precision": sum(named) / len(named),
    }


def _told(pair: dict[str, Any]) -> tuple[Effect, Direction | None]:
    effect = effect_of(pair["old"], pair["new"])
    return effect, direction_of(pair["old"], pair["new"], effect, pair["topic"])


def labelled(part: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each label of a part with its pair."""
    pairs = {pair["id"]: pair for pair in _lines("policy_edits")}
    found = [(label, pairs[label["id"]]) for label in _lines("policy_fields")]
    return [(label, pair) for label, pair in found if edit_part(pair) == part]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]


if __name__ == "__main__":
    print(figures("train"), figures("kept"), topic_figures("kept"))
