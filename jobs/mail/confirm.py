"""Double opt-in: the mail that asks, and the answer."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from db import ledger
from db.ledger import ASKING, Draft
from db.values_mail import EditionText
from jobs.mail.mailing import Mailing
from jobs.mail.prepare import edition_id
from jobs.mail.tokens import Purpose
from tracker.publish import confirmation, envelope
from tracker.publish.audience import Interest
from tracker.publish.confirmation import Question
from tracker.publish.envelope import PLACEHOLDER
from tracker.publish.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlmodel import Session


def store_question(session: "Session", mailing: Mailing, reader: Subscriber, now: datetime) -> None:
    """Stores the mail that asks, to be sent with the others."""
    follows = Interest.of(reader.subscriptions).in_words()
    sender = mailing.sender
    question = Question(
        reader.rhythm.in_words(), follows, sender.link("confirm"), sender.mail("confirm"), mailing.contact
    )
    mail = confirmation.write(question)
    key = edition_id(mail)
    text = EditionText(subject=mail.subject, html=mail.html, text=mail.text, bulk=False)
    ledger.add_editions(session, [(key, text)], now)
    draft = Draft(
        subscriber_id=reader.id,
        slot=f"{ASKING}{now.isoformat()}",
        day=None,
        message_id=envelope.message_id(uuid.uuid4().hex, mailing.sender),
        edition_id=key,
    )
    ledger.store(session, [draft], now)


def link(mailing: Mailing, reader: Subscriber) -> str:
    """The page on which somebody confirms, or nothing where no web address is set."""
    return mailing.sender.link("confirm").replace(PLACEHOLDER, mailing.tokens.make(Purpose.CONFIRM, reader.key))
