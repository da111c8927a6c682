"""When the database was put back from a copy, and whether mails wait since for a person's word.

A copy knows nothing of the mails that went out after it was made: whoever sends on from it says things twice.
"""

from datetime import datetime

from sqlmodel import Session, col, select, update

from db.mail import ledger
from db.mail.tables import MessageRow
from db.mail.values import MessageState
from db.ops.tables import RestoreRow
from db.values import utc

PERHAPS_SENT = "may have been sent after the copy was made from which the database was restored"


def note(session: Session, now: datetime, *, mails_wait: bool) -> None:
    """The database is what a copy of it was."""
    session.add(RestoreRow(at=now, mails_wait=mails_wait))


def needs_hold(session: Session) -> bool:
    """Whether anybody gets mails who might be told twice."""
    return bool(ledger.standings(session))


def doubt_open_mails(session: Session) -> None:
    """Mails that were to be sent when the copy was made were most likely sent since: they are not sent again, and
    `digest again` has them told where they did not arrive."""
    waiting = col(MessageRow.next_try).is_not(None) | (col(MessageRow.state) == MessageState.SENDING)
    values = {"state": MessageState.DOUBTFUL, "next_try": None, "error": PERHAPS_SENT}
    session.exec(update(MessageRow).where(waiting).values(**values))


def mails_wait_since(session: Session) -> datetime | None:
    """The moment of the restore since which mails wait; None where they do not."""
    query = select(RestoreRow.at).where(col(RestoreRow.mails_wait)).order_by(col(RestoreRow.id)).limit(1)
    return utc(session.exec(query).first())


def let_mails_go(session: Session) -> None:
    """A person says that mails may go out again."""
    session.exec(update(RestoreRow).values(mails_wait=False))
