"""Mails in doubt: the server may have taken them, and refused them when they were tried again."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, delete, func, select, update

from db.mail.subscribers import gets_mails
from db.mail.tables import LedgerRow, MessageRow, SubscriberRow
from db.mail.values import Doubt, MessageState
from db.values import utc

IN_DOUBT = col(MessageRow.state) == MessageState.DOUBTFUL


def found(session: Session, since: datetime) -> list[Doubt]:
    """Those that were composed from then on for somebody who still gets mails, and that told them something; oldest
    first."""
    row, reader = MessageRow, SubscriberRow
    cells = (col(row.id), col(reader.address), col(row.composed_at), col(row.error))
    query: Select[Any] = select(*cells, func.count().label("told"))  # type: ignore[call-overload]
    query = query.join(reader, col(reader.id) == col(row.subscriber_id)).join(
        LedgerRow, col(LedgerRow.message_id) == col(row.id)
    )
    query = query.where(IN_DOUBT, col(row.composed_at) >= since, gets_mails()).group_by(*cells).order_by(col(row.id))
    return [
        Doubt(address=item.address, composed_at=utc(item.composed_at), told=item.told, error=item.error)
        for item in session.execute(query)
    ]


def tell_again(session: Session, subscriber_id: int) -> int:
    """A person says that somebody's mails in doubt did not arrive: what they told is told by the next mail. Returns how
    many mails these were."""
    mails = (col(MessageRow.subscriber_id) == subscriber_id, IN_DOUBT)
    session.exec(delete(LedgerRow).where(col(LedgerRow.message_id).in_(select(MessageRow.id).where(*mails))))
    return int(session.exec(update(MessageRow).where(*mails).values(state=MessageState.FAILED)).rowcount)
