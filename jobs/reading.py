"""From stored articles to recorded entries: glue between the reader (tracker.read) and the database (db)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db import articles
from db.engine import reading, session
from db.record import record
from jobs.tally import Report, Tally
from tracker.model import Article, Reading
from tracker.read.reader import READER_VERSION, Reader

if TYPE_CHECKING:
    from rich.progress import Progress

BATCH = 100
"""Articles in memory at once."""
FAILED_VERSION = f"{READER_VERSION} failed"
"""Marks an article that made this reader fail."""
Clock = Callable[[], datetime]


def read_unread(
    engine: Engine,
    reader: Reader,
    clock: Clock,
    bar: "Progress",
    tally: Tally,
    report: Report,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Reads every article that no reader has read yet and records what it says, one transaction an article.

    `stop` is asked before every article; a run that is stopped or killed is continued by the next one.
    """
    task = bar.add_task("reading", total=0)
    while batch := _unread(engine):
        bar.update(task, total=(bar.tasks[task].total or 0) + len(batch))
        for article in batch:
            if stop():
                return
            read_one(engine, reader, article, clock, tally, report)
            bar.advance(task)


def read_one(engine: Engine, reader: Reader, article: Article, clock: Clock, tally: Tally, report: Report) -> None:
    """Reads a stored article (`id` is its key) and records it. Raises StorageError."""
    result, version = _read(reader, article, report)
    now, key = clock(), int(article.id)
    with session(engine) as opened:
        done = record(opened, key, result.findings, now)
        articles.mark_read(opened, key, result, version, now)
    tally.opened += done.opened
    tally.changed += done.corrected + done.supported + done.retired
    tally.read += 1
    tally.unreadable += version == FAILED_VERSION
    tally.changes += result.is_change


def _read(reader: Reader, article: Article, report: Report) -> tuple[Reading, str]:
    """The reading and the version to note with it. A bug of the reader must not stop every run at the same article:
    it is noted as read by no real version, so that reading again takes it up."""
    try:
        return reader.read(article), READER_VERSION
    except Exception as error:
        report(f"{article.url}: the reader failed ({type(error).__name__}: {error}); please report this")
        reason = f"the reader failed: {type(error).__name__}"
        return Reading(id=article.id, is_change=False, score=0.0, reason=reason), FAILED_VERSION


def _unread(engine: Engine) -> Sequence[Article]:
    with reading(engine) as opened:
        return articles.unread(opened, BATCH)
