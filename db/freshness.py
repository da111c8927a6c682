"""A number that grows whenever something changes that the report shows, whoever changes it: the daemon's own jobs, a
command beside it, a person's decision. Whoever publishes remembers the number that it published.

A count and no clock: two changes may share a moment, and clocks are set back.
"""

from sqlmodel import Session, col, select, update

from db.tables_run import FreshnessRow

ONLY = 1
"""The key of the one row."""


def touch(session: Session) -> None:
    """Something that the report shows has changed, in the caller's transaction. The last thing that a transaction does:
    on PostgreSQL others who touch wait for its end."""
    row = update(FreshnessRow).where(col(FreshnessRow.id) == ONLY).values(number=col(FreshnessRow.number) + 1)
    session.exec(row)


def number(session: Session) -> int:
    """The number as of now."""
    return session.exec(select(FreshnessRow.number).where(FreshnessRow.id == ONLY)).one()
