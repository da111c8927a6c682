"""What the commands print for programs: JSON lines in the order of keys that the contract names."""

import json
from typing import Any

from jobs.articles_in import BadLine
from tracker.characters import escaped
from tracker.model import Finding, Reading, Witness

FINDING_KEYS = (
    "jurisdiction",
    "jurisdiction_name",
    "body",
    "instrument",
    "topic",
    "stage",
    "date",
    "basis",
    "effect",
    "direction",
    "quote",
    "start",
    "end",
    "score",
    "primary",
)
"""The contract of `tracker read`; further keys follow them."""


INNER = {"before", "after", "marks", "qualifiers"}
"""What only pages and merging ask for."""


def reading_line(reading: Reading) -> str:
    """One line of JSON, without its line break."""
    record = reading.model_dump(mode="json", exclude={"findings"})
    return to_json({**record, "findings": [_finding(finding) for finding in reading.findings]})


def bad_line(bad: BadLine) -> str:
    """What stands in the place of a reading where the line was no article."""
    return to_json({"id": bad.id, "error": bad.error})


def to_json(value: Any) -> str:
    """Compact enough for a line, readable enough for people: UTF-8, escaped only where it could steer a terminal."""
    return escaped(json.dumps(value, ensure_ascii=False))


def _finding(finding: Finding) -> dict[str, Any]:
    record = finding.model_dump(mode="json", exclude=INNER | _untold(finding))
    return {key: record[key] for key in FINDING_KEYS} | record


def _untold(finding: Finding) -> set[str]:
    """The witness where it is the encoder, as in all readings that no language model had a part in."""
    return {"witness"} if finding.witness is Witness.ENCODER else set()
