"""Which articles a run is reading. What another run has in hand was in its hands when it was ended (or it still reads:
reading twice does no harm), so that an article that ends the program can be found: it is read by itself, and what was
in hand alone time after time is the one."""

from collections.abc import Collection

from sqlmodel import Session, col, delete, select

from db.insert import insert_missing
from db.tables_run import InHandRow


def take(session: Session, article_ids: Collection[int], run: str) -> dict[int, int]:
    """Notes articles as in hand of a run, but for those that another run has: these are given, each with how often it
    was taken alone."""
    known = session.exec(select(InHandRow).where(col(InHandRow.article_id).in_(article_ids))).all()
    left = {row.article_id: row.alone for row in known if row.run != run}
    release(session, [row.article_id for row in known if row.run == run])  # it did not end this run: nothing is noted
    _note(session, [key for key in article_ids if key not in left], run, 0)
    return left


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


def _note(session: Session, article_ids: Collection[int], run: str, alone: int) -> None:
    insert_missing(session, InHandRow, [{"article_id": key, "run": run, "alone": alone} for key in article_ids])
