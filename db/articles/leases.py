"""Articles that are being read. What a run that has ended has in hand was in its hands when it was ended, so that an
article that ends the program can be found: it is read by itself, and what was in hand alone time after time is the one.

On PostgreSQL a run is seen to live (`db.locks.run_lock`), and what it reads nobody else takes. SQLite cannot tell:
there another run counts as ended, and if it still reads, reading twice does no harm.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from db.articles import articles
from db.locks import CLAIM_LOCK, hold, living_runs
from db.mapping import insert_missing
from db.tables.ops import InHandRow
from db.values import StoredArticle


def claim(session: Session, version: str, limit: int, run: str) -> tuple[tuple[StoredArticle, ...], dict[int, int]]:
    """Takes at most `limit` articles that wait for this version of the reader in the hands of a run; and those of them
    that a run had when it was ended, by their keys, with how often they were then the only one."""
    hold(session, CLAIM_LOCK)
    others = _of_others(session, run)
    busy = {row.article_id for row in others}
    ended = _of_ended(session, others)
    batch = articles.waiting(session, version, limit, but=busy - ended.keys())
    keys = {article.key for article in batch}
    _note_fresh(session, keys - ended.keys(), run)
    return batch, {key: alone for key, alone in ended.items() if key in keys}


def take(session: Session, article_ids: Collection[int], run: str) -> dict[int, int]:
    """The same for articles that somebody chose. What a living run reads is left in its hands."""
    hold(session, CLAIM_LOCK)
    others = _of_others(session, run, col(InHandRow.article_id).in_(article_ids))
    taken = {row.article_id for row in others}
    _note_fresh(session, [key for key in article_ids if key not in taken], run)
    return _of_ended(session, others)


def take_alone(session: Session, article_id: int, run: str) -> int:
    """Notes an article as the only one in hand of a run; gives how often that was so, this time included."""
    row = session.get(InHandRow, article_id)
    alone = 1 + (row.alone if row else 0)
    release(session, [article_id])
    _note(session, [article_id], run, alone)
    return alone


def release(session: Session, article_ids: Collection[int]) -> None:
    """They were read, or given up."""
    if article_ids:
        session.exec(delete(InHandRow).where(col(InHandRow.article_id).in_(article_ids)))


def release_all(session: Session, run: str) -> None:
    """All that a run has in hand was not read, and no article is to blame: nothing is held against any."""
    session.exec(delete(InHandRow).where(col(InHandRow.run) == run))


def _of_others(session: Session, run: str, which: ColumnElement[bool] | None = None) -> list[InHandRow]:
    """What others have in hand: a batch each, so all of the table may be looked through."""
    query = select(InHandRow) if which is None else select(InHandRow).where(which)
    return list(session.exec(query.where(InHandRow.run != run)).all())


def _of_ended(session: Session, rows: Collection[InHandRow]) -> dict[int, int]:
    alive = living_runs(session, {row.run for row in rows})
    return {row.article_id: row.alone for row in rows if row.run not in alive}


def _note_fresh(session: Session, article_ids: Collection[int], run: str) -> None:
    """What this very run had in hand did not end it: nothing is held against it."""
    release(session, article_ids)
    _note(session, article_ids, run, 0)


def _note(session: Session, article_ids: Collection[int], run: str, alone: int) -> None:
    insert_missing(session, InHandRow, [{"article_id": key, "run": run, "alone": alone} for key in article_ids])
