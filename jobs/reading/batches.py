"""From stored articles to recorded entries: glue between the reader (tracker.read) and the database (db)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile, tee
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db.articles import articles
from db.readings import BATCH, ReadArticle, record_readings
from db.sessions import session
from db.timeline.recorder import EntryChanges
from db.values import StoredArticle
from jobs.reader import has_unread
from jobs.reading import leases
from jobs.tally import Report, Tally
from jobs.terminal.console import one_line, steps
from tracker.errors import ScorerFault, TrackerError
from tracker.model import Reading
from tracker.read.reader import Reader
from tracker.read.version import without_model

if TYPE_CHECKING:
    from rich.progress import Progress

    from jobs.opinions.answers import SecondOpinions


LONGEST_REASON = 300
"""Characters; an error may carry the text that it met."""
Clock = Callable[[], datetime]


def read_unread(
    engine: Engine,
    reader: Reader,
    clock: Clock,
    tally: Tally,
    report: Report,
    bar: "Progress | None" = None,
    stop: Callable[[], bool] = lambda: False,
    opinions: "SecondOpinions | None" = None,
) -> None:
    """Reads every article that waits for this reader and records what it says. Raises StorageError, and ScorerFault:
    what was not read waits for the next run. `opinions`: where a language model is asked for a second opinion.

    `stop` is asked before an article is begun; a run that is stopped or killed is continued by the next one.
    """
    if not has_unread(engine, reader.version):
        return
    begun, expected = tally.read, tally.new_articles - tally.read
    with steps(bar, "reading", expected) as shown, leases.present(engine):
        while not stop():
            batch, left = leases.claim(engine, reader.version, BATCH)
            if not batch:
                return
            shown.expect(max(expected, tally.read - begun + len(batch)))
            for done in read_batch(engine, reader, batch, left, report, stop):
                record_read(
                    engine,
                    opinions.with_answers(done) if opinions else done,
                    clock(),
                    tally,
                    report,
                    opinions,
                )
                shown.done(len(done))


def read_batch(
    engine: Engine,
    reader: Reader,
    batch: Sequence[StoredArticle],
    left: Mapping[int, int],
    report: Report,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[list[ReadArticle]]:
    """What the reader makes of a batch that is in hand, in parts that are to be recorded one after another: first all
    that no ended run had in hand, then each of those that one had (`left`) by itself. Raises StorageError, and
    ScorerFault behind what was read until then."""
    fresh = [article for article in batch if article.key not in left]
    done: list[ReadArticle] = []
    try:
        with leases.watched():
            done.extend(read_each(reader, takewhile(lambda _: not stop(), fresh), report))
    except ScorerFault:
        if done:
            yield done
        raise
    if done:
        yield done
    if left and not stop():
        reader.warm()  # a machine that is too small for the model is no fault of an article
    for article in sorted((article for article in batch if article.key in left), key=lambda each: left[each.key]):
        if stop():
            return
        yield [_read_alone(engine, reader, article, left[article.key], report)]


def _read_alone(engine: Engine, reader: Reader, article: StoredArticle, ended: int, report: Report) -> ReadArticle:
    """One that was in hand when a run was ended, and `ended` times was the only one."""
    if ended >= leases.GIVEN_UP_AFTER:
        return _failed(reader.version, article, f"the program was ended {ended} times while it read this", report)
    leases.take_alone(engine, article)
    with leases.watched():
        (read,) = read_each(reader, [article], report)
    return read


def read_each(reader: Reader, articles: Iterable[StoredArticle], report: Report) -> Iterator[ReadArticle]:
    """What the reader makes of each article, in order; a bug that one meets is reported and noted. Raises
    ScorerFault."""
    same, articles = tee(articles)
    for article, told in zip(same, reader.read_many(articles), strict=True):
        if isinstance(told, Exception):
            yield _met_bug(reader.version, article, told, report)
        else:
            yield article, told, reader.version


def _met_bug(version: str, article: StoredArticle, error: Exception, report: Report) -> ReadArticle:
    return _failed(version, article, f"the program failed ({type(error).__name__}: {error})", report)


def _failed(version: str, article: StoredArticle, reason: str, report: Report) -> ReadArticle:
    """An article that this version of the reader cannot read: said, noted, and the others go on. The next version and
    `tracker reread` take it up."""
    reason = one_line(reason)[:LONGEST_REASON]
    report(f"{article.url}: {reason}; please report this")
    reading = Reading(id=article.id, is_change=False, score=0.0, reason=reason)
    return article, reading, articles.failed_version(version)


def record_read(
    engine: Engine,
    done: Sequence[ReadArticle],
    now: datetime,
    tally: Tally,
    report: Report,
    opinions: "SecondOpinions | None" = None,
) -> None:
    """In one transaction; where a bug stops that, one by one, so that it costs one article only."""
    try:
        _store(engine, done, now, tally, opinions)
    except TrackerError:
        raise
    except Exception as error:
        if len(done) > 1:
            for one in done:
                record_read(engine, [one], now, tally, report, opinions)
        else:
            _store(engine, [_met_bug(without_model(done[0][2]), done[0][0], error, report)], now, tally, opinions)


def _store(
    engine: Engine, done: Sequence[ReadArticle], now: datetime, tally: Tally, opinions: "SecondOpinions | None"
) -> None:
    with session(engine) as opened:
        changed = record_readings(opened, done, now)
        if opinions:
            opinions.queue(opened, done, now)
    count(tally, done, changed)


def count(tally: Tally, done: Sequence[ReadArticle], changed: EntryChanges) -> None:
    """Adds what was read, and what it changed, to the counts of the run."""
    tally.add_changes(changed)
    tally.read += len(done)
    tally.changes += sum(result.is_change for _, result, _ in done)
    tally.unreadable += sum(articles.failed(version) for *_, version in done)
