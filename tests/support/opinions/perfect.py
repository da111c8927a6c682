"""What a model would answer that reads as the labels do, and one that is wrong about every step."""

import json
from collections.abc import Iterable
from typing import Any

from support.articles.reader import place_reader
from tracker.model import Article
from tracker.read.evaluate import place_id
from tracker.read.mentions import Mentions, mentions, unit_span
from tracker.read.opinions.request import Numbers
from tracker.read.text.document import Document, document

NO_CHANGE = json.dumps({"change": False, "topic": "none", "steps": []})
ANOTHER = {
    "proposed": "adopted",
    "adopted": "rescinded",
    "effective": "rejected",
    "rescinded": "blocked",
    "rejected": "adopted",
    "blocked": "proposed",
}


def perfect(lines: Iterable[str]) -> dict[str, str]:
    """The answer about each labelled article, by its id, as far as mentions allow."""
    return {record["id"]: _answer(record) for record in map(json.loads, lines)}


def lies(lines: Iterable[str]) -> dict[str, str]:
    """The same with no stage right, and no date told."""
    return {name: json.dumps(_turned(json.loads(content))) for name, content in perfect(lines).items()}


def _turned(told: dict[str, Any]) -> dict[str, Any]:
    steps = [{**step, "stage": ANOTHER[step["stage"]], "date": "none"} for step in told["steps"]]
    return {**told, "steps": steps}


def _answer(record: dict[str, Any]) -> str:
    seen = document(Article.model_validate(record))
    found = mentions(seen, place_reader())
    told = [step for entry in record["entries"] if (step := _step(entry, seen, found))]
    if not any(step["news"] for step in told):
        return NO_CHANGE
    return json.dumps({"change": True, "topic": record["topic"], "steps": told})


def _step(entry: dict[str, Any], seen: Document, found: Mentions) -> dict[str, Any] | None:
    """None where the labelled place is not among the mentions."""
    numbers = Numbers(seen, found)
    place = [n for n, one in enumerate(found.jurisdictions) if one.id == place_id(entry["jurisdiction"])]
    if not place:
        return None
    dates = [n for n, one in enumerate(numbers.dates) if str(found.dates[one].value) == entry["date"]]
    return {
        "sentence": f"S{_unit(entry['quote'], seen, found)}",
        "stage": entry["stage"],
        "date": f"D{dates[0] + 1}" if dates else "none",
        "place": f"P{place[0] + 1}",
        "body": "none",
        "instrument": "none",
        "effect": entry["effect"],
        "direction": entry["direction"] or "none",
        "rule": "",
        "news": entry["primary"],
    }


def _unit(quote: str, seen: Document, found: Mentions) -> int:
    start = seen.read.text.find(quote)
    spans = [unit_span(seen, found, unit) for unit in range(len(found.units))]
    held = (unit for unit, span in enumerate(spans) if unit and span.start < start + len(quote) and span.end > start)
    return next(held, 0) if start >= 0 else 0
