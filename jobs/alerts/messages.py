"""What a message to a person says, in plain text and the words of the doctor, and how it reaches those whom `alert_to`
names: mails by our own mail server, the rest through Apprise."""

import socket
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from jobs.alerts.lifecycle import AlertLine, Phase
from jobs.mail import transports
from jobs.mail.transports import Attempt, Delivery, MailServer
from jobs.settings import Settings
from jobs.terminal.console import one_line
from tracker.errors import SettingsError, TrackerError
from tracker.publish.counts import count
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.subscribers import is_channel, shown

MAX_SUBJECT = 120
"""Characters; mail programs and telephones show about half of them."""
INDENT = "    "


def write(lines: Sequence[AlertLine], where: str) -> Digest:
    """`where` names this tracker: people may have several."""
    text = "\n\n".join("\n".join(_paragraph(line)) for line in lines)
    return Digest(_cut(f"{where}: {_summary(lines)}"), html="", text=f"{text}\n\n{_foot(where)}\n")


def test_message(where: str) -> Digest:
    """What `tracker alerts test` sends."""
    says = "This is a test. Problems of the tracker will be told here: when one begins, once a day while it lasts, and"
    return Digest(f"{where}: a test of alerts", html="", text=f"{says} when it is over.\n\n{_foot(where)}\n")


def undelivered(message: Digest, failed: Sequence[str]) -> Digest:
    """The same for another way, with what of the first ways failed."""
    if not failed:
        return message
    rest = "\n".join(f"{INDENT}{one_line(line)}" for line in failed)
    return replace(message, text=f"{message.text}\nThis message could not be sent to all:\n{rest}\n")


def _summary(lines: Sequence[AlertLine]) -> str:
    """`no feed was polled since …`, `2 problems, 1 over`."""
    if len(lines) == 1:
        (line,) = lines
        return f"{'over: ' if line.phase is Phase.OVER else ''}{one_line(line.alert.what)}"
    over = sum(line.phase is Phase.OVER for line in lines)
    parts = [count(len(lines) - over, "problem")] if len(lines) > over else []
    return ", ".join([*parts, *([f"{over} over"] if over else [])])


def _paragraph(line: AlertLine) -> list[str]:
    alert, since = line.alert, _moment(line.alert.began_at)
    if line.phase is Phase.OVER:
        until = alert.gone_at or alert.began_at
        lasted = f"OVER (since {since}, it lasted {_duration(until - alert.began_at)}):"
        return [lasted, f"{INDENT}{one_line(alert.what)}"]
    again = ", told before" if line.phase is Phase.LASTS else ""
    head = f"{'GRAVE PROBLEM' if alert.grave else 'PROBLEM'} since {since}{again}:"
    return [head, f"{INDENT}{one_line(alert.what)}", f"{INDENT}What to do: {one_line(alert.remedy)}"]


def _foot(where: str) -> str:
    return f"-- \nThe tracker at {where}. `tracker doctor` there says more; the setting `alert_to` says who is told."


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _duration(span: timedelta) -> str:
    """`3 days`, `2 hours` or `40 minutes`, rounded down."""
    for unit, seconds in (("day", 86_400), ("hour", 3600)):
        if span.total_seconds() >= 2 * seconds:
            return count(int(span.total_seconds() // seconds), unit)
    return count(max(1, int(span.total_seconds() // 60)), "minute")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SUBJECT else f"{text[: MAX_SUBJECT - 1].rstrip()}…"


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
