"""What a mail that came in says: ours did not arrive (RFC 3464), or somebody confirms or unsubscribes; and what a
refusal means for the mail and for its address (RFC 5321, 4.2, and the enhanced codes of RFC 3463). Pure."""

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage, Message
from email.policy import default

MAX_BYTES = 2_000_000
"""Of one mail that are looked at: reports hold at most our own mail, of a tenth of it."""
COMMANDS = ("unsubscribe", "confirm")
_COMMAND = re.compile(rf"\b((?i:{'|'.join(COMMANDS)}))\s+([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)")
"""Phones begin a subject with a capital letter; in the token case counts."""
_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
_REASON_LENGTH = 300
_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""The mailbox, its domain, or mail for it, is gone: another mail will fare no better."""
STRIKES = 3
"""Other hard refusals after which an address is left alone: one may be a filter's mood or a full mailbox."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120))
"""Between two attempts. Greylisting lets pass after one to fifteen minutes; servers that are down take hours."""
LONGEST = timedelta(days=3)
"""After it a mail is given up: less than a week, so that the next one takes over what it was to tell (RFC 5321,
4.5.4.1, asks for some days)."""


@dataclass(frozen=True)
class MailCommand:
    """Somebody answered: `command` is one of `COMMANDS`, `token` proves who they are."""

    key: str
    command: str
    token: str


@dataclass(frozen=True)
class ReturnedMail:
    """A mail did not arrive, or not yet. `recipient` is as the report says; `message_ids` are those that the report
    holds, ours perhaps among them; `permanent`: it will not arrive."""

    key: str
    recipient: str
    message_ids: tuple[str, ...]
    status: str
    reason: str
    permanent: bool


def parse_incoming(data: bytes) -> list[MailCommand | ReturnedMail]:
    """What a mail says; nothing where it is something else. Never raises: mail is hostile input."""
    data = data[:MAX_BYTES]
    mail: EmailMessage = email.message_from_bytes(data, policy=default)
    key = _key(mail, data)
    if found := _COMMAND.search(_header(mail, "Subject")):
        return [MailCommand(key, found[1].lower(), found[2])]
    if _header(mail, "Content-Type").lower().find("delivery-status") >= 0:
        return list(_reported(mail, key, data))
    return list(_told_in_words(mail, key, data))


def _key(mail: Message, data: bytes) -> str:
    name = _header(mail, "Message-ID")
    return name if _MESSAGE_ID.fullmatch(name) else hashlib.sha256(data).hexdigest()


def _header(mail: Message, name: str) -> str:
    """A header as one line. The library's parser can fail on what no mail should hold."""
    try:
        return " ".join(str(mail.get(name, "")).split())
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _reported(mail: EmailMessage, key: str, data: bytes) -> Iterator[ReturnedMail]:
    """One for each recipient that a report names (RFC 3464, 2.3)."""
    ids = _ids(mail, data)
    for number, block in enumerate(_blocks(mail)):
        recipient = _header(block, "Final-Recipient") or _header(block, "Original-Recipient")
        action, status = _header(block, "Action").lower(), status_code(_header(block, "Status"))
        if recipient and action in ("failed", "delayed"):
            reason = _header(block, "Diagnostic-Code").partition(";")[2].strip() or f"status {status}"
            yield ReturnedMail(
                key=f"{key} {number}",
                recipient=recipient.partition(";")[2].strip() or recipient,
                message_ids=ids,
                status=status,
                reason=reason[:_REASON_LENGTH],
                permanent=action == "failed" and not status.startswith("4"),
            )


def _blocks(mail: Message) -> Iterator[Message]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
            yield from (block for block in part.get_payload() if isinstance(block, Message))


def _ids(mail: Message, data: bytes) -> tuple[str, ...]:
    """The Message-IDs that a report quotes, its own aside."""
    own = _header(mail, "Message-ID")
    found = dict.fromkeys(_MESSAGE_ID.findall(data.decode("utf-8", "replace")))
    return tuple(name for name in found if name != own)


def _told_in_words(mail: EmailMessage, key: str, data: bytes) -> Iterator[ReturnedMail]:
    """Reports of programs that know no RFC 3464. They come from nobody, and quote our mail with its Message-ID."""
    is_machine = _header(mail, "Return-Path") == "<>" or "mailer-daemon" in _header(mail, "From").lower()
    if not is_machine:
        return
    text = data.decode("utf-8", "replace")
    status, recipient = status_code(text), _header(mail, "X-Failed-Recipients")
    yield ReturnedMail(key, recipient, _ids(mail, data), status, f"status {status}", is_permanent(status))


def status_code(text: str) -> str:
    """The enhanced status code in a reply or a report, or nothing."""
    found = _ENHANCED.search(text)
    return found[0] if found else ""


def is_permanent(status: str) -> bool:
    """True where trying again is of no use."""
    return status.startswith("5")


def ends(status: str, strikes: int) -> bool:
    """True where an address is to be left alone after this refusal, the `strikes`-th of its kind."""
    return status in NO_SUCH_ADDRESS or strikes >= STRIKES


def leaves_doubt(status: str, unclear: int) -> bool:
    """True where a mail that will not be tried again may have arrived: after `unclear` attempts nobody knew whether the
    server had taken it. Where there is no such address, nobody got it; every other refusal (a name that is known
    already, a filter, a limit, a full mailbox) says nothing of the attempts before it."""
    return unclear > 0 and status not in NO_SUCH_ADDRESS


def next_try(composed_at: datetime, tries: int, now: datetime) -> datetime | None:
    """When a mail is tried again after so many attempts; None: it is given up. A clock that was set back gives no mail
    up."""
    if now - composed_at > LONGEST:
        return None
    return now + PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
