"""What every part of mailing needs of the settings, in one place."""

from dataclasses import dataclass
from datetime import datetime

from jobs.mail.tokens import Purpose, Tokens
from jobs.settings import Settings
from tracker.errors import BadInput, SettingsError
from tracker.model import OcdId, Publish
from tracker.publish import safe
from tracker.publish.mail.envelope import Recipient, Sender

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
