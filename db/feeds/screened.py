"""Items that were put aside by their headline and summary: kept with both, counted, and looked at again by the next
version of the screen. `item.screened_by` names the version that put an item aside; it is empty for all others."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from db.convert import to_model
from db.insert import BATCH, batches
from db.tables import ItemRow
from db.values import Item

PUT_ASIDE = "put aside"
"""The state of such an item."""


def put_aside(session: Session, item_ids: Sequence[int], version: str) -> None:
    """Their pages are not to be fetched, as this version of the screen sees it."""
    for batch in batches(item_ids):
        values = {"state": PUT_ASIDE, "next_try": None, "error": "", "screened_by": version}
        session.exec(update(ItemRow).where(col(ItemRow.id).in_(batch)).values(**values))


def to_screen_again(session: Session, version: str, limit: int = BATCH) -> tuple[Item, ...]:
    """At most `limit` items that another version put aside."""
    other = next((name for name in _versions(session) if name != version), None)
    query = select(ItemRow).where(ItemRow.screened_by == other).limit(limit)
    return tuple(to_model(row, Item) for row in session.exec(query)) if other else ()


def take_up(session: Session, item_ids: Sequence[int], now: datetime) -> None:
    """Items that pass now are fetched as new ones are."""
    for batch in batches(item_ids):
        values = {"state": "new", "next_try": now, "screened_by": None}
        session.exec(update(ItemRow).where(col(ItemRow.id).in_(batch)).values(**values))


def counted(session: Session) -> dict[int, int]:
    """How many items of each feed (by id) are put aside."""
    query = select(ItemRow.feed_id, func.count()).where(col(ItemRow.screened_by).is_not(None))
    return dict(session.exec(query.group_by(col(ItemRow.feed_id))).all())


def _versions(session: Session) -> list[str]:
    """The versions that put items aside, each found by one step into the index."""
    found: list[str] = []
    while version := session.exec(
        select(func.min(ItemRow.screened_by)).where(col(ItemRow.screened_by) > (found or [""])[-1])
    ).one():
        found.append(version)
    return found
