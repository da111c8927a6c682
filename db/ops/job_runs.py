"""When each job of the daemon was last done."""

from datetime import datetime

from sqlmodel import Session, select

from db.ops.tables import JobRunRow
from db.values import utc


def done(session: Session, name: str, seconds: float, now: datetime) -> None:
    """The job came to a good end; `seconds` it took."""
    row = session.get(JobRunRow, name) or JobRunRow(name=name, ended_at=now, seconds=seconds)
    row.sqlmodel_update({"ended_at": now, "seconds": seconds})
    session.add(row)


def last(session: Session, name: str) -> datetime | None:
    """When it last came to a good end, as far as that was noted; None: never."""
    found = session.exec(select(JobRunRow.ended_at).where(JobRunRow.name == name)).one_or_none()
    return found and utc(found)


def all_of_them(session: Session) -> dict[str, tuple[datetime, float]]:
    """By job: when it last came to a good end, and how many seconds it took."""
    rows = session.exec(select(JobRunRow).order_by(JobRunRow.name)).all()
    return {row.name: (utc(row.ended_at), row.seconds) for row in rows}
