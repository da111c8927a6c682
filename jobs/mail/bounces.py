"""Reads mails that came back, and answers that confirm or unsubscribe, from a mailbox or from standard input."""

import mailbox
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.mail import ledger, subscribers
from db.mail.subscribers import Bounce
from db.sessions import session
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.mail.send import note_bounce
from jobs.settings import Settings
from tracker.errors import BadInput
from tracker.publish.counts import count
from tracker.publish.mail.bounces import MailCommand, ReturnedMail, parse_incoming
from tracker.publish.mail.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

PURPOSES = {"unsubscribe": Purpose.MANAGE, "confirm": Purpose.CONFIRM}


class BounceCounts(Counter[str]):
    """Counts of what the mails were."""

    def in_words(self) -> str:
        """`2 mails came back, 1 address left alone from now on`."""
        said = {
            "returned": "came back for good",
            "delayed": "are on their way still",
            "suppressed": "left alone from now on",
            "unsubscribe": "unsubscribed",
            "confirm": "confirmed",
            "known": "read before",
            "other": "of another kind",
        }
        parts = [f"{self[name]} {words}" for name, words in said.items() if self[name]]
        return ", ".join([f"{count(self['mails'], 'mail')} read", *parts])


def read_all(
    engine: "Engine", settings: Settings, source: str, now: datetime, say: Callable[[str], None]
) -> BounceCounts:
    """Reads every mail of a source and acts on it, one transaction a mail. The mailbox is left as it is."""
    tokens, tally = Tokens.of(settings.data_dir), BounceCounts()
    for data in mails(source):
        tally["mails"] += 1
        with session(engine) as opened:
            items: list[MailCommand | ReturnedMail | None] = [*parse_incoming(data)]
            for item in items or [None]:
                what = _act(opened, tokens, item, now)
                tally[what] += 1
                if what == "suppressed" and isinstance(item, ReturnedMail):
                    say(f"{item.recipient} is left alone from now on: {item.reason}")
    return tally


def _act(opened: "Session", tokens: Tokens, item: MailCommand | ReturnedMail | None, now: datetime) -> str:
    """What became of it, in a word of the tally."""
    if isinstance(item, MailCommand):
        return _answer(opened, tokens, item, now)
    if isinstance(item, ReturnedMail):
        return _came_back(opened, item, now)
    return "other"


def _answer(opened: "Session", tokens: Tokens, item: MailCommand, now: datetime) -> str:
    """Each mail counts once: one that confirmed in spring must not undo what was said in summer."""
    key = tokens.read(item.token, PURPOSES[item.command])
    reader = subscribers.by_key(opened, key) if key else None
    if reader is None:
        return "other"
    if not subscribers.add_bounce(opened, reader.id, Bounce(key=item.key, at=now, reason=item.command)):
        return "known"
    if item.command == "confirm":
        subscribers.confirm(opened, reader.id, now)
    else:
        subscribers.end(opened, reader.id, now)
    return item.command


def _came_back(opened: "Session", item: ReturnedMail, now: datetime) -> str:
    reader, proven = _recipient(opened, item)
    if reader is None:
        return "other"
    if not item.permanent:
        return "delayed"
    # Anybody can write a report: one that does not quote our mail is one strike, and no more.
    status = item.status if proven else ""
    bounce = Bounce(key=item.key, at=now, status=status, reason=item.reason, hard=True)
    if subscribers.knows_bounce(opened, item.key):
        return "known"
    return "suppressed" if note_bounce(opened, reader.id, bounce, now) else "returned"


def _recipient(opened: "Session", item: ReturnedMail) -> tuple[Subscriber | None, bool]:
    """(whose mail it was, whether the report quotes it)."""
    for message_id in item.message_ids:
        number = ledger.sent_as(opened, message_id)
        if number is not None:
            return subscribers.some(opened, [number]).get(number), True
    return (subscribers.by_address(opened, item.recipient) if "@" in item.recipient else None), False


def mails(source: str) -> Iterator[bytes]:
    """The mails of a Maildir, an mbox file, a file that is one mail, or standard input (`-`). Raises BadInput."""
    try:
        yield from _mails(source)
    except OSError as error:
        raise BadInput(f"{source}: cannot be read as a mailbox ({error.strerror or error})") from None
    except mailbox.Error as error:
        raise BadInput(f"{source}: cannot be read as a mailbox ({error})") from None


def _mails(source: str) -> Iterator[bytes]:
    path = Path(source)
    if source == "-":
        yield sys.stdin.buffer.read()
    elif path.is_dir():
        if not (path / "new").is_dir():
            raise BadInput(
                f"{source}: not a mailbox; name a Maildir folder (it has folders cur and new) or an mbox file"
            )
        box = mailbox.Maildir(path, create=False)
        yield from (box.get_bytes(key) for key in box.iterkeys())
    elif path.read_bytes()[:5] == b"From ":
        yield from _mbox(path)
    else:
        yield path.read_bytes()


def _mbox(path: Path) -> Iterator[bytes]:
    box = mailbox.mbox(path, create=False)
    try:
        yield from (box.get_bytes(key) for key in box.iterkeys())
    finally:
        box.close()
