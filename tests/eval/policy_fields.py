"""What changed rules do, and which way they lead, against the labels of `policy_fields.jsonl`; the pairs are those of
`policy_edits.jsonl`."""

import json
from pathlib import Path
from typing import Any

from splits import edit_part

from tracker.kinds import Direction, Effect
from tracker.read.documents.rule_effects import direction_of, effect_of

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
    print(figures("train"), figures("kept"))
