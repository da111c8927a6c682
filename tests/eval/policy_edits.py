"""How well edits of rule are told from those of form, on the labelled pairs of `kept`, which nothing learns from."""

import json
from pathlib import Path

from splits import edit_part

from tracker.read.documents.rules_or_form import changes_rule
from tracker.read.encoder.small_look import Encoder

PAIRS = Path(__file__).parent / "policy_edits.jsonl"


def figures() -> dict[str, float]:
    """Precision, recall and F1 of edits of rule, without those in doubt; `words_f1`: by words alone."""
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    kept, by = [pair for pair in pairs if not pair["doubt"] and edit_part(pair) == "kept"], Encoder()
    labels = [pair["label"] == "rule" for pair in kept]
    precision, recall, f1 = _figures(labels, [changes_rule(pair["old"], pair["new"], by) for pair in kept])
    *_, words = _figures(labels, [changes_rule(pair["old"], pair["new"]) for pair in kept])
    return {"precision": precision, "recall": recall, "f1": f1, "words_f1": words}


def _figures(labels: list[bool], shown: list[bool]) -> tuple[float, float, float]:
    right = sum(labelled and told for labelled, told in zip(labels, shown, strict=True))
    precision, recall = right / sum(shown), right / sum(labels)
    return precision, recall, 2 * precision * recall / (precision + recall)
