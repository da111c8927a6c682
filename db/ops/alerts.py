"""What people were told of problems, so that a restart repeats nothing."""

from collections.abc import Mapping

from sqlmodel import Session, col, delete, select

from db.convert import to_model, values_of
from db.locks import hold_timeline
from db.ops.tables import AlertRow
from db.values import Alert


def all_of_them(session: Session) -> dict[str, Alert]:
    """By kind."""
    return {row.kind: to_model(row, Alert) for row in session.exec(select(AlertRow).order_by(col(AlertRow.kind)))}


def keep(session: Session, alerts: Mapping[str, Alert]) -> None:
    """These and no others. One at a time: a command may tell of problems beside the daemon."""
    hold_timeline(session)
    session.exec(delete(AlertRow))
    session.add_all(AlertRow(**values_of(alert, AlertRow)) for alert in alerts.values())
