"""The matters of a council's record, for people to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from db.tables.sources import MatterRow
from db.values import utc

ROWS = 1000
"""Rows that are read at once: a large council's record has a hundred thousand."""


@dataclass(frozen=True, slots=True)
class ListedMatter:
    """A matter as it is listed. `counts`: it changes a standing rule; `changed`: by the council's clock."""

    file: str
    title: str
    kind: str
    topic: str
    status: str
    body: str
    counts: bool
    followed: bool
    ended: bool
    introduced: date | None
    changed: datetime | None


def listed(session: Session, source_id: int, *, followed: bool) -> Iterator[ListedMatter]:
    """Those that are followed, or those that are not, the latest changed first."""
    names = ("file", "title", "kind", "topic", "status", "body", "counts", "followed", "ended", "introduced", "changed")
    query = (
        select(MatterRow)
        .where(MatterRow.source_id == source_id, col(MatterRow.followed).is_(followed))
        .order_by(col(MatterRow.changed).desc(), col(MatterRow.number).desc())
        .execution_options(yield_per=ROWS)
    )
    for row in session.exec(query):
        found = {name: getattr(row, name) for name in names}
        yield ListedMatter(**found | {"title": row.title or row.name, "changed": utc(row.changed)})
        session.expunge(row)
