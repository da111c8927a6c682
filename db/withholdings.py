"""What is withheld from everything published, as whoever publishes reads it."""

from sqlmodel import Session, col, select

from db.mapping import to_model
from db.tables.people import WithholdingRow
from tracker.publish.withholding import Redactor, Withholding


def withheld(session: Session) -> Redactor:
    """As of now: for whatever is published."""
    return Redactor(withholdings(session, active=True))


def withholdings(session: Session, *, active: bool = False) -> tuple[Withholding, ...]:
    """Oldest first; `active`: only those that were not taken back."""
    query = select(WithholdingRow).order_by(col(WithholdingRow.at), col(WithholdingRow.id))
    query = query.where(col(WithholdingRow.released_at).is_(None)) if active else query
    return tuple(to_model(row, Withholding) for row in session.exec(query))
