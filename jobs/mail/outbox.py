"""One run of the digest: compose what is due, send what waits; by `tracker digest send` and by the daemon.

One sender at a time: a lock of the data folder, and on PostgreSQL, which several machines may share, one of the
database."""

import fcntl
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import reading
from db.locks import AdvisoryLock, sender_lock
from db.mail import doubtful_mails, ledger, subscribers
from db.people import remarks
from db.sessions import session
from jobs import clock
from jobs.mail import agenda, prepare, remark_replies
from jobs.mail.mailing import Mailing, store_question
from jobs.mail.send import Post, SendCounts
from jobs.mail.transports import MailServer
from jobs.opinions.due import waits_for_opinions
from jobs.settings import Settings
from tracker.errors import BadInput, SettingsError, TrackerError
from tracker.nearest import remedy
from tracker.publish.mail.subscribers import Subscriber, shown

if TYPE_CHECKING:
    from sqlalchemy import Engine


NOBODY = 0
"""No subscriber has this number."""
Clock = Callable[[], datetime]
LOCK_FILE = "mail.lock"
RELEASE = "look at `tracker digest preview`, then let them go with `tracker digest resume`"


class SendingElsewhereError(TrackerError):
    """Another process sends already."""

    def __init__(self) -> None:
        super().__init__("another process is sending mails just now; try again when it is done")


def why_mails_wait(since: datetime) -> str:
    """That mails wait for a person, and why."""
    return f"mails wait since the database was restored on {since:%Y-%m-%d}, or they might tell things twice"


class MailsWaitError(TrackerError):
    """The database was restored from a copy that does not know which mails went out since."""

    def __init__(self, since: datetime) -> None:
        super().__init__(f"{why_mails_wait(since)}: {RELEASE}")


@contextmanager
def only_sender(data_dir: Path, engine: "Engine") -> Iterator[AdvisoryLock]:
    """Holds the lock; raises SendingElsewhereError. The system lets go of it however the process ends. The database's
    share in it can be lost with the connection: ask it before each mail."""
    with (data_dir / LOCK_FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SendingElsewhereError from None
        with sender_lock(engine) as hold:
            if hold is None:
                raise SendingElsewhereError
            yield hold


def run(
    engine: "Engine",
    settings: Settings,
    warn: Callable[[str], None],
    *,
    now: Clock = clock.now,
    only: Collection[int] = (),
    early: bool = False,
    begun: Callable[[Post], None] = lambda _post: None,
) -> SendCounts:
    """Composes and sends; `only` these subscribers, if any are named. `begun` gets the run, which can be stopped.
    Raises SettingsError, SendingElsewhereError where another process is at it, and MailsWaitError after a restore."""
    with reading(engine) as opened:
        if since := doubtful_mails.held_since(opened):
            raise MailsWaitError(since)
    only = _reachable(engine, settings, only)
    mailing = Mailing.of(settings, preview=not settings.smtp_host)
    with only_sender(settings.data_dir, engine) as lock:
        waits = waits_for_opinions(engine, settings, now())
        prepare.prepare(engine, mailing, now(), only=only, early=early, waits=waits)
        agenda.prepare(engine, mailing, now(), only=only, early=early)
        if not only:
            with session(engine) as opened:
                for reader in subscribers.never_asked(opened):  # they were added before mail was set up
                    store_question(opened, mailing, reader, now())
        post = _post(engine, settings, mailing, now, warn, lock)
        begun(post)
        tally = post.send_all(only=only, connections=settings.smtp_connections)
        if not only and settings.smtp_host and not post.stop.is_set():
            connect = partial(MailServer, settings, mailing.sender.address)
            tally.update(remark_replies.tell(engine, mailing, connect, now(), warn))
        return tally


def _reachable(engine: "Engine", settings: Settings, only: Collection[int]) -> Collection[int]:
    """Without a mail server only channels can be sent to, and nothing is composed for the others."""
    if settings.smtp_host:
        return only
    with reading(engine) as opened:
        readers = [reader for reader in subscribers.all_subscribers(opened) if not only or reader.id in only]
    channels = [reader.id for reader in readers if reader.is_channel]
    if readers and not channels:
        raise SettingsError("`smtp_host` is empty; set it to your mail server, or see the mail with `digest preview`")
    return channels or [NOBODY]


def can_send(engine: "Engine", settings: Settings) -> bool:
    """Whether there is anything to send by: a mail server, or a channel."""
    if settings.smtp_host:
        return True
    with reading(engine) as opened:
        return any(reader.is_channel for reader in subscribers.all_subscribers(opened))


def _post(
    engine: "Engine", settings: Settings, mailing: Mailing, now: Clock, warn: Callable[[str], None], lock: AdvisoryLock
) -> Post:
    return Post(
        engine,
        mailing,
        partial(MailServer, settings, mailing.sender.address),
        now,
        warn,
        per_minute=settings.mail_per_minute,
        alone=lock.is_held,
    )


def ask(engine: "Engine", settings: Settings, reader: Subscriber, warn: Callable[[str], None]) -> SendCounts:
    """Stores the mail that asks somebody for their confirmation and sends it; what fails waits for the next round."""
    mailing = Mailing.of(settings)
    with session(engine) as opened:
        store_question(opened, mailing, reader, clock.now())
    with only_sender(settings.data_dir, engine) as lock:
        return _post(engine, settings, mailing, clock.now, warn, lock).send_all(only=[reader.id])


def known(engine: "Engine", address: str) -> Subscriber:
    """The subscriber of this address; BadInput where there is none, with the nearest ones."""
    with reading(engine) as opened:
        found = subscribers.by_address(opened, address.strip())
        if found is None:
            others = [reader.address for reader in subscribers.all_subscribers(opened) if not reader.is_channel]
            what_to_do = remedy(address, others, "`tracker subscribers list` shows all")
            raise BadInput(f"there is no subscriber {shown(address)}; {what_to_do}")
    return found


def count_as_told(engine: "Engine", settings: Settings, now: datetime) -> None:
    """Composes what everybody would get, and stores it as mails that may have arrived."""
    with only_sender(settings.data_dir, engine):
        mailing = Mailing.of(settings, preview=True)
        prepare.prepare(engine, mailing, now, early=True)
        agenda.prepare(engine, mailing, now, early=True)
        with session(engine) as opened:
            doubtful_mails.doubt_open_mails(opened)


def waiting(engine: "Engine", now: datetime) -> tuple[int, int]:
    """(mails that could go out now, mails that wait for another try)."""
    with reading(engine) as opened:
        ready, later = ledger.count_open(opened, now)
        return ready + len(remarks.due_answers(opened, now)) + len(subscribers.never_asked(opened)), later
