"""The labelled articles, and which of them are learnt from (`tests/eval/splits.py` decides)."""

import importlib.util
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

EVAL = Path(__file__).parents[3] / "tests" / "eval"
PARTED = ("articles", "clusters", "retold", "retold_2", "retold_3", "retold_long", "clusters_2", "clusters_3")
"""Split into train, dev and kept."""
TAUGHT = ("retold_4", "retold_5", "retold_6", "contrasts", "contrasts_2")
"""Retold like the others, and such articles in which another thing happened, all for learning; whatever tells a story of the
parts `dev` and `kept` was left out."""
OWN = ("own_articles", *(f"own_articles_{number}" for number in range(2, 10)))
"""Made for their difficulties: learnt from, never measured."""

Record = dict[str, Any]


def records(name: str) -> list[Record]:
    """The records of a file of tests/eval; none where it is not there."""
    path = EVAL / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def scenarios(found: list[Record]) -> np.ndarray:
    """Of each labelled matter the number of its scenario."""
    return families(each.get("scenario", each["id"]) for each in found)


def families(names: Iterable[str]) -> np.ndarray:
    """A number for each name, the same for the same: those of one are learnt from, or tried, together."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names])


def part(wanted: str) -> list[Record]:
    """All records of a part ("train", "dev", "kept")."""
    parted = [record for name in PARTED for record in of_part(wanted, records(name))]
    return parted + ([record for name in TAUGHT + OWN for record in records(name)] if wanted == "train" else [])


def of_part(wanted: str, found: list[Record]) -> list[Record]:
    """Those of the records that are of a part."""
    of = _splits().part
    return [record for record in found if of(record) == wanted]


def edits(found: list[Record], wanted: str) -> list[Record]:
    """The labelled edits of policies of a part, twins together; those in doubt are of no part."""
    of = _splits().edit_part
    return [record for record in found if not record["doubt"] and of(record) == wanted]


def rules_of(title: Record, found: list[Record]) -> list[str]:
    """Changed rules that stand under a labelled title of a policy."""
    rules: list[str] = _splits().rules_of(title, found)
    return rules


def is_contrast(record: Record) -> bool:
    """True of a record that was made from another one, in which another thing happened."""
    return bool(record.get("contrast"))


def original_of(record: Record) -> str:
    """The address of the article that a record is, or was made from."""
    return str(record["url"]).partition("#")[0] if is_contrast(record) else str(record["url"])


def fingerprint(found: list[Record]) -> str:
    """The hash of records, for the card."""
    told = sorted(json.dumps(record, sort_keys=True) for record in found)
    return sha256("\n".join(told).encode()).hexdigest()


def proven(record: Record) -> Iterator[Record]:
    """The entries with the sentence that proves them."""
    yield from (entry for entry in record["entries"] or [] if entry.get("quote"))


def _splits() -> Any:
    spec = importlib.util.spec_from_file_location("splits", EVAL / "splits.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
