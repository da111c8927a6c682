"""The articles retold from real reports keep the rules of their labelling: words of its text prove every entry."""

import importlib.util
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tracker.model import Stage
from tracker.partial_date import PartialDate

EVAL = Path(__file__).parents[1] / "eval"
RETOLD = ("retold", "retold_2", "retold_3", "retold_4", "retold_5", "retold_6")
FILES = (*RETOLD, "retold_long", "retold_long_2", "clusters_2", "clusters_3", "clusters_4", "contrasts", "contrasts_2")
PROVEN = (*FILES, "articles", "clusters")
KINDS = {"change", "hard", "ordinary"}
EFFECTS = {"bans", "limits", "requires", "allows", "charges", "lowers", "creates", "joins", "ends", "amends", "unclear"}
DIRECTIONS = {"more-cooperation", "less-cooperation", "stricter", "looser", None}
LEVELS = {"place", "county", "state"}
PAST = {"adopted", "rejected"}
"""Stages that cannot lie ahead."""


@cache
def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVAL / f"{name}.jsonl").read_text("utf-8").splitlines()]


def entries(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return ((record, entry) for record in records(name) for entry in record["entries"])


def wrong(name: str, ok: Any) -> list[str]:
    """The ids of records of which an entry is not as it should be."""
    return [record["id"] for record, entry in entries(name) if not ok(record, entry)]


@cache
def known_topics() -> set[str]:
    text = resources.files("tracker.read").joinpath("data/topics.toml").read_text("utf-8")
    return set(tomllib.loads(text)) | {"other"}


def in_words(record: dict[str, Any], words: str | None) -> bool:
    return words is None or words in record["text"] or words in record["title"]


def dated(record: dict[str, Any], entry: dict[str, Any]) -> bool:
    """A date can be read, is told by words of the text or is the month of publication, and is not ahead of an act."""
    if entry["date"] is None:
        return entry.get("date_quote") is None
    value = PartialDate.parse(entry["date"])
    told = entry.get("date_quote") is not None or entry["date"] == record["published"][:7]
    ahead = value.month is not None and value.day is not None and str(value) > record["published"]
    return told and not (ahead and entry["stage"] in PAST)


@pytest.mark.parametrize("name", PROVEN)
def test_every_entry_is_proven_by_words_of_its_article(name: str) -> None:
    assert wrong(name, lambda record, entry: entry["quote"] and in_words(record, entry["quote"])) == []
    assert wrong(name, lambda record, entry: in_words(record, entry["date_quote"])) == []


@pytest.mark.parametrize("name", PROVEN)
def test_effect_and_direction_are_of_their_lists(name: str) -> None:
    if name == "clusters_2":
        return
    assert wrong(name, lambda _, entry: entry["effect"] in EFFECTS and entry["direction"] in DIRECTIONS) == []


@pytest.mark.parametrize("name", FILES)
def test_labels_can_be_right(name: str) -> None:
    assert wrong(name, lambda _, entry: entry["stage"] in set(Stage)) == []
    assert wrong(name, lambda _, entry: entry["jurisdiction"]["kind"] in LEVELS) == []
    assert wrong(name, lambda _, entry: re.fullmatch("[A-Z]{2}", entry["jurisdiction"]["state"])) == []
    assert wrong(name, dated) == []
    for record in records(name):
        assert record["kind"] in KINDS, record["id"]
        assert record["topic"] in known_topics(), record["id"]
        assert record["is_change"] == (record["kind"] == "change") == bool(record["entries"]), record["id"]
        assert sum(entry["primary"] for entry in record["entries"]) == bool(record["entries"]), record["id"]
        assert date.fromisoformat(record["published"]), record["id"]


def test_no_article_is_there_twice() -> None:
    for key in ("id", "url", "text"):
        found = Counter(record[key] for name in PROVEN for record in records(name))
        assert [value for value, count in found.items() if count > 1] == [], key


def test_a_fifth_is_for_choosing_and_a_fifth_is_kept_and_stories_stay_whole() -> None:
    spec = importlib.util.spec_from_file_location("splits", EVAL / "splits.py")
    assert spec
    assert spec.loader
    splits = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(splits)
    parts = Counter(splits.part(record) for record in records("retold"))
    assert all(0.17 < parts[name] / parts.total() < 0.23 for name in ("dev", "kept")), parts
    stories: dict[str, set[str]] = {}
    for record in (*records("clusters_2"), *records("clusters_3"), *records("clusters_4")):
        stories.setdefault(record["cluster"], set()).add(splits.part(record))
    assert all(len(found) == 1 for found in stories.values())
