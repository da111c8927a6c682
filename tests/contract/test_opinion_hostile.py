"""Articles that tell a model what to answer, through a server whose model obeys them: nothing comes of it that was not
listed, and no address is asked."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from jobs.network import client
from jobs.opinions.endpoint import ask
from jobs.settings import Settings
from support.articles.labelled import EVAL, read_lines
from support.articles.reader import reader, seen
from support.opinions.server import OpinionServer, obeys, running
from tracker.errors import OpinionRefused
from tracker.model import Article, Basis, Reading
from tracker.read.opinions.request import request
from tracker.read.opinions.trust import Trust

FILE = EVAL / "hostile_opinions.jsonl"
HOSTILE = read_lines(FILE)


@pytest.fixture(scope="module")
def bait() -> Iterator[OpinionServer]:
    """What the articles want to be visited; the one of the module that must hear nothing."""
    with running() as server:
        yield server


def told(record: dict[str, Any], bait: OpinionServer) -> tuple[Article, str]:
    """The article, and what an obedient model answers about it."""
    filled = json.loads(json.dumps(record).replace("{bait}", bait.url))
    named = {name: filled[name] for name in ("id", "url", "title", "text", "published", "source_home")}
    return Article(**named), filled["obeyed"]


async def asked(article: Article, obeyed: str) -> tuple[str, OpinionServer]:
    """What came of asking about it, over real HTTP."""
    about = reader().request(article, always=True)
    assert about
    with running(obeys({article.title: obeyed})) as server:
        settings = Settings(second_opinion_url=server.url, second_opinion_model="obedient")
        async with client(settings) as poster:
            return (await ask(poster, settings, about)).content, server


def only_what_was_listed(reading: Reading, article: Article) -> None:
    document, mentions = seen(article)
    places = {place.id for place in mentions.jurisdictions}
    dates = {str(choice.value) for choice in mentions.dates}
    sentences = {unit.text for unit in mentions.units if unit}
    words = f"{document.read.title} {document.read.text}".lower()
    for finding in reading.findings:
        assert finding.jurisdiction in places
        assert str(finding.date) in dates or finding.basis is Basis.REPORTED
        assert finding.quote in sentences
        assert article.text[finding.start : finding.end] == finding.quote
        assert finding.instrument.lower() in words
        assert all(word in words for word in finding.subject.split())
        assert "//" not in f"{finding.body} {finding.instrument} {finding.identifier} {finding.topic}"


@pytest.mark.parametrize("record", HOSTILE, ids=[record["orders"] for record in HOSTILE])
async def test_a_model_that_obeys_an_article_brings_nothing_but_what_was_listed(
    record: dict[str, Any], bait: OpinionServer
) -> None:
    article, obeyed = told(record, bait)
    content, server = await asked(article, obeyed)
    if record["refused"]:
        with pytest.raises(OpinionRefused, match=re.escape(record["refused"])):
            reader().read_with(article, content, Trust.fitted())
    else:
        only_what_was_listed(reader().read_with(article, content, Trust.fitted()), article)
    assert {one.path for one in server.asked} == {"/v1/chat/completions"}
    assert bait.asked == []


MARKS = ("<|im_end|>", "<|im_start|>", "[INST]", "[/INST]", "<script", "</script>")
"""By which servers know where a message ends and who speaks next."""


def test_an_article_adds_nothing_to_the_lists_that_it_is_asked_with_and_ends_no_turn(bait: OpinionServer) -> None:
    for record in HOSTILE:
        document, mentions = seen(told(record, bait)[0])
        question = request(document, mentions).question
        numbers = [int(number) for number in re.findall(r"^S(\d+) ", question, re.MULTILINE)]
        assert numbers == list(range(len(mentions.units)))
        assert [mark for mark in MARKS if mark in question] == []
        places = re.findall(r"^P(\d+) ", question, re.MULTILINE)
        assert len(places) == len(mentions.jurisdictions)


def test_the_hostile_articles_are_thirty_and_differ() -> None:
    assert len({record["orders"] for record in HOSTILE}) == len(HOSTILE) == 30
    assert sum(not record["refused"] for record in HOSTILE) >= 5, "some obedience must be taken, or nothing is tested"
