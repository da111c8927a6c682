"""How many labelled steps have their place and their date among the mentions: what is not there, no scorer can choose.

usage: uv run python tests/eval/mentions_recall.py [kept]

Place: among `Mentions.jurisdictions`. Date: a value of a mention, or a distance that leads there from a date of the
article; none and the month of publication are always there. It prints the misses of `dev`, of `kept` the shares alone.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

from splits import part

from tracker.model import Article
from tracker.read.evaluate import one_of_name, place_id, told_day
from tracker.read.mentions import Mentions, mentions
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.text.document import document

HERE = Path(__file__).parent
FILES = ("retold", "retold_2", "retold_3", "retold_long", "articles", "clusters", "clusters_2", "clusters_3")
"""Whatever is split into parts."""
DAY = len("2017-07-06")


class Recall(NamedTuple):
    """A labelled step: whether its place and its date are among the mentions."""

    article: Article
    entry: dict[str, Any]
    place: bool
    date: bool


class Size(NamedTuple):
    """How many candidates an article has."""

    dates: int
    jurisdictions: int


def measured(which: Literal["dev", "kept"]) -> tuple[list[Recall], list[Size]]:
    """Every step of the changes of a part, and the candidates of every article."""
    places, steps, sizes = PlaceReader(load()), list[Recall](), list[Size]()
    for record in _records(which):
        article = Article.model_validate(record)
        found = mentions(document(article), places)
        sizes.append(Size(len(found.dates), len(found.jurisdictions)))
        ids = {one_of_name(place.id) for place in found.jurisdictions}
        for entry in record["entries"]:
            near = one_of_name(place_id(entry["jurisdiction"])) in ids
            steps.append(Recall(article, entry, near, is_told(entry["date"], article, found)))
    return steps, sizes


def figures() -> dict[str, float]:
    """The shares of `dev`, for the gate."""
    return shares(measured("dev")[0])


def shares(steps: list[Recall]) -> dict[str, float]:
    """Name → share of the steps."""
    told = {"place": [s.place for s in steps], "date": [s.date for s in steps]}
    told["both"] = [s.place and s.date for s in steps]
    return {name: round(sum(hits) / len(hits), 4) for name, hits in told.items()}


def is_told(labelled: str | None, article: Article, found: Mentions) -> bool:
    """True where a decision could arrive at the labelled date."""
    if not told_day(labelled, article):
        return True
    values = {choice.value for choice in found.dates if choice.value}
    days = {value.first_day() for value in values if value.day} | {article.published}
    distances = {choice.mention.days for choice in found.dates if choice.value is None}
    return labelled in {*map(str, values), *_added(days, distances)}


def _added(days: Iterable[date], distances: Iterable[int | None]) -> Iterator[str]:
    yield from (str(day + timedelta(distance)) for day in days for distance in distances if distance is not None)


def _records(which: str) -> Iterator[dict[str, Any]]:
    for name in FILES:
        for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            if part(record) == which:
                yield record


def main() -> int:
    which: Literal["dev", "kept"] = "kept" if "kept" in sys.argv[1:] else "dev"
    steps, sizes = measured(which)
    print(which, f"{len(steps)} steps", shares(steps))
    for name in Size._fields:
        print(f"{name} an article: {sum(getattr(size, name) for size in sizes) / len(sizes):.2f}")
    for step in (step for step in steps if which == "dev" and not (step.place and step.date)):
        missing = " ".join(name for name in ("place", "date") if not getattr(step, name))
        place, entry = step.entry["jurisdiction"], step.entry
        print(f"{step.article.url[-40:]} {missing:10} {entry['stage']:10} {entry['date']} {place}")
        print(f"    {step.article.published} {step.article.title}")
        print(f"    {entry.get('quote')} | {entry.get('date_quote')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
