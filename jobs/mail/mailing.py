"""What every part of mailing needs of the settings, in one place; and double opt-in: the mails that ask, the answer."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.mail import ledger
from db.mail.ledger import ComposedMail
from db.values import ASKING, BY_FORM, EditionText, HearingLine
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.settings import Settings
from tracker.errors import BadInput, SettingsError
from tracker.hearings import Hearing
from tracker.model import OcdId, Publish
from tracker.publish import safe
from tracker.publish.mail import confirmation, envelope
from tracker.publish.mail.audience import describe
from tracker.publish.mail.confirmation import ConfirmationRequest
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.envelope import PLACEHOLDER, Recipient, Sender
from tracker.publish.mail.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlmodel import Session

NOBODY = "tracker@localhost.localdomain"
"""The sender in previews where no `mail_from` is set yet."""


@dataclass(frozen=True)
class Mailing:
    """Who sends, how links are signed, what mails say of us."""

    sender: Sender
    tokens: Tokens
    contact: str = ""
    public_url: str = ""
    publish: Publish = Publish.ALL
    news: Publish = Publish.ALL
    """`publish`: what of a policy its standing rests on, as on its page; `news`: what mails tell."""

    @classmethod
    def of(cls, settings: Settings, *, preview: bool = False) -> "Mailing":
        """As the settings say. Raises SettingsError where nobody is set as the sender, except for a preview."""
        if not settings.mail_from and not preview:
            raise SettingsError('`mail_from` is empty; set it to the From address, like "digest@example.org"')
        sender = Sender(settings.mail_from or NOBODY, settings.readers_url, safe.mail_address(settings.contact))
        try:
            sender.address  # noqa: B018 - a bad address is refused here
        except BadInput as error:
            raise SettingsError(f"`mail_from`: {error}") from None
        tokens = Tokens.of(settings.data_dir)
        return cls(sender, tokens, settings.contact, settings.report_url, settings.publish, settings.mailed)

    def reader(self, address: str, key: str, message_id: str, composed_at: datetime, *, bulk: bool = True) -> Recipient:
        """What is one reader's own in a mail."""
        token = self.tokens.make(Purpose.MANAGE if bulk else Purpose.CONFIRM, key)
        return Recipient(address, token, message_id, composed_at)


def county_of(place: OcdId) -> OcdId | None:
    """The county in which a place lies, by the gazetteer."""
    from tracker.read.places import gazetteer

    county = gazetteer.load().county_of(place)
    return county.id if county else None


def links(sender: Sender) -> dict[str, Any]:
    """What a letter leads to, for each reader their own."""
    return {
        "unsubscribe_url": sender.link("unsubscribe"),
        "preferences_url": sender.link("preferences"),
        "unsubscribe_mail": sender.mail("unsubscribe"),
    }


def hearing_lines(hearings: Iterable[Hearing]) -> tuple[HearingLine, ...]:
    """What a mail tells of hearings, for the ledger; one that was moved to another meeting is over where it was."""
    whole = [(one, bool(one.gone_at)) for one in hearings] + [(one.before, True) for one in hearings if one.before]
    return tuple(
        HearingLine(name, one.revision, one.day, one.hour, gone) for one, gone in whole for name in (one.id, *one.joint)
    )


def edition_id(mail: Digest) -> str:
    """A hash of what a mail says."""
    return hashlib.sha256("\0".join((mail.subject, mail.html, mail.text)).encode()).hexdigest()


def store_question(
    session: "Session", mailing: Mailing, reader: Subscriber, now: datetime, *, by_form: bool = False
) -> None:
    """Stores the mail that asks, to be sent with the others. `by_form`: anybody may have typed the address."""
    question = _question(mailing, reader, "confirm", mailing.sender.mail("confirm"))
    slot = f"{BY_FORM if by_form else ASKING}{now.isoformat()}"
    _store(session, mailing, reader, now, confirmation.confirmation_mail(question), slot=slot, bulk=False)


def store_known(session: "Session", mailing: Mailing, reader: Subscriber, now: datetime) -> None:
    """Stores the mail that says that somebody gets these mails already; one a day."""
    known = confirmation.already_subscribed_mail(_question(mailing, reader, "preferences", ""))
    _store(session, mailing, reader, now, known, slot=f"known:{now.date().isoformat()}", bulk=True)


def _question(mailing: Mailing, reader: Subscriber, page: str, mail: str) -> ConfirmationRequest:
    follows = tuple(map(describe, reader.subscriptions))
    return ConfirmationRequest(reader.rhythm.in_words(), follows, mailing.sender.link(page), mail, mailing.contact)


def _store(
    session: "Session", mailing: Mailing, reader: Subscriber, now: datetime, mail: Digest, *, slot: str, bulk: bool
) -> None:
    key = edition_id(mail)
    text = EditionText(subject=mail.subject, html=mail.html, text=mail.text, bulk=bulk)
    ledger.add_editions(session, [(key, text)], now)
    name = envelope.message_id(uuid.uuid4().hex, mailing.sender)
    draft = ComposedMail(subscriber_id=reader.id, slot=slot, day=None, message_id=name, edition_id=key)
    ledger.store(session, [draft], now)


def confirm_link(mailing: Mailing, reader: Subscriber) -> str:
    """The page on which somebody confirms, or nothing where no web address is set."""
    return mailing.sender.link("confirm").replace(PLACEHOLDER, mailing.tokens.make(Purpose.CONFIRM, reader.key))
