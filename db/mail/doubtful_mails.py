"""Mails that may have arrived, and perhaps not: the server may have taken them and refused them when they were tried
again, or the database was put back from a copy.

A copy knows nothing of the mails that went out after it was made: whoever sends on from it says things twice. So mails
wait after a restore for a person's word.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, union_all
from sqlmodel import Session, col, func, select, update

from db.mail import ledger
from db.mail.subscribers import gets_mails
from db.tables.mail import HearingLedgerRow, LedgerRow, MessageRow, SubscriberRow
from db.tables.ops import RestoreRow
from db.values import DoubtfulMail, MessageState, utc

IN_DOUBT = col(MessageRow.state) == MessageState.DOUBTFUL


def doubtful(session: Session, since: datetime) -> list[DoubtfulMail]:
    """Those that were composed from then on for somebody who still gets mails, and that told them something; oldest
    first."""
    row, reader = MessageRow, SubscriberRow
    cells = (col(row.id), col(reader.address), col(row.composed_at), col(row.error))
    query: Select[Any] = select(*cells, func.count().label("told"))  # type: ignore[call-overload]
    told = union_all(*(select(col(table.message_id)) for table in (LedgerRow, HearingLedgerRow))).subquery()
    query = query.join(reader, col(reader.id) == col(row.subscriber_id)).join(told, told.c[0] == col(row.id))
    query = query.where(IN_DOUBT, col(row.composed_at) >= since, gets_mails()).group_by(*cells).order_by(col(row.id))
    return [
        DoubtfulMail(address=item.address, composed_at=utc(item.composed_at), told=item.told, error=item.error)
        for item in session.execute(query)
    ]


def tell_again(session: Session, subscriber_id: int) -> int:
    """A person says that somebody's mails in doubt did not arrive: what they told is told by the next mail. Returns how
    many mails these were."""
    mails = (col(MessageRow.subscriber_id) == subscriber_id, IN_DOUBT)
    ledger.give_back(session, select(MessageRow.id).where(*mails))
    return int(session.exec(update(MessageRow).where(*mails).values(state=MessageState.FAILED)).rowcount)


PERHAPS_SENT = "may have been sent after the copy was made from which the database was restored"


def note_restore(session: Session, now: datetime, *, mails_wait: bool) -> None:
    """The database is what a copy of it was."""
    session.add(RestoreRow(at=now, mails_wait=mails_wait))


def needs_hold(session: Session) -> bool:
    """Whether anybody gets mails who might be told twice."""
    return bool(ledger.recipients(session) or ledger.agenda_readers(session))


def doubt_open_mails(session: Session) -> None:
    """Mails that were to be sent when the copy was made were most likely sent since: they are not sent again, and
    `digest again` has them told where they did not arrive."""
    waiting = col(MessageRow.next_try).is_not(None) | (col(MessageRow.state) == MessageState.SENDING)
    values = {"state": MessageState.DOUBTFUL, "next_try": None, "error": PERHAPS_SENT}
    session.exec(update(MessageRow).where(waiting).values(**values))


def held_since(session: Session) -> datetime | None:
    """The moment of the restore since which mails wait; None where they do not."""
    query = select(RestoreRow.at).where(col(RestoreRow.mails_wait)).order_by(col(RestoreRow.id)).limit(1)
    return utc(session.exec(query).first())


def release_mails(session: Session) -> None:
    """A person says that mails may go out again."""
    session.exec(update(RestoreRow).values(mails_wait=False))
