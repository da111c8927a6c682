"""Answers of a language model: those of a large one that are kept in `tests/eval/opinions.jsonl`, as a server gives
them, and what one may answer about news of a small change."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from support.articles.labelled import EVAL, read_lines
from support.articles.reader import seen
from support.opinions.server import NO_CHANGE, Asked, Content, by_title
from tracker.model import Article
from tracker.read.mentions import Mentions
from tracker.read.opinions.opinion import OpinionStep
from tracker.read.opinions.request import NONE, Numbers
from tracker.read.text.document import Document

sys.path.insert(0, str(EVAL))
from meaning import from_meaning as from_meaning
from meaning import to_meaning as to_meaning
from splits import part

Recorded = tuple[Article, dict[str, Any]]


def recorded(name: str, which: str = "dev") -> Iterator[Recorded]:
    """The articles of a labelled file that were asked about, each with its opinion by meaning."""
    opinions = {line["url"]: line["opinion"] for line in read_lines(EVAL / "opinions.jsonl") if "opinion" in line}
    for record in read_lines(EVAL / f"{name}.jsonl"):
        if record["url"] in opinions and part(record) == which:
            yield Article.model_validate(record), opinions[record["url"]]


def answers(articles: Sequence[Recorded]) -> Content:
    """What a server answers that has these records."""
    return by_title({" ".join(article.title.split()): written(article, told) for article, told in articles})


def written(article: Article, told: dict[str, Any]) -> str:
    """An opinion in the numbers that its article's sentences and mentions have today."""
    document, mentions = seen(article)
    opinion = from_meaning(told, document, mentions)
    if not opinion.is_change:
        return NO_CHANGE
    steps = [_step(choice, document, mentions) for choice in opinion.choices]
    return json.dumps({"change": True, "topic": opinion.topic, "steps": steps})


def _step(choice: OpinionStep, document: Document, mentions: Mentions) -> dict[str, Any]:
    numbers = Numbers(document, mentions)

    def name(letter: str, mention: int | None, groups: list[list[int]]) -> str:
        return next((f"{letter}{n}" for n, group in enumerate(groups, 1) if mention in group), NONE)

    return {
        "sentence": f"S{choice.unit}",
        "stage": choice.stage,
        "date": name("D", choice.date, [[date] for date in numbers.dates]),
        "place": name("P", choice.place, [[place] for place in numbers.places]),
        "body": name("B", choice.body, numbers.bodies),
        "instrument": name("I", choice.instrument, numbers.instruments),
        "effect": choice.effect or "unclear",
        "direction": choice.direction or NONE,
        "rule": choice.rule,
        "news": choice.news,
    }


def boats(town: str, day: int = 2) -> Article:
    """A town of Wisconsin bans parked boats, in March 2026."""
    return Article(
        id=town,
        url=f"https://news.example/{town}",
        title=f"{town} council bans parked boats on city streets",
        published=date(2026, 3, day),
        publisher="Journal",
        source_home=f"ocd-division/country:us/state:wi/place:{town.lower()}",
        text=f"{town.upper()}, Wis. — The {town} Common Council voted 9-2 Tuesday to adopt an ordinance that bans boats"
        " parked on city streets.\n\nThe ordinance takes effect April 1, 2026.\n\nNeighbors had complained for years.",
    )


def adopted(asked: Asked) -> str:
    """The step of the first sentence, of the town that the headline names."""
    return adoption(asked.title.partition(" ")[0])


def adoption(town: str) -> str:
    """The same of a town; no other article has these words."""
    step = {"sentence": "S1", "stage": "adopted", "date": "D1", "place": "P1", "body": "none", "instrument": "none"}
    step |= {"effect": "bans", "direction": "none", "rule": f"{town} Common Council", "news": True}
    return json.dumps({"change": True, "topic": "streets", "steps": [step]})
