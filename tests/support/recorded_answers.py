"""What a large language model answered about labelled articles (`tests/eval/opinions.jsonl`), as a server gives it."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from articles_at_hand import EVAL, read_lines
from opinion_server import NO_CHANGE, Content, by_title
from reading import seen

from tracker.model import Article
from tracker.read.document import Document
from tracker.read.mentions import Mentions
from tracker.read.opinions.meaning import from_meaning
from tracker.read.opinions.opinion import Choice
from tracker.read.opinions.request import NONE, Numbers

sys.path.insert(0, str(EVAL))
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


def _step(choice: Choice, document: Document, mentions: Mentions) -> dict[str, Any]:
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
