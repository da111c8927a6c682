"""Recorded answers of a large language model, and what the reader makes of them.

`opinions.jsonl` has a line for each article that was asked about: its `url` and `id`, `month` and `kind` of the model,
the `opinion` by its meaning, or why the answer was `refused`. The model saw the request of `Reader.request` and nothing
else: no labels, and no other article of the same story.

usage: uv run python tests/eval/opinions.py    the figures of dev, kept and their stories, with the answers and without

Also what becomes of answers of which a share was spoilt on purpose, as a poorer model answers: what both witnesses lose
against the better one, where the model is trusted as far as labelled articles of another part tell.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from labelled_entries import CLUSTERS, Story, entries
from meaning import from_meaning, to_meaning
from splits import part
from spoilt import spoilt
from timeline_score import Score, score

from tracker.errors import OpinionRefused
from tracker.model import Article, Reading
from tracker.read.encoder.big_look import BothLooks
from tracker.read.evaluate import Reads, evaluate
from tracker.read.mentions import Mentions, mentions
from tracker.read.opinions.trust import Trust
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.reader import Reader
from tracker.read.scorer import Scores
from tracker.read.text.document import Document, document
from tracker.read.thresholds import Thresholds

HERE = Path(__file__).parent
RECORDED = HERE / "opinions.jsonl"
FILES = ("retold", "retold_2", "retold_3", "retold_long", "articles", *CLUSTERS, "clusters_4")
Record = dict[str, Any]


@cache
def recorded() -> dict[str, Record]:
    """The line of each article, by its address."""
    lines = map(json.loads, RECORDED.read_text("utf-8").splitlines())
    return {line["url"]: line for line in lines}


def asked(which: str) -> Iterator[Record]:
    """The labelled articles of a part that were asked about."""
    for name in FILES:
        for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            if record["url"] in recorded() and part(record) == which:
                yield record


class Remembering:
    """The scorer that ships, which remembers what it made of articles that were asked about: they are read again."""

    costly = False

    def __init__(self) -> None:
        self._of = BothLooks()
        self._known: dict[tuple[str, str], Scores] = {}

    @property
    def topics(self) -> tuple[str, ...]:
        """Those of the scorer."""
        return self._of.topics

    @property
    def thresholds(self) -> Thresholds:
        """Those of the scorer."""
        return self._of.thresholds

    @property
    def version(self) -> str:
        """That of the scorer."""
        return self._of.version

    def warm(self) -> None:
        """Loads the scorer."""
        self._of.warm()

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        """What the scorer says at first sight."""
        return self._of.at_first_sight(document, mentions)

    def score(self, document: Document, mentions: Mentions) -> Scores:
        """The scores of an article."""
        if document.read.url not in recorded():
            return self._of.score(document, mentions)
        name = document.read.title, document.read.text  # pages with furniture have the same address
        if name not in self._known:
            self._known[name] = self._of.score(document, mentions)
        return self._known[name]


class Witnessed:
    """Reads articles with their recorded opinions; one whose answer was refused, or was never asked for, alone."""

    def __init__(self, reader: Reader, trust: Trust, opinions: dict[str, Record] | None = None) -> None:
        self._reader, self._trust = reader, trust
        self._opinions = recorded() if opinions is None else opinions

    def read(self, article: Article) -> Reading:
        """The reading by both witnesses."""
        line = self._opinions.get(article.url, {})
        if "opinion" in line:
            try:
                opinion = partial(from_meaning, line["opinion"])
                return self._reader.explain_with(article, opinion, self._trust).reading
            except OpinionRefused:
                pass
        return self._reader.read(article)


def stories(which: str) -> Iterator[Story]:
    """The stories of a part all of whose articles were asked about."""
    for name in (*CLUSTERS, "clusters_4"):
        found: dict[str, list[Record]] = defaultdict(list)
        for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            found[record["cluster"]].append(record)
        gold = [json.loads(line) for line in (HERE / f"{name}_gold.jsonl").read_text("utf-8").splitlines()]
        for cluster, records in found.items():
            if part(records[0]) == which and all(record["url"] in recorded() for record in records):
                yield Story(cluster, tuple(records), tuple(line for line in gold if line["cluster"] == cluster))


def told(which: str, reader: Witnessed) -> Score:
    """How well the timelines of a part's stories are told."""
    found = Score()
    for story in stories(which):
        read = {record["url"]: reader.read(Article.model_validate(record)) for record in story.articles}
        found += score(entries(story, read), story.steps)
    return found


def figures(which: str, reader: Witnessed) -> dict[str, float]:
    """Of a part's articles that were asked about, and of its stories."""
    by_articles = evaluate(map(json.dumps, asked(which)), reader).figures()
    of_stories = told(which, reader)
    return by_articles | {"story_f1": round(of_stories.f1, 4), "story_doubled": round(of_stories.doubled_share, 4)}


SHARES = (0.1, 0.25, 0.5)
"""Of the answers that are spoilt."""
SEED = 5
"""Of spoiling here; the weights are fitted with others."""


@cache
def places() -> PlaceReader:
    """The one reader of places."""
    return PlaceReader(load())


def spoilt_opinions(which: str, share: float) -> dict[str, Record]:
    """The recorded opinions of a part of which so many are spoilt, by the address of the article."""
    found = {}
    for record in asked(which):
        line, draw = recorded()[record["url"]], random.Random(f"{SEED} {record['url']}")
        if "opinion" in line and draw.random() < share:
            seen = document(Article.model_validate(record))
            named = mentions(seen, places())
            try:
                wrong = spoilt(from_meaning(line["opinion"], seen, named), named, seen, draw)
            except OpinionRefused:
                continue
            line = {**line, "opinion": to_meaning(wrong, seen, named)}
        found[record["url"]] = line
    return found


def entry_f1(which: str, reader: Reads) -> float:
    """Of a part's articles that were asked about."""
    return evaluate(map(json.dumps, asked(which)), reader).figures()["entry_f1"]


def losses(reader: Reader, measured_on: str = "dev", told_of: str = "kept") -> dict[str, float]:
    """By the share of spoilt answers, what both witnesses lose in entry F1 against the better one."""
    alone = {which: entry_f1(which, reader) for which in (measured_on, told_of)}
    found = {}
    for share in SHARES:
        models = {which: spoilt_opinions(which, share) for which in (measured_on, told_of)}
        by_itself = {which: entry_f1(which, Witnessed(reader, Trust.blind(), models[which])) for which in models}
        trust = Trust.measured(by_itself[measured_on], alone[measured_on])
        both = entry_f1(told_of, Witnessed(reader, trust, models[told_of]))
        found[f"lost_at_{share:.2f}"] = round(max(by_itself[told_of], alone[told_of]) - both, 4)
    return found


def main() -> None:
    reader = Reader(scorer=Remembering())
    for which in ("dev", "kept"):
        for name, trust in (("alone", Trust.none()), ("with the opinion", Trust.fitted())):
            values = figures(which, Witnessed(reader, trust))
            shown = "  ".join(f"{figure.removeprefix('primary_')} {value:.3f}" for figure, value in values.items())
            print(f"{which}, {name}: {shown}")
    print("spoilt answers:", "  ".join(f"{name} {value:+.3f}" for name, value in losses(reader).items()))


if __name__ == "__main__":
    main()
