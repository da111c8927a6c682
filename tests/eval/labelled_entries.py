"""Entries made of labelled articles that nothing was learnt from; whether place, stage and date of each are right.

The whole way in memory: articles are read, each story is folded as recording does it, and every entry is compared with
what its story's labels support. A story is the articles of one cluster, or one article by itself. Readings are kept in
a file outside the repository, named after the reader's version, since they take minutes.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from splits import part

from tracker.model import Article, Entry, Evidence, Reading
from tracker.partial_date import PartialDate
from tracker.read.evaluate import Reads, place_id
from tracker.read.reader import Reader
from tracker.read.version import READER_VERSION
from tracker.timeline.copies import are_copies
from tracker.timeline.merging.fold import fold

HERE = Path(__file__).parent
ARTICLES = ("retold", "retold_2", "retold_3", "retold_long", "articles")
CLUSTERS = ("clusters", "clusters_2", "clusters_3")
UNLEARNT = ("dev", "kept")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of one story, and the labelled steps that they support together."""

    name: str
    articles: tuple[Record, ...]
    steps: tuple[Record, ...]


def stories() -> Iterator[Story]:
    """Every story of the parts that nothing was learnt from."""
    for name in ARTICLES:
        for record in _records(name):
            if part(record) in UNLEARNT:
                yield Story(record["url"], (record,), tuple(record["entries"]))
    for name in CLUSTERS:
        yield from _clusters(_records(name), _records(f"{name}_gold"))


def _records(name: str) -> list[Record]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def _clusters(articles: Iterable[Record], gold: Iterable[Record]) -> Iterator[Story]:
    members, steps = defaultdict(list), defaultdict(list)
    for record in articles:
        members[record["cluster"]].append(record)
    for record in gold:
        steps[record["cluster"]].append(record)
    for name, found in members.items():
        if part(found[0]) in UNLEARNT:
            yield Story(name, tuple(found), tuple(steps[name]))


def readings(wanted: Iterable[Record], reader: Reads | None = None, kind: str = "") -> dict[str, Reading]:
    """The reading of each article by its address. Each is noted as soon as it is made: whoever stops this goes on where
    it was. `kind` names a `reader` that is not the one that ships."""
    noted = Path(tempfile.gettempdir()) / f"tracker-readings-{READER_VERSION}{kind}.jsonl"
    lines = noted.read_text("utf-8").splitlines() if noted.exists() else []
    known = {told["url"]: Reading.model_validate(told["reading"]) for told in map(json.loads, lines)}
    reader = reader or Reader()
    with noted.open("a", encoding="utf-8") as out:
        for record in wanted:
            if record["url"] not in known:
                known[record["url"]] = told = reader.read(Article.model_validate(record))
                out.write(json.dumps({"url": record["url"], "reading": told.model_dump(mode="json")}) + "\n")
                out.flush()
    return known


def entries(story: Story, read: dict[str, Reading], asked: Collection[str] = ()) -> tuple[Entry, ...]:
    """The entries that recording the story's articles gives. `asked`: the addresses of those whose reading an opinion
    had its part in."""
    reports = _reports(story.articles)
    return fold(
        Evidence(
            finding=finding,
            url=record["url"],
            title=record["title"],
            publisher=record["publisher"],
            published=record["published"][:10],
            report=reports[record["url"]],
            reader_version=f"{READER_VERSION}+large" if record["url"] in asked else READER_VERSION,
        )
        for record in story.articles
        for finding in read[record["url"]].findings
    ).entries


def _reports(articles: Iterable[Record]) -> dict[str, str]:
    """The report of each article: copies of one text have the first one's address."""
    firsts: list[Record] = []
    found = {}
    for record in articles:
        original = next((first for first in firsts if are_copies(first["text"], record["text"])), record)
        firsts += [record] if original is record else []
        found[record["url"]] = original["url"]
    return found


def is_right(entry: Entry, story: Story) -> bool:
    """True where a labelled step has the entry's place, stage and date. A date may be coarser than the label's, never
    finer or another; none stands for the month of a report."""
    return any(
        entry.jurisdiction == place_id(step["jurisdiction"])
        and any(stage == entry.stage.value and _same_time(entry, day) for stage, day in _ways(step))
        for step in story.steps
    )


def _ways(step: Record) -> Iterator[tuple[str, str | None]]:
    """(stage, date) in all ways in which the labels allow that a step is told."""
    for stage in (step["stage"], *(step.get("stage_alt") or ())):
        yield stage, step["date"]
    for other in step.get("variants") or ():
        yield other["stage"], other["date"]


def _same_time(entry: Entry, labelled: str | None) -> bool:
    months = {PartialDate.of(item.published).to_month() for item in entry.evidence}
    day = PartialDate.parse(labelled) if labelled else None
    if entry.date is None or day is None:
        return entry.date == day or (entry.date or day) in months
    return entry.date.contains(day)
