"""From stored articles to recorded entries: glue between the reader (tracker.read) and the database (db)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import takewhile, tee
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlmodel import Session

from db import articles
from db.engine import reading, session
from db.record import Recorded, record_all
from jobs.console import steps
from jobs.tally import Report, Tally
from tracker.errors import TrackerError
from tracker.model import Article, Reading
from tracker.read.reader import READER_VERSION, Reader

if TYPE_CHECKING:
    from rich.progress import Progress

BATCH = 25
"""Articles recorded in one transaction: seconds of work at most are done again after a kill, and an archive of one
city folds its timeline once for all of them."""
FAILED_VERSION = f"{READER_VERSION} failed"
"""Marks an article that made this program fail, so that it stops no further run; reading again takes it up."""
Clock = Callable[[], datetime]
Read = tuple[Article, Reading, str]
"""An article, what was read, and the reader version to note."""


def read_unread(
    engine: Engine,
    reader: Reader,
    clock: Clock,
    tally: Tally,
    report: Report,
    bar: "Progress | None" = None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Reads every article that no reader has read yet and records what it says. Raises StorageError.

    `stop` is asked before an article is begun; a run that is stopped or killed is continued by the next one.
    """
    begun, expected = tally.read, tally.new_articles - tally.read
    with steps(bar, "reading", expected) as shown:
        while not stop() and (batch := _unread(engine)):
            shown.expect(max(expected, tally.read - begun + len(batch)))
            done: list[Read] = []
            for one in read_each(reader, takewhile(lambda _: not stop(), batch), report):
                done.append(one)
                shown.done()
            record_read(engine, done, clock(), tally, report)


def _unread(engine: Engine) -> Sequence[Article]:
    with reading(engine) as opened:
        return articles.unread(opened, BATCH)


def read_each(reader: Reader, articles: Iterable[Article], report: Report) -> Iterator[Read]:
    """What the reader makes of each article, in order; a bug that one meets is reported and noted."""
    same, articles = tee(articles)
    for article, told in zip(same, reader.read_many(articles), strict=True):
        yield _failed(article, told, report) if isinstance(told, Exception) else (article, told, READER_VERSION)


def _failed(article: Article, error: Exception, report: Report) -> Read:
    """A bug that one article meets: said, noted, and the others go on."""
    report(f"{article.url}: the program failed ({type(error).__name__}: {error}); please report this")
    reason = f"the program failed: {type(error).__name__}"
    return article, Reading(id=article.id, is_change=False, score=0.0, reason=reason), FAILED_VERSION


def record_read(engine: Engine, done: Sequence[Read], now: datetime, tally: Tally, report: Report) -> None:
    """In one transaction; where a bug stops that, one by one, so that it costs one article only."""
    try:
        _store(engine, done, now, tally)
    except TrackerError:
        raise
    except Exception as error:
        if len(done) > 1:
            for one in done:
                record_read(engine, [one], now, tally, report)
        else:
            _store(engine, [_failed(done[0][0], error, report)], now, tally)


def _store(engine: Engine, done: Sequence[Read], now: datetime, tally: Tally) -> None:
    with session(engine) as opened:
        changed = store_read(opened, done, now)
    count(tally, done, changed)


def store_read(session: Session, done: Sequence[Read], now: datetime) -> Recorded:
    """Records what was read and notes that it was, in the caller's transaction."""
    changed = record_all(session, {int(article.id): result.findings for article, result, _ in done}, now)
    for article, result, version in done:
        articles.mark_read(session, int(article.id), result, version, now)
    return changed


def count(tally: Tally, done: Sequence[Read], changed: Recorded) -> None:
    """Adds what was read, and what it changed, to the counts of the run."""
    tally.opened += changed.opened
    tally.changed += changed.corrected + changed.supported + changed.retired
    tally.read += len(done)
    tally.changes += sum(result.is_change for _, result, _ in done)
    tally.unreadable += sum(version == FAILED_VERSION for *_, version in done)
