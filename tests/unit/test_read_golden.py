"""Whole stories beside their expected readings: tests/golden/reading holds each as NAME.txt and NAME.txt.json."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from reading import article, place_of, reader

from tracker.model import Article, Finding, Reading

GOLDEN = Path(__file__).parents[1] / "golden" / "reading"
STORIES = sorted(GOLDEN.glob("*.txt"))
FIELDS = ("place", "stage", "date", "basis")
OPEN = {
    "oregon_in_ohio": ("words", "an instrument that is only “bans”"),
}
"""Stories that are still read wrong, in which checks, and why."""


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


def stories(check: str, *kinds: bool) -> list[Any]:
    """The stories that report a change (True) or none (False); those that this check still fails are marked."""
    chosen = [path for path in STORIES if wanted(path)["is_change"] in kinds]
    still = {stem: why for stem, (checks, why) in OPEN.items() if check in checks.split()}
    marks = {stem: pytest.mark.xfail(raises=AssertionError, strict=False, reason=why) for stem, why in still.items()}
    return [pytest.param(path, id=path.stem, marks=[marks[path.stem]] if path.stem in marks else []) for path in chosen]


def key(finding: dict[str, Any]) -> tuple[str, ...]:
    return tuple(finding[field] for field in FIELDS)


def read(path: Path) -> Reading:
    return reader().read(load(path))


@pytest.mark.parametrize("path", stories("change", True, False))
def test_a_story_is_a_change_or_not(path: Path) -> None:
    reading = read(path)
    assert reading.is_change == wanted(path)["is_change"], reading.reason


@pytest.mark.parametrize("path", stories("steps", True))
def test_a_story_gives_its_steps_with_places_and_days(path: Path) -> None:
    got = {key(as_twin(finding)) for finding in read(path).findings}
    assert got == {key(finding) for finding in wanted(path)["findings"]}


@pytest.mark.parametrize("path", stories("words", True))
def test_body_instrument_and_quote_are_those_of_the_step(path: Path) -> None:
    by_key = {key(finding): finding for finding in wanted(path)["findings"]}
    for got in map(as_twin, read(path).findings):
        if want := by_key.get(key(got)):
            assert got["quote"].startswith(want["quote"]), got["quote"]
            assert want["body"] in ("", got["body"])
            assert want["instrument"].lower() in got["instrument"].lower()


@pytest.mark.parametrize("path", stories("news", True))
def test_the_news_and_the_topic_of_a_story(path: Path) -> None:
    (news,) = [finding for finding in read(path).findings if finding.primary]
    assert key(as_twin(news)) == key(wanted(path)["findings"][0])
    assert news.topic == wanted(path)["topic"]
