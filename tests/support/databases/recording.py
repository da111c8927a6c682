"""Recording in a real database, for tests: articles come, are read again, and are looked at."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from db.articles.articles import store_article
from db.engine import reading
from db.feeds import items, polls
from db.sessions import session
from db.tables.timeline import ArticleRow
from db.timeline.recorder import EntryChanges, record
from db.timeline.timelines import entries
from db.values import PollResult
from tracker.gather.feeds.identity import keys, new_items
from tracker.gather.feeds.parser import FeedItem
from tracker.model import Article, Entry, Evidence, Finding

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def arrive(engine: Engine, *items: Evidence, now: datetime = NOW, more: str = "") -> None:
    """An article for each piece of evidence comes and is recorded; no text is a copy of another, all have `more`."""
    for item in items:
        article = Article(
            id="",
            url=item.url,
            text=f"{own_words(item.url)} {item.finding.quote} {more}",
            published=item.published,
            publisher=item.publisher,
        )
        with session(engine) as opened:
            record(opened, store_article(opened, article, now)[0], [item.finding], now)


def own_words(url: str) -> str:
    """Words that no other article has, enough of them that a common quote makes no copy."""
    return " ".join(f"{url.encode().hex()}{number}" for number in range(20))


def says(engine: Engine, url: str, *findings: Finding, now: datetime = NOW) -> EntryChanges:
    """The article of this address is read again and says this now."""
    with session(engine) as opened:
        key = opened.scalars(select(col(ArticleRow.id)).where(col(ArticleRow.url) == url)).one()
        return record(opened, key, findings, now)


def recorded(engine: Engine) -> list[Entry]:
    """All entries, rejected and empty ones too."""
    with reading(engine) as opened:
        return list(entries(opened))


def live(engine: Engine) -> list[Entry]:
    """The entries that hold evidence."""
    return [entry for entry in recorded(engine) if entry.evidence]


def add_items(session: Session, feed_id: int, document: Sequence[FeedItem], now: datetime) -> int:
    """Stores the items of a document; how many are new."""
    all_keys = [keys(item) for item in document]
    known = items.known(session, {feed_id: all_keys}).get(feed_id, ())
    new = new_items(document, all_keys, known)
    items.add(session, [(feed_id, new)], now)
    return len(new.items)


def save_poll(session: Session, feed_id: int, outcome: PollResult) -> None:
    """Stores how the poll of one feed ended."""
    held = polls.lock_feeds(session, [feed_id])
    polls.save_results(session, dict.fromkeys(held, outcome), held)
