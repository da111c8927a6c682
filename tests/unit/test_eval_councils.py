"""Steps that a council's record and the news both tell (`tests/eval/councils`): ids, days, quotes and parts agree."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tracker.gather.sources.legistar import actions, matters
from tracker.model import Article, Stage
from tracker.partial_date import PartialDate
from tracker.read.places.gazetteer import load
from tracker.read.topics import topics

FOLDER = Path(__file__).parents[1] / "eval" / "councils"
Record = dict[str, Any]
FIRST_ID = 70_000_000
"""Ids below it could be a council's own."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def records(name: str) -> list[Record]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


MATTERS, ARTICLES, STEPS, APART = (records(name) for name in ("matters", "articles", "steps", "apart"))
BOTH = [step for step in STEPS if step["matter"] and step["articles"]]
ARTICLE = {record["id"]: record for record in ARTICLES}
STEP = {step["id"]: step for step in STEPS}
PROOFS = [(step, proof) for step in STEPS for proof in step["articles"]]


def label(case: tuple[Record, Record]) -> str:
    return f"{case[0]['id']}-{case[1]['id']}"


def test_there_is_enough_to_measure() -> None:
    parts = {record["story"]: record["part"] for record in (*MATTERS, *ARTICLES, *STEPS)}
    assert Counter(parts.values()) == {"dev": 21, "kept": 14}
    assert min(Counter(step["part"] for step in BOTH).values()) >= 20
    assert len({record["client"] for record in MATTERS}) >= 12
    assert len(APART) >= 15


def test_a_story_is_of_one_part() -> None:
    parts = defaultdict(set)
    for record in (*MATTERS, *ARTICLES, *STEPS):
        parts[record["story"]].add(record["part"])
    assert [story for story, found in parts.items() if len(found) > 1] == []


def test_nothing_stands_twice() -> None:
    assert len(ARTICLE) == len(ARTICLES)
    assert len(STEP) == len(STEPS)
    for key in ("url", "title", "text"):
        assert Counter(record[key] for record in ARTICLES).most_common(1)[0][1] == 1, key
    rows = [(record["client"], row["MatterHistoryId"]) for record in MATTERS for row in record["histories"]]
    own = [(record["client"], record["matter"]["MatterId"]) for record in MATTERS]
    for ids in (rows, own):
        assert len(set(ids)) == len(ids)
        assert min(number for _, number in ids) > FIRST_ID


@pytest.mark.parametrize("record", MATTERS, ids=lambda record: record["matter"]["MatterFile"])
def test_rows_are_those_of_the_api(record: Record) -> None:
    (matter,) = matters([record["matter"]])
    found = actions(record["histories"])
    assert len(found) == len(record["histories"])
    assert matter.title
    assert matter.file
    assert matter.introduced == found[0].at.date()
    assert [action.at for action in found] == sorted(action.at for action in found)
    assert load().get(record["home"]) is not None


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["id"])
def test_a_step_is_of_its_rows(step: Record) -> None:
    assert {step["stage"], *step.get("stage_alt", ())} <= set(Stage)
    assert {step["topic"], *step.get("topic_alt", ())} <= {*topics(), "other"}
    assert load().get(step["jurisdiction"]) is not None
    assert step["matter"] or step["articles"], "somebody must tell it"
    if step["matter"] is None:
        return
    (record,) = [
        record
        for record in MATTERS
        if (record["client"], record["matter"]["MatterId"]) == (step["client"], step["matter"])
    ]
    (row,) = [row for row in record["histories"] if row["MatterHistoryId"] == step["history"]]
    assert row["MatterHistoryActionDate"].startswith(step["date"])
    assert (record["story"], record["home"]) == (step["story"], step["jurisdiction"])


@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record["id"])
def test_an_article_is_one(record: Record) -> None:
    article = Article.model_validate(record)
    assert 150 <= len(article.text.split()) <= 450


@pytest.mark.parametrize("case", PROOFS, ids=label)
def test_an_article_dates_the_step_by_its_words(case: tuple[Record, Record]) -> None:
    step, proof = case
    article = ARTICLE[proof["id"]]
    assert proof["quote"] in article["text"]
    assert article["part"] == step["part"]
    words = proof["date_quote"]
    if words is None:
        assert proof["date"] is None
        return
    assert words in article["text"]
    told = PartialDate.parse(proof["date"])
    published = date.fromisoformat(article["published"])
    if not proof.get("signing") and step["id"] != "den-group.adopted":
        assert told.contains(PartialDate.parse(step["date"]))
    if weekday := next((day for day in WEEKDAYS if re.search(rf"\b{day}\b", words)), None):
        assert told == PartialDate.of(last(weekday, published, before="last" in words.lower()))
    elif day := re.search(r"\b([A-Z][a-z]+)\.? (\d{1,2})$", words):
        assert (told.day, f"{date.fromisoformat(str(told)):%B}"[:3]) == (int(day[2]), day[1][:3])
    else:
        assert told.first_day() <= published


def last(weekday: str, published: date, before: bool) -> date:
    """The last such day up to that of publication; `before`: of the week before, at the latest the day itself a week
    ago."""
    back = (published.weekday() - WEEKDAYS.index(weekday)) % 7
    return published - timedelta(back if not before or back > 6 else back + 7)


def test_what_is_apart_is_known_and_never_of_one_step() -> None:
    for line in APART:
        assert (line["article"] is None) != (line["other"] is None)
        assert line["reason"]
        step = STEP[line["step"]]
        if line["other"]:
            assert STEP[line["other"]]["part"] == step["part"] == line["part"]
        else:
            assert line["article"] in ARTICLE
            assert line["article"] not in {proof["id"] for proof in step["articles"]}, line
