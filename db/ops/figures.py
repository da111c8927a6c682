"""How much of everything there is, for whoever watches the tracker: counts by state. Feeds, entries and subscribers are
walked through, so it is asked a few times a minute at most; of what there may be millions, an index is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, case, col, func, select

from db.mail.tables import MessageRow, SubscriberRow
from db.ops import job_runs
from db.ops.vitals import ArticleVitals, of_articles
from db.tables import ArticleRow, EntryRow, FeedRow, ItemRow, PolicyRow
from db.values import utc


@dataclass(frozen=True)
class Figures:
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


def load(session: Session, *, quiet_before: datetime) -> Figures:
    """As of now; a feed is quiet that brought nothing new since that moment."""
    return Figures(
        feeds=_counts(session, FeedRow, _health(quiet_before)),
        polled_at=utc(session.exec(select(func.max(FeedRow.polled_at))).one()),
        items_waiting=_count(session, ItemRow, col(ItemRow.next_try).is_not(None)),
        newest_article=session.exec(select(func.max(ArticleRow.id))).one() or 0,
        articles=of_articles(session),
        entries=_counts(session, EntryRow, col(EntryRow.status)),
        policies=_count(session, PolicyRow),
        subscribers=_counts(session, SubscriberRow, _state()),
        mails=_counts(session, MessageRow, col(MessageRow.state)),
        jobs=job_runs.all_of_them(session),
    )


def _health(quiet_before: datetime) -> Any:
    """The word that `tracker feeds list` has for a feed."""
    row = FeedRow
    return case(
        (col(row.retired_at).is_not(None), "retired"),
        (col(row.errors) > 0, "failing"),
        (col(row.heard_at).is_(None), "new"),
        (func.coalesce(row.changed_at, row.added_at) < quiet_before, "quiet"),
        else_="healthy",
    )


def _state() -> Any:
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
