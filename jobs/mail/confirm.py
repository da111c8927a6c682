"""Double opt-in: the mail that asks, and the answer."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from db.mail import ledger
from db.mail.ledger import Draft
from db.mail.values import ASKING, BY_FORM, EditionText
from jobs.mail.mailing import Mailing
from jobs.mail.prepare import edition_id
from jobs.mail.tokens import Purpose
from tracker.publish.mail import confirmation, envelope
from tracker.publish.mail.audience import Interest
from tracker.publish.mail.confirmation import ConfirmationRequest
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.envelope import PLACEHOLDER
from tracker.publish.mail.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlmodel import Session


def store_question(
    session: "Session", mailing: Mailing, reader: Subscriber, now: datetime, *, by_form: bool = False
) -> None:
    """Stores the mail that asks, to be sent with the others. `by_form`: anybody may have typed the address."""
    follows = Interest.of(reader.subscriptions).in_words()
    sender = mailing.sender
    question = ConfirmationRequest(
        reader.rhythm.in_words(), follows, sender.link("confirm"), sender.mail("confirm"), mailing.contact
    )
    slot = f"{BY_FORM if by_form else ASKING}{now.isoformat()}"
    _store(session, mailing, reader, now, confirmation.confirmation_mail(question), slot=slot, bulk=False)


def store_known(session: "Session", mailing: Mailing, reader: Subscriber, now: datetime) -> None:
    """Stores the mail that says that somebody gets these mails already; one a day."""
    sender, follows = mailing.sender, Interest.of(reader.subscriptions).in_words()
    known = ConfirmationRequest(reader.rhythm.in_words(), follows, sender.link("preferences"), "", mailing.contact)
    slot = f"known:{now.date().isoformat()}"
    _store(session, mailing, reader, now, confirmation.already_subscribed_mail(known), slot=slot, bulk=True)


def _store(
    session: "Session", mailing: Mailing, reader: Subscriber, now: datetime, mail: Digest, *, slot: str, bulk: bool
) -> None:
    key = edition_id(mail)
    text = EditionText(subject=mail.subject, html=mail.html, text=mail.text, bulk=bulk)
    ledger.add_editions(session, [(key, text)], now)
    name = envelope.message_id(uuid.uuid4().hex, mailing.sender)
    draft = Draft(subscriber_id=reader.id, slot=slot, day=None, message_id=name, edition_id=key)
    ledger.store(session, [draft], now)


def link(mailing: Mailing, reader: Subscriber) -> str:
    """The page on which somebody confirms, or nothing where no web address is set."""
    return mailing.sender.link("confirm").replace(PLACEHOLDER, mailing.tokens.make(Purpose.CONFIRM, reader.key))
