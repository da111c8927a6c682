"""The labelled articles of our own keep the rules of their README: enough of both kinds, labels that can be right."""

import json
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tracker.model import Article, Stage
from tracker.partial_date import PartialDate
from tracker.read.places.gazetteer import Gazetteer, load

PATH = Path(__file__).parents[1] / "eval" / "own_articles.jsonl"
RECORDS: list[dict[str, Any]] = [json.loads(line) for line in PATH.read_text("utf-8").splitlines()]
CHANGES = [record for record in RECORDS if record["is_change"]]
OTHERS = [record for record in RECORDS if not record["is_change"]]
ENTRIES = [(record, entry) for record in CHANGES for entry in record["entries"]]
PLACE_ENDINGS = (" County", " Parish")


def known_topics() -> set[str]:
    text = resources.files("tracker.read").joinpath("data/topics.toml").read_text("utf-8")
    return set(tomllib.loads(text)) | {"other"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def label(case: tuple[dict[str, Any], dict[str, Any]]) -> str:
    return f"{case[0]['id']}-{case[1]['stage']}-{case[1]['date']}"


def test_there_are_enough_of_both_kinds() -> None:
    assert len(CHANGES) >= 30
    assert len(OTHERS) >= 50


def test_ids_titles_and_addresses_are_unique() -> None:
    for key in ("id", "title", "url", "text"):
        assert Counter(record[key] for record in RECORDS).most_common(1)[0][1] == 1, key


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_record_is_an_article(record: dict[str, Any]) -> None:
    article = Article.model_validate(record)
    assert 115 <= len(article.text.split()) <= 350
    assert record["notes"]


def test_all_stages_are_there() -> None:
    assert {entry["stage"] for _, entry in ENTRIES} == set(Stage)


@pytest.mark.parametrize("record", CHANGES, ids=lambda record: record["id"])
def test_a_change_has_one_primary_entry_and_no_entry_twice(record: dict[str, Any]) -> None:
    entries = record["entries"]
    assert [entry["primary"] for entry in entries].count(True) == 1
    keys = [(entry["jurisdiction"]["name"], entry["instrument"], entry["stage"], entry["date"]) for entry in entries]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("case", ENTRIES, ids=label)
def test_an_entry_has_a_stage_a_real_date_and_a_body(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    _, entry = case
    assert entry["stage"] in set(Stage)
    assert entry["date"] is None or PartialDate.parse(entry["date"])
    assert entry["body"]
    assert entry["instrument"]
    assert entry["summary"]


@pytest.mark.parametrize("case", ENTRIES, ids=label)
def test_only_starts_and_scheduled_votes_may_lie_ahead(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    record, entry = case
    ahead = entry["date"] is not None and entry["date"] > record["published"]
    assert not ahead or entry["stage"] in {"effective", "proposed", "rescinded"}


@pytest.mark.parametrize("case", ENTRIES, ids=label)
def test_a_place_is_one_of_the_gazetteer(case: tuple[dict[str, Any], dict[str, Any]], gazetteer: Gazetteer) -> None:
    wanted = case[1]["jurisdiction"]
    named = [place for place in gazetteer.named(wanted["name"]) if place.state == wanted["state"]]
    assert named, wanted
    assert wanted["kind"] == ("county" if wanted["name"].endswith(PLACE_ENDINGS) else "place")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_topics_are_known(record: dict[str, Any]) -> None:
    assert {record["topic"], *record.get("topic_alt", [])} <= known_topics()


def test_homes_are_known(gazetteer: Gazetteer) -> None:
    assert all(gazetteer.parse_home(record["source_home"]) for record in RECORDS if record["source_home"])
