"""The one writer of polls on both engines: batches, one bad feed among good ones, two writers at once."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine, event
from sqlmodel import func, select

from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from db.tables.timeline import FeedRow, ItemKeyRow, ItemRow
from db.values import DueFeed
from jobs.gather.poll_writer import BATCH, EndedPoll, PollWriter, store
from jobs.tally import Tally
from tracker.errors import StorageError
from tracker.gather.feeds.document import FeedDocument
from tracker.gather.feeds.identity import keys
from tracker.gather.feeds.parser import FeedItem, ParsedFeed
from tracker.gather.feeds.poll import BodyChange, ChangedFeed, FeedPolled
from tracker.gather.http.client import Response

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def subscribed(engine: Engine, number: int) -> tuple[DueFeed, ...]:
    with session(engine) as opened:
        for one in range(number):
            feeds.add(opened, f"https://{one:04}.example/feed", NOW)
        return feeds.due(opened, NOW)


def answered(feed: DueFeed, *names: str, guid: str = "") -> EndedPoll:
    """A poll that brought these items, with the validator `"<names>"`."""
    items = tuple(
        FeedItem(f"{guid}{name}", f"https://news.example/{name}", f"Title {name}", published=NOW) for name in names
    )
    document = FeedDocument(ParsedFeed("Daily", "", None, items), tuple(map(keys, items)))
    response = Response(feed.url, 200, {"etag": f'"{"".join(names)}"'}, b"")
    return EndedPoll(feed, ChangedFeed(feed, response, "".join(names), document))


def counts(engine: Engine) -> tuple[int, int]:
    """Items, and keys of items."""
    with reading(engine) as opened:
        items, keys = (opened.exec(select(func.count()).select_from(table)).one() for table in (ItemRow, ItemKeyRow))
    return items, keys


def etags(engine: Engine) -> list[str]:
    with reading(engine) as opened:
        return sorted(opened.exec(select(FeedRow.etag)).all())


async def written(engine: Engine, ended: Sequence[EndedPoll]) -> tuple[Tally, list[str]]:
    """Writes them as a poll does; the counts, and what was said."""
    tally, said = Tally(), list[str]()
    writer = PollWriter(engine, lambda: NOW, Random(1), tally, said.append)
    async with writer.at_work():
        for one in ended:
            await writer.put(one)
    return tally, said


async def test_more_than_a_batch_is_stored_whole_and_again_changes_nothing(engine: Engine) -> None:
    polls = [answered(feed, "a", "b") for feed in subscribed(engine, BATCH + 50)]
    tally, _ = await written(engine, polls)
    assert (tally.new_items, counts(engine)) == (2 * (BATCH + 50), (2 * (BATCH + 50), 6 * (BATCH + 50)))
    assert etags(engine) == ['"ab"'] * (BATCH + 50)
    assert (await written(engine, polls))[0].new_items == 0
    assert counts(engine) == (2 * (BATCH + 50), 6 * (BATCH + 50))


async def test_a_batch_is_a_few_statements_in_one_transaction(engine: Engine) -> None:
    polls = [answered(feed, "a", "b") for feed in subscribed(engine, 100)]
    ran: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: ran.append(told[2].split()[0]))
    event.listen(engine, "commit", lambda _: ran.append("COMMIT"))
    await written(engine, polls)
    assert ran.count("COMMIT") == 1
    assert len([statement for statement in ran if statement in ("SELECT", "INSERT", "UPDATE")]) < 12


async def test_a_feed_that_cannot_be_stored_does_not_cost_the_others(engine: Engine) -> None:
    polls = [answered(feed, "a") for feed in subscribed(engine, 5)]
    broken = replace(polls[2].how, document=FeedDocument(ParsedFeed("", "", None, (None,)), (("g", "", ""),)))  # type: ignore[type-var,arg-type]
    polls[2] = EndedPoll(polls[2].feed, broken)
    tally, said = await written(engine, polls)
    assert (tally.new_items, tally.failed_feeds, counts(engine)[0]) == (4, 1, 4)
    assert len(said) == 1
    assert polls[2].feed.url in said[0]
    assert "please report this" in said[0]
    with reading(engine) as opened:
        states = [feed.state for feed in feeds.all_feeds(opened)]
    assert states.count("failing") == 1


async def test_what_is_known_under_a_rotated_guid_is_known_in_a_batch(engine: Engine) -> None:
    every = subscribed(engine, 3)
    await written(engine, [answered(feed, "a", "b") for feed in every])
    tally, _ = await written(engine, [answered(feed, "a", "b", "c", guid="rotated-") for feed in every])
    assert (tally.new_items, counts(engine)[0]) == (3, 9)


def test_a_feed_that_was_removed_or_retired_meanwhile_stays_so(engine: Engine) -> None:
    removed, retired, _ = every = subscribed(engine, 3)
    with session(engine) as opened:
        feeds.remove(opened, removed.url)
        feeds.retire(opened, retired.id, NOW, "410 Gone")
    assert store(engine, [answered(feed, "a") for feed in every], NOW, Random(1)) == 1
    with reading(engine) as opened:
        assert [feed.state for feed in feeds.all_feeds(opened)] == ["retired", "active"]


def test_a_feed_that_moved_keeps_its_items_and_one_that_moves_onto_another_is_retired(engine: Engine) -> None:
    first, second = subscribed(engine, 2)
    for moved_to in ("https://new.example/feed", second.url):
        how = FeedPolled(first.url, BodyChange.NOT_MODIFIED, LATER, 3600, "", "", "", moved_to)
        store(engine, [EndedPoll(first, how)], NOW, Random(1))
    with reading(engine) as opened:
        assert [(feed.url, feed.state) for feed in feeds.all_feeds(opened)] == [
            (second.url, "active"),
            ("https://new.example/feed", "retired"),
        ]


def test_two_writers_at_once_double_nothing_and_wait_for_each_other(engine: Engine) -> None:
    every = subscribed(engine, 40)
    shuffled = Random(2).sample(every, len(every))
    new, errors = list[int](), list[Exception]()

    def write(polls: Sequence[EndedPoll]) -> None:
        try:
            for start in range(0, len(polls), 10):
                new.append(store(engine, polls[start : start + 10], NOW, Random(1)))
        except Exception as error:
            errors.append(error)

    # The second has other guids for the same stories, so that only looking them up tells that they are known.
    works = ([answered(f, "a", "b") for f in every], [answered(f, "a", "b", guid="rotated-") for f in shuffled])
    threads = [threading.Thread(target=write, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (sum(new), counts(engine)[0]) == (80, 80)


async def test_a_database_that_fails_ends_the_poll(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    polls = [answered(feed, "a") for feed in subscribed(engine, 3)]
    full: Callable[..., int] = lambda *_: (_ for _ in ()).throw(StorageError("the disk is full"))  # noqa: E731
    monkeypatch.setattr("jobs.gather.poll_writer.store", full)
    with pytest.raises(StorageError, match="full"):
        await asyncio.wait_for(written(engine, polls), 10)
