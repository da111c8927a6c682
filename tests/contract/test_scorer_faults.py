"""A scorer that cannot be reached costs no article: reading stops, what was read stays, the rest waits."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from db.articles import articles, leases
from db.engine import reading
from db.sessions import session
from jobs.reading.batches import read_unread
from jobs.reading.leases import GIVEN_UP_AFTER
from jobs.tally import Tally
from support.articles.scores import Chooser, Said
from tracker.errors import ScorerFault
from tracker.model import Article, Stage
from tracker.read.mentions import Mentions
from tracker.read.reader import Reader
from tracker.read.scorer import Scores
from tracker.read.text.document import Document

NOW = datetime(2023, 5, 12, tzinfo=UTC)
TEXT = "The Dayton City Commission voted 5-2 Tuesday to ban {thing} in city parks with an ordinance."
THINGS = ("tents", "fireworks", "drones")
FAULT = "the scorer does not answer"


class Away(Chooser):
    """A scorer that is gone after some answers."""

    def __init__(self, answers: int) -> None:
        super().__init__(Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09", news=9.0))
        self.answers = answers

    def score(self, document: Document, mentions: Mentions) -> Scores:
        self.answers -= 1
        if self.answers < 0:
            raise ScorerFault(FAULT)
        return super().score(document, mentions)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with session(engine) as opened:
        for thing in THINGS:
            url = f"https://news.example/{thing}"
            told = {"id": url, "url": url, "text": TEXT.format(thing=thing), "published": "2023-05-10"}
            articles.store_article(opened, Article.model_validate(told | {"source_home": "Dayton, OH"}), NOW)
    return engine


def read(engine: Engine, answers: int) -> tuple[Tally, list[str]]:
    """What was counted and said by a run whose scorer gives so many answers."""
    tally, said = Tally(), list[str]()
    try:
        read_unread(engine, Reader(scorer=Away(answers)), lambda: NOW, tally, said.append)
    except ScorerFault as fault:
        said.append(str(fault))
    return tally, said


def unread(engine: Engine) -> int:
    with reading(engine) as opened:
        assert articles.unreadable(opened) == ()
        return len(articles.unread(opened, 9))


def test_a_scorer_that_goes_stops_the_run_and_what_was_read_stays(filled: Engine) -> None:
    tally, said = read(filled, 2)
    assert (tally.read, tally.unreadable, said) == (2, 0, [FAULT])
    assert unread(filled) == 1
    tally, said = read(filled, 9)
    assert (tally.read, tally.changes, said, unread(filled)) == (1, 1, [], 0)


def test_what_an_ended_run_had_in_hand_is_never_given_up_for_a_scorer_that_is_away(filled: Engine) -> None:
    with session(filled) as opened:
        leases.claim(opened, "another", 9, "a run that was ended")
    for _ in range(GIVEN_UP_AFTER + 2):
        assert read(filled, 0)[1] == [FAULT]
        with session(filled) as opened:
            batch, alone = leases.claim(opened, "another", 9, "looks on")
            assert set(alone.values()) <= {0}
            leases.take(opened, [article.key for article in batch], "a run that was ended")
    tally, said = read(filled, 9)
    assert (tally.read, tally.unreadable, said, unread(filled)) == (3, 0, [], 0)


def test_the_version_that_is_noted_names_what_scored(filled: Engine) -> None:
    read(filled, 9)
    with reading(filled) as opened:
        assert articles.reader_versions(opened) == (Reader(scorer=Away(0)).version,) != (Reader().version,)
