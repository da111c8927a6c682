"""Brings a message to those whom `alert_to` names: mails by our own mail server, the rest through Apprise."""

import socket
import uuid
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from jobs.alerts.message import undelivered
from jobs.mail import transports
from jobs.mail.transports import Attempt, Delivery, MailServer
from jobs.settings import Settings
from tracker.errors import SettingsError, TrackerError
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.subscribers import is_channel, shown

PATIENCE_S = 20.0
"""For the mail server: a message that waits longer is tried again in minutes, and the daemon may be asked to end."""


def where(settings: Settings) -> str:
    """What this tracker is called in messages: the host of its address, or of its machine."""
    return urlsplit(settings.report_url).hostname or socket.gethostname()


def deliver(settings: Settings, message: Digest, now: datetime) -> tuple[list[str], list[str]]:
    """Sends to all: (those who have it, why the others have not), addresses as they may be shown. Mails go first, so
    that what they failed by is told by the other ways."""
    reached, failed = list[str](), list[str]()
    for address in sorted(settings.alert_addresses, key=is_channel):
        text = undelivered(message, failed) if is_channel(address) else message
        if why := _sent(settings, address, text, now):
            failed.append(f"{shown(address)}: {why}")
        else:
            reached.append(shown(address))
    return reached, failed


def _sent(settings: Settings, address: str, message: Digest, now: datetime) -> str:
    """Why it was not sent; empty where it was."""
    try:
        attempt = (
            transports.send_to_channel(address, message)
            if is_channel(address)
            else _by_mail(settings, address, message, now)
        )
    except TrackerError as error:
        return str(error)
    return "" if attempt.delivery is Delivery.SENT else attempt.says


def _by_mail(settings: Settings, address: str, message: Digest, now: datetime) -> Attempt:
    if not settings.mail_from:
        raise SettingsError('`mail_from` is empty; set it to the From address, like "tracker@example.org"')
    patient = settings.model_copy(update={"smtp_timeout": min(settings.smtp_timeout, PATIENCE_S)})
    with MailServer(patient, parseaddr(settings.mail_from)[1]) as server:
        return server.send(address, _mail(settings.mail_from, address, message, now))


def _mail(mail_from: str, address: str, message: Digest, now: datetime) -> bytes:
    """RFC 5322, with RFC 3834's mark that no human wrote it, so that nobody's holiday notice answers."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = mail_from, address, message.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@{parseaddr(mail_from)[1].rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail.as_bytes()
