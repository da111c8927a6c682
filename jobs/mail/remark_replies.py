"""Tells readers what came of their remarks: one mail each, and then their address is erased.

An attempt is noted before it is made, so that a kill costs a second one at most, under the same Message-ID. What the
server refuses for good is over; what it puts off is tried again, for three days (`db.people.remarks.TELL_DAYS`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.engine import reading
from db.people import remarks
from db.sessions import session
from db.timeline.entries import load_entry
from db.withholdings import withheld
from jobs.mail.mailing import Mailing
from jobs.mail.send import Connect, SendCounts, Server
from jobs.mail.transports import Delivery, NoConnectionError
from tracker.publish import addresses, geography
from tracker.publish.mail import confirmation, envelope
from tracker.publish.mail.confirmation import RemarkReply
from tracker.publish.mail.envelope import Edition, Recipient
from tracker.timeline.decisions.remarks import Remark, RemarkOutcome

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session


AGAIN = timedelta(minutes=15)
"""After an attempt that did not go through."""
NO_TOKEN = "-"  # noqa: S105 - these mails have no link of their reader's own


def tell(
    engine: "Engine", mailing: Mailing, connect: Connect, now: datetime, warn: Callable[[str], None]
) -> SendCounts:
    """Tells whoever is to be told now. Only for whoever is the only sender."""
    with reading(engine) as opened:
        found = remarks.due_answers(opened, now)
    tally = SendCounts()
    if not found:
        return tally
    with connect() as server:
        try:
            for item in found:
                tally[_told(engine, mailing, server, now, item)] += 1
        except NoConnectionError as error:
            warn(str(error))
            tally["unreachable"] += 1
    return tally


def _told(engine: "Engine", mailing: Mailing, server: Server, now: datetime, item: Remark) -> str:
    """One reader; what became of it, as a tally counts it."""
    with session(engine) as opened:
        if not remarks.note_attempt(opened, item.id, AGAIN, now):
            return "failed"
        data = message(opened, mailing, item)
    delivery = server.send(item.address, data).delivery
    if delivery in (Delivery.SENT, Delivery.NEVER):
        with session(engine) as opened:
            remarks.forget_reader(opened, item.id)
    return {Delivery.SENT: "sent", Delivery.NEVER: "failed", Delivery.UNCLEAR: "unclear"}.get(delivery, "later")


def message(opened: "Session", mailing: Mailing, item: Remark) -> bytes:
    """The mail about one remark: the entry as it is published now, without what is withheld."""
    found, closed = load_entry(opened, item.entry), item.closed_at or item.at
    hidden = withheld(opened)
    shown = hidden.entry(found) if found else None
    answer = RemarkReply(
        on=item.at.date(),
        about=item.about.words,
        title=f"{geography.label(shown)}: {shown.title}" if shown else item.entry,
        outcome=item.outcome or RemarkOutcome.STANDS,
        why=hidden.text(item.why),
        url=f"{mailing.public_url}/{addresses.entry(item.entry)}" if mailing.public_url else "",
        contact=mailing.contact,
    )
    name = envelope.message_id(f"{item.name}.{closed:%Y%m%d%H%M%S}", mailing.sender)
    edition = Edition(confirmation.reply_mail(answer), mailing.sender, bulk=False)
    return edition.message(Recipient(item.address, NO_TOKEN, name, closed))
