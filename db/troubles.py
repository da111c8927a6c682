"""What of the tracker's own is out of order: noted when it goes wrong, forgotten when it goes right again."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db import articles
from db.convert import to_model
from db.tables import TroubleRow
from db.values import storable
from tracker.model import Trouble

LASTING = 3
"""A job that failed so often in a row is not unlucky: people are told (a single lock or restart is over by then)."""


def note(session: Session, name: str, what: str, now: datetime) -> Trouble:
    """It went wrong once more; `since` stays the first time."""
    row = session.get(TroubleRow, name)
    if row is None:
        opened: dict[str, Any] = {"name": name, "what": what, "since": now, "times": 0}
        row = TroubleRow(**opened)
        session.add(row)
    row.sqlmodel_update({"what": storable(what), "times": row.times + 1})
    session.flush()
    return to_model(row, Trouble)


def over(session: Session, name: str) -> bool:
    """It went right; whether there was a trouble to forget."""
    row = session.get(TroubleRow, name)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def told(session: Session) -> tuple[Trouble, ...]:
    """What people are told of: what lasts, and every article that cannot be read (once is enough: it is not tried again
    before the next version of the reader)."""
    return (*lasting(session), *articles.unreadable(session))


def lasting(session: Session) -> tuple[Trouble, ...]:
    """Those that went wrong LASTING times in a row or more, oldest first."""
    query = select(TroubleRow).where(col(TroubleRow.times) >= LASTING).order_by(col(TroubleRow.since))
    return tuple(to_model(row, Trouble) for row in session.exec(query))
