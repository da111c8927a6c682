"""Which part of the retold articles a record belongs to: one place decides, and nothing moves from part to part.

`train` (three fifths): whatever is fitted or learnt. `dev` (one fifth): choosing among readers, thresholds, kinds of
errors to look at. `kept` (one fifth): never trained on, never looked at; scored at the end of a piece of work.
A record goes by the hash of its address, a story by that of its name, so that all articles of a story stay together.
"""

from hashlib import sha256
from typing import Any, Literal
from urllib.parse import urlsplit

Part = Literal["train", "dev", "kept"]
FIFTHS: tuple[Part, ...] = ("train", "train", "train", "dev", "kept")


def part(record: dict[str, Any]) -> Part:
    """The part of a labelled record: `{"url", …}`, and `cluster` in those of a story."""
    name = record.get("cluster") or _address(record["url"])
    return FIFTHS[int(sha256(name.encode()).hexdigest(), 16) % len(FIFTHS)]


def edit_part(record: dict[str, Any]) -> Literal["train", "kept"]:
    """The part of a labelled edit of a policy: four fifths are learnt from, and choose by cross-validation."""
    name = record["twin_of"] or record["id"]
    return "kept" if int(sha256(name.encode()).hexdigest(), 16) % len(FIFTHS) == len(FIFTHS) - 1 else "train"


def rules_of(title: dict[str, Any], edits: list[dict[str, Any]]) -> list[str]:
    """Two changed rules, as they read now, that stand under a labelled title of a policy: those of its topic that the
    hash of its name chooses."""
    known = [
        edit["new"] or edit["old"] for edit in edits if edit["label"] == "rule" and edit["topic"] == title["topic"]
    ]
    number = int(sha256(title["id"].encode()).hexdigest(), 16)
    return [known[(number + step) % len(known)] for step in (0, len(known) // 2)] if known else []


def _address(url: str) -> str:
    """What the ways of writing one address have in common."""
    split = urlsplit(url.lower())
    return split.netloc.removeprefix("www.") + split.path.rstrip("/")
