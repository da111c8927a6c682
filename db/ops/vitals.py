"""How the tracker is doing: a few figures that `jobs/checks` judges, counts by state for `/metrics`, and when each job
of the daemon was last done.

What the checks ask steps into an index, or walks through the feeds, which are few; so that it can be asked every
minute. For the counts feeds, entries and subscribers are walked through, so they are asked a few times a minute at
most; of what there may be millions, an index is asked.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, case, col, func, select

from db.articles import articles
from db.mail import doubtful_mails, subscribers
from db.ops import incidents
from db.tables.mail import MessageRow, SubscriberRow
from db.tables.ops import JobRunRow
from db.tables.timeline import ArticleRow, EntryRow, FeedRow, ItemRow, PolicyRow
from db.values import MessageState, utc
from tracker.coverage import Trouble

LATEST_MAILS = 1000
"""Of so many mails, the newest, those are counted that were tried since a moment: more say no more about a server."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Before any moment of ours: what is later is not NULL, which SQLite's index cannot tell by itself."""
REFUSED = (MessageState.FAILED, MessageState.DOUBTFUL)


@dataclass(frozen=True)
class FeedVitals:
    """Of the feeds that are polled. `failing`: their last poll failed; `silent`: that, and not heard since a moment;
    `due_since`: for how long the one that waits longest has waited."""

    polled: int = 0
    failing: int = 0
    silent: int = 0
    first_added: datetime | None = None
    due_since: datetime | None = None
    polled_at: datetime | None = None
    example: tuple[str, str] = ("", "")
    """(address, error) of one that fails."""


@dataclass(frozen=True)
class ArticleVitals:
    """`read_at`: when one was read last; `waiting` of them are unread, the first of which was stored at
    `waiting_since`."""

    read_at: datetime | None = None
    waiting: int = 0
    waiting_since: datetime | None = None


@dataclass(frozen=True)
class MailVitals:
    """`waiting` are still to be sent, the oldest was composed at `waiting_since`, `error` is why it waits. Of the
    latest, `tried` were tried since a moment and `refused` of these will not arrive. `held_since`: when the restore was
    since which all wait for a person."""

    waiting: int = 0
    waiting_since: datetime | None = None
    error: str = ""
    tried: int = 0
    refused: int = 0
    held_since: datetime | None = None


@dataclass(frozen=True)
class Vitals:
    """All of it. `troubles`: what of our own keeps failing."""

    feeds: FeedVitals = field(default_factory=FeedVitals)
    articles: ArticleVitals = field(default_factory=ArticleVitals)
    mails: MailVitals = field(default_factory=MailVitals)
    troubles: tuple[Trouble, ...] = ()
    unanswered: int = 0
    """Requests for the mails that came by the form since the moment of `tried_since`, and that nobody confirmed."""


def load(session: Session, *, silent_since: datetime, tried_since: datetime) -> Vitals:
    """The figures as of now; for the moments see `FeedVitals` and `MailVitals`."""
    held = doubtful_mails.held_since(session)
    mails = MailVitals(*waiting_mails(session), *_tried_mails(session, tried_since), held)
    unanswered = subscribers.count_unanswered(session, tried_since)
    return Vitals(_feeds(session, silent_since), of_articles(session), mails, incidents.lasting(session), unanswered)


def _feeds(session: Session, silent_since: datetime) -> FeedVitals:
    row = FeedRow
    fails = col(row.errors) > 0
    silent = fails & (func.coalesce(row.heard_at, row.added_at) < silent_since)
    moments = (func.min(row.added_at), func.min(row.next_poll), func.max(row.polled_at))
    query: Any = select(  # type: ignore[call-overload]
        func.count(), func.count(case((fails, 1))), func.count(case((silent, 1))), *moments
    )
    polled, failing, silent_now, *at = session.execute(query.where(col(row.retired_at).is_(None))).one()
    first_added, due_since, polled_at = map(utc, at)
    example = _example(session) if failing else ("", "")
    return FeedVitals(polled, failing, silent_now, first_added, due_since, polled_at, example)


def _example(session: Session) -> tuple[str, str]:
    polled = (col(FeedRow.errors) > 0, col(FeedRow.retired_at).is_(None))
    found = session.exec(select(FeedRow.url, FeedRow.error).where(*polled).order_by(col(FeedRow.url))).first()
    return found or ("", "")


def of_articles(session: Session) -> ArticleVitals:
    unread = col(ArticleRow.reader_version) == articles.UNREAD
    first = select(func.min(ArticleRow.id)).where(unread).scalar_subquery()
    since = session.exec(select(ArticleRow.stored_at).where(col(ArticleRow.id) == first)).one_or_none()
    waiting = session.exec(select(func.count()).select_from(ArticleRow).where(unread)).one() if since else 0
    read = [at for version in articles.reader_versions(session) if (at := _last_read(session, version))]
    return ArticleVitals(max(read, default=None), waiting, utc(since))


def _last_read(session: Session, version: str) -> datetime | None:
    """Of the newest article that this version read: near enough, and one step into the index."""
    newest = select(func.max(ArticleRow.id)).where(col(ArticleRow.reader_version) == version).scalar_subquery()
    return utc(session.exec(select(ArticleRow.read_at).where(col(ArticleRow.id) == newest)).one_or_none())


def waiting_mails(session: Session) -> tuple[int, datetime | None, str]:
    """(how many, when the oldest was composed, why one of them waits)."""
    row = MessageRow
    is_open = col(row.next_try) > BEGINNING
    count, since = session.exec(select(func.count(), func.min(row.composed_at)).where(is_open)).one()
    why = select(row.error).where(is_open, col(row.error) != "").order_by(col(row.next_try), col(row.id))
    return count, utc(since), (session.exec(why).first() if count else None) or ""


def _tried_mails(session: Session, since: datetime) -> tuple[int, int]:
    """(of the latest, how many came to an end since then, how many of these were refused or given up)."""
    row = MessageRow
    latest = select(row.state, row.tried_at).order_by(col(row.id).desc()).limit(LATEST_MAILS).subquery()
    ended = latest.c.state.in_((MessageState.SENT, *REFUSED))
    refused = func.count(case((latest.c.state.in_(REFUSED), 1)))
    cells = session.execute(select(func.count(), refused).where(ended, latest.c.tried_at >= since)).one()
    return cells[0], cells[1]


def note_job_run(session: Session, name: str, seconds: float, now: datetime) -> None:
    """The job came to a good end; `seconds` it took."""
    row = session.get(JobRunRow, name) or JobRunRow(name=name, ended_at=now, seconds=seconds)
    row.sqlmodel_update({"ended_at": now, "seconds": seconds})
    session.add(row)


def last_job_run(session: Session, name: str) -> datetime | None:
    """When it last came to a good end, as far as that was noted; None: never."""
    found = session.exec(select(JobRunRow.ended_at).where(JobRunRow.name == name)).one_or_none()
    return found and utc(found)


def job_runs(session: Session) -> dict[str, tuple[datetime, float]]:
    """By job: when it last came to a good end, and how many seconds it took."""
    rows = session.exec(select(JobRunRow).order_by(JobRunRow.name)).all()
    return {row.name: (utc(row.ended_at), row.seconds) for row in rows}


@dataclass(frozen=True)
class StateCounts:
    """Counts, by a word where there is one: feeds by health, entries by status, mails and subscribers by state.
    `newest_article` is the highest number that was given to one; `jobs`: when each last came to a good end, and the
    seconds that it took."""

    feeds: dict[str, int]
    polled_at: datetime | None
    items_waiting: int
    newest_article: int
    articles: ArticleVitals
    entries: dict[str, int]
    policies: int
    subscribers: dict[str, int]
    mails: dict[str, int]
    jobs: dict[str, tuple[datetime, float]]


def load_counts(session: Session, *, quiet_before: datetime) -> StateCounts:
    """As of now; a feed is quiet that brought nothing new since that moment."""
    return StateCounts(
        feeds=_counts(session, FeedRow, _feed_health(quiet_before)),
        polled_at=utc(session.exec(select(func.max(FeedRow.polled_at))).one()),
        items_waiting=_count(session, ItemRow, col(ItemRow.next_try).is_not(None)),
        newest_article=session.exec(select(func.max(ArticleRow.id))).one() or 0,
        articles=of_articles(session),
        entries=_counts(session, EntryRow, col(EntryRow.status)),
        policies=_count(session, PolicyRow),
        subscribers=_counts(session, SubscriberRow, _subscriber_state()),
        mails=_counts(session, MessageRow, col(MessageRow.state)),
        jobs=job_runs(session),
    )


def _feed_health(quiet_before: datetime) -> Any:
    """The word that `tracker sources list` has for a feed."""
    row = FeedRow
    return case(
        (col(row.retired_at).is_not(None), "retired"),
        (col(row.errors) > 0, "failing"),
        (col(row.heard_at).is_(None), "new"),
        (func.coalesce(row.changed_at, row.added_at) < quiet_before, "quiet"),
        else_="healthy",
    )


def _subscriber_state() -> Any:
    """The word that `tracker subscribers list` has for a subscriber."""
    row = SubscriberRow
    return case(
        (col(row.ended_at).is_not(None), "unsubscribed"),
        (col(row.suppressed_at).is_not(None), "suppressed"),
        (col(row.paused_at).is_not(None), "paused"),
        (col(row.confirmed_at).is_(None), "unconfirmed"),
        else_="active",
    )


def _counts(session: Session, table: Any, word: Any) -> dict[str, int]:
    worded = select(word.label("word")).select_from(table).subquery()
    rows = session.execute(select(worded.c.word, func.count()).group_by(worded.c.word)).all()
    return {str(found): count for found, count in rows}


def _count(session: Session, table: Any, *where: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*where)).one()
