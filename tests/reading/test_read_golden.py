"""Whole stories beside their expected readings: tests/golden/reading holds each as NAME.txt and NAME.txt.json.

How many are read right depends on the model: LEAST goes up with a better one, and down only with a reason. Of the seed,
which the project started from, every model must read the adoption and the start, and nothing else.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from support.articles.reader import COUNTRY, article, place_of, reader
from tracker.model import Article, Basis, Finding, Reading, Stage

GOLDEN = Path(__file__).parents[1] / "golden" / "reading"
STORIES = sorted(GOLDEN.glob("*.txt"))
FIELDS = ("place", "stage", "date", "basis")
LEAST = {"change": 14, "steps": 9, "words": 6, "news": 9}
"""Stories of 14 of which at least so much is right: that they are a change or none, all steps with places and days,
the body, instrument and quote of each step found, and the news with its topic."""


def load(path: Path) -> Article:
    """A story: lines of `name: value`, a blank line, the text."""
    head, _, text = path.read_text("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    published = date.fromisoformat(fields["published"])
    return article(text.strip(), fields["title"], published, fields.get("home"))


def wanted(path: Path) -> dict[str, Any]:
    """The expected reading; its first finding is the news."""
    return dict(json.loads(path.with_name(path.name + ".json").read_text("utf-8")))


def as_twin(found: Finding) -> dict[str, Any]:
    """A finding as the twins are written; a quote is as right as its beginning."""
    return {
        "place": place_of(found),
        "stage": str(found.stage),
        "date": str(found.date),
        "basis": str(found.basis),
        "body": found.body,
        "instrument": found.instrument,
        "quote": found.quote,
    }


def key(finding: dict[str, Any]) -> tuple[str, ...]:
    return tuple(finding[field] for field in FIELDS)


@cache
def read(path: Path) -> Reading:
    return reader().read(load(path))


def a_change_or_none(path: Path) -> bool:
    return read(path).is_change == wanted(path)["is_change"]


def its_steps(path: Path) -> bool:
    """All steps with places and days, and no other."""
    return {key(as_twin(f)) for f in read(path).findings} == {key(f) for f in wanted(path)["findings"]}


def their_words(path: Path) -> bool:
    """Body, instrument and quote of every step that is found."""
    by_key = {key(finding): finding for finding in wanted(path)["findings"]}
    pairs = [(got, by_key[key(got)]) for got in map(as_twin, read(path).findings) if key(got) in by_key]
    return bool(pairs) and all(
        got["quote"].startswith(want["quote"])
        and want["body"] in ("", got["body"])
        and want["instrument"].lower() in got["instrument"].lower()
        for got, want in pairs
    )


def its_news(path: Path) -> bool:
    news = [finding for finding in read(path).findings if finding.primary]
    want = wanted(path)
    return [key(as_twin(f)) for f in news] == [key(want["findings"][0])] and news[0].topic == want["topic"]


CHECKS: dict[str, Callable[[Path], bool]] = {
    "change": a_change_or_none,
    "steps": its_steps,
    "words": their_words,
    "news": its_news,
}


@pytest.mark.parametrize("check", CHECKS)
def test_most_stories_are_read_right(check: str) -> None:
    asked = [path for path in STORIES if check == "change" or wanted(path)["is_change"]]
    wrong = [path.stem for path in asked if not CHECKS[check](path)]
    assert len(asked) - len(wrong) >= LEAST[check], wrong


def test_the_seed_in_our_own_words() -> None:
    text = (
        "Milwaukee's new police rules on immigration were approved last month by Police Chief Edna Frey and are to "
        "take effect Thursday.\n\nThe department's general order tells officers to notify federal agents of an arrest."
    )
    each = article(text, "Milwaukee police rules on immigration", date(2017, 7, 4), "Milwaukee, WI")
    reading = reader().read(each)
    found = {(f.stage, str(f.date), f.basis, f.jurisdiction) for f in reading.findings}
    city = f"{COUNTRY}state:wi/place:milwaukee"
    assert found == {
        (Stage.ADOPTED, "2017-06", Basis.RELATIVE, city),
        (Stage.EFFECTIVE, "2017-07-06", Basis.RELATIVE, city),
    }
    assert {f.body for f in reading.findings} == {"Milwaukee Police Department"}
    assert {f.topic for f in reading.findings} == {"immigration"}
