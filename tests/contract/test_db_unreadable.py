"""Articles that the reader cannot read: named, tried again by another version, and found where one ends the program."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from db.articles import articles, leases
from db.engine import reading
from db.ops import incidents
from db.sessions import session
from tracker.coverage import Trouble
from tracker.model import Article, Reading

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_ONE, _TWO = "one", "two"
"""Two runs of the program."""


def stored(engine: Engine, *names: str) -> list[int]:
    """The ids of new articles."""
    found = []
    with session(engine) as opened:
        for name in names:
            article = Article(id="", url=f"https://news.example/{name}", text=name, published=date(2026, 2, 28))
            found.append(articles.store_article(opened, article, _NOW)[0])
    return found


def read(engine: Engine, key: int, version: str, reason: str = "") -> None:
    with session(engine) as opened:
        told = Reading(id=str(key), is_change=False, score=0, reason=reason)
        articles.mark_read(opened, key, told, version, _NOW)


def test_an_article_that_cannot_be_read_is_named_with_the_reason(engine: Engine) -> None:
    good, bad = stored(engine, "good", "bad")
    read(engine, good, "7")
    read(engine, bad, articles.failed_version("7"), "the program failed (KeyError)")
    told = Trouble(
        name="https://news.example/bad",
        what="the article cannot be read: the program failed (KeyError)",
        since=_NOW,
    )
    with reading(engine) as opened:
        assert articles.unreadable(opened) == (told,)
        assert incidents.shown_to_readers(opened) == (told,)
        assert incidents.lasting(opened) == ()


def test_it_is_told_once_it_fails_beside_what_lasts(engine: Engine) -> None:
    (bad,) = stored(engine, "bad")
    read(engine, bad, articles.failed_version("7"))
    with session(engine) as opened:
        for _ in range(incidents.LASTING):
            incidents.note(opened, "fetch", "it fails", _NOW)
        assert [trouble.name for trouble in incidents.shown_to_readers(opened)] == ["fetch", "https://news.example/bad"]


def test_another_version_of_the_reader_tries_again_and_this_one_does_not(engine: Engine) -> None:
    new, bad, good = stored(engine, "new", "bad", "good")
    read(engine, bad, articles.failed_version("7"))
    read(engine, good, "7")
    with reading(engine) as opened:
        assert [each.key for each in articles.waiting(opened, "7", 10)] == [new]
        assert [each.key for each in articles.waiting(opened, "8", 10)] == [new, bad]
        assert len(articles.waiting(opened, "8", 1)) == 1
    read(engine, bad, "8")
    with reading(engine) as opened:
        assert articles.unreadable(opened) == ()


def test_what_another_run_had_in_hand_is_known(engine: Engine) -> None:
    a, b, c = stored(engine, "a", "b", "c")
    with session(engine) as opened:
        assert leases.take(opened, [a, b], _ONE) == {}
    with session(engine) as opened:
        assert leases.take(opened, [a, b], _ONE) == {}, "it did not end this run"
        assert leases.take(opened, [a, b, c], _TWO) == {a: 0, b: 0}
        leases.release(opened, [b])
        assert leases.take(opened, [b, c], _TWO) == {}


def test_how_often_it_was_alone_is_counted(engine: Engine) -> None:
    a, b = stored(engine, "a", "b")
    with session(engine) as opened:
        leases.take(opened, [a, b], _ONE)
        assert leases.take_alone(opened, a, _TWO) == 1
        assert leases.take(opened, [a, b], "three") == {a: 1, b: 0}
        assert leases.take_alone(opened, a, "three") == 2
        assert leases.take(opened, [a], "four") == {a: 2}
        assert leases.take(opened, [a], "three") == {}, "it did not end the third run"
        assert leases.take(opened, [a], "four") == {a: 0}
