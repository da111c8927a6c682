"""The latest entries of what somebody follows: for feeds. Steps through an index from the newest revision on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from db.tables import EntryRow, RevisionRow
from tracker.model import EntryStatus

MOST_LOOKED_AT = 20_000
"""Revisions; a feed of a place where nothing changes ends its search there."""
Wanted = Callable[[Any], bool]
"""Whether an entry is followed, by its `jurisdiction`, `topic` and `stage`."""


def latest(session: Session, wanted: Wanted, since: datetime, most: int) -> list[str]:
    """The ids of the entries opened or revised after `since` that are wanted, the latest first; without those that a
    person rejected."""
    found: dict[str, None] = {}
    for row in session.execute(_revised(since)):
        if row.entry_id not in found and wanted(row):
            found[row.entry_id] = None
            if len(found) == most:
                break
    return list(found)


def _revised(since: datetime) -> Select[Any]:
    row, entry = RevisionRow, EntryRow
    columns: tuple[Any, ...] = (col(row.entry_id), col(entry.jurisdiction), col(entry.topic), col(entry.stage))
    query = select(*columns).join(entry, col(entry.id) == col(row.entry_id))
    query = query.where(col(row.at) > since, col(entry.status) != EntryStatus.REJECTED)
    return query.order_by(col(row.at).desc(), col(row.entry_id).desc()).limit(MOST_LOOKED_AT)
