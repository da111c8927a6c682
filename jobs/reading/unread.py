"""From stored articles to recorded entries: glue between the reader (tracker.read) and the database (db)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile, tee
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlmodel import Session

from db import freshness
from db.articles import articles
from db.articles.leases import release
from db.engine import session
from db.opinions import opinions
from db.people.review_queue import note_needs
from db.timeline.recorder import Recorded, record_all
from db.values import StoredArticle
from jobs.console import one_line, steps
from jobs.feeds.waiting import to_read
from jobs.reading import in_hand
from jobs.tally import Report, Tally
from tracker.errors import ScorerFault, TrackerError
from tracker.model import Reading
from tracker.read.reader import Reader
from tracker.read.version import without_model
from tracker.timeline.provenance import model_of

if TYPE_CHECKING:
    from rich.progress import Progress

    from jobs.opinions.hearing import Hearing

BATCH = 25
"""Articles recorded in one transaction: seconds of work at most are done again after a kill, and an archive of one
city folds its timeline once for all of them."""
LONGEST_REASON = 300
"""Characters; an error may carry the text that it met."""
Clock = Callable[[], datetime]
Read = tuple[StoredArticle, Reading, str]
"""An article, what was read, and the reader version to note."""


def read_unread(
    engine: Engine,
    reader: Reader,
    clock: Clock,
    tally: Tally,
    report: Report,
    bar: "Progress | None" = None,
    stop: Callable[[], bool] = lambda: False,
    hearing: "Hearing | None" = None,
) -> None:
    """Reads every article that waits for this reader and records what it says. Raises StorageError, and ScorerFault:
    what was not read waits for the next run. `hearing`: where a language model is asked for a second opinion.

    `stop` is asked before an article is begun; a run that is stopped or killed is continued by the next one.
    """
    if not to_read(engine, reader.version):
        return
    begun, expected = tally.read, tally.new_articles - tally.read
    with steps(bar, "reading", expected) as shown, in_hand.present(engine):
        while not stop():
            batch, left = in_hand.claim(engine, reader.version, BATCH)
            if not batch:
                return
            shown.expect(max(expected, tally.read - begun + len(batch)))
            for done in read_batch(engine, reader, batch, left, report, stop):
                record_read(engine, hearing.heard_again(done) if hearing else done, clock(), tally, report, hearing)
                shown.done(len(done))


def read_batch(
    engine: Engine,
    reader: Reader,
    batch: Sequence[StoredArticle],
    left: Mapping[int, int],
    report: Report,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[list[Read]]:
    """What the reader makes of a batch that is in hand, in parts that are to be recorded one after another: first all
    that no ended run had in hand, then each of those that one had (`left`) by itself. Raises StorageError, and
    ScorerFault behind what was read until then."""
    fresh = [article for article in batch if article.key not in left]
    done: list[Read] = []
    try:
        with in_hand.watched():
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


def _read_alone(engine: Engine, reader: Reader, article: StoredArticle, ended: int, report: Report) -> Read:
    """One that was in hand when a run was ended, and `ended` times was the only one."""
    if ended >= in_hand.GIVEN_UP_AFTER:
        return _failed(reader.version, article, f"the program was ended {ended} times while it read this", report)
    in_hand.take_alone(engine, article)
    with in_hand.watched():
        (read,) = read_each(reader, [article], report)
    return read


def read_each(reader: Reader, articles: Iterable[StoredArticle], report: Report) -> Iterator[Read]:
    """What the reader makes of each article, in order; a bug that one meets is reported and noted. Raises
    ScorerFault."""
    same, articles = tee(articles)
    for article, told in zip(same, reader.read_many(articles), strict=True):
        if isinstance(told, Exception):
            yield _met_bug(reader.version, article, told, report)
        else:
            yield article, told, reader.version


def _met_bug(version: str, article: StoredArticle, error: Exception, report: Report) -> Read:
    return _failed(version, article, f"the program failed ({type(error).__name__}: {error})", report)


def _failed(version: str, article: StoredArticle, reason: str, report: Report) -> Read:
    """An article that this version of the reader cannot read: said, noted, and the others go on. The next version and
    `tracker reread` take it up."""
    reason = one_line(reason)[:LONGEST_REASON]
    report(f"{article.url}: {reason}; please report this")
    reading = Reading(id=article.id, is_change=False, score=0.0, reason=reason)
    return article, reading, articles.failed_version(version)


def record_read(
    engine: Engine,
    done: Sequence[Read],
    now: datetime,
    tally: Tally,
    report: Report,
    hearing: "Hearing | None" = None,
) -> None:
    """In one transaction; where a bug stops that, one by one, so that it costs one article only."""
    try:
        _store(engine, done, now, tally, hearing)
    except TrackerError:
        raise
    except Exception as error:
        if len(done) > 1:
            for one in done:
                record_read(engine, [one], now, tally, report, hearing)
        else:
            _store(engine, [_met_bug(without_model(done[0][2]), done[0][0], error, report)], now, tally, hearing)


def _store(engine: Engine, done: Sequence[Read], now: datetime, tally: Tally, hearing: "Hearing | None") -> None:
    with session(engine) as opened:
        changed = store_read(opened, done, now)
        if hearing:
            hearing.queue(opened, done, now)
    count(tally, done, changed)


def store_read(session: Session, done: Sequence[Read], now: datetime) -> Recorded:
    """Records what was read and notes that it was, in the caller's transaction."""
    changed = record_all(session, {article.key: result.findings for article, result, _ in done}, now)
    heard = articles.heard(session, [article.key for article, *_ in done])
    for article, result, version in done:
        articles.mark_read(session, article.key, result, version, now)
        if result.alone:
            opinions.keep_readings(session, article.key, result.alone)
    note_needs(session, heard | {article.key for article, _, version in done if model_of(version)})
    release(session, [article.key for article, *_ in done])
    if any(articles.failed(version) for *_, version in done):
        freshness.touch(session)  # the coverage page names them
    return changed


def count(tally: Tally, done: Sequence[Read], changed: Recorded) -> None:
    """Adds what was read, and what it changed, to the counts of the run."""
    tally.opened += changed.opened
    tally.changed += changed.corrected + changed.supported + changed.retired
    tally.read += len(done)
    tally.changes += sum(result.is_change for _, result, _ in done)
    tally.unreadable += sum(articles.failed(version) for *_, version in done)
