"""How well edits of rule are told from those of form, on the labelled pairs of `kept`, which nothing learns from."""

import json
from pathlib import Path

from splits import edit_part

from tracker.read.documents.rules_or_form import changes_rule

PAIRS = Path(__file__).parent / "policy_edits.jsonl"


def figures() -> dict[str, float]:
    """Precision, recall and F1 of edits of rule, without those in doubt."""
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    kept = [pair for pair in pairs if not pair["doubt"] and edit_part(pair) == "kept"]
    told = [(pair["label"] == "rule", changes_rule(pair["old"], pair["new"])) for pair in kept]
    right = sum(labelled and shown for labelled, shown in told)
    precision = right / sum(shown for _, shown in told)
    recall = right / sum(labelled for labelled, _ in told)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}
