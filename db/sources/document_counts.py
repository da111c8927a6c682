"""How many documents sources have, and which are in trouble: light, since every list of sources asks for it."""

from dataclasses import dataclass

import sqlalchemy
from sqlmodel import Session, col, func, select

from db.tables.documents import DocumentRow
from db.values import utc
from tracker.coverage import Trouble


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """Documents of a source: listed, not visited yet, no longer published, in trouble."""

    listed: int = 0
    waiting: int = 0
    gone: int = 0
    failing: int = 0


def count_documents(session: Session) -> dict[int, DocumentCounts]:
    """By the id of their source."""
    flags = (
        col(DocumentRow.gone_at).is_(None),
        col(DocumentRow.visited_at).is_(None),
        col(DocumentRow.gone_at).is_not(None),
        col(DocumentRow.error) != "",
    )
    sums = (func.sum(sqlalchemy.case((flag, 1), else_=0)) for flag in flags)
    query = sqlalchemy.select(col(DocumentRow.source_id), *sums).group_by(col(DocumentRow.source_id))
    return {source: DocumentCounts(*counts) for source, *counts in session.execute(query) if source}


def troubles(session: Session, source_id: int | None = None) -> tuple[Trouble, ...]:
    """Documents that cannot be had or read, by address, with the reason; of one source, or of all."""
    query = select(DocumentRow.address, DocumentRow.error, DocumentRow.visited_at).where(DocumentRow.error != "")
    query = query if source_id is None else query.where(DocumentRow.source_id == source_id)
    rows = session.exec(query.order_by(col(DocumentRow.address)))
    return tuple(
        Trouble(name=address, what=f"the document cannot be had or read: {error}", since=utc(at))
        for address, error, at in rows
        if at
    )
