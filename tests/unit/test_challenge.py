"""The challenge set, sentences that are hard to read, keeps its form: records are labelled whole and can be right."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.model import Article, Direction, Effect, Stage
from tracker.partial_date import PartialDate
from tracker.read.evaluate import place_id
from tracker.read.places.gazetteer import load
from tracker.read.topics import topics

PATH = Path(__file__).parents[1] / "eval" / "challenge.jsonl"
RECORDS: list[dict[str, Any]] = [json.loads(line) for line in PATH.read_text("utf-8").splitlines()]
KEYS = {"id", "url", "publisher", "published", "source_home", "title", "text", "is_change", "topic", "entries", "asks"}
IDS = [record["id"] for record in RECORDS]
AHEAD = {Stage.EFFECTIVE, Stage.PROPOSED, Stage.RESCINDED}
"""Stages that may lie ahead of the article."""


def in_words(record: dict[str, Any], words: str) -> bool:
    return words in record["text"] or words in record["title"]


def dated(record: dict[str, Any], entry: dict[str, Any]) -> bool:
    """The words that give the date stand in the article, and only where there is a date."""
    if entry["date"] is None:
        return entry["date_quote"] is None
    ahead = PartialDate.parse(entry["date"]).first_day() > date.fromisoformat(record["published"])
    return in_words(record, entry["date_quote"]) and (not ahead or entry["stage"] in AHEAD)


def test_there_are_enough_sentences_of_every_stage_and_without_a_change() -> None:
    stages = Counter(entry["stage"] for record in RECORDS for entry in record["entries"])
    assert 150 <= len(RECORDS) <= 320
    assert all(stages[stage] >= 15 for stage in Stage), stages
    assert sum(not record["is_change"] for record in RECORDS) >= 50


@pytest.mark.parametrize("key", ["id", "url"])
def test_nothing_is_there_twice(key: str) -> None:
    assert [value for value, count in Counter(record[key] for record in RECORDS).items() if count > 1] == []
    told = Counter((record["title"], record["text"]) for record in RECORDS)
    assert [text for text, count in told.items() if count > 1] == []


@pytest.mark.parametrize("record", RECORDS, ids=IDS)
def test_a_record_is_an_article_that_says_what_it_is_hard_for(record: dict[str, Any]) -> None:
    assert set(record) - {"topic_alt"} == KEYS
    assert record["url"].startswith("https://challenge.example/")
    assert record["asks"].strip()
    assert Article.model_validate(record).source_home is None or load().parse_home(record["source_home"])
    assert {record["topic"], *record.get("topic_alt", ())} <= set(topics())


@pytest.mark.parametrize("record", RECORDS, ids=IDS)
def test_a_change_has_entries_one_of_them_the_news(record: dict[str, Any]) -> None:
    entries = record["entries"]
    assert record["is_change"] == bool(entries)
    assert sum(entry["primary"] for entry in entries) == bool(entries)
    steps = [(place_id(entry["jurisdiction"]), entry["stage"], entry["date"]) for entry in entries]
    assert len(set(steps)) == len(steps)


@pytest.mark.parametrize(
    "record", [record for record in RECORDS if record["is_change"]], ids=lambda record: record["id"]
)
def test_every_entry_is_proven_by_words_of_its_article(record: dict[str, Any]) -> None:
    for entry in record["entries"]:
        assert in_words(record, entry["quote"])
        assert dated(record, entry)
        assert entry["stage"] in set(Stage)
        assert entry["effect"] in set(Effect)
        assert entry["direction"] in {None, *Direction}
        assert entry["body"]
        assert load().get(place_id(entry["jurisdiction"])), entry["jurisdiction"]
