"""Recorded answers of a large language model come back over real HTTP as what they mean."""

import asyncio
from functools import partial

import pytest

from jobs.network import client
from jobs.opinions.endpoint import ask
from jobs.settings import Settings
from support.articles.reader import reader, seen
from support.opinions.answers import answers, from_meaning, recorded, written
from support.opinions.server import MODEL, answers_slowly, running
from tracker.errors import OpinionRefused
from tracker.model import Article
from tracker.read.opinions.answer import checked
from tracker.read.opinions.trust import Trust

MANY = 4


async def test_a_server_that_answers_from_records_gives_the_readings_of_the_records() -> None:
    some = list(recorded("retold_2"))[:MANY]
    assert some
    requests = {article.id: reader().request(article, always=True) for article, _ in some}
    with running(answers(some), always=answers_slowly) as server:
        settings = Settings(second_opinion_url=server.url, second_opinion_model=MODEL, second_opinion_at_once=4)
        async with client(settings) as poster:

            async def read(article: Article) -> object:
                request = requests[article.id]
                assert request
                return reader().read_with(article, (await ask(poster, settings, request)).content, Trust.fitted())

            readings = await asyncio.gather(*(read(article) for article, _ in some))
    wanted = [reader().explain_with(article, partial(from_meaning, told), Trust.fitted()) for article, told in some]
    assert readings == [each.reading for each in wanted]
    assert any(each.reading.findings for each in wanted)


def test_another_articles_answer_is_refused_where_it_tells_a_change() -> None:
    changes = [(article, told) for article, told in recorded("retold_2") if told["change"]]
    assert len(changes) > 2
    for (article, _), (other, told) in zip(changes, changes[1:] + changes[:1], strict=True):
        with pytest.raises(OpinionRefused):
            checked(written(other, told), *seen(article))
