"""How many matters the councils' records have."""

import sqlalchemy
from sqlalchemy import case
from sqlmodel import Session, col, func

from db.tables.sources import MatterRow
from tracker.coverage import MatterCounts


def count_matters(session: Session) -> dict[int, MatterCounts]:
    """By the id of their source."""
    flags = (MatterRow.counts, MatterRow.followed)
    numbers = (func.count(), *(func.sum(case((col(flag), 1), else_=0)) for flag in flags))
    query = sqlalchemy.select(col(MatterRow.source_id), *numbers).group_by(col(MatterRow.source_id))
    return {source: MatterCounts(*counted) for source, *counted in session.execute(query)}
