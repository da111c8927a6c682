"""What of the tracker's own is out of order: noted when it goes wrong, forgotten when it goes right again; and what
people were told of problems, so that a restart repeats nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, or_, select

from db import freshness
from db.articles import articles
from db.locks import hold_timeline
from db.mapping import to_model, values_of
from db.sources import document_counts
from db.tables.ops import AlertRow, TroubleRow
from db.values import Alert, storable
from tracker.coverage import NETWORK, OF_WEBSITE, WEBSITE, Trouble

LASTING = 3
"""A job that failed so often in a row is not unlucky: people are told (a single lock or restart is over by then)."""
AT_ONCE = (NETWORK, WEBSITE)
"""What is told the first time. Of the network several hosts were asked before it was noted, and while it lasts every
feed looks quiet, which must not be taken for "nothing changed"; a port is tried again many times, and noted once."""


def note(session: Session, name: str, what: str, now: datetime) -> Trouble:
    """It went wrong once more; `since` stays the first time."""
    row = session.get(TroubleRow, name)
    if row is None:
        opened: dict[str, Any] = {"name": name, "what": what, "since": now, "times": 0}
        row = TroubleRow(**opened)
        session.add(row)
    row.sqlmodel_update({"what": storable(what), "times": row.times + 1})
    session.flush()
    if row.times == (1 if name in AT_ONCE else LASTING):
        freshness.touch(session)
    return to_model(row, Trouble)


def by_name(session: Session, name: str) -> Trouble | None:
    """The trouble of this name, however often it was noted."""
    row = session.get(TroubleRow, name)
    return row and to_model(row, Trouble)


def end(session: Session, name: str) -> bool:
    """It went right; whether there was a trouble to forget."""
    row = session.get(TroubleRow, name)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    freshness.touch(session)
    return True


def shown_to_readers(session: Session) -> tuple[Trouble, ...]:
    """What readers are told of, since changes may be missed: what lasts, every article that cannot be read (once is
    enough: it is not tried again before the next version of the reader), and every document that cannot."""
    missing = (trouble for trouble in lasting(session) if trouble.name not in OF_WEBSITE)
    return (*missing, *articles.unreadable(session), *document_counts.troubles(session))


def lasting(session: Session) -> tuple[Trouble, ...]:
    """Those that went wrong LASTING times in a row or more, and those that are told AT_ONCE; oldest first."""
    told = or_(col(TroubleRow.times) >= LASTING, col(TroubleRow.name).in_(AT_ONCE))
    query = select(TroubleRow).where(told).order_by(col(TroubleRow.since))
    return tuple(to_model(row, Trouble) for row in session.exec(query))


def alerts(session: Session) -> dict[str, Alert]:
    """By kind."""
    return {row.kind: to_model(row, Alert) for row in session.exec(select(AlertRow).order_by(col(AlertRow.kind)))}


def keep_alerts(session: Session, alerts: Mapping[str, Alert]) -> None:
    """These and no others. One at a time: a command may tell of problems beside the daemon."""
    hold_timeline(session)
    session.exec(delete(AlertRow))
    session.add_all(AlertRow(**values_of(alert, AlertRow)) for alert in alerts.values())
